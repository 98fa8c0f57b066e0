"""Confidence on a scale that means what it says: of the findings shown with 0.9, nine in ten are right."""

from __future__ import annotations

import math
from dataclasses import dataclass

# Nothing is surer than this: a share of one has no odds.
_SUREST = 1e-9


@dataclass(frozen=True, slots=True)
class PlattScaling:
    """From a rule's odds to its confidence: c = σ(slope · log(p / (1 − p)) + intercept). Source: Platt 1999.

    The network is sure of itself in its own way; the two figures, which the exporter fits for every
    rule on held-out pronouns, half of them flipped, make its confidence the share that is right.
    """

    slope: float = 1.0
    intercept: float = 0.0

    def confidence(self, probability: float) -> float:
        """0..1, for the share of the expected class in the odds between it and the written one, 0..1."""
        return (1 + math.tanh((self.slope * log_odds(probability) + self.intercept) / 2)) / 2


def log_odds(probability: float) -> float:
    """log(p / (1 − p)), finite at 0 and 1."""
    probability = min(max(probability, _SUREST), 1 - _SUREST)
    return math.log(probability / (1 - probability))
