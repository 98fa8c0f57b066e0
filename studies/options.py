"""The options that the commands of all studies have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
