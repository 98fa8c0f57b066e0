"""`python -m studies.cells`: the simple RNN, the LSTM and the GRU in the same network, compared."""

from __future__ import annotations

import shlex
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from gru_lint.training.__main__ import machine, run

application = typer.Typer(pretty_exceptions_enable=False, help=__doc__)
console = Console()

_SHARED = Path("../shared/data")
_ENCODED = Path("training-runs/encoded")
_OUT = Path("training-runs/study")
_RESULTS, _PAGE = Path("docs/study.json"), Path("docs/study.md")


@application.command()
def study(
    *,
    encoded: Annotated[Path, typer.Option(help="What `python -m gru_lint.training prepare` wrote.")] = _ENCODED,
    shared: Annotated[Path, typer.Option(help="Folder with train/ and dev/.")] = _SHARED,
    out: Annotated[Path, typer.Option(help="Where the checkpoints go; those that are there are gone on with.")] = _OUT,
    results: Annotated[Path, typer.Option(help="The figures; a run that has some is not repeated.")] = _RESULTS,
    page: Annotated[Path, typer.Option(help="Whose tables are written; the plots go into images/ beside it.")] = _PAGE,
    steps: Annotated[int, typer.Option(help="Steps of every run.")] = 1200,
    seeds: Annotated[str, typer.Option(help="Seeds, with commas between.")] = "1,2,3",
    only: Annotated[str, typer.Option(help="Configurations, with commas between; all by default.")] = "",
    threads: Annotated[int, typer.Option(help="CPU threads.")] = 1,
    again: Annotated[bool, typer.Option(help="Measure once more what has been measured.")] = False,
    report: Annotated[bool, typer.Option("--report", help="Write tables and plots from the figures, no more.")] = False,
) -> None:
    """Compare the simple RNN, the LSTM and the GRU: same network, same text, same steps, several seeds."""
    from studies.cells.report import write_report
    from studies.cells.results import read_results

    if not report:
        from studies.cells.command import StudyOptions, parsed_names, parsed_seeds
        from studies.cells.command import study as run_study

        command = shlex.join(["python", "-m", "studies.cells", *sys.argv[1:]])
        about = {"command": command, "date": datetime.now(timezone.utc).date().isoformat(), "machine": machine()}
        options = StudyOptions(
            encoded,
            _existing(shared),
            out,
            results,
            steps,
            parsed_seeds(seeds),
            parsed_names(only),
            threads,
            again,
            about,
        )
        run_study(options, console)
    write_report(read_results(_existing(results)), _existing(page))
    console.print(f"wrote {page}")


def _existing(path: Path) -> Path:
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file or directory")
    return path


if __name__ == "__main__":
    run(application, "python -m studies.cells")
