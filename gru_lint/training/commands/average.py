"""`average`: the mean of two networks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gru_lint.training.command_line import console, existing, running_command
from gru_lint.training.commands import PROGRAM


def average(
    first: Annotated[Path, typer.Argument(help="Exported weights.")],
    second: Annotated[Path, typer.Argument(help="Exported weights of a run that began with the first.")],
    out: Annotated[Path, typer.Option(help="The folder that the weights go to; `export` chooses their thresholds.")],
) -> None:
    """Write the mean of two networks, of which one was trained on from the other."""
    from gru_lint.model.weights import read_weights
    from gru_lint.training.export import averaged
    from gru_lint.training.export import export as export_weights

    weights = averaged(read_weights(existing(first)), read_weights(existing(second)), running_command(PROGRAM))
    console.print(f"wrote {export_weights(weights, out)}")
