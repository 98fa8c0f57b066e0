"""Two sentences and a look: the errors that people make are found, and correct texts are left alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from gru_lint import read_settings
from gru_lint.linter import default_linter, linter_for
from gru_lint.training.measure.evaluation_sets import read_winobias, read_winogender
from gru_lint.training.measure.pairs import measure_pairs, read_fair_texts, read_pairs

_PAIRS = list(read_pairs())
_FAIR_TEXTS = read_fair_texts()
# What the shipped weights reach, in whole percents: weights that find less are not shipped.
_LEAST_FOUND = 60
# Correct texts of pairs that may be flagged, in percent.
_MOST_FLAGGED = 2


def test_pairs_differ_in_one_word() -> None:
    assert len(_PAIRS) >= 200
    for pair in _PAIRS:
        right = [word for word in zip(pair.bad.split(), pair.good.split(), strict=True) if word[0] != word[1]]
        assert len(right) == 1, pair
        assert pair.bad[pair.wrong.start : pair.wrong.end] in right[0][0]


def test_he_and_she_are_wrong_equally_often() -> None:
    kinds = Counter(pair.kind for pair in _PAIRS)
    masculine = Counter(
        pair.kind
        for pair in _PAIRS
        if pair.bad[pair.wrong.start : pair.wrong.end].lower() in ("he", "him", "his", "himself")
    )
    for kind in kinds.keys() - {"reflexive", "it-they-number", "he-she-for-thing"}:
        assert masculine[kind] * 2 == kinds[kind], kind


def test_short_pairs() -> None:
    figures = measure_pairs(default_linter(), _PAIRS)
    assert 100 * figures["all"]["found"] >= _LEAST_FOUND, figures
    assert 100 * figures["all"]["good_flagged"] <= _MOST_FLAGGED, figures


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("Pablo went to see her mother.", "Pablo went to see his mother."),
        ("Giulia and his brother arrived.", "Giulia and her brother arrived."),
        ("The boy teased her little sister.", "The boy teased his little sister."),
    ],
)
def test_the_possessed_person_does_not_decide(bad: str, good: str) -> None:
    (wrong,) = (word for word in bad.split() if word not in good.split())
    assert [bad[finding.span.start : finding.span.end] for finding in default_linter().lint(bad)] == [wrong]
    assert not list(default_linter().lint(good))


# Correct texts that are flagged all the same: the nearer of two people is taken for the one who is meant.
_KNOWN_FALSE_ALARMS = frozenset(["Marta lost her phone, and Jorge found it under her seat."])


@pytest.mark.parametrize("reason", sorted({reason for reason, _ in _FAIR_TEXTS}))
def test_nothing_is_flagged(reason: str) -> None:
    linter = default_linter()
    flagged = [text for why, text in _FAIR_TEXTS if why == reason and any(linter.lint(text))]
    assert set(flagged) <= _KNOWN_FALSE_ALARMS


@pytest.mark.parametrize("gender", ["masculine", "feminine"])
def test_no_occupation_is_flagged(gender: str, shared_data: Path) -> None:
    winobias = list(read_winobias(shared_data / "dev" / "winobias"))
    winogender = list(read_winogender(shared_data / "dev" / "winogender" / "all_sentences.tsv"))
    words = {"masculine": {"he", "him", "his", "himself"}, "feminine": {"she", "her", "hers", "herself"}}[gender]
    sentences = [text for text in winobias + winogender if words & set(text.lower().split())]
    assert len(sentences) > 800
    # Some have other errors: "because he need to".
    of_pronouns = linter_for(read_settings({"select": ["PA"]}))
    assert not [text for text in sentences if any(of_pronouns.lint(text))]
