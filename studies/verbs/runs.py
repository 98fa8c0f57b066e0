"""The study from its corpora to its figures: every run is trained, measured and written down, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

import studies.cells.other_cells  # noqa: F401 - lets weights of these cells be judged with
from gru_lint.english.vocabulary import load_vocabulary
from gru_lint.training.export import read_checkpoint
from studies.cells.configurations import Sizes, configurations
from studies.cells.corpus_part import write_part
from studies.cells.results import Results, read_results, with_row, write_results
from studies.cells.runs import BATCH_WORDS, LEARNING_RATE, planned, train
from studies.cells.scores import quick_network
from studies.verbs.material import Material, measure, read_material

# One document in so many is read: a run of a few million words does not come round to the rest.
_EVERY = 4


@dataclass(frozen=True, slots=True)
class StudyOptions:
    """What is run and where its figures go."""

    encoded: Path
    labelled: Path
    shared: Path
    out: Path
    results: Path
    steps: int
    seeds: tuple[int, ...]
    threads: int
    about: Mapping[str, str]


def study(options: StudyOptions, console: Console) -> Results:
    """Everything that is planned and not yet in the results; each row is written as soon as it is there."""
    corpus = write_part(options.encoded, options.out / "corpus", _EVERY, options.labelled)
    sizes = Sizes(len(load_vocabulary(corpus / "vocabulary.npz").words))
    chosen = [configuration for configuration in configurations(sizes) if not configuration.attends]
    results = read_results(options.results)
    # Seeds may come in several sittings: the command is the last one's, which has them all.
    about = {**options.about, "batch_words": BATCH_WORDS, "learning_rate": LEARNING_RATE}
    results = replace(results, about=about)
    material: Material | None = None
    for run in planned(chosen, options.seeds, options.steps, options.out):
        name = run.configuration.name
        if results.row(name, run.seed, run.steps):
            continue
        console.print(f"{name}, seed {run.seed}, {run.steps:,} steps")
        train(run, corpus, options.threads, options.about["command"], console)
        if material is None:
            console.print("looking for subjects in held-out text")
            material = read_material(options.shared, run.configuration.architecture.window_length)
        weights = read_checkpoint(run.checkpoint, corpus / "vocabulary.npz")
        row = {"name": name, "seed": run.seed, "steps": run.steps, "words": weights.metadata["words"]}
        results = with_row(results, {**row, **measure(quick_network(weights), material)})
        write_results(results, options.results)
    return results
