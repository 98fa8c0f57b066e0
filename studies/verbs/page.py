"""The study's part of the page: its tables are written between marks, its plots beside the page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from gru_lint.files.write import write_file
from gru_lint.training.measure.blimp_verbs import BLIMP_SETS
from gru_lint.training.measure.tables import Table
from studies.cells.figures import draw, plot_shares
from studies.cells.report import filled
from studies.cells.results import Results, Row
from studies.cells.study_tables import LABELS, by_configuration, percents
from studies.cells.summary import estimate

_GROUPINGS = {
    "attractors": "nouns of the other number between subject and verb",
    "distances": "words from subject to verb",
}


def write_page(results: Results, page: Path) -> None:
    """Writes tables into the page and plots into images/ beside it. Raises ValueError where a place has no table."""
    if not results.rows:
        raise ValueError(f"{page}: there are no results yet; run the study first")
    text = filled(page.read_text(encoding="utf-8"), "verbs", dict(_parts(results)))
    write_file(page, text.encode())
    rows = by_configuration(results)
    for grouping, label in _GROUPINGS.items():
        path = page.parent / "images" / f"study-verbs-{grouping}.png"
        draw(path, partial(_plot, rows=rows, grouping=grouping, label=label))


def _parts(results: Results) -> Iterator[tuple[str, str]]:
    about, rows = results.about, by_configuration(results)
    words = estimate([row["words"] for row in results.rows]).mean / 1e6
    yield (
        "about",
        f"`{about['command']}`, {about['date']}, {about['machine']}. Batches of {about['batch_words']:,} words, "
        f"learning rate {about['learning_rate']:g} falling to zero, {words:.2f} million words a run, seeds "
        f"{', '.join(str(row['seed']) for row in next(iter(rows.values())))}.\n",
    )
    for grouping, label in _GROUPINGS.items():
        yield grouping, Table(grouping, (label, *_groups(rows, grouping)), tuple(_shares(rows, grouping))).markdown()
    header = ("BLiMP", *(LABELS[name] for name in rows), "people", "LSTM", "GPT-2")
    yield "blimp", Table("blimp", header, tuple(_blimp(rows))).markdown()


def _groups(rows: dict[str, list[Row]], grouping: str) -> list[str]:
    """The groups in the order of their numbers: "1", "2", "3 to 4"."""
    return sorted(next(iter(rows.values()))[0][grouping], key=lambda group: int(group.split()[0]))


def _shares(rows: dict[str, list[Row]], grouping: str) -> Iterator[tuple[str, ...]]:
    groups = _groups(rows, grouping)
    for name, runs in rows.items():
        yield LABELS[name], *(percents(run[grouping][group]["right"] for run in runs) for group in groups)
    counted = next(iter(rows.values()))[0][grouping]
    yield "*verbs*", *(f"{counted[group]['verbs']:,}" for group in groups)


def _blimp(rows: dict[str, list[Row]]) -> Iterator[tuple[str, ...]]:
    for name, (people, _, lstm, gpt2) in BLIMP_SETS.items():
        own = (percents(run["blimp"][name] for run in runs) for runs in rows.values())
        yield name.replace("_", " "), *own, *(f"{100 * other:.1f}" for other in (people, lstm, gpt2))


def _plot(axes: Any, rows: dict[str, list[Row]], grouping: str, label: str) -> None:
    groups = _groups(rows, grouping)
    shares = {
        name: np.array([[run[grouping][group]["right"] for group in groups] for run in runs], np.float64)
        for name, runs in rows.items()
    }
    plot_shares(axes, shares, groups, label, "verbs judged rightly")
