"""The linters of the settings that hold, and what they have judged. Runs in the worker."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, TypeVar

from gru_lint.config.settings import Settings
from gru_lint.linter import Linter, judges_forms_with
from gru_lint.records import AnyJudgement
from gru_lint.rules import all_rules

if TYPE_CHECKING:
    from gru_lint.segment.incremental import PlacedWindow

K = TypeVar("K")
T = TypeVar("T")
JudgementCache = OrderedDict[tuple[tuple[str, ...], int, int], tuple[AnyJudgement, ...]]

# Judgements kept for windows that are gone: those of undone edits, and of documents opened again.
_MAX_JUDGEMENTS = 4_096
_MAX_LINTERS = 8


class Linters:
    """The linter of each settings value, and its judgements; settings that judge alike share these."""

    def __init__(self) -> None:
        self._linters: OrderedDict[Settings, Linter] = OrderedDict()
        self._judgement_caches: OrderedDict[tuple[object, ...], JudgementCache] = OrderedDict()

    def linter(self, settings: Settings) -> Linter:
        """The linter of some settings."""
        if settings not in self._linters:
            self._linters[settings] = Linter(settings=settings, incremental=True)
        return _touch(self._linters, settings, _MAX_LINTERS)

    def judge(self, settings: Settings, windows: list[PlacedWindow]) -> None:
        """Judges each window, from the cache where it can."""
        key = judgement_key(settings)
        known = self._judgement_caches.setdefault(key, OrderedDict())
        _touch(self._judgement_caches, key, _MAX_LINTERS)
        new = []
        for placed in windows:
            placed.judgements = known.get(placed.window.content)
            if placed.judgements is None:
                new.append(placed)
        network = self.linter(settings).network
        for placed, (_, judgements) in zip(new, network.judge([placed.window for placed in new]), strict=True):
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


def _touch(kept: OrderedDict[K, T], key: K, most: int) -> T:
    """The value of a key, which is now the most recently used."""
    kept.move_to_end(key)
    while len(kept) > most:
        kept.popitem(last=False)
    return kept[key]
