"""A window where it stands in a text, with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gru_lint.records import AnyJudgement, Finding, Span, Window
from gru_lint.segment.windows import text_span


@dataclass(slots=True)
class PlacedWindow:
    """A window, where it stands in the text, and its results so far.

    window       its `starts` are relative to `origin`
    origin       an offset in the text; edits before it shift it
    judgements   None until it is judged
    findings     of the rules about the judgements, relative to `origin`; None until the rules are applied
    is_resolved  whether the antecedent of every pronoun was resolved
    """

    window: Window
    origin: int
    judgements: tuple[AnyJudgement, ...] | None = None
    findings: tuple[Finding, ...] | None = None
    is_resolved: bool = False

    def forget_judgements(self) -> None:
        """Has the window judged again."""
        self.judgements, self.is_resolved, self.findings = None, False, None

    @property
    def end(self) -> int:
        """The offset in the text at which the last word that it judges ends."""
        last = self.window.end_judged - 1
        return self.origin + self.window.starts[last] + len(self.window.words[last])

    def span(self, first_word: int, end_word: int) -> Span:
        """The span in the text of some words, by their indices in the window, the end excluded."""
        return text_span(self.window, first_word, end_word).shifted(self.origin)

    def in_text(self) -> Window:
        """The window with its `starts` as offsets in the text."""
        starts = tuple(start + self.origin if start >= 0 else start for start in self.window.starts)
        return replace(self.window, starts=starts)
