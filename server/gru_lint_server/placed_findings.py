"""The findings in a document by window: an edit moves most of them, and few are asked for at their places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from gru_lint.config.settings import Settings
from gru_lint.records import Finding, Span
from gru_lint.suppression.comments import Silencing, Suppressions


class WindowFindings(NamedTuple):
    """The findings in a window in order, at least one; they are relative to its origin, an offset in the text."""

    origin: int
    findings: tuple[Finding, ...]

    @property
    def start(self) -> int:
        """Where in the text the first of them begins."""
        return self.origin + self.findings[0].span.start

    @property
    def end(self) -> int:
        """Where in the text the last of them ends."""
        return self.origin + self.findings[-1].span.end

    def placed(self) -> Iterator[Finding]:
        """The findings where they stand in the text."""
        return (finding.shifted(self.origin) for finding in self.findings)

    def both(self) -> Iterator[tuple[Finding, Finding]]:
        """Each finding as it is here, and where it stands in the text."""
        return zip(self.findings, self.placed(), strict=True)

    def only(self, kept: Iterable[Finding]) -> tuple[WindowFindings, ...]:
        """The window with some of its findings alone; nothing where these are none."""
        findings = tuple(kept)
        return (WindowFindings(self.origin, findings),) if findings else ()


class PlacedFindings(Collection[Finding]):
    """The findings in a text in order; each is moved to its place when it is asked for.

    windows  those that hold findings, in order; none begins or ends before the one before it does
    """

    def __init__(self, windows: Iterable[WindowFindings] = ()) -> None:
        self.windows = tuple(windows)

    # Looked at for each cell of a notebook.
    @cached_property
    def _starts(self) -> list[int]:
        return [window.start for window in self.windows]

    @cached_property
    def _ends(self) -> list[int]:
        return [window.end for window in self.windows]

    def __iter__(self) -> Iterator[Finding]:
        return (placed for window in self.windows for placed in window.placed())

    def __bool__(self) -> bool:
        # At each key, this is asked of every cell of a notebook: the length looks at all windows.
        return bool(self.windows)

    def __len__(self) -> int:
        return sum(len(window.findings) for window in self.windows)

    def __contains__(self, finding: object) -> bool:
        return any(finding == one for one in self)

    def outside(self, span: Span) -> PlacedFindings:
        """Those that share no character with a span."""
        first, last = bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)
        kept = (
            one
            for window in self.windows[first:last]
            for one in window.only(found for found, placed in window.both() if not placed.span.overlaps(span))
        )
        return PlacedFindings([*self.windows[:first], *kept, *self.windows[last:]])

    def beginning_in(self, span: Span) -> PlacedFindings:
        """Those that begin in a span, or at its end."""
        first, last = bisect_left(self._ends, span.start), bisect_right(self._starts, span.end)
        kept = (
            one
            for window in self.windows[first:last]
            for one in (
                (window,)
                if span.start <= window.start and window.end <= span.end
                else window.only(found for found, placed in window.both() if span.touches(placed.span.start))
            )
        )
        return PlacedFindings(kept)


def without_suppressed(
    windows: Sequence[WindowFindings], suppressions: Suppressions, settings: Settings, *, is_complete: bool
) -> PlacedFindings:
    """What `gru_lint.suppression` makes of the findings in a text: those that no comment silences, and about comments.

    is_complete  see `Silencing.about_comments`
    """
    if not suppressions:
        return PlacedFindings(windows)
    silencing = Silencing(suppressions)
    kept = [
        one
        for window in windows
        for one in (
            window.only(finding for finding, placed in window.both() if not silencing.is_silenced(placed))
            if suppressions.touch(window.start, window.end)
            else (window,)
        )
    ]
    about = tuple(silencing.about_comments(settings, is_complete=is_complete))
    if about:
        # A comment may stand between two findings in one window.
        kept = [WindowFindings(window.origin, (one,)) for window in kept for one in window.findings]
        kept += [WindowFindings(0, (one,)) for one in about]
        kept.sort(key=lambda window: (window.start, window.end))
    return PlacedFindings(kept)
