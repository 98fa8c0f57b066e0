"""A window where it stands in a text, with what is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from gru_lint.records import AnyJudgement, Finding, Span, Window
from gru_lint.segment.windows import text_span


@dataclass(slots=True)
class PlacedWindow:
    """A window, where it stands in the text, and its results so far.

    window           its `starts` are relative to `origin`
    origin           an offset in the text; edits before it shift it
    judgements       None until it is judged
    findings         of the rules about the judgements, relative to `origin`; None until the rules are applied
    is_resolved      whether the antecedent of every pronoun was resolved
    findings_before  what was found in it before edits around the words that it judges, relative to `origin`: it may be
                     shown until the window is judged again. None where nothing may
    """

    window: Window
    origin: int
    judgements: tuple[AnyJudgement, ...] | None = None
    findings: tuple[Finding, ...] | None = None
    is_resolved: bool = False
    findings_before: tuple[Finding, ...] | None = None

    def forget_judgements(self) -> None:
        """Has the window judged again."""
        self.judgements, self.is_resolved = None, False
        self.forget_findings()

    def forget_findings(self) -> None:
        """Has the rules applied again."""
        self.findings = self.findings_before = None

    @property
    def known_findings(self) -> tuple[Finding, ...] | None:
        """What is found in it, or was before edits around the words that it judges; None where neither is known."""
        return self.findings_before if self.judgements is None else self.findings

    @property
    def end(self) -> int:
        """The offset in the text at which the last word that it judges ends."""
        last = self.window.end_judged - 1
        return self.origin + self.window.starts[last] + len(self.window.words[last])

    @property
    def judged(self) -> Span:
        """Where the words that it judges stand in the text, from the first of them to the last."""
        starts = self.window.starts[self.window.first_judged : self.window.end_judged]
        # Marks stand nowhere in the text.
        return Span(self.origin + next(start for start in starts if start >= 0), self.end)

    def keep_findings(self, before: Iterable[PlacedWindow], edited: Span, shift: int) -> None:
        """Takes over what was found before an edit, if that touches neither what is judged nor what is pointed at.

        before  all windows of the text before the edit that judged any of these words, in order
        edited  what was replaced in that text; what stands behind it has moved on by `shift` characters
        """
        judged, end = self.judged, edited.end + shift
        if judged.start <= end and edited.start <= judged.end:
            return
        judged_before = judged.shifted(-shift) if judged.start > end else judged
        kept: list[Finding] = []
        for window in before:
            if not window.judged.overlaps(judged_before):
                continue
            if window.known_findings is None:
                return
            for finding in (one.shifted(window.origin) for one in window.known_findings):
                if finding.span.overlaps(judged_before):
                    moved = _moved(finding, edited, shift)
                    if moved is None:
                        return
                    kept.append(moved.shifted(-self.origin))
        self.findings_before = tuple(kept)

    def span(self, first_word: int, end_word: int) -> Span:
        """The span in the text of some words, by their indices in the window, the end excluded."""
        return text_span(self.window, first_word, end_word).shifted(self.origin)

    def in_text(self) -> Window:
        """The window with its `starts` as offsets in the text."""
        starts = tuple(start + self.origin if start >= 0 else start for start in self.window.starts)
        return replace(self.window, starts=starts)


def _moved(finding: Finding, edited: Span, shift: int) -> Finding | None:
    """A finding after an edit beside its pronoun; None where the edit touches its antecedent."""
    span, antecedent = _moved_span(finding.span, edited, shift), finding.antecedent
    if antecedent:
        if edited.start <= antecedent.span.end and antecedent.span.start <= edited.end:
            return None
        antecedent = replace(antecedent, span=_moved_span(antecedent.span, edited, shift))
    return replace(finding, span=span, antecedent=antecedent)


def _moved_span(span: Span, edited: Span, shift: int) -> Span:
    return span.shifted(shift) if span.start > edited.end else span
