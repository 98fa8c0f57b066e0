"""How often a network tells he from she, and how often it would find a flip, by group of pronouns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

from gru_lint.english.pronouns import CLASS_OF_FORM, CLASSES, GENDERS, AgreementClass, other_gender
from gru_lint.model.network import AgreementNetwork
from gru_lint.model.weights import Weights
from gru_lint.records import Judgement, Window
from gru_lint.segment.sentences import split_sentences
from gru_lint.segment.windows import split_windows
from gru_lint.training.measure.baselines import NearestMention
from gru_lint.training.measure.measures import share
from studies.cells import other_cells as _other_cells  # noqa: F401  # adds the RNN and the LSTM

# A flip is found where the odds against it are higher than in all but so many correct pronouns of held-out text.
FALSE_ALARMS = 0.01
_RESAMPLES = 1000
_LEAST = 1e-12
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text as windows.

    groups   the group of each pronoun that is asked about, by its offset; None asks about all, in no group
    cluster  what is drawn as one when items are drawn again: pronouns of a text stand and fall together
    """

    text: str
    windows: tuple[Window, ...]
    groups: Mapping[int, str] | None
    cluster: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one he or she.

    margin  log P(the written gender) − log P(the other); a guess without odds is ±1, none is 0
    """

    group: str
    cluster: int
    margin: float


def passage(text: str, groups: Mapping[int, str] | None, cluster: int, window_length: int) -> Passage:
    """A text cut into windows as the linter does."""
    return Passage(text, tuple(split_windows(split_sentences(text), window_length)), groups, cluster)


def quick_network(weights: Weights) -> AgreementNetwork:
    """The linter's network, which looks for no antecedents: they are not asked for here, and take the longest."""
    return AgreementNetwork(replace(weights, thresholds={}), may_report=lambda _window, _judgement: False)


def answers(network: AgreementNetwork, passages: Sequence[Passage]) -> Iterator[Answer]:
    """The answers to every he and she that is asked about, in order."""
    sources = [given for given in passages for _ in given.windows]
    judged = network.judge(window for given in passages for window in given.windows)
    for given, (window, judgements) in zip(sources, judged, strict=True):
        for judgement in judgements:
            if not isinstance(judgement, Judgement):
                continue
            asked = _asked(given, window, judgement.anaphor.word_index, judgement.anaphor.form)
            if asked is not None:
                group, written = asked
                probabilities = dict(zip(CLASSES, judgement.probabilities, strict=True))
                right, wrong = (max(probabilities[name], _LEAST) for name in (written, other_gender(written)))
                yield Answer(group, given.cluster, log(right) - log(wrong))


def nearest_answers(nearest: NearestMention, passages: Sequence[Passage]) -> Iterator[Answer]:
    """What the nearest mention of known gender says of the same pronouns."""
    for given in passages:
        genders = nearest.genders(given.text)
        for window in given.windows:
            for index in range(window.first_judged, len(window.words)):
                form = window.words[index].lower()
                asked = _asked(given, window, index, form) if form in CLASS_OF_FORM else None
                if asked is not None:
                    group, written = asked
                    guess = genders.get(window.starts[index])
                    yield Answer(group, given.cluster, 0.0 if guess is None else 1.0 if guess == written else -1.0)


def _asked(given: Passage, window: Window, index: int, form: str) -> tuple[str, AgreementClass] | None:
    """The group and the class of a pronoun, where it is a he or a she that is asked about."""
    written = CLASS_OF_FORM[form]
    group = "" if given.groups is None else given.groups.get(window.starts[index])
    return None if written not in GENDERS or group is None else (group, written)


def threshold(margins: Iterable[float], share_flagged: float = FALSE_ALARMS) -> float:
    """The odds, as a logarithm, from which a rule may speak: so few correct pronouns are flagged at it."""
    against = sorted((-margin for margin in margins), reverse=True)
    return max(0.0, against[int(share_flagged * len(against))]) if against else 0.0


def figures(found: Sequence[Answer], speaks_from: float, groups: Sequence[str]) -> dict[str, dict[str, Any]]:
    """For each group: pronouns, accuracy (he or she?), recall of flips, false alarms, with intervals over clusters."""
    clusters = sorted({answer.cluster for answer in found})
    row_of = {cluster: row for row, cluster in enumerate(clusters)}
    result = {}
    for group in groups:
        # Columns: pronouns, told right, flips found, flagged as they stand.
        counts = np.zeros((len(clusters), 4))
        for answer in found:
            if answer.group == group:
                margin = answer.margin
                counts[row_of[answer.cluster]] += (1, margin > 0, margin > speaks_from, margin < -speaks_from)
        n_pronouns, right, flips, alarms = counts.sum(axis=0).tolist()
        result[group] = {
            "pronouns": int(n_pronouns),
            "accuracy": share(right, n_pronouns),
            "accuracy_interval": interval(counts[:, 1], counts[:, 0]),
            "recall": share(flips, n_pronouns),
            "recall_interval": interval(counts[:, 2], counts[:, 0]),
            "false_alarms": share(alarms, n_pronouns),
        }
    return result


def interval(parts: Floats, wholes: Floats) -> list[float] | None:
    """The middle 95 % of Σ parts / Σ wholes when clusters are drawn again with replacement; None of nothing."""
    drawn_from = wholes > 0
    parts, wholes = parts[drawn_from], wholes[drawn_from]
    if not len(parts):
        return None
    drawn = np.random.default_rng(0).integers(len(parts), size=(_RESAMPLES, len(parts)))
    shares = parts[drawn].sum(axis=1) / wholes[drawn].sum(axis=1)
    low, high = np.percentile(shares, (2.5, 97.5))
    return [float(low), float(high)]
