"""Repeated names: what is asked, what counts as the same name, and what would give the answer away."""

from __future__ import annotations

import numpy as np
import pytest

from gru_lint.training.name_cloze import N_ASKED, RIVAL, SAME, repeated_names


def asked(text: str) -> dict[int, dict[int, int]]:
    """The questions of one window: {column: {column of a name before: SAME or RIVAL}}.

    A word with a capital is a name; names that touch are one mention.
    """
    words = text.split()
    names = sorted({word for word in words if word[0].isupper()})
    keys = np.array([[names.index(word) if word in names else -1 for word in words]])
    is_name = keys >= 0
    ends = is_name & ~np.append(is_name[:, 1:], [[False]], axis=1)
    rows, columns, marks = repeated_names(keys, ends, np.random.default_rng(0))
    assert set(rows.tolist()) <= {0}
    return {
        int(column): {int(place): int(mark[place]) for place in np.flatnonzero(mark)}
        for column, mark in zip(columns, marks, strict=True)
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("Emre met Giulia and Emre slept", {4: {0: SAME, 2: RIVAL}}, id="another name stands before"),
        pytest.param("Emre slept and Emre woke", {}, id="nobody else could be meant"),
        pytest.param("Emre met Giulia there", {}, id="no name is repeated"),
        pytest.param(
            "John Watson met Giulia and Watson slept", {5: {1: SAME, 3: RIVAL}}, id="the last word of a longer name"
        ),
        pytest.param("John Watson met Giulia and John slept", {5: {1: SAME, 3: RIVAL}}, id="the first word of one"),
        pytest.param("Watson met Giulia and John Watson slept", {}, id="a part of a longer name gives it away"),
        pytest.param(
            "Emre met Giulia and Emre saw Giulia", {4: {0: SAME, 2: RIVAL}, 6: {0: RIVAL, 2: SAME, 4: RIVAL}}, id="two"
        ),
    ],
)
def test_what_is_asked(text: str, wanted: dict[int, dict[int, int]]) -> None:
    assert asked(text) == wanted


def test_no_window_asks_too_much() -> None:
    assert len(asked("Emre met Giulia and " + "Emre saw Giulia and " * 20)) == N_ASKED
