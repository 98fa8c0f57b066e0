"""What the gates of a trained encoder do at every word, and encoders in which one of them can do nothing.

An ablation is a change of weights: a gate whose weights are zero is what its bias says, at every word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from gru_lint.english.lexicon import Lexicon
from gru_lint.english.pronouns import CLASS_OF_FORM, WINDOW_MARKS
from gru_lint.model.cells import CELLS, Floats, sigmoid
from gru_lint.model.weights import Weights
from studies.cells import other_cells as _other_cells  # noqa: F401  # adds the LSTM

Kind = Literal["name", "honorific", "pronoun", "function word", "mark", "other word"]
KINDS: tuple[Kind, ...] = ("name", "honorific", "pronoun", "function word", "mark", "other word")
_ENCODER = "forward_encoder"
# σ(30) is 1 in float32.
_OPEN = 30.0

_HONORIFICS = frozenset(
    "mr mrs ms miss sir lady lord dr professor captain aunt uncle king queen prince princess madame monsieur".split()
)
_PRONOUNS = frozenset(CLASS_OF_FORM) | frozenset(
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves who whom whose".split()
)
_FUNCTION_WORDS = frozenset(
    """
        a an the this that these those and or but nor so if as when while because than then though although until
        of in on at by to for from with without into onto upon over under about after before between through during
        against toward towards across along around behind beside down up off out away back is was are were be been
        being am has had have having do does did will would shall should can could may might must not no never all
        any each every some such there here very too also only just even which where how why what
        """.split()
)


@dataclass(frozen=True, slots=True)
class Gates:
    """The gates of the forward encoder over T words, each (T, H) within 0..1.

    kept    the share of the state that stays as it was: 1 − u of the GRU, f of the LSTM
    reset   of the GRU; None for the LSTM, which has none
    states  (T, H), the hidden states
    """

    kept: Floats
    reset: Floats | None
    states: Floats


def read_gates(weights: Weights, lexicon: Lexicon, words: Sequence[str]) -> Gates:
    """The gates while the words are read from the first one on. Raises ValueError for a cell without any."""
    cell_name = weights.architecture.cell
    if cell_name not in ("gru", "lstm"):
        raise ValueError(f"{cell_name}: has no gates")
    products = _products(weights, lexicon, words)
    size = weights.architecture.n_forward
    hidden_weights = weights.arrays[f"{_ENCODER}.hidden_weights"]
    # The update gate and the reset gate, or the forget gate.
    gate_columns = slice(0, 2 * size) if cell_name == "gru" else slice(size, 2 * size)
    cell = CELLS[cell_name](weights.arrays, _ENCODER)
    state: Floats = np.zeros((1, cell.n_state), np.float32)
    gates, states = [], []
    for product in products:
        gates.append(sigmoid(product[gate_columns] + state[0, :size] @ hidden_weights[:, gate_columns]))
        state = cell.step(product[None], state)
        states.append(state[0, :size])
    found, hidden = np.array(gates), np.array(states)
    if cell_name == "lstm":
        return Gates(found, None, hidden)
    return Gates(1 - found[:, :size], found[:, size:], hidden)


def _products(weights: Weights, lexicon: Lexicon, words: Sequence[str]) -> Floats:
    """(T, gates * H), what the words themselves contribute."""
    arrays, encoded = weights.arrays, lexicon.encode(words)
    embedded: Floats = (
        arrays["words"][encoded.word_ids]
        + arrays["capitals"][encoded.capitals]
        + arrays["leans"][encoded.gender_bins]
        + arrays["name_slots"][encoded.name_slots]
    )
    products: Floats = embedded @ arrays[f"{_ENCODER}.input_weights"] + arrays[f"{_ENCODER}.biases"]
    return products


def kind_of(word: str, lexicon: Lexicon) -> Kind:
    """What kind of word it is, as far as its spelling tells."""
    plain = word.lower().rstrip(".")
    if word in WINDOW_MARKS or not any(letter.isalpha() for letter in word):
        return "mark"
    if plain in _HONORIFICS and (word[0].isupper() or plain in ("aunt", "uncle")):
        return "honorific"
    if plain in _PRONOUNS:
        return "pronoun"
    if plain in _FUNCTION_WORDS:
        return "function word"
    return "name" if word[0].isupper() and lexicon.is_name_like(word) else "other word"


def with_update_gate(weights: Weights, values: Floats) -> Weights:
    """The GRU whose forward encoder has an update gate of these values (H,), whatever it reads."""
    size = weights.architecture.n_forward
    return _with_gate(weights, slice(0, size), np.log(values / (1 - values)))


def with_open_reset_gate(weights: Weights) -> Weights:
    """The GRU whose forward encoder always lets its whole state into the candidate."""
    size = weights.architecture.n_forward
    return _with_gate(weights, slice(size, 2 * size), np.full(size, _OPEN, np.float32))


def _with_gate(weights: Weights, columns: slice, biases: Floats) -> Weights:
    """The weights with a gate that reads nothing: its biases (H,) alone are left."""
    if weights.architecture.cell != "gru":
        raise ValueError(f"{weights.architecture.cell}: only the gates of the GRU are held still")
    arrays = dict(weights.arrays)
    for name in ("input_weights", "hidden_weights", "biases"):
        arrays[f"{_ENCODER}.{name}"] = array = arrays[f"{_ENCODER}.{name}"].copy()
        array[..., columns] = biases if name == "biases" else 0.0
    return replace(weights, arrays=arrays)


def half_life(kept: Floats) -> Floats:
    """(H,): after how many words half of each unit is left, by the mean logarithm of what (T, H) is kept at each."""
    rates = -np.log(np.maximum(kept, 1e-7)).mean(axis=0)
    lives: Floats = (np.log(2) / np.maximum(rates, 1e-7)).astype(np.float32)
    return lives
