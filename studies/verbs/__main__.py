"""`python -m studies.verbs`: the simple RNN, the LSTM and the GRU judge verbs from their states alone."""

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
_ENCODED, _LABELLED = Path("training-runs/encoded"), Path("training-runs/verbs")
_OUT = Path("training-runs/study-of-verbs")
_RESULTS, _PAGE = Path("docs/study-of-verbs.json"), Path("docs/study.md")


@application.command()
def study(
    *,
    encoded: Annotated[Path, typer.Option(help="What `python -m gru_lint.training prepare` wrote.")] = _ENCODED,
    labelled: Annotated[Path, typer.Option(help="What `label-verbs` wrote with its vocabulary.")] = _LABELLED,
    shared: Annotated[Path, typer.Option(help="Folder with train/ and dev/.")] = _SHARED,
    out: Annotated[Path, typer.Option(help="Where the checkpoints go; those that are there are gone on with.")] = _OUT,
    results: Annotated[Path, typer.Option(help="The figures; a run that has some is not repeated.")] = _RESULTS,
    page: Annotated[Path, typer.Option(help="Whose tables are written; the plots go into images/ beside it.")] = _PAGE,
    steps: Annotated[int, typer.Option(help="Steps of every run.")] = 1200,
    seeds: Annotated[str, typer.Option(help="Seeds, with commas between.")] = "1,2,3",
    threads: Annotated[int, typer.Option(help="CPU threads.")] = 1,
    report: Annotated[bool, typer.Option("--report", help="Write tables and plots from the figures, no more.")] = False,
) -> None:
    """Train and measure every run that has no figures yet, then write the page."""
    from studies.cells.results import read_results
    from studies.verbs.page import write_page

    if not report:
        from studies.cells.command import parsed_seeds
        from studies.verbs.runs import StudyOptions
        from studies.verbs.runs import study as run_study

        command = shlex.join(["python", "-m", "studies.verbs", *sys.argv[1:]])
        about = {"command": command, "date": datetime.now(timezone.utc).date().isoformat(), "machine": machine()}
        run_study(
            StudyOptions(
                _existing(encoded), _existing(labelled), _existing(shared), out, results, steps, parsed_seeds(seeds),
                threads, about,
            ),
            console,
        )  # fmt: skip
    write_page(read_results(_existing(results)), _existing(page))
    console.print(f"wrote {page}")


def _existing(path: Path) -> Path:
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file or directory")
    return path


if __name__ == "__main__":
    run(application, "python -m studies.verbs")
