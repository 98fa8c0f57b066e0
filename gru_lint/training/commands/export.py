"""`export`: a checkpoint becomes calibrated weights with a model card."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from gru_lint.runtime.threads import use_one_thread
from gru_lint.training.command_line import console, existing
from gru_lint.training.commands._figures import measured, write_card, write_figures
from gru_lint.training.commands._folders import ENCODED, MODEL, RUN, SHARED

_RELIABILITY_PLOT = Path("docs/reliability.png")


def export(
    checkpoint: Annotated[Path, typer.Option(help="What `fit` or `average` wrote.")] = RUN / "checkpoint.pt",
    encoded: Annotated[Path, typer.Option(help="What `prepare` wrote.")] = ENCODED,
    shared: Annotated[Path, typer.Option(help="Folder with train/ and dev/.")] = SHARED,
    out: Annotated[Path, typer.Option(help="Where the weights go.")] = MODEL,
) -> None:
    """Write the weights of a checkpoint: thresholds from held-out documents, figures from others, the model card."""
    use_one_thread()
    from gru_lint.linter import Linter
    from gru_lint.model.weights import ProfileThresholds, read_weights
    from gru_lint.training.data.name_lists import composer_for, read_bearers
    from gru_lint.training.export import export as export_weights
    from gru_lint.training.export import read_checkpoint
    from gru_lint.training.measure.calibrate import calibrate
    from gru_lint.training.measure.calibrate_forms import calibrate_forms
    from gru_lint.training.measure.evaluation_sets import read_gap
    from gru_lint.training.measure.plots import plot_reliability

    if existing(checkpoint).suffix == ".pt":
        weights = read_checkpoint(checkpoint, existing(encoded / "vocabulary.npz"))
    else:
        weights = replace(read_weights(checkpoint), scales={}, thresholds={}, short_thresholds={}, profiles={})
    lexicon = shared / "lexicon"
    bearers = read_bearers(existing(lexicon / "ssa_name_gender.tsv"))
    composer = composer_for(bearers, existing(lexicon / "census_surnames.txt"))
    path = export_weights(weights, out)
    with console.status("calibrating") as status:
        balanced = list(read_gap(existing(shared / "dev" / "gap" / "gap-validation.tsv")))
        by_all = Linter(path, resolve_all=True)
        calibration = calibrate(by_all, existing(shared / "train"), balanced, composer, status.update)
        linter = Linter(path)
        parts = [calibration]
        if linter.network.judges_forms:
            parts.append(calibrate_forms(linter, shared / "train", status.update))
    profiles = {
        name: ProfileThresholds(
            {rule: least for part in parts for rule, least in part.profiles[name].long.items()},
            {rule: least for part in parts for rule, least in part.profiles[name].short.items()},
        )
        for name in calibration.profiles
    }
    by_default = profiles.pop("default")
    weights = replace(
        weights,
        scales={rule: scale for part in parts for rule, scale in part.scales.items()},
        thresholds=by_default.long,
        short_thresholds=by_default.short,
        profiles=profiles,
    )
    export_weights(weights, out)
    console.print(f"wrote {path} ({path.stat().st_size / 1e6:.1f} MB)")
    read_weights.cache_clear()
    figures = measured(path, shared)
    write_figures(figures, out / "figures.json")
    write_card(path, figures, out / "MODEL_CARD.md")
    plot_reliability(figures, _RELIABILITY_PLOT)
