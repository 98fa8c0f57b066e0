"""Whether of the findings with confidence c a share c is right: held-out pronouns, half of them flipped.

Every rule has its own kind of error: a he for a she, an it for a they. Each pronoun that may have it is judged once
as it stands and once with that error made. A finding is right where the error was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from gru_lint.english.pronouns import CASES, FORMS, REFLEXIVE_FORMS
from gru_lint.model.confidence import PlattScaling, log_odds
from gru_lint.rules import calibrations
from gru_lint.training.measure.judging import JudgedPronoun
from gru_lint.training.measure.measures import share

# Edges of the bins of confidence in which findings are counted.
BINS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 1.0)
# A finding: its share of the odds, and whether it is right.
_ScoredFinding = tuple[float, bool]


def findings_of(pronoun: JudgedPronoun) -> Iterator[tuple[str, _ScoredFinding]]:
    """What each rule says of a pronoun as it stands, and with each of the errors made that the rule is there for."""
    is_reflexive = pronoun.form in REFLEXIVE_FORMS
    as_it_stands = pronoun.mismatches()
    for rule, calibration in calibrations().items():
        wrong_classes = calibration.errors.get(pronoun.written, ())
        if is_reflexive != calibration.of_reflexives or not wrong_classes:
            continue
        case = "reflexive" if is_reflexive else CASES[int(np.argmax(pronoun.judgement.cases))]
        for wrong in wrong_classes:
            # "Its" does not stand alone.
            written = FORMS[wrong].get(case)
            with_error = pronoun.mismatches(written) if written else as_it_stands
            for mismatches, is_right in ((as_it_stands, False), (with_error, written is not None)):
                if rule in mismatches:
                    yield rule, (mismatches[rule].confidence, is_right)


@dataclass(slots=True)
class Findings:
    """What the rules say of many pronouns, as `findings_of` has it."""

    by_rule: dict[str, list[_ScoredFinding]] = field(default_factory=lambda: {rule: [] for rule in calibrations()})

    def add(self, pronoun: JudgedPronoun) -> None:
        """Adds what is said of one pronoun."""
        for rule, finding in findings_of(pronoun):
            self.by_rule[rule].append(finding)

    def add_clean(self, pronoun: JudgedPronoun) -> None:
        """Adds what is said of a correct pronoun, in whose place another may be as right."""
        for rule, mismatch in pronoun.mismatches().items():
            if rule in self.by_rule:
                self.by_rule[rule].append((mismatch.confidence, False))

    def reliability(self) -> dict[str, list[dict[str, Any]]]:
        """By rule and bin of confidence: how many findings, their mean confidence, the share that is right."""
        return {rule: _binned(findings) for rule, findings in self.by_rule.items()}


# So many right findings, and so many wrong ones, tell something of a rule.
_FEWEST_TO_FIT = 20


def fit_scale(findings: Iterable[_ScoredFinding]) -> PlattScaling:
    """The scale on which the confidence of these findings is the share that is right; by Newton's method.

    Where hardly any is wrong, or right, the network's own odds stand: a fit to a few would make all others certain.
    """
    pairs = list(findings)
    n_right = sum(is_right for _, is_right in pairs)
    if min(n_right, len(pairs) - n_right) < _FEWEST_TO_FIT:
        return PlattScaling()
    inputs = np.array([[log_odds(confidence), 1.0] for confidence, _ in pairs])
    right = np.array([is_right for _, is_right in pairs], np.float64)
    as_it_is = np.array([1.0, 0.0])
    weights: npt.NDArray[np.float64] = as_it_is
    for _ in range(50):
        likely = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        # The prior is worth one finding: it keeps the steps finite where few are wrong.
        curvature = (inputs * (likely * (1 - likely))[:, None]).T @ inputs + np.eye(2)
        step = np.linalg.solve(curvature, inputs.T @ (right - likely) - (weights - as_it_is))
        # A full step from far away overshoots.
        weights = weights + step / max(1.0, float(np.abs(step).max()))
    return PlattScaling(float(weights[0]), float(weights[1]))


def _binned(findings: list[_ScoredFinding]) -> list[dict[str, Any]]:
    rows = []
    for low, high in pairwise(BINS):
        here = [finding for finding in findings if low <= finding[0] < high or finding[0] == high == 1.0]
        rows.append(
            {
                "from": low,
                "to": high,
                "findings": len(here),
                "confidence": share(sum(confidence for confidence, _ in here), len(here)),
                "right": share(sum(is_right for _, is_right in here), len(here)),
            }
        )
    return rows
