"""Adds suppression comments for all findings of a text, so that later checks report only new ones.

A comment is tried in the line of the finding, then around its paragraph, then for the whole file. It stays where the
finding is gone and the prose, apart from the comments, is what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from gru_lint.check.fixes import apply_edits, those_that_fit
from gru_lint.config.settings import Settings
from gru_lint.extract import extract_prose
from gru_lint.lines import LineIndex
from gru_lint.linter import lint_text
from gru_lint.records import Edit, Finding, Span
from gru_lint.suppression.comments import is_about_comments
from gru_lint.suppression.edits import around_edits, is_in_line_comment, suppressing_edit, whole_file_edit

# Inserted to see whether a word would be read there. Where none is (in a formula, in code, in the target of a link), no
# comment can stand either.
_PROBE: Final = " Zq"
_Place = Callable[[int, str], tuple[Edit, ...]]


@dataclass(frozen=True, slots=True)
class WithIgnores:
    """A text with suppression comments for its findings.

    n_silenced  how many findings they silence
    n_left      how many findings no comment can silence
    notes       lines for the user about findings that a comment in their line does not silence
    """

    text: str
    n_silenced: int = 0
    n_left: int = 0
    notes: tuple[str, ...] = ()


class _Group(NamedTuple):
    """Findings that are silenced by the same comments, and those comments."""

    findings: tuple[Finding, ...]
    edits: tuple[Edit, ...]


def with_ignores(text: str, filename: str, settings: Settings) -> WithIgnores:
    """The text with comments that silence its findings, as far as its format has comments."""
    placer = _IgnorePlacer(text, filename, settings)
    left = findings = placer.findings(text)
    placed: tuple[Edit, ...] = ()
    notes = []
    for place_name, place in placer.places() if findings else ():
        groups = placer.fitting(placed, [group for group in _groups(left, place) if group.edits])
        remaining = placer.remaining((*placed, *_edits(groups)))
        effective = [group for group in groups if remaining.isdisjoint(finding.span for finding in group.findings)]
        placed = (*placed, *_edits(effective))
        silenced = {finding for group in effective for finding in group.findings}
        left = tuple(finding for finding in left if finding not in silenced)
        if place_name and silenced:
            notes.append(f"{_rows(text, silenced)} can hold no comment: silenced for {place_name}")
    if left:
        notes.append(f"{_rows(text, left)} cannot be silenced by a comment: see --write-baseline")
    return WithIgnores(apply_edits(text, sorted(placed)), len(findings) - len(left), len(left), tuple(notes))


class _IgnorePlacer:
    """Tries comments in one text."""

    def __init__(self, text: str, filename: str, settings: Settings) -> None:
        self._text, self._filename, self._settings = text, filename, settings
        self._effective_filename = settings.effective_filename(filename)
        self._words = self._extract(text).split()

    def _extract(self, text: str) -> str:
        return extract_prose(text, self._effective_filename, self._settings.text_keys)

    def places(self) -> Iterator[tuple[str, _Place]]:
        """The places for comments, in order: a name ("" for the line), and the edits for an offset and rules."""
        text, effective_filename = self._text, self._effective_filename
        yield "", lambda offset, rules: _as_edits(suppressing_edit(text, effective_filename, offset, rules))
        yield "the paragraph", lambda offset, rules: around_edits(text, effective_filename, offset, rules)
        yield "the whole file", lambda _offset, rules: _as_edits(whole_file_edit(text, effective_filename, rules))

    def findings(self, text: str) -> tuple[Finding, ...]:
        """The findings in a text that a comment may silence."""
        findings = lint_text(text, filename=self._filename, settings=self._settings)
        return tuple(finding for finding in findings if not is_about_comments(finding))

    def remaining(self, edits: Sequence[Edit]) -> set[Span]:
        """The spans of the findings after some edits, as they were before these."""
        spans, inserted = set(), _inserted(edits)
        for finding in self.findings(apply_edits(self._text, sorted(edits))):
            shift = sum(span.end - span.start for span in inserted if span.end <= finding.span.start)
            spans.add(finding.span.shifted(-shift))
        return spans

    def fitting(self, placed: Sequence[Edit], groups: Sequence[_Group]) -> Sequence[_Group]:
        """The groups whose comments stand where they can, and leave the prose as it is."""
        probes = [Edit(edit.span, _PROBE) for edit in _edits(groups)]
        probed = self._extract(apply_edits(self._text, sorted(probes)))
        readable = {
            edit.span.start
            for edit, span in zip(sorted(probes), _inserted(probes), strict=True)
            if span.of(probed) == _PROBE
        }
        # Where no word is read, a comment may still stand in a line of its own, and another rule may join a comment.
        standing = [
            group
            for group in groups
            if all(
                edit.span.start in readable
                or not edit.written.startswith(" ")
                or is_in_line_comment(self._text, self._effective_filename, edit.span.start)
                for edit in group.edits
            )
        ]
        return those_that_fit(standing, lambda tried: self._keeps_prose((*placed, *_edits(tried))))

    def _keeps_prose(self, edits: Sequence[Edit]) -> bool:
        """Whether the prose after some edits is what it was, but for what was inserted."""
        prose = self._extract(apply_edits(self._text, sorted(edits)))
        kept, here = [], 0
        for span in _inserted(edits):
            kept.append(prose[here : span.start])
            here = span.end
        return "".join([*kept, prose[here:]]).split() == self._words


def _as_edits(edit: Edit | None) -> tuple[Edit, ...]:
    return (edit,) if edit else ()


def _groups(findings: Iterable[Finding], place: _Place) -> Iterator[_Group]:
    """Findings whose comments stand in the same place, with one comment for all of them."""
    by_place: dict[tuple[int, ...], list[Finding]] = {}
    for finding in findings:
        starts = tuple(edit.span.start for edit in place(finding.span.start, finding.code))
        by_place.setdefault(starts, []).append(finding)
    for together in by_place.values():
        rules = ", ".join(sorted({finding.code for finding in together}))
        yield _Group(tuple(together), place(together[0].span.start, rules))


def _edits(groups: Iterable[_Group]) -> list[Edit]:
    return [edit for group in groups for edit in group.edits]


def _inserted(edits: Iterable[Edit]) -> list[Span]:
    """Where in the edited text stands what was inserted, in order."""
    spans, shift = [], 0
    for span, written in sorted(edits):
        spans.append(Span(span.start + shift, span.start + shift + len(written)))
        shift += len(written)
    return spans


def _rows(text: str, findings: Iterable[Finding]) -> str:
    lines = LineIndex(text)
    rows = sorted({lines.location(finding.span.start).row for finding in findings})
    return f"{'line' if len(rows) == 1 else 'lines'} {', '.join(map(str, rows))}"
