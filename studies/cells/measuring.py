"""Every measure on one trained network: a row of the study."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from gru_lint.english.lexicon import Lexicon
from gru_lint.model.network import AgreementNetwork
from gru_lint.model.weights import Weights
from gru_lint.records import Window
from gru_lint.segment.sentences import split_sentences
from gru_lint.segment.windows import is_anaphor, split_windows
from gru_lint.training.measure.baselines import NearestMention
from studies.cells.controlled import ControlledText
from studies.cells.gates import (
    KINDS,
    half_life,
    kind_of,
    read_gates,
    with_open_reset_gate,
    with_update_gate,
)
from studies.cells.gradients import batch_of, encoder_gains, in_double, judgement_gradients
from studies.cells.material import BETWEEN, FARTHEST, VARIANTS, Material, distance_groups
from studies.cells.scores import answers, figures, interval, nearest_answers, quick_network, threshold

# Words of LitBank at which the gates are looked at: this many windows.
_GATE_WINDOWS = 60
# Words before and after the first word of the second sentence's subject.
_ABOUT = range(-4, 9)
Floats = npt.NDArray[np.float64]


def measure_scores(weights: Weights, material: Material) -> dict[str, Any]:
    """Accuracy and recall by distance, at the threshold that held-out text allows this network."""
    network = quick_network(weights)
    speaks_from = threshold(answer.margin for answer in answers(network, material.calibration))
    return {"threshold": speaks_from, **_scores(network, speaks_from, material)}


def _scores(network: AgreementNetwork, speaks_from: float, material: Material) -> dict[str, Any]:
    by_distance = list(answers(network, material.litbank))
    return {
        "litbank": figures(by_distance, speaks_from, distance_groups()),
        "controlled": {
            variant: figures(
                list(answers(network, material.controlled[variant])), speaks_from, [str(n) for n in BETWEEN]
            )
            for variant in VARIANTS
        },
    }


def measure_nearest(lexicon: Lexicon, material: Material) -> dict[str, Any]:
    """The same of the nearest earlier mention of known gender, which speaks wherever it has a guess."""
    nearest = NearestMention(lexicon)
    return {
        "litbank": figures(list(nearest_answers(nearest, material.litbank)), 0.5, distance_groups()),
        "controlled": {
            variant: figures(
                list(nearest_answers(nearest, material.controlled[variant])), 0.5, [str(n) for n in BETWEEN]
            )
            for variant in VARIANTS
        },
    }


def measure_gradients(weights: Weights, material: Material) -> dict[str, Any]:
    """Norms k = 1 .. `FARTHEST` words back: geometric means over texts, and intervals over texts of a few."""
    lexicon, length = Lexicon(weights.vocabulary), weights.architecture.window_length
    windows = [_window_of(given, length) for given in material.far]
    positions = [_pronoun_of(window) for window in windows]
    batch = batch_of(windows, positions, [given.gender for given in material.far], lexicon)
    network = in_double(weights)
    norms = {
        "judgement": judgement_gradients(network, batch, FARTHEST),
        "through_states": judgement_gradients(network, batch, FARTHEST, through_states=True),
        "encoder": encoder_gains(network, batch, FARTHEST),
    }
    return {
        name: {
            "mean": _rounded(np.exp(_logarithm(found).mean(axis=0))),
            "interval": {str(k): _interval_of_mean(_logarithm(found)[:, k - 1]) for k in (1, 10, 20, 40, 80, FARTHEST)},
        }
        for name, found in norms.items()
    }


def _logarithm(norms: Floats) -> Floats:
    logarithms: Floats = np.log(np.maximum(norms, 1e-300))
    return logarithms


def _interval_of_mean(logarithms: Floats) -> list[float]:
    """The bootstrap interval of a geometric mean over texts."""
    found = interval(logarithms, np.ones_like(logarithms))
    return [float(np.exp(end)) for end in found or ()]


def _window_of(given: ControlledText, length: int) -> Window:
    """The one window that judges the text's pronoun."""
    return list(split_windows(split_sentences(given.text), length))[-1]


def _pronoun_of(window: Window) -> int:
    return next(index for index in range(len(window.words) - 1, 0, -1) if is_anaphor(window.words, index))


def measure_gates(weights: Weights, material: Material) -> dict[str, Any]:
    """What is kept at each kind of word, how long a subject's trace lasts, and the gates at a change of subject."""
    lexicon = Lexicon(weights.vocabulary)
    kept: dict[str, list[Floats]] = {kind: [] for kind in KINDS}
    reset: dict[str, list[Floats]] = {kind: [] for kind in KINDS}
    windows = [window for given in material.litbank for window in given.windows]
    for window in windows[:: max(1, len(windows) // _GATE_WINDOWS)]:
        gates = read_gates(weights, lexicon, window.words)
        for index, word in enumerate(window.words):
            kind = kind_of(word, lexicon)
            kept[kind].append(gates.kept[index])
            if gates.reset is not None:
                reset[kind].append(gates.reset[index])
    everywhere = np.concatenate([np.array(rows) for rows in kept.values() if rows])
    lives = half_life(everywhere)
    figures_of_gates: dict[str, Any] = {
        "words": {kind: len(rows) for kind, rows in kept.items()},
        "kept": {kind: float(np.mean(rows)) for kind, rows in kept.items()},
        "kept_by_unit": _rounded(everywhere.mean(axis=0)),
        "half_life": {f"{share}": float(np.percentile(lives, share)) for share in (10, 50, 90, 100)},
        "trace": _trace(weights, lexicon, material.far),
    }
    if any(reset.values()):
        figures_of_gates["reset"] = {kind: float(np.mean(rows)) for kind, rows in reset.items()}
        figures_of_gates["change"] = {
            variant: _about_second_subject(weights, lexicon, texts) for variant, texts in material.changes.items()
        }
    return figures_of_gates


def _trace(weights: Weights, lexicon: Lexicon, texts: Sequence[ControlledText]) -> dict[str, list[float]]:
    """What is left of each unit 0, 1, 2, ... words after the subject: the mean unit, and the tenth that keeps most."""
    traces = []
    for given in texts:
        window = _window_of(given, weights.architecture.window_length)
        kept = read_gates(weights, lexicon, window.words).kept
        first = _first_after(window, given.person[1])
        traces.append(np.cumprod(kept[first : first + FARTHEST].astype(np.float64), axis=0))
    trace = np.mean(traces, axis=0)
    best = np.sort(trace, axis=1)[:, -max(1, trace.shape[1] // 10) :]
    return {"mean": _rounded(trace.mean(axis=1)), "best_tenth": _rounded(best.mean(axis=1))}


def _first_after(window: Window, offset: int) -> int:
    return next(index for index, start in enumerate(window.starts) if start >= offset)


def _about_second_subject(
    weights: Weights, lexicon: Lexicon, texts: Sequence[ControlledText]
) -> dict[str, list[float]]:
    """Mean gates at the words about the first one of the second sentence, which names somebody."""
    update, reset = [], []
    for given in texts:
        window = _window_of(given, weights.architecture.window_length)
        gates = read_gates(weights, lexicon, window.words)
        first = _first_after(window, given.person[0])
        places = [first + offset for offset in _ABOUT]
        update.append(1 - gates.kept[places].mean(axis=1))
        if gates.reset is not None:
            reset.append(gates.reset[places].mean(axis=1))
    return {"update": _rounded(np.mean(update, axis=0)), "reset": _rounded(np.mean(reset, axis=0))}


def measure_ablations(weights: Weights, kept_by_unit: Sequence[float], material: Material) -> dict[str, Any]:
    """The GRU with one gate held still, at thresholds of its own: accuracy and recall once more."""
    update = np.clip(1 - np.array(kept_by_unit, np.float32), 1e-4, 1 - 1e-4)
    return {
        "update gate held at its mean": measure_scores(with_update_gate(weights, update), material),
        "reset gate held open": measure_scores(with_open_reset_gate(weights), material),
    }


def _rounded(values: npt.NDArray[Any]) -> list[float]:
    """Four figures each: more would be noise, and study.json is to be read."""
    return [float(f"{value:.4g}") for value in values]
