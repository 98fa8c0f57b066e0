"""The gates of a trained encoder, and gates that are held."""

from __future__ import annotations

import numpy as np
import pytest
from small_network import random_weights

from gru_lint.english.lexicon import Lexicon
from gru_lint.model.cells import GRUCell, run_cell
from studies.cells.gates import half_life, kind_of, read_gates, with_open_reset_gate, with_update_gate
from studies.cells.other_cells import LSTMCell

WORDS = "<begin> The captain said that he saw Mary 's dogs before they saw her .".split()


def test_gates_are_those_of_the_cells() -> None:
    for name in ("gru", "lstm"):
        weights = random_weights(name)
        gates = read_gates(weights, Lexicon(weights.vocabulary), WORDS)
        encoded = Lexicon(weights.vocabulary).encode(WORDS)
        arrays = weights.arrays
        embedded = sum(
            arrays[table][getattr(encoded, field)]
            for table, field in (("words", "word_ids"), ("capitals", "capitals"), ("leans", "gender_bins"))
        )
        embedded = embedded + arrays["name_slots"][encoded.name_slots]
        products = embedded @ arrays["forward_encoder.input_weights"] + arrays["forward_encoder.biases"]
        hidden = arrays["forward_encoder.hidden_weights"]
        cell = GRUCell(hidden, arrays["forward_encoder.candidate_weights"]) if name == "gru" else LSTMCell(hidden)
        np.testing.assert_allclose(gates.states, run_cell(cell, products, [np.arange(len(products))])[0], atol=1e-5)
        assert (gates.reset is None) == (name == "lstm")
    with pytest.raises(ValueError, match="rnn: has no gates"):
        read_gates(random_weights("rnn"), Lexicon(weights.vocabulary), WORDS)


def test_a_gate_that_is_held_stays_where_it_is_held() -> None:
    weights = random_weights("gru")
    lexicon = Lexicon(weights.vocabulary)
    before = read_gates(weights, lexicon, WORDS)
    values = np.linspace(0.1, 0.9, 16, dtype=np.float32)
    held = read_gates(with_update_gate(weights, values), lexicon, WORDS)
    np.testing.assert_allclose(1 - held.kept, np.tile(values, (len(WORDS), 1)), atol=1e-5)
    opened = read_gates(with_open_reset_gate(weights), lexicon, WORDS)
    assert opened.reset is not None
    np.testing.assert_array_equal(opened.reset, 1.0)
    # The other gate still reads, and the weights that were given are as they were.
    assert opened.kept.std(axis=0).min() > 0
    np.testing.assert_array_equal(read_gates(weights, lexicon, WORDS).kept, before.kept)


def test_half_lives() -> None:
    np.testing.assert_allclose(half_life(np.full((3, 2), 0.5, np.float32)), 1.0)
    np.testing.assert_allclose(half_life(np.full((3, 2), 0.5**0.1, np.float32)), 10.0, rtol=1e-4)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Mary", "name"),
        ("Mrs", "honorific"),
        ("her", "pronoun"),
        ("of", "function word"),
        ("<begin>", "mark"),
        (";", "mark"),
        ("captain", "other word"),
    ],
)
def test_kinds_of_word(word: str, kind: str) -> None:
    assert kind_of(word, Lexicon(random_weights("gru").vocabulary)) == kind
