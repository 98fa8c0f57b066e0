"""The values that pass through the linter, in pipeline order. Imports no module of this package."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the original text in code points, end excluded."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """What stands there in a text."""
        return text[self.start : self.end]

    def shifted(self, n_characters: int) -> Span:
        """The span moved on by a number of characters."""
        return Span(self.start + n_characters, self.end + n_characters)

    def touches(self, offset: int) -> bool:
        """Whether an offset lies in the span, or at its end."""
        return self.start <= offset <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Unread:
    """A stretch of a text that could not be extracted, and why, as the end of a sentence.

    encodes  the words that stand there in another writing, such as Base64; empty where they stand as they are
    """

    span: Span
    reason: str
    encodes: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence and where each one starts in the original text.

    starts           one offset a word, in code points of the original text
    opens_paragraph  whether it is the first sentence of its paragraph
    boundary         the boundary before it, if there is one beside that of a paragraph: `TEXT_END`, `ENTRY`, `PART` or
                     `ENTRIES_END` of `extract`; `ENTRY` and `PART` for an entry whose first part is empty
    is_quoted        whether it is read and not judged
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    opens_paragraph: bool
    boundary: str = ""
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """What the network reads to judge the pronouns of a few sentences.

    words         the words, context first; word 0 says whether the document begins here (BEGIN) or before the
                  window (CONTINUE); a PARAGRAPH mark opens each paragraph
    first_judged  index of the first word that is judged; those before it are context
    n_lookahead   how many words at the end are read and not judged
    starts        where each word starts in the original text; -1 for marks
    is_short      whether it holds a whole document of a few sentences, in which every antecedent is named

    Two windows with the same `content` get the same judgements from one linter.
    """

    words: tuple[str, ...]
    first_judged: int
    starts: tuple[int, ...]
    is_short: bool = False
    n_lookahead: int = 0

    @property
    def end_judged(self) -> int:
        """Index after the last word that is judged."""
        return len(self.words) - self.n_lookahead

    @property
    def content(self) -> tuple[tuple[str, ...], int, int]:
        """All that its judgements depend on."""
        return self.words, self.first_judged, self.n_lookahead


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A pronoun that is judged: its index in the window, and its form in lower case."""

    word_index: int
    form: str


@dataclass(frozen=True, slots=True)
class AgreementSlot:
    """A word that may be a verb or a demonstrative which has to agree: its index in the window.

    kind  one of `verb_forms.SLOT_KINDS`: which words may stand there
    form  one of `verb_forms.FORM_CLASSES`: the form of the word that does
    """

    word_index: int
    kind: str
    form: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a person or thing in a window: word indices, end excluded.

    entity   first and end word of each mention of the same person or thing in the window, including this one
    is_sure  whether it is likely enough to be shown as whom a pronoun means
    """

    first_word: int
    end_word: int
    probability: float
    entity: tuple[tuple[int, int], ...] = field(default=(), compare=False, repr=False)
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """The network's judgement of one pronoun, of whose form it has only seen whether it is reflexive.

    probabilities  one for each class of `pronouns.CLASSES`, summing to 1
    cases          one for each case of `pronouns.CASES`, summing to 1
    antecedent     the likeliest mention, given the likeliest class; None where none is likely enough, or where it was
                   not resolved, since the written form is of the likeliest class
    nearby         for each class, how well the name or noun shortly before that agrees best with it does so, by its own
                   words, 0..1; empty where the antecedent was not resolved
    """

    anaphor: Anaphor
    probabilities: tuple[float, ...]
    cases: tuple[float, ...]
    antecedent: Mention | None
    nearby: tuple[float, ...] = ()

    @property
    def word_index(self) -> int:
        """Where the word stands in its window."""
        return self.anaphor.word_index

    @property
    def case(self) -> CaseJudgement:
        """What it says of the case alone."""
        return CaseJudgement(self.word_index, self.anaphor.form, self.cases)


@dataclass(frozen=True, slots=True)
class SlotJudgement:
    """The network's judgement of one verb or demonstrative, whose form it has not seen.

    probabilities  one for each class of `verb_forms.FORM_CLASSES`, summing to 1
    controller     the mention of the window on which the form depends most; 0 where none is seen to matter
    """

    slot: AgreementSlot
    probabilities: tuple[float, ...]
    controller: int

    @property
    def word_index(self) -> int:
        """Where the word stands in its window."""
        return self.slot.word_index


@dataclass(frozen=True, slots=True)
class CaseJudgement:
    """What the network says of the case of one pronoun; it has not seen which form was written.

    form   the pronoun in lower case
    cases  one for each case of `pronouns.CASES`, summing to 1
    """

    word_index: int
    form: str
    cases: tuple[float, ...]


# What a window is judged to hold, in order: pronouns, verbs or demonstratives, and the pronouns whose case alone is.
AnyJudgement = Judgement | SlotJudgement | CaseJudgement


@dataclass(frozen=True, slots=True)
class Antecedent:
    """The mention that a finding names as the pronoun's antecedent."""

    text: str
    span: Span

    def shifted(self, n_characters: int) -> Antecedent:
        """The antecedent moved on by a number of characters."""
        return Antecedent(self.text, self.span.shifted(n_characters))


@dataclass(frozen=True, slots=True)
class Finding:
    """A pronoun, or a suppression comment, that a rule reports.

    code          stable identifier, such as "PA001"
    name          the rule's name, such as "gender-mismatch"
    span          of the pronoun
    replacements  forms to write instead, the best first
    antecedent    of the pronoun; None where it is uncertain
    confidence    0..1
    """

    code: str
    name: str
    message: str
    span: Span
    replacements: tuple[str, ...]
    antecedent: Antecedent | None
    confidence: float

    def shifted(self, n_characters: int) -> Finding:
        """The finding moved on by a number of characters."""
        # `replace` takes five times as long, and an editor shifts every finding of a document at each key.
        return Finding(
            self.code,
            self.name,
            self.message,
            self.span.shifted(n_characters),
            self.replacements,
            self.antecedent and self.antecedent.shifted(n_characters),
            self.confidence,
        )


class Edit(NamedTuple):
    """A replacement of a stretch of a text; at an empty span, an insertion."""

    span: Span
    written: str
