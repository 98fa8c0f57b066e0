"""Means over seeds with the uncertainty of a few runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import mean, stdev

# The 97.5th percentile of Student's t for 1, 2, 3, ... degrees of freedom; beyond, that of the normal distribution.
_T = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262)
_NORMAL = 1.96


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over seeds and half the width of its 95 % interval (Student's t); None of a single run."""

    mean: float
    half_width: float | None

    def shown(self, scale: float = 1.0, digits: int = 1) -> str:
        """As "91.2 ± 0.4"."""
        text = f"{scale * self.mean:,.{digits}f}"
        return text if self.half_width is None else f"{text} ± {scale * self.half_width:,.{digits}f}"


def estimate(values: Sequence[float]) -> Estimate:
    """The estimate from one value a seed. Raises ValueError of none."""
    if not values:
        raise ValueError("no run to take a mean of")
    if len(values) == 1:
        return Estimate(values[0], None)
    n_free = len(values) - 1
    quantile = _T[n_free - 1] if n_free <= len(_T) else _NORMAL
    return Estimate(mean(values), quantile * stdev(values) / sqrt(len(values)))


def words_to_loss(curve: Sequence[dict[str, float]], loss: float) -> float | None:
    """How many words are read until the loss is first so low, between two points on a line; None where it never is."""
    for before, after in pairwise(curve):
        if after["loss"] <= loss:
            fall = before["loss"] - after["loss"]
            share = (before["loss"] - loss) / fall if fall > 0 else 1.0
            return before["words"] + share * (after["words"] - before["words"])
    return None


def geometric(values: Sequence[float]) -> float:
    """The geometric mean, which a single large gradient does not carry off."""
    product = 1.0
    for value in values:
        product *= max(value, 1e-300) ** (1 / len(values))
    return product


def small(value: float) -> str:
    """A number that may be nearly nothing, in few figures."""
    return f"{value:.3f}" if value >= 0.01 else f"{value:.0e}"
