"""The ranking of candidates: how likely each entity of a window is the antecedent of a pronoun.

A conditional logit (McFadden 1974; for pronouns, Denis and Baldridge 2007): with the features x_k of entity k, what
speaks for nobody in the window as z, and weights w and v for the kind of pronoun,

    P(k) = exp(w · x_k) / (exp(v · z) + Σ_j exp(w · x_j))

The features stand in `candidates.py`, their weights in antecedent_ranking.json, a column for each kind of pronoun: he
and she are taught, it and they have round weights.
`python -m gru_lint.training rank` writes that file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

import numpy as np

from gru_lint.model.candidates import Candidates, Kind
from gru_lint.model.cells import Floats
from gru_lint.records import Mention

KINDS: tuple[Kind, ...] = get_args(Kind)
RANKING_PATH = Path(__file__).with_name("antecedent_ranking.json")


@dataclass(frozen=True, slots=True)
class Ranking:
    """The weights of a conditional logit.

    entity, nobody  for each feature of a candidate, and of what speaks for none, a weight for each kind of pronoun
    least_shown     the probability from which on an antecedent is shown
    report          what taught it, and figures of documents that did not
    """

    entity: dict[str, tuple[float, ...]]
    nobody: dict[str, tuple[float, ...]]
    least_shown: float
    report: dict[str, Any]

    def probabilities(self, candidates: Candidates) -> Floats:
        """(K,): the probability of each entity; they sum to less than 1, for nobody may be meant."""
        column = KINDS.index(candidates.slot.kind)
        weights = np.array([self.entity[name][column] for name in candidates.features])
        scores = np.where(candidates.exists, candidates.matrix() @ weights, -np.inf)
        of_nobody = sum(self.nobody[name][column] * value for name, value in candidates.nobody.items())
        odds = np.exp(np.append(scores, of_nobody) - max(scores.max(initial=of_nobody), of_nobody))
        probabilities: Floats = odds[:-1] / odds.sum()
        return probabilities

    def mentions(self, candidates: Candidates, least: float) -> tuple[Mention, ...]:
        """A mention of each entity that may be meant, the likeliest first; without those less likely than `least`."""
        probabilities = self.probabilities(candidates)
        order = np.argsort(-probabilities, kind="stable")
        return tuple(
            self._mention(candidates, entity, float(probabilities[entity]))
            for entity in order[(probabilities[order] >= least) & candidates.exists[order]].tolist()
        )

    def _mention(self, candidates: Candidates, entity: int, probability: float) -> Mention:
        bounds = candidates.entities.bounds
        every = tuple(bounds[index] for index in candidates.mentions_of(entity).tolist())
        return Mention(*bounds[candidates.shown_mention(entity)], probability, every, probability >= self.least_shown)


@cache
def read_ranking(path: Path = RANKING_PATH) -> Ranking:
    """The ranking of a file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return Ranking(
        {name: tuple(weights) for name, weights in content["entity"].items()},
        {name: tuple(weights) for name, weights in content["nobody"].items()},
        content["least_shown"],
        content["report"],
    )


def write_ranking(ranking: Ranking, path: Path) -> None:
    """Writes a ranking as a file that shows a feature a line."""
    tables = (
        f'"{key}": {{\n'
        + ",\n".join(f"{json.dumps(name)}: {json.dumps(weights)}" for name, weights in table.items())
        + "\n}"
        for key, table in (("entity", ranking.entity), ("nobody", ranking.nobody))
    )
    rest = {"kinds": KINDS, "least_shown": ranking.least_shown, "report": ranking.report}
    path.write_text(
        "{\n"
        + ",\n".join([*(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in rest.items()), *tables])
        + "\n}\n",
        encoding="utf-8",
    )
