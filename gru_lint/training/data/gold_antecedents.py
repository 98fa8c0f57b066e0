"""Pronouns whose antecedents people have marked, with the candidates of the network that is to be ranked for them.

GAP (Webster et al. 2018) marks of two names whether each is meant, LitBank (Bamman et al. 2020) all mentions of
everybody. GAP's development rows are not read here: results are reported on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gru_lint.english.mentions import OBLIQUE_AFTER
from gru_lint.linter import Linter
from gru_lint.model.candidates import Candidates
from gru_lint.records import Span, Window
from gru_lint.segment.windows import find_anaphors, text_span
from gru_lint.training.measure.evaluation_sets import CoreferenceDocument, GapRow, read_gap, read_litbank
from gru_lint.training.measure.gap import is_same_name

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class GoldPronoun:
    """A pronoun with what is known of its K candidates.

    fold      of ten; pronouns of one text are in one
    is_right  (K,) whether the antecedent is this one
    is_wrong  (K,) whether it is known not to be; where none is right, all others may be
    """

    candidates: Candidates
    fold: int
    is_right: Bools
    is_wrong: Bools


def gap_pronouns(linter: Linter, path: Path, n_folds: int) -> Iterator[GoldPronoun]:
    """The marked pronouns of a GAP file; every tenth row is in one fold."""
    for number, row in enumerate(read_gap(path)):
        for window, candidates in _candidates(linter, row.text, {row.pronoun.start}):
            is_right, is_wrong = (_names(row, window, candidates, is_gold=is_gold) for is_gold in (True, False))
            yield GoldPronoun(candidates, number % n_folds, is_right, is_wrong & ~is_right)


def _names(row: GapRow, window: Window, candidates: Candidates, *, is_gold: bool) -> Bools:
    """(K,): whether the candidates are a name of a row that is meant, or one that is not."""
    names = [name for name, is_meant in zip(row.names, row.is_antecedent, strict=True) if is_meant == is_gold]
    return np.array(
        [
            span is not None and any(is_same_name(row.text, span, name) for name in names)
            for span in _shown(window, candidates)
        ]
    )


def litbank_pronouns(linter: Linter, path: Path, n_folds: int) -> Iterator[GoldPronoun]:
    """The pronouns of LitBank's documents that are marked; every tenth document is in one fold."""
    for number, document in enumerate(read_litbank(path)):
        known: dict[Span, tuple[Span, ...] | None] = {}
        clusters = {
            span.start: cluster for cluster in document.clusters for span in cluster if _is_word(document, span)
        }
        for window, candidates in _candidates(linter, document.text, clusters.keys()):
            meant = clusters[window.starts[candidates.slot.position]]
            spans = _shown(window, candidates)
            for span in spans:
                if span is not None and span not in known:
                    known[span] = cluster_of(document, span)
            is_right = np.array([span is not None and known[span] is meant for span in spans], np.bool_)
            yield GoldPronoun(candidates, number % n_folds, is_right, ~is_right)


def _is_word(document: CoreferenceDocument, span: Span) -> bool:
    return " " not in span.of(document.text)


def cluster_of(document: CoreferenceDocument, mention: Span) -> tuple[Span, ...] | None:
    """The chain of the shortest marked mention whose head a mention of ours seems to be; None where there is none.

    "The guard" is not the head of "the captain of the guard".
    """
    last_word = mention.of(document.text).split()[-1]
    holding = [
        (span.end - span.start, span, cluster)
        for cluster in document.clusters
        for span in cluster
        if span.start <= mention.end - len(last_word) and mention.end <= span.end
    ]
    if not holding:
        return None
    _, span, cluster = min(holding, key=lambda found: found[0])
    before = document.text[span.start : mention.start].lower().split()
    is_head = span.start == mention.start or not any(word in OBLIQUE_AFTER or word in (",", "and") for word in before)
    return cluster if is_head or span.end == mention.end else None


def _shown(window: Window, candidates: Candidates) -> list[Span | None]:
    """For each candidate the mention that would be shown."""
    bounds = candidates.entities.bounds
    return [
        text_span(window, *bounds[candidates.shown_mention(entity)]) if exists else None
        for entity, exists in enumerate(candidates.exists.tolist())
    ]


def _candidates(linter: Linter, text: str, starts: Iterable[int]) -> Iterator[tuple[Window, Candidates]]:
    """The candidates of the pronouns that start at some places of a text."""
    wanted = set(starts)
    for window in linter.windows(text):
        indices = [
            anaphor.word_index for anaphor in find_anaphors(window) if window.starts[anaphor.word_index] in wanted
        ]
        if indices:
            for candidates in linter.network.antecedent_candidates(window, indices):
                yield window, candidates
