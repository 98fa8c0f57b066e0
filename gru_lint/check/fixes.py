"""Which findings are fixed, and the text after it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from gru_lint.config.settings import Settings
from gru_lint.extract import extract_prose
from gru_lint.records import Edit, Finding, Span

# A fix may bring out the next error, and that one another; rarely more than two.
MAX_ROUNDS: Final = 10
_Item = TypeVar("_Item")
_SINGULAR_SUBJECTS: Final = frozenset({"he", "she", "it"})


@dataclass(frozen=True, slots=True)
class FixedText:
    """A text after its fixes.

    text       what it has become
    edits      in order; their spans are those of the text before
    fixed      the finding of each edit
    remaining  the findings in the text after
    """

    text: str
    edits: tuple[Edit, ...]
    fixed: tuple[Finding, ...]
    remaining: tuple[Finding, ...]


def is_sure(finding: Finding, text: str, settings: Settings) -> bool:
    """Whether a finding is fixed without asking: its confidence is high, one form fits, and no other word must change.

    For a person whose pronouns are declared, any of several forms will do.
    """
    return (
        (len(finding.replacements) == 1 or (bool(finding.replacements) and finding.name == "declared-pronoun"))
        and finding.confidence >= settings.fix_confidence_of(finding.name)
        and not _changes_verb(finding.span.of(text), finding.replacements[0])
    )


def _changes_verb(written: str, replacement: str) -> bool:
    """Whether the verb changes with the pronoun: "it was" becomes "they were"."""
    forms = {written.lower(), replacement.lower()}
    return "they" in forms and not forms.isdisjoint(_SINGULAR_SUBJECTS)


def edits_of(findings: Iterable[Finding]) -> tuple[Edit, ...]:
    """The edits that put the best replacement in each finding's place, in order; of two that overlap, the surer."""
    edits: list[Edit] = []
    for finding in sorted(findings, key=lambda finding: (-finding.confidence, finding.span)):
        span = finding.span
        if finding.replacements and not any(span.overlaps(other) for other, _ in edits):
            edits.append(Edit(span, finding.replacements[0]))
    return tuple(sorted(edits))


def without_touching_markup(
    text: str, filename: str | None, edits: Sequence[Edit], between: str = "", text_keys: Sequence[str] = ()
) -> tuple[Edit, ...]:
    """The edits of words that leave everything else in the text as it is read.

    between    what may stand between the words of what is written, such as blanks; by default it is one word
    text_keys  in data, the keys whose values are prose
    """
    prose = extract_prose(text, filename, text_keys)
    in_prose = [edit for edit in edits if _is_plain(edit, text, prose, between)]

    def change_nothing_else(kept: Sequence[Edit]) -> bool:
        # A longer word can break a table, or a title that is as long as its underline.
        return extract_prose(apply_edits(text, kept), filename, text_keys) == apply_edits(prose, kept)

    return those_that_fit(in_prose, change_nothing_else)


def those_that_fit(
    items: Sequence[_Item], fit: Callable[[Sequence[_Item]], bool], kept: tuple[_Item, ...] = ()
) -> tuple[_Item, ...]:
    """The items that fit together with those kept already; the few that do not are found by bisection."""
    if not items or fit((*kept, *items)):
        return (*kept, *items)
    if len(items) == 1:
        return kept
    middle = len(items) // 2
    return those_that_fit(items[middle:], fit, those_that_fit(items[:middle], fit, kept))


def _is_plain(edit: Edit, text: str, prose: str, between: str) -> bool:
    letters = edit.written.translate(dict.fromkeys(map(ord, f"-'{between}")))
    return edit.span.of(prose) == edit.span.of(text) and letters.isalpha()


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text after some edits that do not overlap, in order."""
    pieces, here = [], 0
    for span, written in edits:
        pieces += [text[here : span.start], written]
        here = span.end
    return "".join((*pieces, text[here:]))


def fix_text(
    text: str, filename: str | None, settings: Settings, lint: Callable[[str], Iterable[Finding]]
) -> FixedText:
    """The text after everything is fixed that needs no question; fixing it again changes nothing.

    lint  returns the findings in a text

    Pronouns are evidence for each other: a fix can make another pronoun wrong, or be judged wrong itself. Then the
    original word is put back, and left to a person.
    """
    filename = settings.effective_filename(filename)
    chosen: dict[Span, tuple[str, Finding]] = {}
    disputed: set[Span] = set()
    for n_rounds in range(MAX_ROUNDS + 1):
        edits = tuple(Edit(span, chosen[span][0]) for span in sorted(chosen))
        fixed = apply_edits(text, edits)
        findings = tuple(lint(fixed))
        sure = {finding.span: finding for finding in findings if is_sure(finding, fixed, settings)}
        original = _original_spans(edits, sure)
        wanted = {
            original[span]: (written, sure[span])
            for span, written in without_touching_markup(
                fixed, filename, edits_of(sure.values()), text_keys=settings.text_keys
            )
            if original[span] not in disputed
        }
        if not wanted or n_rounds == MAX_ROUNDS:
            break
        for span, choice in wanted.items():
            if span in chosen:
                disputed.add(span)
                del chosen[span]
            else:
                chosen[span] = choice
    return FixedText(fixed, edits, tuple(chosen[span][1] for span in sorted(chosen)), findings)


def _original_spans(edits: Sequence[Edit], spans: Iterable[Span]) -> Mapping[Span, Span]:
    """For spans of an edited text, the spans before the edits."""
    starts, shifts, shift = [], [0], 0
    for span, written in edits:
        starts.append(span.start + shift)
        shift += len(written) - (span.end - span.start)
        shifts.append(shift)
    edited = {start: edit.span for start, edit in zip(starts, edits, strict=True)}
    return {span: edited.get(span.start, span.shifted(-shifts[bisect_right(starts, span.start)])) for span in spans}
