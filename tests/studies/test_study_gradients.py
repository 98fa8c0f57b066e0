"""The gradients k words back, on a network of a few units: against differences, and where they cannot go."""

# ruff: noqa: E402 - what imports torch comes after the check that it is there
from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="gradients are taken in torch")

from small_network import CELLS, WINDOWS, by_numpy, random_weights

from gru_lint.english.lexicon import Lexicon
from gru_lint.english.pronouns import CLASSES
from gru_lint.model.network import AgreementNetwork
from gru_lint.model.weights import Weights
from gru_lint.training.model.network import Batch
from studies.cells.gradients import (
    NudgedEncoder,
    batch_of,
    encoder_gains,
    in_double,
    judgement_gradients,
    log_odds,
)

# The judged words are "her" of the first window and "itself" of the second.
GIVEN, POSITIONS = (WINDOWS[0], WINDOWS[3]), (13, 10)
N_BACK = 9
STEP = 1e-5


def batch() -> Batch:
    return batch_of(GIVEN, POSITIONS, ("feminine", "neuter"), Lexicon(random_weights("gru").vocabulary))


def weights_of(cell: str) -> Weights:
    """Random weights whose judge does not read the vote of the links: training takes that without its gradient."""
    weights = random_weights(cell)
    weights.arrays["head.weight"][:, -len(CLASSES) :] = 0.0
    return weights


def by_differences(cell: str, row: int, back: int) -> float:
    """The norm of the gradient of one row's log-odds, unit by unit."""
    network = in_double(weights_of(cell))
    encoder = network.forward_encoder
    assert isinstance(encoder, NudgedEncoder)
    n_state = (2 if cell == "lstm" else 1) * network.sizes.n_forward
    differences = []
    for unit in range(n_state):
        values = []
        for step in (STEP, -STEP):
            nudges = torch.zeros(max(len(given.words) for given in GIVEN), 2, n_state, dtype=torch.float64)
            nudges[POSITIONS[row] - back, row, unit] = step
            encoder.nudges = nudges
            with torch.no_grad():
                values.append(float(log_odds(network, batch())[row]))
        differences.append((values[0] - values[1]) / (2 * STEP))
    return float(np.linalg.norm(differences))


@pytest.mark.slow
@pytest.mark.parametrize("cell", CELLS)
def test_norms_against_differences(cell: str) -> None:
    found = judgement_gradients(in_double(weights_of(cell)), batch(), N_BACK)
    assert found.shape == (2, N_BACK)
    for row in range(2):
        for back in (1, 2, 5, N_BACK):
            assert found[row, back - 1] == pytest.approx(by_differences(cell, row, back), rel=1e-4)


@pytest.mark.parametrize("cell", CELLS)
def test_the_log_odds_are_those_of_the_linter(cell: str) -> None:
    weights = random_weights(cell)
    for row, predictions in enumerate(by_numpy(AgreementNetwork(weights), GIVEN)):
        place = predictions.positions.tolist().index(POSITIONS[row])
        right = predictions.classes[place, (1, 2)[row]]
        with torch.no_grad():
            found = log_odds(in_double(weights), batch())[row].sigmoid()
        assert float(found) == pytest.approx(right, abs=1e-5)


@pytest.mark.parametrize("cell", CELLS)
def test_without_the_way_through_the_mentions_the_state_alone_leads_back(cell: str) -> None:
    weights = random_weights(cell)
    whole, through_states = (
        judgement_gradients(in_double(weights), batch(), N_BACK, through_states=through) for through in (False, True)
    )
    # No mention stands in the state beside the pronoun.
    np.testing.assert_allclose(whole[0, 0], through_states[0, 0])
    assert np.abs(whole[:, -1] / through_states[:, -1] - 1).min() > 1e-3
    # The hooks are gone again.
    network = in_double(weights)
    judgement_gradients(network, batch(), N_BACK, through_states=True)
    np.testing.assert_array_equal(judgement_gradients(network, batch(), N_BACK), whole)


@pytest.mark.parametrize("cell", CELLS)
def test_nothing_is_lost_at_the_state_itself(cell: str) -> None:
    found = encoder_gains(in_double(random_weights(cell)), batch(), 4)
    np.testing.assert_allclose(found[:, 0], 1.0)


def test_a_closed_update_gate_loses_nothing() -> None:
    weights = random_weights("gru")
    for name in ("input_weights", "hidden_weights"):
        weights.arrays[f"forward_encoder.{name}"][:, :16] = 0.0
    weights.arrays["forward_encoder.biases"][:16] = -40.0
    np.testing.assert_allclose(encoder_gains(in_double(weights), batch(), N_BACK), 1.0, rtol=1e-6)


def test_what_was_read_before_the_first_word_has_no_gradient() -> None:
    found = judgement_gradients(in_double(random_weights("gru")), batch(), 13)
    assert (found[1, 10:] == 0).all()
    assert (found[0] > 0).all()
