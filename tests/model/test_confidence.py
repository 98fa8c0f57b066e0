"""Confidence: monotone, finite, and as often right as it says."""

from __future__ import annotations

import numpy as np
import pytest

from gru_lint.model.confidence import PlattScaling, log_odds
from gru_lint.training.measure.reliability import fit_scale


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999999, 1.0])
def test_a_scale_that_changes_nothing(share: float) -> None:
    assert PlattScaling().confidence(share) == pytest.approx(share, abs=1e-8)


@pytest.mark.parametrize("scale", [PlattScaling(0.5, 0.0), PlattScaling(2.0, -1.0), PlattScaling(1e6, 1e6)])
def test_a_surer_finding_stays_surer(scale: PlattScaling) -> None:
    confidences = [scale.confidence(share) for share in np.linspace(0, 1, 50)]
    assert confidences == sorted(confidences)
    assert 0 <= confidences[0] <= confidences[-1] <= 1


def findings(slope: float, intercept: float, n_findings: int = 20_000) -> list[tuple[float, bool]]:
    """Findings of which those with log-odds x are right with the odds slope · x + intercept."""
    random = np.random.default_rng(1)
    shares = random.uniform(0.5, 0.9999, n_findings)
    likely = [PlattScaling(slope, intercept).confidence(share) for share in shares]
    return [
        (float(share), bool(right)) for share, right in zip(shares, random.random(n_findings) < likely, strict=True)
    ]


@pytest.mark.parametrize(("slope", "intercept"), [(1.0, 0.0), (0.5, 0.3), (1.5, -1.0)])
def test_the_scale_behind_the_findings_is_found(slope: float, intercept: float) -> None:
    scale = fit_scale(findings(slope, intercept))
    assert (scale.slope, scale.intercept) == pytest.approx((slope, intercept), abs=0.1)


@pytest.mark.parametrize(
    "found",
    [
        pytest.param([], id="no finding"),
        pytest.param([(0.9, True)] * 5, id="every finding is right"),
        pytest.param([(0.6, False)] * 3 + [(0.99, True)] * 300, id="a threshold parts them"),
    ],
)
def test_few_findings_give_a_scale_all_the_same(found: list[tuple[float, bool]]) -> None:
    scale = fit_scale(found)
    assert 0.5 < scale.confidence(0.99) <= 1
    assert np.isfinite(log_odds(1.0))
