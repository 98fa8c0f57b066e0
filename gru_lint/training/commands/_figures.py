"""Weights measured, and the figures written: as tables, as JSON, as a model card."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gru_lint.training.command_line import console, existing, provenance
from gru_lint.training.commands import PROGRAM


def measured(weights: Path, shared: Path, trials: Path | None = None, reports: Path | None = None) -> dict[str, Any]:
    """Every figure of the weights, and where it comes from."""
    from gru_lint.linter import Linter
    from gru_lint.training.measure.evaluate import evaluate

    with console.status("evaluating") as status:
        figures = evaluate(Linter(weights, resolve_all=True), existing(shared), status.update, trials, reports, weights)
    return {**provenance(PROGRAM), **figures}


def write_figures(figures: dict[str, Any], path: Path) -> None:
    """Prints the figures as tables and writes them as JSON."""
    from gru_lint.training.measure.tables import tables

    path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    for table in tables(figures):
        console.print(table.rich())
    console.print(f"wrote {path}")


def write_card(weights: Path, figures: dict[str, Any], path: Path) -> None:
    """Writes the model card of the weights with their figures."""
    from gru_lint.model.weights import read_weights
    from gru_lint.training.measure.model_card import model_card

    path.write_text(model_card(read_weights(weights), figures), encoding="utf-8")
