"""The plots of the study's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from studies.cells.results import Results, Row
from studies.cells.study_tables import LABELS, by_configuration

_COLOURS = {"gru": "#c4451c", "lstm": "#2563a8", "rnn": "#4d8a3f"}
_SIZE = (8.0, 4.2)


def plot_study(results: Results, folder: Path) -> list[Path]:
    """Writes every plot into a folder; returns their paths."""
    rows = by_configuration(results)
    drawings: dict[str, Callable[[Any], None]] = {
        "study-litbank": lambda axes: _by_group(axes, rows, ("litbank",), "accuracy", "words since the last name"),
        "study-alone": lambda axes: _by_group(axes, rows, ("controlled", "alone"), "recall", "words between"),
        "study-changed": lambda axes: _by_group(axes, rows, ("controlled", "changed"), "accuracy", "words between"),
        "study-judgement": lambda axes: _gradients(axes, rows, "judgement"),
        "study-through-states": lambda axes: _gradients(axes, rows, "through_states"),
        "study-encoder": lambda axes: _gradients(axes, rows, "encoder"),
        "study-loss": lambda axes: _losses(axes, rows),
        "study-trace": lambda axes: _traces(axes, rows, results),
    }
    return [draw(folder / f"{name}.png", drawing) for name, drawing in drawings.items()]


def draw(path: Path, drawing: Callable[[Any], None]) -> Path:
    """Writes one plot, drawn on the axes that are handed to `drawing`; returns its path."""
    # Takes a second to import, and only a report draws.
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams.update(
        {"axes.spines.top": False, "axes.spines.right": False, "axes.grid": True, "grid.color": "0.9", "font.size": 10}
    )
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=_SIZE, layout="constrained")
    drawing(axes)
    axes.legend(frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(1.0, 0.5))
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110, metadata={"Software": None})
    pyplot.close(figure)
    return path


def style(name: str) -> dict[str, Any]:
    """A colour a cell; dashed where parameters are matched, dotted without attention."""
    line = "--" if name.endswith("-matched") else ":" if name.endswith("-blind") else "-"
    return {"color": _COLOURS[name.partition("-")[0]], "linestyle": line, "label": LABELS[name], "linewidth": 1.6}


def plot_shares(
    axes: Any, shares: Mapping[str, npt.NDArray[np.float64]], groups: Sequence[str], label: str, measure: str
) -> None:
    """A line for each configuration through the means of its seeds.

    shares  (seeds, groups), 0..1, by the name of the configuration
    """
    for number, (name, of_seeds) in enumerate(shares.items()):
        percents = 100 * of_seeds
        places = np.arange(len(groups)) + 0.04 * (number - len(shares) / 2)
        means = percents.mean(axis=0)
        reach = (means - percents.min(axis=0), percents.max(axis=0) - means)
        axes.errorbar(places, means, reach, elinewidth=0.8, marker="o", markersize=3, **style(name))
    axes.set_xticks(range(len(groups)), groups)
    axes.set_xlabel(label)
    axes.set_ylabel(f"{measure}, % (bars: lowest and highest seed)")


def _by_group(axes: Any, rows: dict[str, list[Row]], path: Sequence[str], measure: str, label: str) -> None:
    found = {name: [reduce(getitem, path, run["scores"]) for run in runs] for name, runs in rows.items()}
    first = next(iter(found.values()))[0]
    groups = [group for group in first if first[group]["pronouns"]]
    shares = {
        name: np.array([[scores[group][measure] for group in groups] for scores in of_seeds], np.float64)
        for name, of_seeds in found.items()
    }
    plot_shares(axes, shares, groups, label, measure)


def _gradients(axes: Any, rows: dict[str, list[Row]], kind: str) -> None:
    for name, runs in rows.items():
        logarithms = np.log10([np.maximum(run["gradients"][kind]["mean"], 1e-300) for run in runs])
        steps = np.arange(1, logarithms.shape[1] + 1)
        look = style(name)
        axes.plot(steps, 10 ** logarithms.mean(axis=0), **look)
        axes.fill_between(
            steps, 10 ** logarithms.min(axis=0), 10 ** logarithms.max(axis=0), color=look["color"], alpha=0.1, lw=0
        )
    axes.set_yscale("log")
    axes.set_ylim(bottom=1e-9)
    axes.set_xlabel("words back, k")
    axes.set_ylabel("norm (band: lowest and highest seed)")


def _losses(axes: Any, rows: dict[str, list[Row]]) -> None:
    for name, runs in rows.items():
        length = min(len(run["curve"]) for run in runs)
        words = [point["words"] / 1e6 for point in runs[0]["curve"][:length]]
        losses = np.mean([[point["loss"] for point in run["curve"][:length]] for run in runs], axis=0)
        axes.plot(words[2:], losses[2:], **style(name))
    axes.set_xlabel("million words read")
    axes.set_ylabel("loss of the judge, mean of the seeds")


def _traces(axes: Any, rows: dict[str, list[Row]], results: Results) -> None:
    for name, runs in rows.items():
        if "gates" in runs[0]:
            trace = np.mean([run["gates"]["trace"]["best_tenth"] for run in runs], axis=0)
            axes.plot(np.arange(1, len(trace) + 1), trace, **style(name))
    if results.shipped:
        trace = np.array(results.shipped["gates"]["trace"]["best_tenth"])
        axes.plot(np.arange(1, len(trace) + 1), trace, color="0.2", label="shipped GRU", linewidth=1.6)
    axes.set_yscale("log")
    axes.set_ylim(bottom=1e-6)
    axes.set_xlabel("words after the subject")
    axes.set_ylabel("left of the tenth of the units that keeps most")
