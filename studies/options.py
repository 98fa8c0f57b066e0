"""What the commands of all studies take, and what their figures say of themselves."""

from __future__ import annotations

import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated

import typer

from gru_lint.training.__main__ import machine
from gru_lint.training.shown_command import shown_command

Encoded = Annotated[Path, typer.Option(help="What `python -m gru_lint.training prepare` wrote.")]
Shared = Annotated[Path, typer.Option(help="Folder with train/ and dev/.")]
Out = Annotated[Path, typer.Option(help="Where the checkpoints go; those that are there are gone on with.")]
Results = Annotated[Path, typer.Option(help="The figures; a run that has some is not repeated.")]
Page = Annotated[Path, typer.Option(help="Whose tables are written; the plots go into images/ beside it.")]
Steps = Annotated[int, typer.Option(help="Steps of every run.")]
Seeds = Annotated[str, typer.Option(help="Seeds, with commas between.")]
Threads = Annotated[int, typer.Option(help="CPU threads.")]
Report = Annotated[bool, typer.Option("--report", help="Write tables and plots from the figures, no more.")]

SHARED, ENCODED = Path("../shared/data"), Path("training-runs/encoded")


def about(program: str) -> dict[str, str]:
    """Command, date and machine of the run that was begun with `python -m program`."""
    command = shown_command(["python", "-m", program, *sys.argv[1:]])
    return {"command": command, "date": datetime.now(timezone.utc).date().isoformat(), "machine": machine()}
