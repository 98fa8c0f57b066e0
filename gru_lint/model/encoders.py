"""The two encoders at lint time: the words of a window in, the hidden states after each word out.

Windows are read together. In a text that is being edited, a window is read from where it has
changed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gru_lint.english.lexicon import EncodedWords
from gru_lint.model.cells import CELLS, FEW_ROWS, Cell, Floats, run_cell
from gru_lint.model.weights import Weights
from gru_lint.model.weights_path import WeightsError

# A keystroke changes a few windows: up to so many are read incrementally, and twice as many readings are cached.
_FEW_WINDOWS, _MAX_READINGS = 6, 12
Ints = npt.NDArray[np.int64]
_TOGETHER: Ints = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class WindowStates:
    """The encoders' states over one window of T words.

    embedded  (T, E), the embeddings of the words
    forward   (T, Hf), row i has read words 0..i; zeros from the word on at which reading stopped
    backward  (T, Hb), row i has read words T-1..i; zeros before the word at which reading stopped
    """

    encoded: EncodedWords
    embedded: Floats
    forward: Floats
    backward: Floats


@dataclass(frozen=True, slots=True)
class _Reading:
    """The hidden states (T, H) of one encoder over a window, and the keys of its words, in the order of reading."""

    keys: Ints
    states: Floats


@dataclass(frozen=True, slots=True)
class _Words:
    """The distinct words of some windows.

    keys      (D,), all features of each in one number
    embedded  (D, E), their embeddings
    parts     where the words of each window but the first begin, if these are multiplied by themselves; else empty
    """

    keys: Ints
    embedded: Floats
    parts: Ints


class Encoders:
    """Reads windows from the left and from the right. Raises `WeightsError` for those of another cell than a GRU.

    incremental  whether the latest readings are cached: a window that begins (or, for the backward encoder, ends) like
                 one of them is read from where they differ
    """

    def __init__(self, weights: Weights, *, incremental: bool = False) -> None:
        self._arrays = weights.arrays
        if weights.architecture.cell not in CELLS:
            raise WeightsError(f"the weights are of the cell {weights.architecture.cell}; linting needs those of a GRU")
        cell_of = CELLS[weights.architecture.cell]
        self._cells = {
            direction: cell_of(self._arrays, f"{direction}_encoder") for direction in ("forward", "backward")
        }
        # Only hidden states are cached, from which an LSTM cannot continue: its memory is not among them.
        self._incremental = incremental and all(cell.n_state == cell.n_hidden for cell in self._cells.values())
        self._readings: dict[str, deque[_Reading]] = {
            direction: deque(maxlen=_MAX_READINGS) for direction in ("forward", "backward")
        }

    def continues(self, n_windows: int) -> bool:
        """Whether so many windows are so few that each is read from where it has changed."""
        return self._incremental and n_windows <= _FEW_WINDOWS

    def read(self, encoded: Sequence[EncodedWords], firsts: Sequence[int], ends: Sequence[int]) -> list[WindowStates]:
        """The states of both encoders over B windows, run together.

        firsts  (B,), the last word that the backward encoder reads of each window
        ends    (B,), the word of each window before which the forward encoder stops
        """
        keys = np.concatenate([_feature_keys(words) for words in encoded])
        # Words recur: their embeddings and input products are computed once a batch.
        distinct, places = np.unique(keys, return_inverse=True)
        rows = np.split(places, np.cumsum([len(words.word_ids) for words in encoded])[:-1])
        return self._read(encoded, _Words(distinct, self._embed(distinct), _TOGETHER), rows, firsts, ends)

    def read_each(self, encoded: Sequence[EncodedWords]) -> Iterator[WindowStates]:
        """The states of both encoders over whole windows, to the last digit as if each were read by itself.

        A few are read at once, which takes less time. The last digits of a product depend on how many rows it has: each
        window has its own input products, and so few states are multiplied one by one.
        """
        for start in range(0, len(encoded), FEW_ROWS):
            few = encoded[start : start + FEW_ROWS]
            rows, distinct, n_distinct = [], [], [0]
            for words in few:
                own, places = np.unique(_feature_keys(words), return_inverse=True)
                rows.append(places + n_distinct[-1])
                distinct.append(own)
                n_distinct.append(n_distinct[-1] + len(own))
            keys = np.concatenate(distinct)
            read = _Words(keys, self._embed(keys), np.array(n_distinct[1:-1], np.int64))
            yield from self._read(few, read, rows, [0] * len(few), [len(row) for row in rows])

    def _read(
        self,
        encoded: Sequence[EncodedWords],
        words: _Words,
        rows: Sequence[Ints],
        firsts: Sequence[int],
        ends: Sequence[int],
    ) -> list[WindowStates]:
        """The states over B windows, of whose words each of `rows` holds the indices; see `read`."""
        run = self._continue if self.continues(len(encoded)) else self._run
        forward = run("forward", words, [row[:end] for row, end in zip(rows, ends, strict=True)])
        backward = run("backward", words, [row[first:][::-1] for row, first in zip(rows, firsts, strict=True)])
        return [
            WindowStates(
                own, words.embedded[row], _padded(states_before, len(row)), _reversed_and_padded(states_after, first)
            )
            for own, row, states_before, states_after, first in zip(
                encoded, rows, forward, backward, firsts, strict=True
            )
        ]

    def _run(self, direction: str, words: _Words, rows: Sequence[Ints]) -> list[Floats]:
        """The hidden states over each row of words, in the order of reading; see `_continue`."""
        return run_cell(self._cells[direction], self._input_products(direction, words.embedded, words.parts), rows)

    def _continue(self, direction: str, words: _Words, rows: Sequence[Ints]) -> list[Floats]:
        """The hidden states over each row of words, in the order of reading, continued from cached prefixes."""
        cell, readings = self._cells[direction], self._readings[direction]
        keys = [words.keys[row] for row in rows]
        prefixes = [_taken_prefix(own, readings) for own in keys]
        left = [row[len(prefix) :] for row, prefix in zip(rows, prefixes, strict=True)]
        new, places = np.unique(np.concatenate(left), return_inverse=True)
        states = run_cell(
            cell,
            self._input_products(direction, words.embedded[new], np.searchsorted(new, words.parts)),
            np.split(places, np.cumsum([len(row) for row in left])[:-1]),
            np.stack([prefix[-1] if len(prefix) else np.zeros(cell.n_hidden, np.float32) for prefix in prefixes]),
        )
        states = [
            np.concatenate([prefix, own]) if len(prefix) else own for prefix, own in zip(prefixes, states, strict=True)
        ]
        readings.extend(map(_Reading, keys, states))
        return states

    def forward_steps(self, states: WindowStates) -> tuple[Cell, Floats]:
        """The forward cell, and its input products (T, gates * H) over the words of a window."""
        return self._cells["forward"], self._input_products("forward", states.embedded, _TOGETHER)

    def _embed(self, keys: Ints) -> Floats:
        arrays = self._arrays
        embedded: Floats = (
            arrays["words"][keys >> 11]
            + arrays["capitals"][keys >> 9 & 3]
            + arrays["leans"][keys >> 6 & 7]
            + arrays["name_slots"][keys & 63]
        )
        return embedded

    def _input_products(self, direction: str, embedded: Floats, parts: Ints) -> Floats:
        """The input products of some words; see `_Words.parts`."""
        weights = self._arrays[f"{direction}_encoder.input_weights"]
        products = np.concatenate([_times_words(part, weights) for part in np.split(embedded, parts)])
        products += self._arrays[f"{direction}_encoder.biases"]
        return products


def _times_words(embedded: Floats, weights: Floats) -> Floats:
    """Words (N, E) @ weights; a single one has the last digits that it has among others."""
    product: Floats = embedded @ weights if len(embedded) != 1 else (np.repeat(embedded, 2, axis=0) @ weights)[:1]
    return product


def _padded(states: Floats, length: int) -> Floats:
    """States of the first words of a window, as (length, H)."""
    padded = np.zeros((length, states.shape[1]), np.float32)
    padded[: len(states)] = states
    return padded


def _reversed_and_padded(states: Floats, first: int) -> Floats:
    """Backward states (T - first, H) in the order of reading, as (T, H) in the order of the words."""
    padded = np.zeros((first + len(states), states.shape[1]), np.float32)
    padded[first:] = states[::-1]
    return padded


def _taken_prefix(keys: Ints, readings: deque[_Reading]) -> Floats:
    """The cached states (t, H) over the longest prefix that a window shares with a reading; t may be 0.

    A reading that shares most of its words with the window is dropped: it is of this window, before an edit.
    """
    if not readings:
        return np.zeros((0, 0), np.float32)
    # One row a reading and the window in the last one, padded so that they differ behind their ends.
    length = max(len(keys), *(len(reading.keys) for reading in readings)) + 1
    table = np.full((len(readings) + 1, length), -1)
    table[-1] = -2
    for row, own in zip(table, [*(reading.keys for reading in readings), keys], strict=True):
        row[: len(own)] = own
    n_same = (table[:-1] != table[-1]).argmax(axis=1)
    longest = int(n_same.argmax())
    states, n_states = readings[longest].states, int(n_same[longest])
    if 2 * n_states > len(states):
        del readings[longest]
    return states[:n_states]


def _feature_keys(words: EncodedWords) -> Ints:
    """(T,): all features of each word in one number."""
    keys = words.word_ids.astype(np.int64) << 2 | words.capitals
    keys = keys << 3 | words.gender_bins
    return keys << 6 | words.name_slots
