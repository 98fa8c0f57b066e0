"""The weights of `model/ranking.py`, taught by pronouns whose antecedents people have marked.

Each set of texts counts as much as the other, and weights are kept small: GAP has few hundred rows. How many hidden
units there are, and how small they are kept, was chosen by what is right of rows and documents that taught nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from gru_lint.model.ranking import KINDS, Ranking
from gru_lint.training.data.gold_antecedents import GoldPronoun
from gru_lint.training.measure.measures import share

N_FOLDS = 10
# Of the pronouns he and she of each set an antecedent is shown of so many.
SHOWN = 0.6
# How strongly weights are kept small, in standard deviations of their features, and those of hidden units.
_RIDGE, _HIDDEN_RIDGE = 3.0, 10.0
_N_HIDDEN = 8
_SEED = 1
# The hidden units begin with outputs about as small as this.
_SMALL_OUTPUT = 0.05
# Weights count as many pronouns as GAP has validation rows.
_PRONOUNS_OF_A_SET = 450.0
_LEAST_DEVIATION = 0.05
_SMALLEST = 1e-6
# The marked it and they are few, and mostly places: what they taught was right in a third of them and took a person for
# an it. These two have round weights; of several, being named does not count.
_ROUND = {
    "log of its share of the links": 0.5,
    "log of its share of the walks": 0.5,
    "log of its agreement with the class": 1.0,
    "log of its mentions before": 0.25,
    "log of the words to the nearest": -0.5,
    "in the same sentence": 1.0,
    "all come after the pronoun": -1.0,
    "it is named": 2.5,
    "it is a noun without a determiner": -1.0,
    "the nearest opens its sentence": 0.25,
    "the nearest is a subject": 1.0,
    "the nearest follows a preposition": -0.5,
}
_NOT_OF_SEVERAL = "it is named"
# Somebody or something is always meant by them.
_NEVER_NOBODY = {"always": -20.0}
_STEPS = 80


@dataclass(frozen=True, slots=True)
class Table:
    """N pronouns, he or she, with C candidates in all.

    entity  (C, F), nobody (N, F'), the features; pronoun (C,), the row of each candidate's pronoun
    is_right, is_possible  (C,), whether it is the antecedent, and whether it may be, where none is marked as right
    weight  (N,)
    """

    entity: torch.Tensor
    nobody: torch.Tensor
    pronoun: torch.Tensor
    is_right: torch.Tensor
    is_possible: torch.Tensor
    weight: torch.Tensor


def table_of(sets: Sequence[Sequence[GoldPronoun]]) -> Table:
    """The he and she of some sets, each of which counts the same."""
    taught = [[pronoun for pronoun in own if pronoun.candidates.slot.kind == KINDS[0]] for own in sets]
    pronouns = [pronoun for own in taught for pronoun in own]
    exists = [pronoun.candidates.exists for pronoun in pronouns]

    def existing(columns: Iterable[np.ndarray[Any, Any]]) -> torch.Tensor:
        return torch.from_numpy(np.concatenate([own[which] for own, which in zip(columns, exists, strict=True)]))

    return Table(
        existing(pronoun.candidates.matrix().astype(np.float32) for pronoun in pronouns),
        torch.tensor([list(pronoun.candidates.nobody.values()) for pronoun in pronouns]),
        torch.from_numpy(np.repeat(np.arange(len(pronouns)), [own.sum() for own in exists])),
        existing(pronoun.is_right for pronoun in pronouns),
        existing(~pronoun.is_wrong for pronoun in pronouns),
        torch.tensor([_PRONOUNS_OF_A_SET / len(own) for own in taught for _ in own]),
    )


class Scorer(nn.Module):
    """The score of a candidate for he and she, w · x + o · tanh(A x + a), and that of nobody, v · z; see `ranking`.

    Weights are those of features that are divided by their deviations, and hidden units read them less their means.
    """

    def __init__(self, entity: torch.Tensor, n_nobody: int, n_hidden: int = _N_HIDDEN) -> None:
        super().__init__()
        self.means, self.deviations = entity.mean(dim=0), entity.std(dim=0).clamp_min(_LEAST_DEVIATION)
        n_features = entity.shape[1]
        generator = torch.Generator().manual_seed(_SEED)
        self.entity = nn.Parameter(torch.zeros(n_features))
        self.nobody = nn.Parameter(torch.zeros(n_nobody))
        self.hidden = nn.Parameter(torch.randn((n_features, n_hidden), generator=generator) * n_features**-0.5)
        self.biases = nn.Parameter(torch.zeros(n_hidden))
        self.outputs = nn.Parameter(torch.randn(n_hidden, generator=generator) * _SMALL_OUTPUT)

    def forward(self, table: Table) -> tuple[torch.Tensor, torch.Tensor]:
        """(C,) and (N,): the scores of the candidates, and of nobody."""
        scaled = table.entity / self.deviations
        hidden = torch.tanh((scaled - self.means / self.deviations) @ self.hidden + self.biases)
        return scaled @ self.entity + hidden @ self.outputs, table.nobody @ self.nobody

    def penalty(self) -> torch.Tensor:
        """What large weights cost; how often nobody is meant costs nothing."""
        plain = self.entity.square().sum() + self.nobody[1:].square().sum()
        return (_RIDGE * plain + _HIDDEN_RIDGE * (self.hidden.square().sum() + self.outputs.square().sum())) / 2


def fit_ranking(table: Table) -> Scorer:
    """The weights that make the marked antecedents likely."""
    scorer = Scorer(table.entity, table.nobody.shape[1])
    optimizer = torch.optim.LBFGS(scorer.parameters(), max_iter=_STEPS, history_size=20, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        value = scorer.penalty() - (table.weight * _log_likelihood(table, *scorer(table))).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    return scorer


def _log_likelihood(table: Table, scores: torch.Tensor, of_nobody: torch.Tensor) -> torch.Tensor:
    """(N,): of one of the candidates that are right, or, where none is, of none that is known to be wrong."""
    n = len(of_nobody)
    # Subtracted from both, so that no exponential overflows.
    largest = of_nobody.detach().scatter_reduce(0, table.pronoun, scores.detach(), "amax")
    odds, of_nobody = (scores - largest[table.pronoun]).exp(), (of_nobody - largest).exp()

    def total(which: torch.Tensor) -> torch.Tensor:
        return torch.zeros(n).index_add(0, table.pronoun, odds * which)

    of_right = total(table.is_right)
    of_possible = torch.where(of_right > 0, of_right, total(table.is_possible) + of_nobody)
    return (of_possible / (total(torch.ones_like(table.is_right)) + of_nobody)).clamp_min(_SMALLEST).log()


def ranking_of(scorer: Scorer, pronoun: GoldPronoun, least: float, report: Mapping[str, Any]) -> Ranking:
    """The weights by the names of a pronoun's features, of these as they are, rounded as they are written."""

    def named(
        names: Mapping[str, Any], weights: torch.Tensor, others: Mapping[str, float]
    ) -> dict[str, tuple[float, ...]]:
        return {
            name: (round(weight, 3), others.get(name, 0.0), 0.0 if name == _NOT_OF_SEVERAL else others.get(name, 0.0))
            for name, weight in zip(names, weights.tolist(), strict=True)
        }

    candidates = pronoun.candidates
    with torch.no_grad():
        hidden = scorer.hidden / scorer.deviations[:, None]
        return Ranking(
            named(candidates.features, scorer.entity / scorer.deviations, _ROUND),
            named(candidates.nobody, scorer.nobody, _NEVER_NOBODY),
            dict(zip(candidates.features, map(_rounded, hidden), strict=True)),
            _rounded(scorer.biases - scorer.means @ hidden),
            _rounded(scorer.outputs),
            least,
            dict(report),
        )


def _rounded(weights: torch.Tensor) -> tuple[float, ...]:
    return tuple(round(weight, 3) for weight in weights.tolist())


@dataclass(frozen=True, slots=True)
class Shown:
    """The likeliest candidate of a pronoun: its probability, and whether it is right."""

    probability: float
    is_right: bool


def held_out(sets: Mapping[str, Sequence[GoldPronoun]]) -> dict[str, list[tuple[GoldPronoun, Shown]]]:
    """Each pronoun with its likeliest candidate, by a ranking that the other folds taught."""
    found: dict[str, list[tuple[GoldPronoun, Shown]]] = {name: [] for name in sets}
    for fold in range(N_FOLDS):
        taught = [[pronoun for pronoun in own if pronoun.fold != fold] for own in sets.values()]
        ranking = ranking_of(fit_ranking(table_of(taught)), taught[0][0], 1.0, {})
        for name, own in sets.items():
            found[name] += [(pronoun, likeliest(ranking, pronoun)) for pronoun in own if pronoun.fold == fold]
    return found


def likeliest(ranking: Ranking, pronoun: GoldPronoun) -> Shown:
    """The candidate that a ranking puts first."""
    probabilities = ranking.probabilities(pronoun.candidates)
    if not len(probabilities):
        return Shown(0.0, is_right=False)
    best = int(probabilities.argmax())
    return Shown(float(probabilities[best]), bool(pronoun.is_right[best]))


def least_shown(found: Sequence[Shown]) -> float:
    """The probability from which on `SHOWN` of some pronouns have an antecedent."""
    ordered = sorted((one.probability for one in found), reverse=True)
    return round(ordered[max(int(SHOWN * len(ordered)) - 1, 0)], 3)


def figures_of(found: Sequence[Shown], least: float) -> dict[str, Any]:
    """How many pronouns an antecedent is shown of, and how often it is right."""
    shown = [one for one in found if one.probability >= least]
    return {
        "pronouns": len(found),
        "shown": share(len(shown), len(found)),
        "right_where_shown": share(sum(one.is_right for one in shown), len(shown)),
        "right_of_all": share(sum(one.is_right for one in found), len(found)),
    }
