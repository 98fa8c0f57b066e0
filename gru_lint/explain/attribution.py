"""Attribution of a judgement to words.

What each word wrote into the forward GRU's state, how much of that is left beside the pronoun, and how much the
judgement depends on it.

A GRU's state is exactly the sum of what its words wrote. Word k writes u_k ⊙ c_k, and every later word i keeps
1 − u_i of it:

    h = Σ_k  Π_{i>k} (1 − u_i) ⊙ u_k ⊙ c_k

How much the judgement depends on word k is measured by shutting its update gate: u_k = 0, and the state passes
through unchanged. The loss is the change of the log-odds of the likeliest class, measured in two ways:

    by the gates  every other gate and candidate stays as it was: what k changed, u_k ⊙ (c_k − h_{k−1}), is taken out
                  of each later state as far as the update gates between let it through, Π (1 − u_i)
    left out      the words after k are read again from the state without it, and may remember something else

The first follows the update gates alone, the second is occlusion. `MemoryTrace.agrees` says whether both are
greatest at the same mention: then the gates explain the judgement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log

import numpy as np
import numpy.typing as npt

from gru_lint.english.mentions import mention_bounds
from gru_lint.english.pronouns import CLASS_OF_FORM, CLASSES, GENDERS, AgreementClass, other_gender
from gru_lint.model.cells import Floats, GRUCell
from gru_lint.model.encoders import WindowStates
from gru_lint.model.heads import Predictions
from gru_lint.model.network import AgreementNetwork
from gru_lint.records import Anaphor, Window

_NEARLY_NOTHING = 1e-30
# Words whose loss is measured for a hover; each takes another judgement, of half a millisecond.
_MOST_ASKED = 24


class NoGatesError(Exception):
    """The weights are of a cell without update gates, and not of a GRU."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The forward GRU's steps over the t words before a pronoun; each (t, H).

    update_gates, candidates  u and c of each word
    states                    after each word; the last one stands beside the pronoun
    """

    update_gates: Floats
    candidates: Floats
    states: Floats

    @property
    def survival(self) -> Floats:
        """(t, H): Π (1 − u) over the words after each, the part of what it wrote that is left beside the pronoun."""
        kept = 1 - self.update_gates[1:]
        last = np.ones_like(self.update_gates[:1])
        return np.concatenate([np.cumprod(kept[::-1], axis=0)[::-1], last])

    @property
    def contributions(self) -> Floats:
        """(t, H): what is left of each word; they sum to the state beside the pronoun."""
        return self.survival * self.update_gates * self.candidates


@dataclass(frozen=True, slots=True)
class WordTrace:
    """One word before the pronoun.

    update        0..1, the mean of its update gates
    wrote         the length of u ⊙ c
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

    expected, other  the likeliest class, and the one it is compared with: that of the written form, or where that is
                     the likeliest, the other gender or else the next likeliest class
    log_odds         of the first against the second
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
    by_gates = read.judge.losses(_with_gates_shut(read.steps, groups))
    by_occlusion = read.judge.losses(_read_without(read.cell, read.products, groups))
    n_mentions = len(bounds)
    return MemoryTrace(
        *read.judge.weighed,
        read.judge.log_odds(read.judge.states),
        tuple(_word_traces(read.steps, by_gates[n_mentions:], by_occlusion[n_mentions:])),
        tuple(_mention_traces(read.steps, bounds, read.predictions, by_gates, by_occlusion)),
        read.steps,
    )


def strongest_words(
    network: AgreementNetwork, window: Window, anaphor: Anaphor, n_words: int
) -> list[tuple[int, float]]:
    """The words of mentions with the greatest losses by the gates, and these: fast enough for a hover.

    Only words of which much is left beside the pronoun, or with much attention, are tried. Raises `NoGatesError`.
    """
    read = _read(network, window, anaphor)
    state = float(np.linalg.norm(read.steps.states[-1])) or 1.0
    left = np.linalg.norm(read.steps.contributions, axis=1) / state
    looks = read.predictions.links[0] + read.predictions.evidence[0]
    scores = {
        index: float(
            left[index] + looks[(read.predictions.mentions >= first) & (read.predictions.mentions < end)].sum()
        )
        for first, end in read.bounds
        for index in range(first, end)
    }
    asked = sorted(scores, key=lambda index: -scores[index])[:_MOST_ASKED]
    losses = read.judge.losses(_with_gates_shut(read.steps, [range(index, index + 1) for index in asked]))
    return sorted(zip(asked, losses, strict=True), key=lambda row: -abs(row[1]))[:n_words]


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
    weighed = weighed_classes(predictions.classes[0].tolist(), CLASS_OF_FORM[anaphor.form])
    bounds = merged(
        mention_bounds(window.words, head, network.lexicon)
        for head in predictions.mentions.tolist()
        if 0 < head < position
    )
    judge = _Judge(network, states, anaphor, weighed)
    return _Read(cell, products, read_steps(cell, products), predictions, bounds, judge)


def _word_traces(steps: Steps, by_gates: Sequence[float], by_occlusion: Sequence[float]) -> Iterator[WordTrace]:
    contributions, state = steps.contributions, steps.states[-1]
    updates = steps.update_gates.mean(axis=1)
    wrote = np.linalg.norm(steps.update_gates * steps.candidates, axis=1)
    survived = np.linalg.norm(contributions, axis=1) / np.maximum(wrote, _NEARLY_NOTHING)
    shares = contributions @ state / max(float(state @ state), _NEARLY_NOTHING)
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


def weighed_classes(probabilities: Sequence[float], written: AgreementClass) -> tuple[AgreementClass, AgreementClass]:
    """The likeliest class, and the one it is compared with; see `MemoryTrace`."""
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
    found: list[tuple[int, int]] = []
    for first, end in sorted(bounds):
        if found and first < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((first, end))
    return found


def read_steps(cell: GRUCell, products: Floats) -> Steps:
    """A GRU's steps over words whose input products are (t, 3H)."""
    gates, candidates, states = np.empty((3, len(products), cell.n_hidden), np.float32)
    state = np.zeros((1, cell.n_hidden), np.float32)
    for step, own in enumerate(products):
        gates[step], candidates[step] = (part[0] for part in cell.gate(own[None], state))
        state = cell.step(own[None], state)
        states[step] = state[0]
    return Steps(gates, candidates, states)


def _with_gates_shut(steps: Steps, groups: Sequence[range]) -> Floats:
    """(G, t, H): the states with the update gates of each group's words at 0 and all else unchanged."""
    is_shut = _is_in(groups, len(steps.states))
    found = np.empty((len(groups), *steps.states.shape), np.float32)
    states = np.zeros((len(groups), steps.states.shape[1]), np.float32)
    for step, (gate, candidate) in enumerate(zip(steps.update_gates, steps.candidates, strict=True)):
        states = np.where(is_shut[:, step, None], states, gate * candidate + (1 - gate) * states)
        found[:, step] = states
    return found


def _read_without(cell: GRUCell, products: Floats, groups: Sequence[range]) -> Floats:
    """(G, t, H): the states where each group's words are left out and those after them read again."""
    is_left_out = _is_in(groups, len(products))
    found = np.empty((len(groups), len(products), cell.n_hidden), np.float32)
    states = np.zeros((len(groups), cell.n_hidden), np.float32)
    for step, own in enumerate(products):
        states = np.where(is_left_out[:, step, None], states, cell.step(own[None], states))
        found[:, step] = states
    return found


def _is_in(groups: Sequence[range], n_words: int) -> npt.NDArray[np.bool_]:
    """(G, t): whether a word belongs to a group."""
    indices = np.arange(n_words)
    return np.array([(indices >= group.start) & (indices < group.stop) for group in groups], np.bool_)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Judges one pronoun from altered states, by the log-odds of two classes."""

    network: AgreementNetwork
    states: WindowStates
    anaphor: Anaphor
    weighed: tuple[AgreementClass, AgreementClass]

    def losses(self, found: Floats) -> list[float]:
        """The loss of log-odds with each of G altered forward states (G, t, H) before the pronoun."""
        whole = self.log_odds(self.states)
        return [whole - self.log_odds(self._with(before)) for before in found]

    def _with(self, before: Floats) -> WindowStates:
        return replace(self.states, forward=np.concatenate([before, self.states.forward[len(before) :]]))

    def log_odds(self, states: WindowStates) -> float:
        """Of the first class against the second, from some states."""
        classes = self.network.predictions(states, [self.anaphor]).classes[0]
        expected, other = (max(float(classes[CLASSES.index(name)]), _NEARLY_NOTHING) for name in self.weighed)
        return log(expected / other)
