"""The figures of an evaluation as pictures for the docs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

# A bin with fewer findings says more about chance than about confidence.
_FEWEST_FINDINGS = 30


def plot_reliability(figures: dict[str, Any], path: Path) -> None:
    """Writes the share of findings that is right against their confidence, a line a rule."""
    # Takes a second to import, and only the exporter draws.
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(5.2, 4.6), layout="constrained")
    axes.plot([0.5, 1.0], [0.5, 1.0], color="0.7", linewidth=1, label="as sure as right")
    for rule, bins in figures["reliability"].items():
        shown = [row for row in bins if row["findings"] >= _FEWEST_FINDINGS]
        axes.plot([row["confidence"] for row in shown], [row["right"] for row in shown], marker="o", label=rule)
    axes.set_xlabel("confidence of the finding")
    axes.set_ylabel("share of the findings that is right")
    axes.legend(frameon=False)
    figure.savefig(path, dpi=150, metadata={"Software": None})
    pyplot.close(figure)
