"""The two encoders at lint time: a window's words in, the states beside each of them out.

Windows go through them in batches of like length; those of a text that is being edited from where it has changed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from gru_lint.cells import Cell, Floats, GRUCell, LSTMCell, RNNCell, run_cell
from gru_lint.lexicon import EncodedWords
from gru_lint.weights import Weights

# A keystroke changes a few windows; what is kept of the latest is enough for these, before and after it.
_FEW_WINDOWS = 6
_MAX_READINGS = 12
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WindowStates:
    """What the encoders made of one window of T words.

    embedded  (T, E), the words themselves
    forward   (T, Hf), row i has read words 0..i
    backward  (T, Hb), row i has read words T-1..i
    """

    encoded: EncodedWords
    embedded: Floats
    forward: Floats
    backward: Floats


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the encoders made of the words of a window, by their feature keys."""

    keys: Ints
    forward: Floats
    backward: Floats


class Encoders:
    """Reads windows from the left and from the right.

    reads_again  whether the latest readings are kept: a window that begins or ends as one of these is read
                 from there on
    """

    def __init__(self, weights: Weights, reads_again: bool = False) -> None:
        self._arrays = weights.arrays
        self._cell_name = weights.architecture.cell
        # A cell with a memory beside its hidden state cannot go on from the latter.
        self._readings: deque[_Reading] | None = (
            deque(maxlen=_MAX_READINGS) if reads_again and self._cell_name != "lstm" else None
        )

    def read(self, encoded: Sequence[EncodedWords]) -> list[WindowStates]:
        """The states of both encoders over B windows, run together and padded at the end."""
        if self._readings is not None and len(encoded) <= _FEW_WINDOWS:
            return self._read_again(encoded, self._readings)
        lengths = np.array([len(words.word_ids) for words in encoded])
        keys = np.zeros((lengths.max(), len(encoded)), np.int64)
        reversed_keys = np.zeros_like(keys)
        for row, (words, length) in enumerate(zip(encoded, lengths, strict=True)):
            keys[:length, row] = _feature_keys(words)
            reversed_keys[:length, row] = keys[:length, row][::-1]
        # Words recur: their embeddings and input products are computed once a batch.
        distinct, places = np.unique(np.concatenate([keys, reversed_keys]), return_inverse=True)
        places = places.reshape(2, *keys.shape)
        embedded = self._embed(distinct)
        forward = run_cell(self._cells["forward"], self._input_products("forward", embedded)[places[0]])
        backward = run_cell(self._cells["backward"], self._input_products("backward", embedded)[places[1]])
        return [
            WindowStates(words, embedded[places[0, :length, row]], forward[:length, row], backward[:length, row][::-1])
            for row, (words, length) in enumerate(zip(encoded, lengths, strict=True))
        ]

    def _read_again(self, encoded: Sequence[EncodedWords], readings: deque[_Reading]) -> list[WindowStates]:
        """The states of both encoders over a few windows, from where the latest readings differ from them."""
        keys = [_feature_keys(words) for words in encoded]
        prefixes, suffixes = [], []
        for own in keys:
            n_begun = n_ended = 0
            begun = ended = np.zeros((0, 0), np.float32)
            for reading in readings:
                if (n_same := _n_same(reading.keys, own)) > n_begun:
                    n_begun, begun = n_same, reading.forward[:n_same]
                if (n_same := _n_same(reading.keys[::-1], own[::-1])) > n_ended:
                    n_ended, ended = n_same, reading.backward[len(reading.keys) - n_same :][::-1]
            prefixes.append(begun)
            suffixes.append(ended)
        distinct, places = np.unique(np.concatenate(keys), return_inverse=True)
        ends = np.cumsum([len(own) for own in keys])
        rows = np.split(places, ends[:-1])
        embedded = self._embed(distinct)
        forward = self._go_on("forward", embedded, rows, prefixes)
        backward = [states[::-1] for states in self._go_on("backward", embedded, [row[::-1] for row in rows], suffixes)]
        readings.extend(map(_Reading, keys, forward, backward))
        return [
            WindowStates(words, embedded[row], *states)
            for words, row, *states in zip(encoded, rows, forward, backward, strict=True)
        ]

    def _go_on(self, direction: str, embedded: Floats, rows: Sequence[Ints], begun: Sequence[Floats]) -> list[Floats]:
        """The hidden states over each row of words, of which the first are known."""
        cell = self._cells[direction]
        left = [len(row) - len(known) for row, known in zip(rows, begun, strict=True)]
        # Those with most left first, so that they can be read together for as long as each has something left.
        order = sorted(range(len(rows)), key=lambda index: -left[index])
        states = [known if len(known) else np.zeros((1, cell.n_hidden), np.float32) for known in begun]
        state: Floats = np.stack([states[index][-1] for index in order])
        found: list[list[Floats]] = [[known] if len(known) else [] for known in begun]
        products = self._input_products(direction, embedded)
        done = 0
        while order:
            n_steps = left[order[-1]] - done
            if n_steps:
                words = np.stack([rows[index][len(begun[index]) + done :][:n_steps] for index in order], axis=1)
                hidden = run_cell(cell, products[words], state)
                for column, index in enumerate(order):
                    found[index].append(hidden[:, column])
                state = hidden[-1]
                done += n_steps
            order.pop()
            state = state[: len(order)]
        return [np.concatenate(parts) for parts in found]

    def _embed(self, keys: Ints) -> Floats:
        arrays = self._arrays
        embedded: Floats = (
            arrays["words"][keys >> 11]
            + arrays["capitals"][keys >> 9 & 3]
            + arrays["leans"][keys >> 6 & 7]
            + arrays["name_slots"][keys & 63]
        )
        return embedded

    def _input_products(self, direction: str, embedded: Floats) -> Floats:
        products: Floats = embedded @ self._arrays[f"{direction}_encoder.input_weights"]
        products += self._arrays[f"{direction}_encoder.biases"]
        return products

    @cached_property
    def _cells(self) -> dict[str, Cell]:
        return {direction: self._cell(f"{direction}_encoder") for direction in ("forward", "backward")}

    def _cell(self, encoder: str) -> Cell:
        hidden_weights = self._arrays[f"{encoder}.hidden_weights"]
        if self._cell_name == "gru":
            return GRUCell(hidden_weights, self._arrays[f"{encoder}.candidate_weights"])
        return LSTMCell(hidden_weights) if self._cell_name == "lstm" else RNNCell(hidden_weights)


def _n_same(first: Ints, second: Ints) -> int:
    """How many numbers two rows begin with in common."""
    length = min(len(first), len(second))
    differ = np.flatnonzero(first[:length] != second[:length])
    return int(differ[0]) if len(differ) else length


def _feature_keys(words: EncodedWords) -> Ints:
    """One number for each word's features: two words with the same number are read alike."""
    keys = words.word_ids.astype(np.int64) << 2 | words.capitals
    keys = keys << 3 | words.leans
    return keys << 6 | words.name_slots
