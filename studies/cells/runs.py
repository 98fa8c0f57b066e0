"""The runs of a study: each is trained once, and goes on where it was stopped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from rich.console import Console

from gru_lint.english.vocabulary import load_vocabulary
from gru_lint.training.fit import FitOptions, fit
from studies.cells.configurations import CellConfiguration

BATCH_WORDS = 3072
LEARNING_RATE = 2e-3
_DROPOUT = 0.1
# The steps alone end a run.
_NO_LIMIT = 1_000_000_000_000


@dataclass(frozen=True, slots=True)
class Run:
    """A configuration with a seed and a number of steps, and the folder where its checkpoint lies."""

    configuration: CellConfiguration
    seed: int
    steps: int
    folder: Path

    @property
    def checkpoint(self) -> Path:
        return self.folder / "checkpoint.pt"

    @property
    def log(self) -> Path:
        return self.folder / "log.tsv"


def planned(configurations: Sequence[CellConfiguration], seeds: Sequence[int], steps: int, out: Path) -> Iterator[Run]:
    """Every run, seed by seed, so that a study that is stopped has compared like with like; the blind ones last."""
    for attends in (True, False):
        for seed in seeds:
            for configuration in configurations:
                if configuration.attends == attends:
                    folder = out / f"{steps}-steps" / f"{configuration.name}-{seed}"
                    yield Run(configuration, seed, steps, folder)


def is_trained(run: Run) -> bool:
    """Whether the checkpoint is that of the last step."""
    if not run.checkpoint.exists():
        return False
    state = torch.load(run.checkpoint, map_location="cpu", weights_only=True)
    return bool(state["progression"]["step"] >= run.steps)


def train(run: Run, corpus: Path, threads: int, command: str, console: Console) -> None:
    """Trains the run to its last step, from its checkpoint where there is one; nothing is done twice."""
    if is_trained(run):
        return
    options = FitOptions(
        folder=corpus,
        out=run.folder,
        words=_NO_LIMIT,
        steps=run.steps,
        seed=run.seed,
        batch_words=BATCH_WORDS,
        learning_rate=LEARNING_RATE,
        dropout=_DROPOUT,
        threads=threads,
        precision="float32",
        command=command,
        attends=run.configuration.attends,
    )
    vocabulary = load_vocabulary(corpus / "vocabulary.npz")
    fit(vocabulary, run.configuration.architecture, options, console)
