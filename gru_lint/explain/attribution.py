"""Attribution of a judgement to the words before the pronoun.

Three things are said of a word: what it wrote into the forward GRU's state, how much of that is left beside the pronoun
(`gates`), and how much the judgement depends on it. The last is the change of the log-odds of the likeliest class when
the word's update gate is shut: u_k = 0, and the state passes through unchanged. It is measured in two ways:

    by the gates  every other gate and candidate stays as it was: what the word changed, u_k ⊙ (c_k − h_{k−1}), is taken
                  out of each later state, as far as the gates in between let it through, Π (1 − u_i)
    left out      the words after it are read again from the state without it, and may remember something else

The first follows the update gates alone; the second is occlusion. `MemoryTrace.agrees` says whether both find the same
mention strongest: then the gates explain the judgement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log

import numpy as np

from gru_lint.english.mentions import mention_bounds
from gru_lint.english.pronouns import CLASS_OF_FORM, CLASSES, GENDERS, AgreementClass, other_gender
from gru_lint.explain.gates import Steps, read_steps, read_without, with_gates_shut
from gru_lint.model.cells import Floats, GRUCell
from gru_lint.model.encoders import WindowStates
from gru_lint.model.heads import Predictions
from gru_lint.model.network import AgreementNetwork
from gru_lint.records import Anaphor, Window

# Takes the place of 0 in a divisor or a logarithm.
_SMALLEST = 1e-30
# How many words are tried for a hover; each takes another judgement, of half a millisecond.
_MAX_TRIED = 24


class NoGatesError(Exception):
    """The weights are of a cell without update gates, and not of a GRU."""


@dataclass(frozen=True, slots=True)
class WordTrace:
    """One word before the pronoun.

    update        0..1, the mean of its update gates
    wrote         the length of u ⊙ c, which it added to the state
    survived      0..1, the part of that length that is left beside the pronoun
    share         of the state beside the pronoun, along its direction; over all words they sum to 1
    by_gates      the loss without it, in log-odds; see the module
    by_occlusion  the same where the words after it are read again
    """

    word_index: int
    update: float
    wrote: float
    survived: float
    share: float
    by_gates: float
    by_occlusion: float


@dataclass(frozen=True, slots=True)
class MentionTrace:
    """The words of a name or a noun phrase before the pronoun, taken together.

    links, evidence  its weights in the two attentions: over antecedents, and over mentions that show the class
    length           of what is left of its words in the state beside the pronoun
    """

    first_word: int
    end_word: int
    links: float
    evidence: float
    length: float
    by_gates: float
    by_occlusion: float


@dataclass(frozen=True, slots=True)
class MemoryTrace:
    """The attribution of one judgement.

    expected, other  the likeliest class, and the class that it is compared with: that of the written form; where this
                     is the likeliest, the other gender, or else the second likeliest
    log_odds         of `expected` against `other`
    words            those before the pronoun, word 0 of the window first
    mentions         of these words, in order; no two share a word
    """

    expected: AgreementClass
    other: AgreementClass
    log_odds: float
    words: tuple[WordTrace, ...]
    mentions: tuple[MentionTrace, ...]
    steps: Steps

    def leading(self, *, by_occlusion: bool = False) -> tuple[MentionTrace, WordTrace] | None:
        """The mention on which the judgement depends most, and its strongest word; None without a positive loss.

        by_occlusion  whether by occlusion instead of by the gates
        """

        def loss(trace: WordTrace | MentionTrace) -> float:
            return trace.by_occlusion if by_occlusion else trace.by_gates

        mention = max(self.mentions, key=loss, default=None)
        if mention is None or loss(mention) <= 0:
            return None
        return mention, max(self.words[mention.first_word : mention.end_word], key=loss)

    @property
    def agrees(self) -> bool:
        """Whether both measures find the same mention strongest."""
        by_gates, by_occlusion = self.leading(), self.leading(by_occlusion=True)
        return (by_gates and by_gates[0]) == (by_occlusion and by_occlusion[0])


def memory_trace(network: AgreementNetwork, window: Window, anaphor: Anaphor) -> MemoryTrace:
    """The memory trace of one pronoun of a window. Raises `NoGatesError`."""
    read = _read(network, window, anaphor)
    position, bounds = anaphor.word_index, read.bounds
    groups = [*(range(first, end) for first, end in bounds), *(range(index, index + 1) for index in range(position))]
    by_gates = read.judge.losses(with_gates_shut(read.steps, groups))
    by_occlusion = read.judge.losses(read_without(read.cell, read.products, groups))
    n_mentions = len(bounds)
    return MemoryTrace(
        *read.judge.compared,
        read.judge.log_odds(read.judge.states),
        tuple(_word_traces(read.steps, by_gates[n_mentions:], by_occlusion[n_mentions:])),
        tuple(_mention_traces(read.steps, bounds, read.predictions, by_gates, by_occlusion)),
        read.steps,
    )


def strongest_words(
    network: AgreementNetwork, window: Window, anaphor: Anaphor, n_words: int
) -> list[tuple[int, float]]:
    """The words of mentions with the greatest losses by the gates, each with its loss; fast enough for a hover.

    Only words of which much is left beside the pronoun, or that get much attention, are tried. Raises `NoGatesError`.
    """
    read = _read(network, window, anaphor)
    state = float(np.linalg.norm(read.steps.states[-1])) or 1.0
    left = np.linalg.norm(read.steps.contributions, axis=1) / state
    attention = read.predictions.links[0] + read.predictions.evidence[0]
    scores = {
        index: float(
            left[index] + attention[(read.predictions.mentions >= first) & (read.predictions.mentions < end)].sum()
        )
        for first, end in read.bounds
        for index in range(first, end)
    }
    tried = sorted(scores, key=lambda index: -scores[index])[:_MAX_TRIED]
    if not tried:
        return []
    losses = read.judge.losses(with_gates_shut(read.steps, [range(index, index + 1) for index in tried]))
    return sorted(zip(tried, losses, strict=True), key=lambda row: -abs(row[1]))[:n_words]


@dataclass(frozen=True, slots=True)
class _Read:
    """A window read up to a pronoun and judged there; `bounds` are those of the mentions before it."""

    cell: GRUCell
    products: Floats
    steps: Steps
    predictions: Predictions
    bounds: list[tuple[int, int]]
    judge: _Judge


def _read(network: AgreementNetwork, window: Window, anaphor: Anaphor) -> _Read:
    (states,) = network.read([window])
    position = anaphor.word_index
    cell, products = network.forward_steps(states)
    if not isinstance(cell, GRUCell):
        raise NoGatesError("the memory trace needs the weights of a GRU; these are of another cell")
    products = products[:position]
    predictions = network.predictions(states, [anaphor])
    compared = compared_classes(predictions.classes[0].tolist(), CLASS_OF_FORM[anaphor.form])
    bounds = merged(
        mention_bounds(window.words, head, network.lexicon)
        for head in predictions.mentions.tolist()
        if 0 < head < position
    )
    judge = _Judge(network, states, anaphor, compared)
    return _Read(cell, products, read_steps(cell, products), predictions, bounds, judge)


def _word_traces(steps: Steps, by_gates: Sequence[float], by_occlusion: Sequence[float]) -> Iterator[WordTrace]:
    contributions, state = steps.contributions, steps.states[-1]
    updates = steps.update_gates.mean(axis=1)
    wrote = np.linalg.norm(steps.update_gates * steps.candidates, axis=1)
    survived = np.linalg.norm(contributions, axis=1) / np.maximum(wrote, _SMALLEST)
    shares = contributions @ state / max(float(state @ state), _SMALLEST)
    figures = np.stack([updates, wrote, survived, shares], axis=1).tolist()
    for index, ((update, length, left, share), loss, other) in enumerate(
        zip(figures, by_gates, by_occlusion, strict=True)
    ):
        yield WordTrace(index, update, length, left, share, loss, other)


def _mention_traces(
    steps: Steps,
    bounds: Sequence[tuple[int, int]],
    predictions: Predictions,
    by_gates: Sequence[float],
    by_occlusion: Sequence[float],
) -> Iterator[MentionTrace]:
    contributions = steps.contributions
    for (first, end), loss, other in zip(bounds, by_gates, by_occlusion, strict=False):
        is_own = (predictions.mentions >= first) & (predictions.mentions < end)
        links, evidence = float(predictions.links[0, is_own].sum()), float(predictions.evidence[0, is_own].sum())
        length = float(np.linalg.norm(contributions[first:end].sum(axis=0)))
        yield MentionTrace(first, end, links, evidence, length, loss, other)


def compared_classes(probabilities: Sequence[float], written: AgreementClass) -> tuple[AgreementClass, AgreementClass]:
    """The likeliest class, and the class that it is compared with; see `MemoryTrace`."""
    by_probability = sorted(CLASSES, key=lambda name: -probabilities[CLASSES.index(name)])
    expected = by_probability[0]
    if expected != written:
        return expected, written
    return expected, other_gender(expected) if expected in GENDERS else by_probability[1]


def merged(bounds: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """First and end word of mentions, with overlapping ones merged: "a business trip" holds "a business".

    >>> merged([(3, 5), (3, 6), (8, 9)])
    [(3, 6), (8, 9)]
    """
    disjoint: list[tuple[int, int]] = []
    for first, end in sorted(bounds):
        if disjoint and first < disjoint[-1][1]:
            disjoint[-1] = disjoint[-1][0], max(end, disjoint[-1][1])
        else:
            disjoint.append((first, end))
    return disjoint


@dataclass(frozen=True, slots=True)
class _Judge:
    """Judges one pronoun from altered states by the log-odds of two classes."""

    network: AgreementNetwork
    states: WindowStates
    anaphor: Anaphor
    compared: tuple[AgreementClass, AgreementClass]

    def losses(self, altered: Floats) -> list[float]:
        """The loss of log-odds with each of G altered forward states (G, t, H) before the pronoun."""
        whole = self.log_odds(self.states)
        return [whole - self.log_odds(self._with(before)) for before in altered]

    def _with(self, before: Floats) -> WindowStates:
        return replace(self.states, forward=np.concatenate([before, self.states.forward[len(before) :]]))

    def log_odds(self, states: WindowStates) -> float:
        """Of the first class against the second."""
        classes = self.network.predictions(states, [self.anaphor]).classes[0]
        expected, other = (max(float(classes[CLASSES.index(name)]), _SMALLEST) for name in self.compared)
        return log(expected / other)
