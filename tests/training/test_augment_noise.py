"""Wrong pronouns, forgotten names and shuffled slots; what stays as it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from augmented import GENDER, NOTHING, WORDS, augmented, check, texts_of, windows_of

from gru_lint.english.first_names import FirstNames
from gru_lint.english.lexicon import N_NAME_SLOTS
from gru_lint.english.vocabulary import GENDERED as GENDERED_FLAG
from gru_lint.english.vocabulary import NAME_ID, UNKNOWN_CAPITAL_ID, Vocabulary
from gru_lint.training.data.augment import AugmentationRates, augment, word_tables

WRONG: dict[str, tuple[str, float, str, str]] = {
    "every gendered pronoun": (
        "he saw her and himself .",
        0,
        "she saw him and herself .",
        "he saw her and himself .",
    ),
    "in its case": ("his doctor and her* nurse", 0, "her doctor and his nurse", "his doctor and her nurse"),
    "in a swapped window, back to what it was": ("he and her* nurse", 1, "he and her nurse", "she and his nurse"),
    "neither neuter nor plural": ("it they them itself", 0, "it they them itself", "it they them itself"),
    "no noun": ("king wife mother", 0, "king wife mother", "king wife mother"),
}


@pytest.mark.parametrize(("text", "gender_swap", "wanted", "right"), WRONG.values(), ids=WRONG)
def test_wrong_pronouns(text: str, gender_swap: float, wanted: str, right: str) -> None:
    check(text, AugmentationRates(gender_swap, 0, 0, wrong_pronouns=1, wrong_pronoun=1), wanted, right)


def test_wrong_pronouns_never_reach_the_right_words() -> None:
    windows = windows_of(["he and her* wife and himself and it"] * 500)
    right = augmented(windows, AugmentationRates(0.5, 0, 0, wrong_pronouns=0.5, wrong_pronoun=0.5))
    assert set(texts_of(right)) == {"he and her wife and himself and it", "she and his husband and herself and it"}
    # In some windows one pronoun is wrong while the others are right.
    assert len(set(texts_of(windows.word_ids))) == 16
    is_wrong = windows.word_ids != right
    assert 0.15 < is_wrong[:, [0, 2, 5]].mean() < 0.35
    assert not is_wrong[:, [1, 3, 4, 6, 7]].any()


SLOTS = [5, 0, 9, 5, 63, 0, 9, 1]


@pytest.mark.parametrize("rates", [NOTHING, GENDER, AugmentationRates(0.5, 0.5, 0.5, 0.5, 0.5)])
def test_name_slots_say_the_same_and_never_who(rates: AugmentationRates) -> None:
    windows = windows_of(["<name> slept <name> <name> <Unknown> . <name> king"] * 1000, slots=SLOTS)
    augmented(windows, rates)
    for row in windows.name_slots.tolist():
        pairs = set(zip(SLOTS, row, strict=True))
        assert len(pairs) == len({new for _, new in pairs}) == len(set(SLOTS))
        assert all(0 < new < N_NAME_SLOTS if old else new == 0 for old, new in pairs)
    # Over the windows, a name falls into any slot.
    assert len(set(windows.name_slots[:, 0].tolist())) == N_NAME_SLOTS - 1


def test_no_noise_leaves_everything_but_the_slots() -> None:
    windows = windows_of(
        ["he and her* wife <name> .", "king it <Unknown> his* husband she"], [0, 0, 0, 0, 7, 0], [0, 0, 2, 0, 3, 0]
    )
    before = [array.copy() for array in (windows.word_ids, windows.capitals, windows.gender_bins, windows.other_case)]
    right = augmented(windows, NOTHING)
    for found, wanted in zip(
        (windows.word_ids, windows.capitals, windows.gender_bins, windows.other_case), before, strict=True
    ):
        np.testing.assert_array_equal(found, wanted)
    np.testing.assert_array_equal(right, before[0])


def test_capitals_stay() -> None:
    windows = windows_of(["he and her* wife <name> ."] * 50, gender_bins=[0, 0, 0, 0, 7, 0], slots=[0, 0, 0, 0, 3, 0])
    before = windows.capitals.copy()
    augmented(windows, AugmentationRates(0.5, 0.5, 0.5, 0.5, 0.5))
    np.testing.assert_array_equal(windows.capitals, before)


def test_unknown_names_are_forgotten_by_name() -> None:
    slots = [3, 0, 3, 8, 0, 8, 20]
    windows = windows_of(
        ["<name> and <name> <name> . <name> king"] * 400, gender_bins=[7, 0, 7, 1, 0, 1, 6], slots=slots
    )
    right = augmented(windows, AugmentationRates(0, 0, unknown_names=1, wrong_pronouns=0, wrong_pronoun=0))
    np.testing.assert_array_equal(right, windows.word_ids)
    is_forgotten = windows.word_ids == UNKNOWN_CAPITAL_ID
    np.testing.assert_array_equal(is_forgotten[:, 0], is_forgotten[:, 2])
    np.testing.assert_array_equal(is_forgotten[:, 3], is_forgotten[:, 5])
    # A word with a gender_bin of its own ("Grace", here "king") is no row that names share: it stays.
    assert not is_forgotten[:, [1, 4, 6]].any()
    assert set(windows.gender_bins[:, 6].tolist()) == {6}
    assert np.all((windows.gender_bins == 0) == (is_forgotten | (np.array(slots) == 0)))
    assert np.all(windows.word_ids[:, 0][~is_forgotten[:, 0]] == NAME_ID)
    assert 0.4 < is_forgotten[:, [0, 3]].mean() < 0.6


def test_the_same_seed_gives_the_same_windows() -> None:
    outcomes = []
    for seed in (1, 1, 2):
        windows = windows_of(
            ["he and her* wife <name> ."] * 50, gender_bins=[0, 0, 0, 0, 7, 0], slots=[0, 0, 0, 0, 3, 0]
        )
        augmented(windows, AugmentationRates(), seed)
        outcomes.append((texts_of(windows.word_ids), windows.gender_bins.tolist(), windows.name_slots.tolist()))
    assert outcomes[0] == outcomes[1] != outcomes[2]


@pytest.mark.parametrize(
    ("text", "bins", "read"),
    [
        ("mr doctor slept he his", (1, 0, 0, 0, 0), "mr doctor slept she her"),
        ("mrs doctor slept she her", (7, 0, 0, 0, 0), "mrs doctor slept he him"),
        # A name alone may mislead; a word or a name of the other gender may be who is meant.
        ("doctor doctor slept he his", (1, 0, 0, 0, 0), "doctor doctor slept he his"),
        ("mr doctor slept he her", (1, 0, 0, 0, 0), "mr doctor slept he her"),
        ("mr doctor slept he his", (1, 6, 0, 0, 0), "mr doctor slept he his"),
        ("mr doctor mrs slept he", (1, 0, 7, 0, 0), "mr doctor mrs slept he"),
        ("doctor doctor slept he his", (0, 0, 0, 0, 0), "doctor doctor slept he his"),
    ],
)
def test_all_pronouns_are_wrong_only_where_a_word_tells_whose_they_are(
    text: str, bins: tuple[int, ...], read: str
) -> None:
    flags = np.array([GENDERED_FLAG if word in ("mr", "mrs") else 0 for word in WORDS], np.uint8)
    told = np.array([{"mr": 1, "mrs": 7}.get(word, 0) for word in WORDS], np.uint8)
    tables = word_tables(Vocabulary(WORDS, flags, told, FirstNames.of({})))
    windows = windows_of([text], bins)
    right = augment(windows, tables, replace(NOTHING, all_wrong=1.0), np.random.default_rng(0))
    assert texts_of(windows.word_ids) == [read]
    assert texts_of(right) == [text]
