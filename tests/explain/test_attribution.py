"""The memory trace: what the words wrote, what is left of it, and what hangs on it."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from small_network import WINDOWS, random_weights

from gru_lint.explain.attribution import MentionTrace, NoGatesError, compared_classes, memory_trace
from gru_lint.explain.explanation import Explanation, explain_text
from gru_lint.explain.formats._base import agreement_line
from gru_lint.explain.gates import read_steps
from gru_lint.linter import default_linter
from gru_lint.model.network import AgreementNetwork
from gru_lint.records import Span
from gru_lint.segment.windows import find_anaphors

_ROOT = Path(__file__).parents[2]
_SAMPLE = (_ROOT / "samples" / "watson.md").read_text(encoding="utf-8")
_TRIP = "Mr Watson goes on a business trip every Wednesday. He always takes a flight to New York, and on every trip "
_COOKING = "his wife wishes him good luck. Mrs Watson, his wife, loves cooking, and {} is also a businesswoman."


def explained(text: str, pronoun: str, occurrence: int = 1, filename: str | None = None) -> Explanation:
    """The explanation of the n-th occurrence of a pronoun in a text."""
    found = list(re.finditer(rf"\b{pronoun}\b", text))[occurrence - 1]
    return explain_text(default_linter(), text, filename, Span(*found.span()))


def mention(explanation: Explanation, name: str) -> MentionTrace:
    """What is traced of the first mention with this name."""
    return next(
        traced
        for traced in explanation.trace.mentions
        if explanation.phrase(traced.first_word, traced.end_word) == name
    )


# "Mrs Watson, his wife" mentions her twice in a row.
_MRS_WATSON = ("Mrs Watson", "his wife")


@pytest.mark.parametrize(
    ("text", "pronoun", "wanted"),
    [
        (f"{_TRIP}her wife wishes him good luck.", "her", ("Mr Watson",)),
        (f"{_TRIP}his wife wishes him good luck.", "his", ("Mr Watson",)),
        (f"{_TRIP}his wife wishes him good luck.", "him", ("Mr Watson",)),
        (_SAMPLE, "her", ("Mr Watson",)),
        (_SAMPLE, "he", _MRS_WATSON),
        ("Mary lost his hat in the park.", "his", ("Mary",)),
    ],
)
def test_most_depends_on_the_antecedent(text: str, pronoun: str, wanted: tuple[str, ...]) -> None:
    explanation = explained(text, pronoun, filename="text.md")
    leading = explanation.trace.leading()
    assert leading is not None
    assert explanation.phrase(leading[0].first_word, leading[0].end_word) in wanted


@pytest.mark.parametrize(
    ("text", "pronoun", "wanted"),
    [
        (f"{_TRIP}his wife wishes him good luck.", "him", ("Mr Watson",)),
        (_SAMPLE, "her", ("Mr Watson",)),
        ("Mary lost his hat in the park.", "his", ("Mary",)),
    ],
)
def test_where_both_measures_agree_they_say_so(text: str, pronoun: str, wanted: tuple[str, ...]) -> None:
    explanation = explained(text, pronoun, filename="text.md")
    leading = explanation.trace.leading(by_occlusion=True)
    assert leading is not None
    assert explanation.phrase(leading[0].first_word, leading[0].end_word) in wanted
    assert explanation.trace.agrees
    assert agreement_line(explanation).startswith("Both measures agree")


def test_the_trace_of_mr_watson_falls_after_mrs_watson() -> None:
    before, after = explained(_SAMPLE, "him", filename="watson.md"), explained(_SAMPLE, "he", filename="watson.md")
    assert mention(after, "Mr Watson").length < 0.6 * mention(before, "Mr Watson").length
    assert before.trace.expected == "masculine"
    assert after.trace.expected == "feminine"
    assert mention(after, "Mr Watson").by_gates < 0.1 * mention(before, "Mr Watson").by_gates
    assert mention(after, "Mrs Watson").length > mention(after, "Mr Watson").length


@pytest.mark.parametrize("seed", [1, 2])
def test_what_the_words_wrote_sums_to_the_state(seed: int) -> None:
    network = AgreementNetwork(random_weights("gru", seed))
    for window, states in zip(WINDOWS, network.read(WINDOWS), strict=True):
        cell, products = network.forward_steps(states)
        steps = read_steps(cell, products)  # type: ignore[arg-type]  # of a GRU
        np.testing.assert_allclose(steps.states, states.forward, rtol=0, atol=1e-5)
        np.testing.assert_allclose(steps.contributions.sum(axis=0), states.forward[-1], rtol=0, atol=1e-5)
        for anaphor in find_anaphors(window, first=1):
            trace = memory_trace(network, window, anaphor)
            assert sum(word.share for word in trace.words) == pytest.approx(1, abs=1e-4)


def test_of_the_trained_network_too() -> None:
    steps = explained(_SAMPLE, "her", filename="watson.md").trace.steps
    np.testing.assert_allclose(steps.contributions.sum(axis=0), steps.states[-1], rtol=0, atol=1e-5)


def test_the_last_word_lost_is_the_same_by_either_measure() -> None:
    # Nothing follows it that could be read again.
    last = explained(_SAMPLE, "her", filename="watson.md").trace.words[-1]
    assert last.by_occlusion == pytest.approx(last.by_gates, abs=1e-4)


def test_without_a_word_before_it_nothing_is_remembered() -> None:
    explanation = explained("She left.", "She")
    assert explanation.trace.leading() is None
    assert explanation.trace.mentions == ()
    assert "No person or thing is mentioned" in agreement_line(explanation)


def test_where_the_measures_disagree_they_say_so() -> None:
    explanation = explained("Laura likes her phone because it is old.", "it")
    assert not explanation.trace.agrees
    assert agreement_line(explanation).startswith("The two measures disagree: ")


def test_other_cells_have_no_trace() -> None:
    network = AgreementNetwork(random_weights("lstm"))
    with pytest.raises(NoGatesError):
        memory_trace(network, WINDOWS[0], find_anaphors(WINDOWS[0])[0])


@pytest.mark.parametrize(
    ("probabilities", "written", "wanted"),
    [
        ((0.9, 0.05, 0.03, 0.02), "masculine", ("masculine", "feminine")),
        ((0.9, 0.02, 0.03, 0.05), "feminine", ("masculine", "feminine")),
        ((0.1, 0.2, 0.6, 0.1), "neuter", ("neuter", "feminine")),
        ((0.1, 0.2, 0.6, 0.1), "plural", ("neuter", "plural")),
    ],
)
def test_what_is_compared(probabilities: tuple[float, ...], written: str, wanted: tuple[str, str]) -> None:
    assert compared_classes([*probabilities, 0, 0, 0, 0], written) == wanted  # type: ignore[arg-type]  # a class
