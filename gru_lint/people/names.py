"""The names of a text, as its words have them: titles apart, short forms and all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from gru_lint.english.lexicon import Lexicon
from gru_lint.english.mentions import NAME_JOINTS
from gru_lint.english.titles import is_title
from gru_lint.records import Sentence, Span

# "The House of Windsor": here "of" ends a name.
_JOINTS = NAME_JOINTS - {"of"}
_HYPHENS = frozenset("-‐‑")
# A name before such a word is no person's: Watson Street, Mary College. Those that are family names, too, are left out.
_PLACES = frozenset(
    """
        Street Road Avenue Hotel Hospital School College University Chapel Cathedral Abbey Station Island Islands River
        County City Museum Library Theatre Company Inc Ltd Foundation Institute Prize Award Act
        """.split()
)
_SAINTS = frozenset(["St", "St.", "Saint"])
# In a heading most words of so many letters have a capital.
_LONG = 4
# Words that have a capital at the beginning of a sentence and are no name, though no vocabulary says so.
_OPENERS = frozenset("Hello Oh Yes No Hi Hey Ah Well Thank Thanks Please Sorry Goodbye Dear".split())
# The same, but where no name follows they may be one: "Will Mary come?"
_OPENERS_BEFORE_NAMES = frozenset("Will May Can Did Has".split())
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_CALENDAR = frozenset(
    [*_DAYS, *(f"{day}s" for day in _DAYS), *"January February March July September October November December".split()]
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text.

    titles, words     as the text spells them: ("Mrs",), ("Mary", "Watson")
    title_spans, spans  where each of them stands
    is_thing          whether what stands beside it makes it the name of a place or a thing: "Mary Street"
    """

    titles: tuple[str, ...]
    words: tuple[str, ...]
    title_spans: tuple[Span, ...]
    spans: tuple[Span, ...]
    is_thing: bool = False

    @property
    def span(self) -> Span:
        """From its first title or word to its last."""
        return Span((*self.title_spans, *self.spans)[0].start, self.spans[-1].end)

    @property
    def text(self) -> str:
        """Titles and words with blanks between them."""
        return " ".join((*self.titles, *self.words))


def find_names(sentence: Sentence, lexicon: Lexicon, asked: frozenset[str] = frozenset()) -> Iterator[Name]:
    """The names in a sentence, in order.

    asked  words that are names in this text though the lexicon has them as something else: "Rose"
    """
    words = sentence.words

    def is_name(index: int) -> bool:
        word = words[index]
        if word in asked and word not in _OPENERS_BEFORE_NAMES:
            return True
        if word in _CALENDAR:
            return False
        if index == 0 and (word in _OPENERS or (word in _OPENERS_BEFORE_NAMES and len(words) > 1 and is_name(1))):
            return False
        return lexicon.is_name_like(word) or is_title(word)

    in_title_case = _is_in_title_case([word for index, word in enumerate(words) if not is_name(index)])

    def goes_on_as_name(index: int) -> bool:
        word = words[index]
        # "Mary Stone": what has a capital after a name belongs to it, but for headings, where every word has one.
        is_capital = word[:1].isupper() and word[1:].islower() and word not in _CALENDAR
        return is_name(index) or (is_capital and not in_title_case)

    index = 0
    while index < len(words):
        if not is_name(index):
            index += 1
            continue
        end = index + 1
        while end < len(words) and (length := _goes_on(words, end, goes_on_as_name)):
            end += length
        if name := _name(sentence, index, end):
            yield name
        index = end


def _is_in_title_case(words: Sequence[str]) -> bool:
    """Whether more of the longer words of a sentence that are no names have a capital than not."""
    long = [word for word in words if len(word) >= _LONG and word.isalpha()]
    return sum(word[0].isupper() for word in long) * 2 > len(long) + 1


def _goes_on(words: Sequence[str], end: int, is_name: Callable[[int], bool]) -> int:
    """How many more words belong to a name that may end before `end`."""
    if is_name(end):
        return 1
    if end + 1 < len(words) and is_name(end + 1) and (words[end] in _HYPHENS or words[end].lower() in _JOINTS):
        return 2
    return 2 if words[end] == "." and len(words[end - 1]) == 1 and end + 1 < len(words) and is_name(end + 1) else 0


def count_titles(words: Sequence[str]) -> int:
    """How many titles stand before the last word of a name."""
    return sum(1 for _ in takewhile(is_title, words[:-1]))


def _name(sentence: Sentence, first: int, end: int) -> Name | None:
    """The name that these words are; None where they are but titles."""
    words, spans = _joined(sentence, first, end)
    n_titles = count_titles(words)
    if is_title(words[n_titles]):
        return None
    following = sentence.words[end] if end < len(sentence.words) else ""
    is_place = following in _PLACES or (len(words) > 1 and words[-1] in _PLACES)
    is_thing = is_place or bool(_SAINTS.intersection(words[:n_titles]))
    return Name(
        tuple(words[:n_titles]), tuple(words[n_titles:]), tuple(spans[:n_titles]), tuple(spans[n_titles:]), is_thing
    )


def _joined(sentence: Sentence, first: int, end: int) -> tuple[list[str], list[Span]]:
    """The words of a name with their places; what hyphens join is one word."""
    words: list[str] = []
    spans: list[Span] = []
    glued = False
    for word, start in zip(sentence.words[first:end], sentence.starts[first:end], strict=True):
        is_hyphen = word in _HYPHENS
        is_stop = word == "." and bool(words)
        if words and (is_hyphen or glued or is_stop) and start == spans[-1].end:
            words[-1] += word
            spans[-1] = Span(spans[-1].start, start + len(word))
        else:
            words.append(word)
            spans.append(Span(start, start + len(word)))
        glued = is_hyphen
    return words, spans
