"""`python -m studies.cells`: the simple RNN, the LSTM and the GRU in the same network, compared."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gru_lint.training.command_line import console, existing, provenance, run
from studies import options as given

_PROGRAM = "studies.cells"
application = typer.Typer(pretty_exceptions_enable=False, help=__doc__)

_OUT = Path("training-runs/study")
_RESULTS, _PAGE = Path("docs/study.json"), Path("docs/study.md")


@application.command()
def study(
    *,
    encoded: given.Encoded = given.ENCODED,
    shared: given.Shared = given.SHARED,
    out: given.Out = _OUT,
    results: given.Results = _RESULTS,
    page: given.Page = _PAGE,
    steps: given.Steps = 1200,
    seeds: given.Seeds = "1,2,3",
    only: Annotated[str, typer.Option(help="Configurations, with commas between; all by default.")] = "",
    threads: given.Threads = 1,
    again: Annotated[bool, typer.Option(help="Measure once more what has been measured.")] = False,
    report: given.Report = False,
) -> None:
    """Compare the simple RNN, the LSTM and the GRU: same network, same text, same steps, several seeds."""
    from studies.cells.report import write_report
    from studies.cells.results import read_results

    if not report:
        from studies.cells.command import StudyOptions, parsed_names, parsed_seeds
        from studies.cells.command import study as run_study

        options = StudyOptions(
            encoded,
            existing(shared),
            out,
            results,
            steps,
            parsed_seeds(seeds),
            parsed_names(only),
            threads,
            again,
            provenance(_PROGRAM),
        )
        run_study(options, console)
    write_report(read_results(existing(results)), existing(page))
    console.print(f"wrote {page}")


if __name__ == "__main__":
    run(application, _PROGRAM)
