"""The linters of the settings that hold, and what they have judged. Runs in the worker."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from gru_lint.config.settings import Settings
from gru_lint.linter import Linter, judges_forms_with
from gru_lint.records import AnyJudgement
from gru_lint.rules import all_rules

if TYPE_CHECKING:
    from gru_lint.segment.placed_window import PlacedWindow

JudgementCache = OrderedDict[tuple[tuple[str, ...], int, int], tuple[AnyJudgement, ...]]

# Judgements kept for windows that are gone: those of undone edits, and of documents opened again.
_MAX_JUDGEMENTS = 4_096
_MAX_LINTERS = 8


class Linters:
    """The linter of each settings value, and its judgements; settings that judge alike share these."""

    def __init__(self) -> None:
        self._linter = lru_cache(_MAX_LINTERS)(partial(Linter, incremental=True))
        self._judgements: Callable[[tuple[object, ...]], JudgementCache] = lru_cache(_MAX_LINTERS)(
            lambda _key: OrderedDict()
        )

    def linter(self, settings: Settings) -> Linter:
        """The linter of some settings."""
        return self._linter(settings=settings)

    def judge(self, settings: Settings, windows: list[PlacedWindow]) -> None:
        """Judges each window of a text; from the cache where it can."""
        known = self._judgements(judgement_key(settings))
        new = []
        for placed in windows:
            placed.judgements = known.get(placed.window.content)
            if placed.judgements is None:
                new.append(placed)
        network = self.linter(settings).network
        judged = network.judge([placed.window for placed in new])
        for placed, (_, judgements) in zip(new, judged, strict=True):
            placed.judgements = judgements
            known[placed.window.content] = judgements
        while len(known) > _MAX_JUDGEMENTS:
            known.popitem(last=False)

    def resolve(self, settings: Settings, windows: list[PlacedWindow]) -> None:
        """Resolves the antecedents of all judgements of some windows.

        This happens on request only: for a whole long document it takes as long as the judging.
        """
        unresolved = [placed for placed in windows if not placed.is_resolved]
        network = self.linter(settings).network
        resolved = network.judge([placed.window for placed in unresolved], resolve_all=True)
        for placed, (_, judgements) in zip(unresolved, resolved, strict=True):
            placed.judgements, placed.is_resolved = judgements, True


def judgement_key(settings: Settings) -> tuple[object, ...]:
    """The part of some settings that the judgements depend on: the lexicon's, and where antecedents are resolved."""
    return (
        judges_forms_with(settings),
        *settings.lexicon_settings,
        *(settings.min_confidence_of(rule.name) for rule in all_rules()),
    )
