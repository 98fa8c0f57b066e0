"""What every network of a study is measured on, cut into windows once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gru_lint.records import Window
from gru_lint.training.data.corpus import documents_of
from gru_lint.training.measure.calibrate import DOMAINS
from gru_lint.training.measure.evaluate import DISTANCES
from gru_lint.training.measure.evaluation_sets import read_litbank
from gru_lint.training.measure.measures import first_words
from studies.cells.controlled import ControlledText, Variant, controlled_texts
from studies.cells.scores import Passage, passage

BETWEEN = (2, 3, 5, 8, 12, 20, 30, 40, 60, 80, 100, 120)
VARIANTS: tuple[Variant, ...] = ("alone", "changed")
N_PAIRS = 40
# Words between in the texts that the gradients are followed back through.
FARTHEST = BETWEEN[-1]
_N_GRADIENT_PAIRS = 24
_N_GATE_PAIRS = 40
# Words between where the gates are looked at about a change of subject.
_GATE_DISTANCE = 20
_CALIBRATION_WORDS = 60_000
_TIMED_WINDOWS = 96


@dataclass(frozen=True, slots=True)
class Material:
    """The sets that are measured on.

    litbank      the documents, their pronouns grouped by distance
    calibration  held-out text on which thresholds are chosen
    controlled   by variant, the texts grouped by the words between
    far          texts with `FARTHEST` words between, for gradients and traces
    changes      by variant "again" and "changed", texts for the gates about the second sentence
    timed        windows that are read to measure time
    """

    litbank: tuple[Passage, ...]
    calibration: tuple[Passage, ...]
    controlled: dict[Variant, tuple[Passage, ...]]
    far: tuple[ControlledText, ...]
    changes: dict[Variant, tuple[ControlledText, ...]]
    timed: tuple[Window, ...]


def distance_groups() -> tuple[str, ...]:
    """The names of LitBank's groups, nearest first."""
    return tuple(_group(low, high) for low, high in DISTANCES)


def read_material(shared: Path, window_length: int, report: Callable[[str], None]) -> Material:
    """Reads the sets under `shared` and makes the controlled ones."""

    def cut(texts: list[str]) -> tuple[Passage, ...]:
        return tuple(passage(text, None, number, window_length) for number, text in enumerate(texts))

    report("reading held-out text")
    held_out = [
        text
        for domain in DOMAINS
        for text in first_words(documents_of(shared / "train" / f"{domain}.txt.xz", "calibration"), _CALIBRATION_WORDS)
    ]
    report("reading LitBank")
    litbank = tuple(
        passage(
            document.text,
            {
                start: group
                for start, distance in document.distances.items()
                for group, (low, high) in zip(distance_groups(), DISTANCES, strict=True)
                # A pronoun within a longer mention stands in no group.
                if low <= distance < high
            },
            number,
            window_length,
        )
        for number, document in enumerate(read_litbank(shared / "dev" / "litbank-coref-conll.tar.xz"))
    )
    report("composing the controlled sets")
    return Material(
        litbank,
        cut(held_out),
        {variant: controlled_passages(variant, window_length) for variant in VARIANTS},
        tuple(controlled_texts(FARTHEST, _N_GRADIENT_PAIRS)),
        {variant: tuple(controlled_texts(_GATE_DISTANCE, _N_GATE_PAIRS, variant)) for variant in ("again", "changed")},
        tuple(window for given in litbank for window in given.windows)[:_TIMED_WINDOWS],
    )


def controlled_passages(variant: Variant, window_length: int) -> tuple[Passage, ...]:
    """The controlled texts of a variant at every distance; a cluster is a pair of texts, a man's and a woman's."""
    return tuple(
        passage(given.text, {given.pronoun: str(n_between)}, given.pair, window_length)
        for n_between in BETWEEN
        for given in controlled_texts(n_between, N_PAIRS, variant)
    )


def _group(low: int, high: int) -> str:
    return f"{low}-{high - 1}" if high < 1000 else f"{low}+"
