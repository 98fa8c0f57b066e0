"""Where the rules speak, chosen on what they say of correct text; and what marked texts count."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training needs torch")

from small_network import random_weights

from gru_lint.config.kinds import PROFILES as PROFILE_NAMES
from gru_lint.config.settings import Settings
from gru_lint.linter import Linter
from gru_lint.model.weights import write_weights
from gru_lint.records import Span
from gru_lint.rules import rule_called
from gru_lint.training.measure.calibrate import PROFILES, CleanText, fairest_way
from gru_lint.training.measure.marked_texts import (
    MarkedText,
    read_all_wrong,
    read_new_people,
    read_trials,
    read_two_people,
)


def test_a_profile_for_every_name() -> None:
    assert tuple(PROFILES) == PROFILE_NAMES


@pytest.mark.parametrize(
    ("rate", "wanted"),
    [(0.0, 0.9 + 0.1 * 0.01), (1 / 1000, 0.8 + 0.2 * 0.01), (1 / 500, 0.5 + 0.5 * 0.01), (1 / 100, 0.0)],
)
def test_a_hair_above_the_first_finding_too_many(rate: float, wanted: float) -> None:
    text = CleanText({"number-mismatch": [0.9, 0.8, 0.5]}, 1000)
    assert text.lowest_shares({"number-mismatch": rate}, {}) == {"number-mismatch": pytest.approx(wanted)}


def test_the_thresholds_of_a_rule_find_equal_parts_of_the_errors() -> None:
    he, she = "gender-mismatch: masculine", "gender-mismatch: feminine"
    errors = {he: [0.99, 0.98, 0.97, 0.6, 0.5], she: [0.95, 0.9, 0.85, 0.4, 0.3]}
    # A false alarm of 0.88 is as sure as two in five of the errors about her, one of 0.975 as two in five about him.
    text = CleanText({"gender-mismatch": [0.975, 0.88, 0.2], he: [0.975], she: [0.88, 0.2]}, 1000)
    assert text.lowest_shares({"gender-mismatch": 0.0}, errors) == {
        "gender-mismatch": pytest.approx(0.975 + 0.025 * 0.01),
        he: pytest.approx(0.98 + 0.02 * 0.01),
        she: pytest.approx(0.9 + 0.1 * 0.01),
    }
    # Both are allowed, and the third is surer than all of her errors.
    assert text.lowest_shares({"gender-mismatch": 2 / 1000}, errors)[she] == pytest.approx(0.3 + 0.7 * 0.01)


@pytest.mark.parametrize(
    ("about_her", "wanted"),
    [
        pytest.param([0.93, 0.88, 0.7, 0.6], 0.45, id="part of the way: two of four each"),
        pytest.param([0.97, 0.96, 0.95, 0.85], 0.0, id="alike with one threshold"),
        pytest.param([0.85, 0.79, 0.7, 0.6], 0.8, id="most of the way: one of four each"),
    ],
)
def test_thresholds_go_apart_until_men_and_women_are_found_alike(about_her: list[float], wanted: float) -> None:
    errors = {"he": [0.99, 0.97, 0.95, 0.85], "she": about_her}
    assert fairest_way(0.9, {"he": 0.98, "she": 0.8}, errors) == wanted


@pytest.mark.parametrize(
    ("profile", "wanted"), [("default", (0.75, 0.7)), ("learner", (0.6, 0.55)), ("strict", (0.75, 0.7))]
)
def test_the_linter_speaks_from_the_thresholds_of_its_profile(
    profile: str, wanted: tuple[float, float], tmp_path: Path
) -> None:
    path = tmp_path / "weights.npz"
    write_weights(random_weights("gru"), path)
    # Weights that hold no thresholds of a profile have those of the default one.
    thresholds = Linter(path, Settings(profile=profile)).thresholds()[rule_called("PA001").name]
    assert (thresholds["long"], thresholds["short"]) == wanted


@pytest.mark.parametrize(
    ("texts", "fewest"), [(read_new_people(), 300), (read_two_people(), 90)], ids=["new people", "two people"]
)
def test_correct_texts_are_many_and_correct(texts: list[MarkedText], fewest: int) -> None:
    assert len(texts) >= fewest
    assert not any(text.wrong for text in texts)
    assert len({text.text for text in texts}) == len(texts)


def test_every_pronoun_of_the_wrong_texts_is_wrong() -> None:
    texts = read_all_wrong()
    assert len(texts) == 100
    for text in texts:
        words = [text.text[span.start : span.end] for span, _ in text.wrong]
        assert words
        for word, (_, right) in zip(words, text.wrong, strict=True):
            assert {word.lower(), right.lower()} <= {"he", "she", "him", "her", "his", "hers", "himself", "herself"}


def test_trials_name_their_wrong_words(tmp_path: Path) -> None:
    path = tmp_path / "trials.tsv"
    path.write_text("id\tkind\tfile\ttext\twrong\n1\tnews\tx.md\tAnn\\nlost his bag.\t9-12 her\n", encoding="utf-8")
    (trial,) = read_trials(path)
    assert (trial.kind, trial.filename, trial.text) == ("news", "x.md", "Ann\nlost his bag.")
    assert trial.wrong == ((Span(9, 12), "her"),)
    path.write_text("id\tkind\n1\tnews\n", encoding="utf-8")
    with pytest.raises(ValueError, match="row 2 is no trial"):
        read_trials(path)
