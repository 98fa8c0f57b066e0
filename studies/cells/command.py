"""The study from its corpora to its page: every run is trained, measured and written down, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console

from gru_lint.english.lexicon import Lexicon
from gru_lint.english.vocabulary import load_vocabulary
from gru_lint.model.weights import Weights, default_weights_path, read_weights
from gru_lint.training.export import read_checkpoint
from studies.cells.configurations import Sizes, configurations
from studies.cells.corpus_part import write_part
from studies.cells.costs import costs, learning_curve
from studies.cells.material import FARTHEST, N_PAIRS, Material, read_material
from studies.cells.measuring import (
    measure_ablations,
    measure_gates,
    measure_gradients,
    measure_nearest,
    measure_scores,
)
from studies.cells.results import Results, Row, read_results, with_row, write_results
from studies.cells.runs import BATCH_WORDS, LEARNING_RATE, Run, planned, train
from studies.cells.scores import FALSE_ALARMS

# One document in so many is read: a run of a few million words does not come round to the rest.
_EVERY = 6


@dataclass(frozen=True, slots=True)
class StudyOptions:
    """What is run and where its figures go.

    only   names of configurations; empty for all
    again  whether runs that have a row are measured once more (they are not trained again)
    """

    encoded: Path
    shared: Path
    out: Path
    results: Path
    steps: int
    seeds: tuple[int, ...]
    only: tuple[str, ...]
    threads: int
    again: bool
    about: Mapping[str, str]


def study(options: StudyOptions, console: Console) -> Results:
    """Everything that is planned and not yet in the results; each row is written as soon as it is there."""
    corpus = write_part(options.encoded, options.out / "corpus", _EVERY)
    runs = _chosen(options, corpus)
    results = read_results(options.results)
    material: Material | None = None
    for run in runs:
        name = run.configuration.name
        if results.row(name, run.seed, run.steps) and not options.again:
            continue
        console.print(f"{name}, seed {run.seed}, {run.steps:,} steps")
        train(run, corpus, options.threads, options.about["command"], console)
        if material is None:
            material = read_material(options.shared, run.configuration.architecture.window_length, console.print)
            results = _with_references(results, options, material)
        results = with_row(results, _row(run, corpus, material, console.print))
        write_results(results, options.results)
    return results


def _chosen(options: StudyOptions, corpus: Path) -> list[Run]:
    """The runs that are asked for. Raises ValueError for a configuration that there is not."""
    found = configurations(Sizes(len(load_vocabulary(corpus / "vocabulary.npz").words)))
    names = [configuration.name for configuration in found]
    for name in options.only:
        if name not in names:
            raise ValueError(f"{name}: no such configuration; there are {', '.join(names)}")
    chosen = [configuration for configuration in found if not options.only or configuration.name in options.only]
    return list(planned(chosen, options.seeds, options.steps, options.out))


def _with_references(results: Results, options: StudyOptions, material: Material) -> Results:
    """The results with what holds for all runs, and with what they are compared with."""
    # The runs of another budget do not change what is said of the first.
    about = results.about or {
        **options.about,
        "batch_words": BATCH_WORDS,
        "learning_rate": LEARNING_RATE,
        "documents": f"one in {_EVERY}",
        "false_alarms": FALSE_ALARMS,
        "pairs": N_PAIRS,
        "farthest": FARTHEST,
    }
    if results.shipped and not options.again:
        return replace(results, about=about)
    shipped = read_weights(default_weights_path())
    nearest = measure_nearest(Lexicon(shipped.vocabulary), material)
    return replace(results, about=about, nearest=nearest, shipped=_measures(shipped, material))


def _row(run: Run, corpus: Path, material: Material, report: Callable[[str], None]) -> Row:
    report("measuring")
    weights = read_checkpoint(run.checkpoint, corpus / "vocabulary.npz")
    architecture = run.configuration.architecture
    return {
        "name": run.configuration.name,
        "seed": run.seed,
        "steps": run.steps,
        "words": weights.metadata["words"],
        "cell": architecture.cell,
        "matched": run.configuration.matched,
        "attends": run.configuration.attends,
        "units": [architecture.n_forward, architecture.n_backward],
        "curve": learning_curve(run.log),
        "costs": costs(weights, material.timed, corpus),
        **_measures(weights, material),
    }


def _measures(weights: Weights, material: Material) -> dict[str, Any]:
    """Everything that is measured on weights, whoever trained them."""
    found: dict[str, Any] = {
        "scores": measure_scores(weights, material),
        "gradients": measure_gradients(weights, material),
    }
    if weights.architecture.cell != "rnn":
        found["gates"] = measure_gates(weights, material)
    if weights.architecture.cell == "gru":
        found["ablations"] = measure_ablations(weights, found["gates"]["kept_by_unit"], material)
    return found


def parsed_seeds(text: str) -> tuple[int, ...]:
    """The numbers in "1,2,3". Raises ValueError with a line for the user."""
    try:
        seeds = tuple(int(number) for number in text.split(","))
    except ValueError:
        raise ValueError(f"{text}: seeds are whole numbers with commas between, such as 1,2,3") from None
    return tuple(dict.fromkeys(seeds))


def parsed_names(text: str) -> tuple[str, ...]:
    """The names in "gru,lstm"; none of nothing."""
    return tuple(name for name in text.split(",") if name)
