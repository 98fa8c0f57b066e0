"""Windows of sentences: what is judged together, and how much of the text around is read with it.

Sentences are judged in groups. A hash of its last sentence decides where a group ends, not its position in the
document: an edit changes the groups around it, and all others keep their judgements. A window holds a group, as many
sentences before it as fit, and the first words after it: the antecedent may follow ("When she woke, Anna …").
"""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from gru_lint.english.capitals import stands_in_capitals
from gru_lint.english.idioms import is_idiom
from gru_lint.english.pronouns import BEGIN, CLASS_OF_FORM, CONTINUE, FIRST_PERSON_FORMS, PARAGRAPH
from gru_lint.english.verb_forms import slot_of_text
from gru_lint.extract import TEXT_END
from gru_lint.records import AgreementSlot, Anaphor, Sentence, Span, Window
from gru_lint.segment.context import Context

# At most this share of a window is judged; the rest is context.
_JUDGED_SHARE = 0.6
# From half of that on, one sentence in three ends the group.
_MIN_JUDGED_SHARE = 0.3
_ONE_SENTENCE_IN = 3
# Words after a group that its window reads and does not judge.
LOOKAHEAD_WORDS = 40
# The longest short document, in words and marks.
SHORT_DOCUMENT_WORDS = 50
# At most so many characters stand between neighbouring words: a blank, a line end, marks of emphasis.
_WIDEST_GAP = 3
# Forms that are abbreviations in capitals.
_ABBREVIATIONS = frozenset(["IT", "ITS"])


def is_anaphor(words: Sequence[str], index: int) -> bool:
    """Whether a word of a sentence or a window is a pronoun to judge, and not part of an idiom.

    A word in capitals is part of a heading or no pronoun at all ("IT"), unless its whole sentence is in capitals.
    """
    word = words[index]
    if word.lower() not in CLASS_OF_FORM:
        return False
    if len(word) > 1 and word.isupper() and (word in _ABBREVIATIONS or not stands_in_capitals(words, index)):
        return False
    return not is_idiom(words, index)


def has_anaphor(words: Sequence[str]) -> bool:
    """Whether any word of a sentence is a pronoun that is judged."""
    return any(is_anaphor(words, index) for index in range(len(words)))


def has_anaphor_or_slot(words: Sequence[str]) -> bool:
    """Whether any word of a sentence is a pronoun, or may be a verb or demonstrative, that is judged."""
    return has_anaphor(words) or any(slot_of_text(word) is not None or is_first_person(word) for word in words)


def is_first_person(word: str) -> bool:
    """Whether a word is I, me, we or us, whose case alone is judged; "US" and "i" are none."""
    return word.lower() in FIRST_PERSON_FORMS and (word == "I" or not word.isupper()) and word != "i"


def split_windows(
    sentences: Iterable[Sentence], length: int, holds_judged: Callable[[Sequence[str]], bool] = has_anaphor
) -> Iterator[Window]:
    """The windows of all groups that hold a word to judge.

    length  the most words of a window, not counting those after the group
    """
    context = Context(length)
    for group, following in _with_following(_groups(sentences, length)):
        context.enter(group[0].boundary)
        if any(holds_judged(sentence.words) for sentence in group if not sentence.is_quoted):
            window = window_of(context.sentences, group, following, length, begins_text=context.begins_text)
            if (not following or following[0].boundary == TEXT_END) and is_short_document(window):
                window = replace(window, is_short=True)
            yield window
        context.take(group)


def is_short_document(window: Window) -> bool:
    """Whether a window that is the last one of its document holds the whole of a short document."""
    return window.words[0] == BEGIN and len(window.words) <= SHORT_DOCUMENT_WORDS


def _with_following(groups: Iterable[list[Sentence]]) -> Iterator[tuple[list[Sentence], list[Sentence]]]:
    """Each group with the sentences after it that its window looks ahead to; none for the last group."""
    waiting: deque[list[Sentence]] = deque()
    n_following = 0
    for group in groups:
        if waiting:
            n_following += sum(map(size_of, group))
        waiting.append(group)
        while n_following >= LOOKAHEAD_WORDS:
            judged = waiting.popleft()
            yield judged, [sentence for later in waiting for sentence in later]
            n_following -= sum(map(size_of, waiting[0]))
    while waiting:
        judged = waiting.popleft()
        yield judged, [sentence for later in waiting for sentence in later]


def _groups(sentences: Iterable[Sentence], length: int) -> Iterator[list[Sentence]]:
    """The sentences in groups that are judged together."""
    group: list[Sentence] = []
    n_group = 0
    for sentence in sentences:
        if ends_group_before(sentence, n_group, length):
            yield group
            group, n_group = [], 0
        group.append(sentence)
        n_group += size_of(sentence)
        if ends_group_after(sentence, n_group, length):
            yield group
            group, n_group = [], 0
    if group:
        yield group


def ends_group_before(sentence: Sentence, n_group: int, length: int) -> bool:
    """Whether a group of `n_group` words has no room for this sentence, or may not hold it."""
    if n_group > 0 and (sentence.boundary or sentence.is_quoted):
        return True
    return n_group > 0 and n_group + size_of(sentence) > int(length * _JUDGED_SHARE)


def ends_group_after(sentence: Sentence, n_group: int, length: int) -> bool:
    """Whether a group that has `n_group` words with this sentence ends after it."""
    if sentence.is_quoted:
        return True
    if n_group < int(length * _MIN_JUDGED_SHARE):
        return False
    return zlib.crc32("\n".join(sentence.words).encode()) % _ONE_SENTENCE_IN == 0


def size_of(sentence: Sentence) -> int:
    """How many words of a window a sentence takes, a paragraph mark among them."""
    return len(sentence.words) + sentence.opens_paragraph


def window_of(
    context: Sequence[Sentence],
    group: Sequence[Sentence],
    following: Sequence[Sentence],
    length: int,
    *,
    begins_text: bool = True,
) -> Window:
    """The window that judges a group, with as much context as fits beside it.

    context      the sentences before it: all of them, or more than a window holds
    following    the sentences after it: all of them, or at least LOOKAHEAD_WORDS words
    begins_text  whether a text begins with the first sentence of the context, or of the group
    """
    # One word for the mark at the beginning.
    room = length - 1 - sum(map(size_of, group))
    first = len(context)
    while first > 0 and size_of(context[first - 1]) <= room:
        first -= 1
        room -= size_of(context[first])
    begins_document = first == 0 and begins_text
    words: list[str] = [BEGIN if begins_document else CONTINUE]
    starts: list[int] = [-1]

    def read(sentences: Iterable[Sentence]) -> None:
        for sentence in sentences:
            # The mark of the first word of a document is enough for its first paragraph, too.
            if sentence.opens_paragraph and (len(words) > 1 or not begins_document):
                words.append(PARAGRAPH)
                starts.append(-1)
            words.extend(sentence.words)
            starts.extend(sentence.starts)

    read(list(context)[first:])
    first_judged = len(words)
    read(group)
    end_judged = len(words)
    for sentence in following:
        if len(words) - end_judged >= LOOKAHEAD_WORDS or sentence.boundary:
            break
        read((sentence,))
    end = min(len(words), end_judged + LOOKAHEAD_WORDS)
    return Window(tuple(words[:end]), first_judged, tuple(starts[:end]), n_lookahead=end - end_judged)


def text_span(window: Window, first_word: int, end_word: int) -> Span:
    """Where words of a window stand in the original text; the end word is excluded."""
    last = end_word - 1
    return Span(window.starts[first_word], window.starts[last] + len(window.words[last]))


def hides_words(window: Window, index: int, n_before: int, n_after: int) -> bool:
    """Whether text that is not read, such as code, stands among the words near one: two of them are too far apart.

    n_before, n_after  how many words before and after it count as near
    """
    starts = window.starts
    first = max(1, index - n_before)
    last = min(len(window.words) - 1, index + n_after)
    for place in range(first, last):
        if starts[place] < 0 or starts[place + 1] < 0:
            continue
        if starts[place + 1] - starts[place] - len(window.words[place]) > _WIDEST_GAP:
            return True
    return False


def phrase(window: Window, first_word: int, end_word: int) -> str:
    """Words of a window on one line, the end word excluded, with a space where the text has something between them.

    The text itself would not do: markup may stand between them, as in "**Alex** Kim".
    """
    pieces, end = [], -1
    for word, start in zip(window.words[first_word:end_word], window.starts[first_word:end_word], strict=True):
        # A mark of the window is no word of the text.
        if start >= 0:
            pieces += [" " if 0 <= end < start else "", word]
            end = start + len(word)
    return "".join(pieces)


def find_anaphors(window: Window, first: int | None = None) -> tuple[Anaphor, ...]:
    """The pronouns of a window: those that it judges, or all from word `first` on."""
    words = window.words
    forms = ((index, words[index].lower()) for index in range(*_bounds(window, first)))
    return tuple(Anaphor(index, form) for index, form in forms if form in CLASS_OF_FORM and is_anaphor(words, index))


def find_slots(window: Window, first: int | None = None) -> tuple[AgreementSlot, ...]:
    """The words of a window that may be verbs or demonstratives: those that it judges, or all from word `first` on."""
    slots = []
    for index in range(*_bounds(window, first)):
        slot = slot_of_text(window.words[index])
        if slot is not None:
            slots.append(AgreementSlot(index, *slot))
    return tuple(slots)


def find_first_persons(window: Window) -> tuple[Anaphor, ...]:
    """The I, me, we and us that a window judges."""
    words = window.words
    places = (index for index in range(*_bounds(window, None)) if is_first_person(words[index]))
    return tuple(Anaphor(index, words[index].lower()) for index in places)


def _bounds(window: Window, first: int | None) -> tuple[int, int]:
    """The words of a window from `first` on, or without it those that are judged; end excluded."""
    return (window.first_judged, window.end_judged) if first is None else (first, len(window.words))
