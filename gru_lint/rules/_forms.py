"""What a rule about forms sees: a word, which form or case the network expects there, and the words around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from gru_lint.english.pronouns import OBJECT_OF_SUBJECT, OTHER_CASE, PARAGRAPH, WINDOW_MARKS, Case
from gru_lint.english.verb_forms import AgreeingForm, SlotKind, other_forms

_SENTENCE_ENDS = frozenset(".!?…")
# How many words before a word are searched for code.
_NEAR_CODE = 10
# How many words before the verb are searched for its subject.
_CLAUSE_WORDS = 16
# Where no pronoun belongs, neither case is likelier than this.
_MIN_LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class FormMismatch:
    """A rule's claim: another form of the word belongs here.

    replacements  the word in that form, the best first
    confidence    0..1
    """

    replacements: tuple[str, ...]
    confidence: float


class WordInText:
    """A word of a window, with the words around it as a rule asks for them."""

    words: Sequence[str]
    word_index: int

    @cached_property
    def before(self) -> tuple[str, ...]:
        """The words of the sentence before this one, in lower case; at most `_CLAUSE_WORDS`."""
        first = self.word_index
        while (
            first > 1
            and self.word_index - first < _CLAUSE_WORDS
            and self.words[first - 1] not in WINDOW_MARKS
            and self.words[first - 1] not in _SENTENCE_ENDS
        ):
            first -= 1
        return tuple(word.lower().replace("’", "'") for word in self.words[first : self.word_index])

    @cached_property
    def after(self) -> tuple[str, ...]:
        """The words of the sentence after this one, in lower case; at most `_CLAUSE_WORDS`."""
        following = []
        for word in self.words[self.word_index + 1 : self.word_index + 1 + _CLAUSE_WORDS]:
            if word in WINDOW_MARKS or word in _SENTENCE_ENDS:
                break
            following.append(word.lower().replace("’", "'"))
        return tuple(following)

    @cached_property
    def sentence_end(self) -> str | None:
        """The mark that ends its sentence; None where the window or the paragraph ends without one."""
        for word in self.words[self.word_index + 1 :]:
            if word in _SENTENCE_ENDS or word in WINDOW_MARKS:
                return word if word in _SENTENCE_ENDS else None
        return None

    @cached_property
    def is_near_code(self) -> bool:
        """Whether code stands shortly before it, as in "the ``run()`` methods"; its number cannot be seen."""
        near = self.words[max(1, self.word_index - _NEAR_CODE) : self.word_index + 2]
        return any(word.startswith("`") or word.endswith("()") or "_" in word.strip("_") for word in near)

    @cached_property
    def is_quoted(self) -> bool:
        """Whether it stands inside quotation marks, where a writer may quote an error of the speaker."""
        is_open = False
        for word in self.words[1 : self.word_index]:
            if word == PARAGRAPH or word == "”":
                is_open = False
            elif word == "“":
                is_open = True
            elif word in ('"', "``", "''"):
                is_open = not is_open
        return is_open


@dataclass(frozen=True)
class FormContext(WordInText):
    """A verb or demonstrative as a rule sees it.

    word           as the text spells it
    kind           which words may stand here: the forms of be, of have, of a verb
    form           the form that does
    probabilities  of each form, and of "none", that the word does not agree; the network has not seen the form
    words          of the window
    word_index     of this word in these
    controller     the word index of what its form depends on most
    hides_words    whether text that is not read, such as code, stands nearby and may be the subject
    """

    word: str
    kind: SlotKind
    form: AgreeingForm
    probabilities: Mapping[str, float] = field(hash=False)
    words: Sequence[str] = field(hash=False)
    word_index: int
    controller: int
    hides_words: bool = False

    @property
    def expected(self) -> AgreeingForm:
        """The likeliest form but for "none"."""
        forms: tuple[AgreeingForm, ...] = ("singular", "plural", "first singular")
        return max(forms, key=self.probabilities.__getitem__)

    def mismatch(self) -> FormMismatch | None:
        """The claim that the expected form belongs here; None if it stands here already or does not exist."""
        replacements = other_forms(self.word, self.expected)
        if self.expected == self.form or not replacements:
            return None
        if self.expected == "first singular" and self.after[:1] in (("n't",), ("n’t",)):
            # "I aren't": there is no "amn't".
            return None
        likely = self.probabilities[self.expected]
        unlikely = self.probabilities[self.form] + self.probabilities["none"]
        return FormMismatch(replacements, likely / (likely + unlikely) if likely > 0 else 0.0)


@dataclass(frozen=True)
class CaseContext(WordInText):
    """A pronoun, for rules about its case.

    word           as the text spells it
    probabilities  of each case; the network has not seen the form
    words          of the window
    word_index     of the pronoun in these
    """

    word: str
    probabilities: Mapping[Case, float] = field(hash=False)
    words: Sequence[str] = field(hash=False)
    word_index: int

    @property
    def written(self) -> Case:
        """Subject or object; "her" is an object's form, whatever else it is."""
        return "subject" if self.word.lower() in OBJECT_OF_SUBJECT else "object"

    @property
    def begins_sentence(self) -> bool:
        """Whether no word of its sentence stands before it."""
        return not any(word[:1].isalnum() for word in self.before)

    def mismatch(self) -> FormMismatch | None:
        """The claim that the other case belongs here; None if that is not the likelier one, or not likely enough."""
        expected: Case = "object" if self.written == "subject" else "subject"
        likely, unlikely = self.probabilities[expected], self.probabilities[self.written]
        if self.word.lower() == "her":
            unlikely += self.probabilities["determiner"]
        if likely < _MIN_LIKELY or likely <= unlikely:
            return None
        return FormMismatch((self._replacement(),), likely / (likely + unlikely))

    def _replacement(self) -> str:
        other = OTHER_CASE[self.word.lower()]
        return other.capitalize() if other == "i" or self.begins_sentence else other
