"""A window where it stands in a text, with what is known of it."""

from __future__ import annotations

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
    def shown_findings(self) -> tuple[Finding, ...]:
        """What is known to be found in it, or was before edits around the words that it judges."""
        return self.findings or () if self.judgements is not None else self.findings_before or ()

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

    @property
    def judged_words(self) -> tuple[str, ...]:
        """The words that it judges."""
        return self.window.words[self.window.first_judged : self.window.end_judged]

    def keep_findings(self, before: PlacedWindow, edited: Span, shift: int) -> None:
        """Takes over what was found before an edit, if it touches neither the judged words nor what is pointed at.

        before  the window as it was in the text before the edit
        edited  what was replaced in that text; what stands behind it has moved on by `shift` characters
        """
        found = before.findings_before if before.judgements is None else before.findings
        if found is None or self.judged_words != before.judged_words:
            return
        if _moved(before.judged, edited, shift) != self.judged:
            return
        kept = [_moved_finding(finding.shifted(before.origin), edited, shift) for finding in found]
        if None not in kept:
            self.findings_before = tuple(finding.shifted(-self.origin) for finding in kept if finding)

    def span(self, first_word: int, end_word: int) -> Span:
        """The span in the text of some words, by their indices in the window, the end excluded."""
        return text_span(self.window, first_word, end_word).shifted(self.origin)

    def in_text(self) -> Window:
        """The window with its `starts` as offsets in the text."""
        starts = tuple(start + self.origin if start >= 0 else start for start in self.window.starts)
        return replace(self.window, starts=starts)


def _moved(span: Span, edited: Span, shift: int) -> Span | None:
    """A span of a text after an edit; None where the edit touches it."""
    if span.end < edited.start:
        return span
    return span.shifted(shift) if edited.end < span.start else None


def _moved_finding(finding: Finding, edited: Span, shift: int) -> Finding | None:
    """A finding in a text after an edit; None where the edit touches it or its antecedent."""
    span, antecedent = _moved(finding.span, edited, shift), finding.antecedent
    if antecedent:
        place = _moved(antecedent.span, edited, shift)
        antecedent = replace(antecedent, span=place) if place else None
    is_whole = span and bool(antecedent) == bool(finding.antecedent)
    return replace(finding, span=span, antecedent=antecedent) if span and is_whole else None
