"""The steps of the forward GRU over the words before a pronoun, and its states without some of these words.

A GRU's state is exactly the sum of what its words wrote. Word k writes u_k ⊙ c_k, and every later word i keeps
1 − u_i of it:

    h = Σ_k  Π_{i>k} (1 − u_i) ⊙ u_k ⊙ c_k
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gru_lint.model.cells import Floats, GRUCell, extremes_allowed


@dataclass(frozen=True, slots=True)
class Steps:
    """The forward GRU's steps over the t words before a pronoun; each (t, H).

    update_gates, candidates  u and c of each word
    states                    h after each word; the last one stands beside the pronoun
    """

    update_gates: Floats
    candidates: Floats
    states: Floats

    @property
    def survival(self) -> Floats:
        """(t, H): Π (1 − u) over the words after each: the part of what it wrote that is left beside the pronoun."""
        kept = 1 - self.update_gates[1:]
        last = np.ones_like(self.update_gates[:1])
        return np.concatenate([np.cumprod(kept[::-1], axis=0)[::-1], last])

    @property
    def contributions(self) -> Floats:
        """(t, H): what is left of each word; they sum to the state beside the pronoun."""
        return self.survival * self.update_gates * self.candidates


def read_steps(cell: GRUCell, products: Floats) -> Steps:
    """A GRU's steps over words whose input products are (t, 3H)."""
    gates, candidates, states = np.empty((3, len(products), cell.n_hidden), np.float32)
    state = np.zeros((1, cell.n_hidden), np.float32)
    with extremes_allowed():
        for step, own in enumerate(products):
            gates[step], candidates[step] = (part[0] for part in cell.gate(own[None], state))
            state = cell.step(own[None], state)
            states[step] = state[0]
    return Steps(gates, candidates, states)


def with_gates_shut(steps: Steps, groups: Sequence[range]) -> Floats:
    """(G, t, H): the states with the update gates of each group's words at 0 and all else unchanged."""
    is_shut = _is_in(groups, len(steps.states))
    all_states = np.empty((len(groups), *steps.states.shape), np.float32)
    states = np.zeros((len(groups), steps.states.shape[1]), np.float32)
    for step, (gate, candidate) in enumerate(zip(steps.update_gates, steps.candidates, strict=True)):
        states = np.where(is_shut[:, step, None], states, gate * candidate + (1 - gate) * states)
        all_states[:, step] = states
    return all_states


def read_without(cell: GRUCell, products: Floats, groups: Sequence[range]) -> Floats:
    """(G, t, H): the states where each group's words are left out and the words after them are read again."""
    is_omitted = _is_in(groups, len(products))
    all_states = np.empty((len(groups), len(products), cell.n_hidden), np.float32)
    states = np.zeros((len(groups), cell.n_hidden), np.float32)
    with extremes_allowed():
        for step, own in enumerate(products):
            states = np.where(is_omitted[:, step, None], states, cell.step(own[None], states))
            all_states[:, step] = states
    return all_states


def _is_in(groups: Sequence[range], n_words: int) -> npt.NDArray[np.bool_]:
    """(G, t): whether a word belongs to a group."""
    indices = np.arange(n_words)
    return np.array([(indices >= group.start) & (indices < group.stop) for group in groups], np.bool_)
