"""`evaluate`: weights are measured on every set."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from gru_lint.runtime.threads import use_one_thread
from gru_lint.training.command_line import console, existing
from gru_lint.training.commands._figures import measured, write_card, write_figures
from gru_lint.training.commands._folders import ENCODED, SHARED


def evaluate(
    weights: Annotated[
        Path | None, typer.Option(help="A weights file, by default the one that is shipped, or a checkpoint.")
    ] = None,
    shared: Annotated[Path, typer.Option(help="Folder with train/ and dev/.")] = SHARED,
    out: Annotated[Path, typer.Option(help="Where the figures go, as JSON.")] = Path("training-runs/figures.json"),
    card: Annotated[Path | None, typer.Option(help="Where a model card with these figures goes, if anywhere.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="GAP, LitBank and short texts, in two minutes.")] = False,
    trials: Annotated[Path | None, typer.Option(help="A table of texts to try: id, kind, file, text, wrong.")] = None,
    reports: Annotated[
        Path | None, typer.Option(help="A table of sentences about verbs: id, kind, category, good, bad, ….")
    ] = None,
    encoded: Annotated[Path, typer.Option(help="What `prepare` wrote, for a checkpoint's vocabulary.")] = ENCODED,
) -> None:
    """Measure recall and false alarms on every set; print tables and write them as JSON."""
    use_one_thread()
    from gru_lint.model.weights import default_weights_path

    out.parent.mkdir(parents=True, exist_ok=True)
    weights = existing(weights or default_weights_path())
    trials, reports = trials and existing(trials), reports and existing(reports)
    with TemporaryDirectory() as folder:
        if weights.suffix == ".pt":
            from gru_lint.training.export import export as export_weights
            from gru_lint.training.export import read_checkpoint

            weights = export_weights(read_checkpoint(weights, existing(encoded / "vocabulary.npz")), Path(folder))
        if not quick:
            figures = measured(weights, shared, trials, reports)
            write_figures(figures, out)
            if card is not None:
                write_card(weights, figures, card)
            return
        from gru_lint.training.measure.quick import quick_figures, quick_lines

        with console.status("evaluating") as status:
            figures = quick_figures(weights, existing(shared), trials, reports, status.update)
    out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    for line in quick_lines(figures):
        console.print(line, highlight=False, soft_wrap=True)
