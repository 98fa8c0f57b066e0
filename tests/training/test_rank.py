"""The ranking of antecedents is learnt from marked ones: what is read of the sets, and what is learnt."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch

from gru_lint.linter import Linter
from gru_lint.model.candidates import Candidates
from gru_lint.records import Span
from gru_lint.segment.windows import find_anaphors
from gru_lint.training.data.gold_antecedents import GoldPronoun, cluster_of
from gru_lint.training.measure.evaluation_sets import CoreferenceDocument
from gru_lint.training.measure.gap import is_same_name
from gru_lint.training.rank import (
    Scorer,
    Shown,
    figures_of,
    fit_ranking,
    held_out,
    least_shown,
    likeliest,
    ranking_of,
    table_of,
)

_TEXT = "Mary saw the captain of the guard, and she waved."


@pytest.mark.parametrize(
    ("mention", "wanted"),
    [
        pytest.param("Mary", 0, id="a name"),
        pytest.param("the captain", 1, id="the head of a longer mention"),
        pytest.param("the captain of the guard", 1, id="the whole of it"),
        pytest.param("she", 0, id="a pronoun"),
        pytest.param("waved", None, id="nothing marked"),
    ],
)
def test_a_mention_belongs_to_the_chain_whose_head_it_is(mention: str, wanted: int | None) -> None:
    def span(part: str) -> Span:
        start = _TEXT.index(part)
        return Span(start, start + len(part))

    clusters = ((span("Mary"), span("she")), (span("the captain of the guard"),))
    found = cluster_of(CoreferenceDocument(_TEXT, {}, clusters), span(mention))
    assert found == (None if wanted is None else clusters[wanted])


@pytest.mark.parametrize(
    ("shown", "gold", "wanted"),
    [
        pytest.param("Kathleen Nott", "Kathleen", True, id="the whole name for the first"),
        pytest.param("Nott", "Kathleen Nott", True, id="the last for the whole name"),
        pytest.param("Kathleen Hill", "Kathleen Nott", False, id="the same first name with another last one"),
        pytest.param("Nott's hat", "Kathleen Nott", False, id="a thing of somebody's"),
    ],
)
def test_names_that_are_the_same(shown: str, gold: str, wanted: bool) -> None:
    text = f"{shown} | {gold}"
    assert is_same_name(text, Span(0, len(shown)), Span(len(text) - len(gold), len(text))) is wanted


@pytest.fixture(scope="module")
def candidates() -> Candidates:
    linter = Linter()
    (window,) = linter.windows("Mary Jones met Anna Smith in the park. Then she went home.")
    (anaphor,) = find_anaphors(window)
    (found,) = linter.network.antecedent_candidates(window, [anaphor.word_index])
    return found


def _pronouns(candidates: Candidates, meant: str) -> list[GoldPronoun]:
    """Pronouns of ten folds whose antecedent is whoever has the most of a feature."""
    generator = np.random.default_rng(0)
    pronouns = []
    for number in range(100):
        features = {name: generator.normal(size=len(column)) for name, column in candidates.features.items()}
        values = np.where(candidates.exists, features[meant], -np.inf)
        is_right = values == values.max()
        pronouns.append(
            GoldPronoun(dataclasses.replace(candidates, features=features), number % 10, is_right, ~is_right)
        )
    return pronouns


def test_what_decides_is_learnt_and_found_in_other_folds(candidates: Candidates) -> None:
    pronouns = _pronouns(candidates, "the nearest is a subject")
    ranking = ranking_of(fit_ranking(table_of([pronouns])), pronouns[0], 0.6, {})
    first = {name: weights[0] for name, weights in ranking.entity.items()}
    assert max(first, key=lambda name: first[name]) == "the nearest is a subject"
    found = [shown for _, shown in held_out({"some": pronouns})["some"]]
    assert len(found) == len(pronouns)
    assert sum(shown.is_right for shown in found) > 60


def test_shown_are_the_likeliest_and_counted_is_whether_they_are_right(candidates: Candidates) -> None:
    found = [Shown(tenths / 10, is_right=tenths > 6) for tenths in range(10)]
    least = least_shown(found)
    assert figures_of(found, least) == {
        "pronouns": 10,
        "shown": pytest.approx(0.6),
        "right_where_shown": pytest.approx(0.5),
        "right_of_all": pytest.approx(0.3),
    }
    (pronoun, *_) = _pronouns(candidates, "it is named")
    scorer = Scorer(torch.zeros((2, len(candidates.features))), len(candidates.nobody), n_hidden=0)
    even = ranking_of(scorer, pronoun, 0.5, {})
    assert likeliest(even, pronoun).probability == pytest.approx(1 / (1 + candidates.exists.sum()))


def test_the_ranking_that_is_written_is_the_one_that_was_taught(candidates: Candidates) -> None:
    pronouns = _pronouns(candidates, "the nearest is a subject")
    table = table_of([pronouns])
    scorer = fit_ranking(table)
    ranking = ranking_of(scorer, pronouns[0], 0.6, {})
    scores, of_nobody = (own.detach().numpy() for own in scorer(table))
    for number in (0, 50, 99):
        odds = np.exp(np.append(scores[table.pronoun == number], of_nobody[number]))
        found = ranking.probabilities(pronouns[number].candidates)[candidates.exists]
        assert found == pytest.approx((odds / odds.sum())[:-1], abs=0.01)
