"""`python -m studies.verbs`: the simple RNN, the LSTM and the GRU judge verbs from their states alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gru_lint.training.command_line import console, existing, provenance, run
from studies import options as given

_PROGRAM = "studies.verbs"
application = typer.Typer(pretty_exceptions_enable=False, help=__doc__)

_LABELLED, _OUT = Path("training-runs/verbs"), Path("training-runs/study-of-verbs")
_RESULTS, _PAGE = Path("docs/study-of-verbs.json"), Path("docs/study.md")


@application.command()
def study(
    *,
    encoded: given.Encoded = given.ENCODED,
    labelled: Annotated[Path, typer.Option(help="What `label-verbs` wrote with its vocabulary.")] = _LABELLED,
    shared: given.Shared = given.SHARED,
    out: given.Out = _OUT,
    results: given.Results = _RESULTS,
    page: given.Page = _PAGE,
    steps: given.Steps = 1200,
    seeds: given.Seeds = "1,2,3",
    threads: given.Threads = 1,
    report: given.Report = False,
) -> None:
    """Train and measure every run that has no figures yet, then write the page."""
    from studies.cells.results import read_results
    from studies.verbs.page import write_page

    if not report:
        from studies.cells.command import parsed_seeds
        from studies.verbs.runs import StudyOptions
        from studies.verbs.runs import study as run_study

        options = StudyOptions(
            existing(encoded),
            existing(labelled),
            existing(shared),
            out,
            results,
            steps,
            parsed_seeds(seeds),
            threads,
            provenance(_PROGRAM),
        )
        run_study(options, console)
    write_page(read_results(existing(results)), existing(page))
    console.print(f"wrote {page}")


if __name__ == "__main__":
    run(application, _PROGRAM)
