"""Repeated names: what is asked, what counts as the same name, and what would give the answer away."""

from __future__ import annotations

import numpy as np
import pytest

from gru_lint.training.data.antecedent_labels import MEANT as YES
from gru_lint.training.data.antecedent_labels import N_ASKED, gender_labels, mentions_of_gender, repeated_names
from gru_lint.training.data.antecedent_labels import NOT_MEANT as NO


def asked(text: str) -> dict[int, dict[int, int]]:
    """The questions of one window: {column: {column of a name before: YES or NOT_MEANT}}.

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
        pytest.param("Emre met Giulia and Emre slept", {4: {0: YES, 2: NO}}, id="another name stands before"),
        pytest.param("Emre slept and Emre woke", {}, id="nobody else could be meant"),
        pytest.param("Emre met Giulia there", {}, id="no name is repeated"),
        pytest.param(
            "John Watson met Giulia and Watson slept",
            {5: {1: YES, 3: NO}},
            id="the last word of a longer name",
        ),
        pytest.param("John Watson met Giulia and John slept", {5: {1: YES, 3: NO}}, id="the first word of one"),
        pytest.param("Watson met Giulia and John Watson slept", {}, id="a part of a longer name gives it away"),
        pytest.param(
            "Emre met Giulia and Emre saw Giulia",
            {4: {0: YES, 2: NO}, 6: {0: NO, 2: YES, 4: NO}},
            id="two",
        ),
    ],
)
def test_what_is_asked(text: str, wanted: dict[int, dict[int, int]]) -> None:
    assert asked(text) == wanted


# One window: leans as the lexicon gives them, and which words are names.
_HIS, _HERS, _MAYBE = 1, 7, 4


@pytest.mark.parametrize(
    ("gender_bins", "is_name", "ends", "pronouns", "wanted"),
    [
        pytest.param([_HIS, 0, _HERS], [1, 0, 1], [1, 0, 1], [-1, -1, -1], [0, -1, 1], id="first names"),
        pytest.param([_HERS, 0, 0], [1, 1, 0], [0, 1, 0], [-1, -1, -1], [-1, 1, -1], id="a family name after one"),
        pytest.param([_MAYBE, 0, 0], [1, 0, 0], [1, 0, 0], [-1, -1, -1], [-1, -1, -1], id="a name that tells nothing"),
        pytest.param([0, _HIS, 0], [0, 0, 0], [0, 1, 0], [-1, -1, -1], [-1, 0, -1], id="a noun"),
        pytest.param([0, 0, 0], [0, 0, 0], [1, 1, 1], [1, 2, 3], [1, -1, -1], id="a pronoun"),
        pytest.param([_HERS, 0, 0], [1, 0, 0], [1, 1, 0], [-1, -1, -1], [1, -1, -1], id="not over a gap"),
    ],
)
def test_which_gender_a_mention_tells(
    gender_bins: list[int], is_name: list[int], ends: list[int], pronouns: list[int], wanted: list[int]
) -> None:
    arrays = [np.array([values]) for values in (gender_bins, is_name, ends, pronouns)]
    found = gender_labels(arrays[0], arrays[1].astype(bool), arrays[2].astype(bool), arrays[3])
    assert found.tolist() == [wanted]


def test_a_man_is_meant_by_he_and_no_woman() -> None:
    genders = np.array([[0, -1, 1]] * 3)
    labels = mentions_of_gender(genders, np.array([0, 1, 3]))
    assert labels.tolist() == [[YES, 0, NO], [NO, 0, YES], [0, 0, 0]]


def test_no_window_asks_too_much() -> None:
    assert len(asked("Emre met Giulia and " + "Emre saw Giulia and " * 20)) == N_ASKED
