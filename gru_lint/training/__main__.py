"""`python -m gru_lint.training`: prepare, fit, export, evaluate."""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
from rich.console import Console

from gru_lint.runtime.threads import use_one_thread
from gru_lint.training.shown_command import shown_command

application = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
console = Console()

_SHARED = Path("../shared/data")
_ENCODED = Path("training-runs/encoded")
_VERBS = Path("training-runs/verbs")
_VERB_TABLE = Path("gru_lint/english/verbs.txt")
_PERSON_NOUNS = Path("gru_lint/english/person_nouns.txt")
# Which part of the text that is tagged comes from each corpus; of short texts all.
_TAGGED_SHARES = {"fiction": 0.35, "wikipedia": 0.3, "contemporary": 0.25, "spoken": 0.05, "short": 0.15}
_RUN = Path("training-runs/run")
_MODEL = Path("model_weights")
_RELIABILITY_PLOT = Path("docs/reliability.png")
_CORPORA = ("fiction", "wikipedia", "contemporary", "spoken", "short")


@application.command()
def prepare(
    shared: Annotated[Path, typer.Option(help="Folder with train/ and lexicon/.")] = _SHARED,
    out: Annotated[Path, typer.Option(help="Where the vocabulary and the arrays go.")] = _ENCODED,
    only: Annotated[
        str, typer.Option(help='"composed": write that part anew, with the vocabulary that is there.')
    ] = "",
) -> None:
    """Tokenize the corpora, choose the vocabulary, write compact arrays. The only step that needs spaCy."""
    from gru_lint.training.data.name_lists import consensus_path
    from gru_lint.training.data.prepare import Sources, prepare_composed
    from gru_lint.training.data.prepare import prepare as prepare_corpora

    if only not in ("", "composed"):
        raise typer.BadParameter(f'{only}: choose "composed"', param_hint="--only")
    lexicon = shared / "lexicon"
    sources = Sources(
        corpora=tuple(existing(shared / "train" / f"{name}.txt.xz") for name in _CORPORA),
        names=existing(lexicon / "ssa_name_gender.tsv"),
        surnames=existing(lexicon / "census_surnames.txt"),
        vectors=existing(lexicon / "glove_6B_50d_top60k.npz"),
        consensus=existing(consensus_path()),
    )
    if only:
        existing(out / "vocabulary.npz")
    with console.status("reading") as status:
        (prepare_composed if only else prepare_corpora)(sources, out, status.update)
    console.print(f"wrote {out}")


@application.command()
def label_verbs(
    encoded: Annotated[Path, typer.Option(help="What `prepare` wrote: its vocabulary is used.")] = _ENCODED,
    shared: Annotated[Path, typer.Option(help="Folder with train/.")] = _SHARED,
    out: Annotated[
        Path, typer.Option(help="Where the labelled pieces go; `fit` takes those of its own folder.")
    ] = _VERBS,
    words: Annotated[int, typer.Option(help="About how many words are tagged.")] = 7_000_000,
    clauses: Annotated[int, typer.Option(help="How many documents of composed sentences are written.")] = 60_000,
) -> None:
    """Tag a part of the corpora and label the verbs and demonstratives in it, as pieces that `fit` reads.

    Beside them go composed sentences in which much stands between subject and verb.
    """
    from gru_lint.english.vocabulary import load_vocabulary
    from gru_lint.training.data.verb_labels import label_verbs as write_labelled
    from gru_lint.training.data.verb_labels import write_clauses

    vocabulary = load_vocabulary(existing(encoded / "vocabulary.npz"))
    corpora = {existing(shared / "train" / f"{name}.txt.xz"): share for name, share in _TAGGED_SHARES.items()}
    with console.status("tagging") as status:
        write_labelled(corpora, vocabulary, words, out, status.update)
        write_clauses(corpora, vocabulary, clauses, out, status.update)
    console.print(f"wrote {out}")


@application.command()
def list_verbs(
    tagged: Annotated[Path, typer.Option(help="What `label-verbs` wrote.")] = _VERBS,
    out: Annotated[Path, typer.Option(help="Where the table goes.")] = _VERB_TABLE,
) -> None:
    """Write the table of verbs from what `label-verbs` has tagged; then label the verbs once more."""
    from gru_lint.training.data.tagging import TaggedTokens
    from gru_lint.training.data.verb_table import verb_table

    corpora = [TaggedTokens.load(existing(tagged / f"{name}-tagged.npz"), name) for name in _TAGGED_SHARES]
    out.write_text(verb_table(corpora), encoding="utf-8")
    console.print(f"wrote {out}")


@application.command()
def list_people(
    encoded: Annotated[Path, typer.Option(help="What `prepare` wrote.")] = _ENCODED,
    shared: Annotated[Path, typer.Option(help="Folder with lexicon/.")] = _SHARED,
    out: Annotated[Path, typer.Option(help="Where the list goes.")] = _PERSON_NOUNS,
) -> None:
    """Write the list of nouns for people and animals, from lexicons and from what "who" follows."""
    from gru_lint.english.vocabulary import load_vocabulary
    from gru_lint.training.data.corpus import EncodedCorpus
    from gru_lint.training.data.person_nouns import person_nouns

    vocabulary = load_vocabulary(existing(encoded / "vocabulary.npz"))
    pieces = (path for name in _TAGGED_SHARES for path in sorted(encoded.glob(f"{name}-0*.npz")))
    lexicon = existing(shared / "lexicon" / "coreferee")
    out.write_text(person_nouns(lexicon, map(EncodedCorpus.load, pieces), vocabulary), encoding="utf-8")
    console.print(f"wrote {out}")


@application.command()
def fit(
    encoded: Annotated[Path, typer.Option(help="What `prepare` wrote.")] = _ENCODED,
    out: Annotated[Path, typer.Option(help="Where the checkpoint goes; one that is there is gone on with.")] = _RUN,
    words: Annotated[
        int, typer.Option(help="Words to read: the budget, over which the learning rate falls.")
    ] = 400_000_000,
    minutes: Annotated[
        float, typer.Option(help="Stops after so many, to be gone on with; changes nothing else.")
    ] = float("inf"),
    seed: Annotated[int, typer.Option(help="Order of the text, augmentation and first weights.")] = 1,
    cell: Annotated[str, typer.Option(help="rnn, lstm or gru.")] = "gru",
    n_forward: Annotated[int, typer.Option(help="Units of the encoder that reads from the left.")] = 256,
    n_backward: Annotated[int, typer.Option(help="Units of the encoder that reads from the right.")] = 128,
    batch_words: Annotated[int, typer.Option(help="Words in a batch of each process.")] = 4_096,
    learning_rate: Annotated[float, typer.Option(help="The highest; it falls to zero over the budget.")] = 4e-3,
    dropout: Annotated[float, typer.Option(help="Share of inputs and features left out.")] = 0.1,
    processes: Annotated[
        int, typer.Option(min=1, help="Processes that train together; one for each core that is idle.")
    ] = os.cpu_count() or 1,
    threads: Annotated[int, typer.Option(min=1, help="CPU threads of each process.")] = 1,
    precision: Annotated[
        str, typer.Option(help="Of the products: bfloat16, float32, or auto, which measures both and takes the faster.")
    ] = "auto",
    start_from: Annotated[
        Path | None, typer.Option(help="Exported weights to begin with, instead of from nothing.")
    ] = None,
    only_verbs: Annotated[
        bool, typer.Option("--only-verbs", help="Train the judge of verbs and nothing else, on pieces with labels.")
    ] = False,
) -> None:
    """Train, on a GPU where there is one; a kill loses three minutes at most: run it again to go on."""
    from gru_lint.english.vocabulary import load_vocabulary
    from gru_lint.model.sizes import N_GATES, Architecture
    from gru_lint.training.fit import FitOptions
    from gru_lint.training.fit import fit as fit_network
    from gru_lint.training.precision import PRECISIONS, fastest_precision

    if cell not in N_GATES:
        raise typer.BadParameter(f"{cell}: choose one of {', '.join(N_GATES)}", param_hint="--cell")
    if precision not in (*PRECISIONS, "auto"):
        raise typer.BadParameter(f"{precision}: choose {', '.join(PRECISIONS)} or auto", param_hint="--precision")
    if precision == "auto":
        precision = fastest_precision()
        console.print(f"products in {precision}: the faster of {' and '.join(PRECISIONS)} on this processor")
    vocabulary = load_vocabulary(existing(encoded / "vocabulary.npz"))
    sizes = Architecture(len(vocabulary.words), cell=cell, n_forward=n_forward, n_backward=n_backward)
    options = FitOptions(
        folder=encoded,
        out=out,
        words=words,
        minutes=minutes,
        processes=processes,
        start_from=start_from and existing(start_from),
        seed=seed,
        batch_words=batch_words,
        learning_rate=learning_rate,
        dropout=dropout,
        threads=threads,
        precision=precision,
        command=_command(),
        only_verbs=only_verbs,
    )
    console.print(f"wrote {fit_network(vocabulary, sizes, options, console)}")


@application.command()
def average(
    first: Annotated[Path, typer.Argument(help="Exported weights.")],
    second: Annotated[Path, typer.Argument(help="Exported weights of a run that began with the first.")],
    out: Annotated[Path, typer.Option(help="The folder that the weights go to; `export` chooses their thresholds.")],
) -> None:
    """Write the mean of two networks, of which one was trained on from the other."""
    from gru_lint.model.weights import read_weights
    from gru_lint.training.export import averaged
    from gru_lint.training.export import export as export_weights

    weights = averaged(read_weights(existing(first)), read_weights(existing(second)), _command())
    console.print(f"wrote {export_weights(weights, out)}")


@application.command()
def export(
    checkpoint: Annotated[Path, typer.Option(help="What `fit` or `average` wrote.")] = _RUN / "checkpoint.pt",
    encoded: Annotated[Path, typer.Option(help="What `prepare` wrote.")] = _ENCODED,
    shared: Annotated[Path, typer.Option(help="Folder with train/ and dev/.")] = _SHARED,
    out: Annotated[Path, typer.Option(help="Where the weights go.")] = _MODEL,
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
        calibration = calibrate(Linter(path, resolve_all=True), existing(shared / "train"), composer, status.update)
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
    figures = _measure(path, shared)
    _write_figures(figures, out / "figures.json")
    _write_card(path, figures, out / "MODEL_CARD.md")
    plot_reliability(figures, _RELIABILITY_PLOT)


@application.command()
def evaluate(
    weights: Annotated[
        Path | None, typer.Option(help="A weights file, by default the one that is shipped, or a checkpoint.")
    ] = None,
    shared: Annotated[Path, typer.Option(help="Folder with train/ and dev/.")] = _SHARED,
    out: Annotated[Path, typer.Option(help="Where the figures go, as JSON.")] = Path("training-runs/figures.json"),
    card: Annotated[Path | None, typer.Option(help="Where a model card with these figures goes, if anywhere.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="GAP, LitBank and short texts, in two minutes.")] = False,
    trials: Annotated[Path | None, typer.Option(help="A table of texts to try: id, kind, file, text, wrong.")] = None,
    reports: Annotated[
        Path | None, typer.Option(help="A table of sentences about verbs: id, kind, category, good, bad, ….")
    ] = None,
    encoded: Annotated[Path, typer.Option(help="What `prepare` wrote, for a checkpoint's vocabulary.")] = _ENCODED,
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
            figures = _measure(weights, shared, trials, reports)
            _write_figures(figures, out)
            if card is not None:
                _write_card(weights, figures, card)
            return
        from gru_lint.training.measure.quick import quick_figures, quick_lines

        with console.status("evaluating") as status:
            figures = quick_figures(weights, existing(shared), trials, reports, status.update)
    out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    for line in quick_lines(figures):
        console.print(line, highlight=False, soft_wrap=True)


def _measure(weights: Path, shared: Path, trials: Path | None = None, reports: Path | None = None) -> dict[str, Any]:
    from gru_lint.linter import Linter
    from gru_lint.training.measure.evaluate import evaluate as measure

    with console.status("evaluating") as status:
        figures = measure(Linter(weights, resolve_all=True), existing(shared), status.update, trials, reports, weights)
    today = datetime.now(timezone.utc).date().isoformat()
    return {"command": _command(), "date": today, "machine": machine(), **figures}


def _write_figures(figures: dict[str, Any], path: Path) -> None:
    from gru_lint.training.measure.tables import tables

    path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    for table in tables(figures):
        console.print(table.rich())
    console.print(f"wrote {path}")


def _write_card(weights: Path, figures: dict[str, Any], path: Path) -> None:
    from gru_lint.model.weights import read_weights
    from gru_lint.training.measure.model_card import model_card

    path.write_text(model_card(read_weights(weights), figures), encoding="utf-8")


def machine() -> str:
    """The machine in a few words, for figures that depend on it."""
    return f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"


def _command() -> str:
    return shown_command(["python", "-m", "gru_lint.training", *sys.argv[1:]])


def existing(path: Path) -> Path:
    """The path; where nothing is there, the command ends with a line that says so."""
    if not path.exists():
        console.print(f"gru-lint: {path}: no such file or directory", style="red", highlight=False)
        raise typer.Exit(2)
    return path


def run(commands: typer.Typer, name: str) -> None:
    """Runs what the command line names; what cannot be done is said in a line.

    name  what the commands stand after
    """
    arguments: dict[str, Any] = {"prog_name": name}
    try:
        commands(**arguments)
    except (FileNotFoundError, ValueError) as error:
        console.print(f"gru-lint: {error}", style="red", highlight=False)
        sys.exit(2)


if __name__ == "__main__":
    run(application, "python -m gru_lint.training")
