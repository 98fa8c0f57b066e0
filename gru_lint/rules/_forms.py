"""What a rule about forms reads: the word, the forms or the case that the network expects, the words around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from gru_lint.english.pronouns import OBJECT_OF_SUBJECT, PARAGRAPH, SUBJECT_OF_OBJECT, WINDOW_MARKS, Case
from gru_lint.english.verb_forms import AgreeingForm, SlotKind, other_forms

_SENTENCE_ENDS = frozenset(".!?…")
# The furthest that a subject is looked for, in words.
_CLAUSE_WORDS = 16
# Where another word than a pronoun belongs, neither case is likely.
_LEAST_LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class FormMismatch:
    """A rule's claim: another form of the word belongs here.

    replacements  the word in that form, the best first
    confidence    0..1
    """

    replacements: tuple[str, ...]
    confidence: float


class WordInText:
    """The words around one word of a window, for what a rule has to know of them."""

    words: Sequence[str]
    word_index: int

    @cached_property
    def before(self) -> tuple[str, ...]:
        """The words of the sentence before this one, in lower case, as far back as a subject is looked for."""
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
        """The words after this one, in lower case, as far as the end of the sentence; at most as many."""
        following = []
        for word in self.words[self.word_index + 1 : self.word_index + 1 + _CLAUSE_WORDS]:
            if word in WINDOW_MARKS or word in _SENTENCE_ENDS:
                break
            following.append(word.lower().replace("’", "'"))
        return tuple(following)

    @cached_property
    def is_quoted(self) -> bool:
        """Whether it stands in quotation marks that are open: what people say is left as it is."""
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
    kind, form     what may stand here, and which form of it does
    probabilities  by form, and of "none": that nothing here agrees. The network has not seen the form
    words          the window, and
    word_index     where in it the word stands
    controller     the word on which its form depends most
    hides_words    whether the text holds something nearby that is not read, such as code, which may be the subject
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
        """The likeliest form, given that one agrees."""
        forms: tuple[AgreeingForm, ...] = ("singular", "plural", "first singular")
        return max(forms, key=self.probabilities.__getitem__)

    def mismatch(self) -> FormMismatch | None:
        """The claim that the expected form belongs here; None where it is written or does not exist."""
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
    """A pronoun whose case a rule looks at.

    word           as the text spells it
    probabilities  by case. The network has not seen the form
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
        """The claim that the other case belongs here; None where what is written is as likely, or neither is."""
        expected: Case = "object" if self.written == "subject" else "subject"
        likely, unlikely = self.probabilities[expected], self.probabilities[self.written]
        if self.word.lower() == "her":
            unlikely += self.probabilities["determiner"]
        if likely < _LEAST_LIKELY or likely <= unlikely:
            return None
        return FormMismatch((self._replacement(),), likely / (likely + unlikely))

    def _replacement(self) -> str:
        written = self.word.lower()
        other = OBJECT_OF_SUBJECT.get(written) or SUBJECT_OF_OBJECT[written]
        return other.capitalize() if other == "i" or self.begins_sentence else other
