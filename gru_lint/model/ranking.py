"""The ranking of candidates: how likely each entity of a window is the antecedent of a pronoun.

A conditional logit (McFadden 1974; for pronouns, Denis and Baldridge 2007): with the features x_k of entity k, what
speaks for nobody in the window as z, and weights w and v for the kind of pronoun,

    P(k) = exp(s(x_k)) / (exp(v · z) + Σ_j exp(s(x_j)))     s(x) = w · x + o · tanh(A x + a)

The hidden units (A, a, o) are those of he and she, which are taught; it and they have round weights w and none. The
features stand in `candidates.py`, the weights in antecedent_ranking.json, with a column for each kind of pronoun.
`python -m gru_lint.training rank` writes that file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, get_args

import numpy as np
import numpy.typing as npt

from gru_lint.model.candidates import Candidates, Kind
from gru_lint.model.cells import Floats
from gru_lint.records import Mention

KINDS: tuple[Kind, ...] = get_args(Kind)
_TAUGHT: Kind = "he or she"
# The tables of the file, by feature.
_TABLES = ("entity", "nobody", "hidden")
RANKING_PATH = Path(__file__).with_name("antecedent_ranking.json")


@dataclass(frozen=True)
class Ranking:
    """The weights of a conditional logit.

    entity, nobody  for each feature of a candidate, and of what speaks for none, a weight for each kind of pronoun
    hidden          for each feature of a candidate, its weights in the H hidden units
    biases, outputs (H,), of the hidden units
    least_shown     the probability from which on an antecedent is shown
    report          what taught it, and figures of documents that did not
    """

    entity: dict[str, tuple[float, ...]]
    nobody: dict[str, tuple[float, ...]]
    hidden: dict[str, tuple[float, ...]]
    biases: tuple[float, ...]
    outputs: tuple[float, ...]
    least_shown: float
    report: dict[str, Any]

    @cached_property
    def _columns(self) -> npt.NDArray[np.float64]:
        """(F, kinds), the weights of candidates."""
        return np.array(list(self.entity.values()), np.float64)

    @cached_property
    def _hidden_columns(self) -> npt.NDArray[np.float64]:
        """(F, H), those of the hidden units."""
        return np.array(list(self.hidden.values()), np.float64)

    def _scores(self, candidates: Candidates, column: int) -> npt.NDArray[np.float64]:
        """(K,), of each entity."""
        features = candidates.matrix()
        scores: npt.NDArray[np.float64] = features @ self._columns[:, column]
        if KINDS[column] == _TAUGHT:
            scores += np.tanh(features @ self._hidden_columns + self.biases) @ self.outputs
        return scores

    def probabilities(self, candidates: Candidates) -> Floats:
        """(K,): the probability of each entity; they sum to less than 1, for nobody may be meant."""
        column = KINDS.index(candidates.slot.kind)
        scores = np.where(candidates.exists, self._scores(candidates, column), -np.inf)
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
        every = tuple(dict.fromkeys(bounds[index] for index in candidates.mentions_of(entity).tolist()))
        return Mention(*bounds[candidates.shown_mention(entity)], probability, every, probability >= self.least_shown)


@cache
def read_ranking(path: Path = RANKING_PATH) -> Ranking:
    """The ranking of a file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    entity, nobody, hidden = ({name: tuple(weights) for name, weights in content[table].items()} for table in _TABLES)
    return Ranking(
        entity,
        nobody,
        hidden,
        tuple(content["biases"]),
        tuple(content["outputs"]),
        content["least_shown"],
        content["report"],
    )


def write_ranking(ranking: Ranking, path: Path) -> None:
    """Writes a ranking as a file that shows a feature a line."""
    tables = (
        f'"{key}": {{\n'
        + ",\n".join(f"{json.dumps(name)}: {json.dumps(weights)}" for name, weights in table.items())
        + "\n}"
        for key, table in zip(_TABLES, (ranking.entity, ranking.nobody, ranking.hidden), strict=True)
    )
    rest = {
        "kinds": KINDS,
        "least_shown": ranking.least_shown,
        "report": ranking.report,
        "biases": ranking.biases,
        "outputs": ranking.outputs,
    }
    path.write_text(
        "{\n"
        + ",\n".join([*(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in rest.items()), *tables])
        + "\n}\n",
        encoding="utf-8",
    )
