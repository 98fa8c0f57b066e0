"""Training: batches through the network until the budget of words is spent, with checkpoints on the way."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from gru_lint.english.vocabulary import Vocabulary, vocabulary_digest
from gru_lint.model.sizes import Architecture
from gru_lint.runtime.memory import disable_heap_trimming
from gru_lint.training.checkpoint import Provenance, TrainingState, corpus_digest, resume, save, start_from
from gru_lint.training.data.augment import AugmentationRates, WordTables, word_tables
from gru_lint.training.data.batches import make_batch, prefetched
from gru_lint.training.data.sampling import CorpusPiece, epoch_batches, load_pieces
from gru_lint.training.loss import loss_of
from gru_lint.training.model.network import AgreementNetwork, Batch
from gru_lint.training.parallel import Processes, run_processes
from gru_lint.training.precision import without_denormals
from gru_lint.training.teachers import Teachers

_SECONDS_BETWEEN_CHECKPOINTS = 180.0
# The learning rate rises over so many words, or a tenth of the budget where that is less, and then falls to zero.
_WARM_UP_WORDS = 1_000_000


@dataclass(frozen=True, slots=True)
class FitOptions:
    """One training run. It ends after so many words or steps, whichever comes first: the same on every machine.

    minutes     it stops after so many and can be continued; the learning rate does not depend on them
    processes   how many train together, each with batches of its own; see `parallel`
    precision   of the encoders' products, "bfloat16" or "float32"
    start_from  exported weights to begin with; None begins from nothing
    teachers    exported weights of networks from whose mean the head learns too; see `Teachers`
    attends     whether the head gets the outputs of the attentions over mentions, or the states alone
    only_verbs  whether only the head for verbs is trained, so that judgements on pronouns stay as they are
    """

    folder: Path
    out: Path
    words: int
    seed: int
    batch_words: int
    learning_rate: float
    dropout: float
    threads: int
    precision: str
    command: str
    steps: int = 1_000_000_000
    minutes: float = float("inf")
    processes: int = 1
    start_from: Path | None = None
    teachers: tuple[Path, ...] = ()
    rates: AugmentationRates = field(default_factory=AugmentationRates)
    attends: bool = True
    only_verbs: bool = False

    def share_spent(self, training_state: TrainingState) -> float:
        """0..1, how much of the budget is spent."""
        return min(1.0, max(training_state.n_words / self.words, training_state.step / self.steps))

    def learning_rate_at(self, training_state: TrainingState) -> float:
        """The learning rate of the next step."""
        n_words = training_state.n_words + self.batch_words * self.processes
        n_steps = training_state.step + 1
        warm_up = min(1.0, max(n_words / _WARM_UP_WORDS, 10 * n_words / self.words, 10 * n_steps / self.steps))
        return self.learning_rate * warm_up * (1.0 - self.share_spent(training_state)) + 1e-6


def fit(vocabulary: Vocabulary, sizes: Architecture, options: FitOptions, console: Console) -> Path:
    """Trains, or goes on where the checkpoint in `options.out` stopped; returns the checkpoint's path."""
    if options.processes > 1:
        run_processes(_train, options.processes, (vocabulary, sizes, options, None))
    else:
        _train(Processes(), vocabulary, sizes, options, console)
    return _checkpoint_of(options)


def _checkpoint_of(options: FitOptions) -> Path:
    return options.out / "checkpoint.pt"


def _train(
    processes: Processes, vocabulary: Vocabulary, sizes: Architecture, options: FitOptions, console: Console | None
) -> None:
    """One process of a run.

    console  None makes one of its own, since a console cannot be handed to another process
    """
    console = console or Console(quiet=processes.rank > 0)
    torch.set_num_threads(options.threads)
    disable_heap_trimming()
    device = torch.device("cuda" if torch.cuda.is_available() and processes.count == 1 else "cpu")
    tables = word_tables(vocabulary)
    pieces = load_pieces(options.folder, tables)
    sizes = replace(sizes, judges_verbs=any(piece.words.verbs is not None for piece in pieces))
    # Of all processes the same: they begin from the same weights.
    torch.manual_seed(options.seed)
    network = AgreementNetwork(sizes, options.dropout, getattr(torch, options.precision)).to(device)
    if options.only_verbs:
        for name, parameter in network.named_parameters():
            parameter.requires_grad_(name.startswith("verbs."))
    if not options.attends:
        network.ablate_mentions()
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=options.learning_rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
    )
    digest = vocabulary_digest(vocabulary)
    training_state = _begin(network, optimizer, options, vocabulary, console)
    teachers = Teachers(options.teachers, vocabulary, device) if options.teachers else None
    torch.manual_seed(options.seed + 1000 * processes.rank + training_state.step)
    provenance = Provenance(
        digest, corpus_digest(options.folder), options.seed, options.command, _machine(network, processes)
    )
    path = _checkpoint_of(options)
    started = time.monotonic() - training_state.seconds
    saved_at = training_state.seconds
    ends_at = training_state.seconds + 60 * options.minutes
    averages: dict[str, float] = {}
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[figures]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    log = (options.out / "log.tsv" if processes.rank == 0 else Path(os.devnull)).open("a", encoding="utf-8")
    with Progress(*columns, console=console, refresh_per_second=1) as progress, log, without_denormals():
        task = progress.add_task("training", total=1.0, figures="")
        batches = prefetched(_batches(pieces, sizes, options, tables, replace(training_state), processes))
        while options.share_spent(training_state) < 1.0 and training_state.seconds < ends_at:
            epoch, number, batch = next(batches)
            for group in optimizer.param_groups:
                group["lr"] = options.learning_rate_at(training_state)
            nll, accuracy = _step(
                network, optimizer, batch.to(device), options, processes, teachers, training_state.step
            )
            sums = processes.sum(torch.tensor([float(batch.lengths.sum()), nll, accuracy, time.monotonic() - started]))
            n_words, nll, accuracy, seconds = sums.tolist()
            training_state.epoch, training_state.batch = epoch, number
            training_state.step += 1
            training_state.n_words += round(n_words)
            # The mean of all clocks: all processes end at the same step.
            training_state.seconds = seconds / processes.count
            for name, value in (("loss", nll / processes.count), ("right", accuracy / processes.count)):
                averages[name] = 0.98 * averages.get(name, value) + 0.02 * value
            if training_state.step % 50 == 0:
                rate = training_state.n_words / training_state.seconds
                figures = f"loss {averages['loss']:.4f}  right {averages['right']:.1%}  {rate:,.0f} tokens/s"
                progress.update(task, completed=options.share_spent(training_state), figures=figures)
                row = (training_state.step, training_state.n_words, f"{training_state.seconds:.0f}", *averages.values())
                log.write("\t".join(str(field) for field in row) + "\n")
                log.flush()
            if training_state.seconds - saved_at > _SECONDS_BETWEEN_CHECKPOINTS:
                if processes.rank == 0:
                    save(path, network, optimizer, training_state, provenance)
                saved_at = training_state.seconds
    if processes.rank == 0:
        save(path, network, optimizer, training_state, provenance)
        if options.share_spent(training_state) < 1.0:
            console.print(f"stopped after {options.minutes:g} minutes; the same command goes on from {path}")


def _begin(
    network: AgreementNetwork,
    optimizer: torch.optim.Optimizer,
    options: FitOptions,
    vocabulary: Vocabulary,
    console: Console,
) -> TrainingState:
    """Loads what there is to begin with: the run's own checkpoint, exported weights, or vectors of the words."""
    options.out.mkdir(parents=True, exist_ok=True)
    path = _checkpoint_of(options)
    if path.exists():
        training_state = resume(path, network, optimizer, vocabulary_digest(vocabulary))
        console.print(f"resuming {path} at step {training_state.step:,}, {training_state.n_words:,} words")
        return training_state
    if (vectors_path := options.folder / "vectors.npy").exists():
        vectors = torch.from_numpy(np.load(vectors_path, allow_pickle=False).astype(np.float32))
        with torch.no_grad():
            network.words[:, : vectors.shape[1]] = vectors.to(network.words.device)
    if options.start_from is not None:
        missing = start_from(options.start_from, network, vocabulary)
        console.print(f"starting from {options.start_from}" + (f", without {', '.join(missing)}" if missing else ""))
    return TrainingState()


def _step(
    network: AgreementNetwork,
    optimizer: torch.optim.Optimizer,
    batch: Batch,
    options: FitOptions,
    processes: Processes,
    teachers: Teachers | None,
    number: int,
) -> tuple[float, float]:
    """One step of the optimizer; the head's negative log likelihood and accuracy on the batch before it."""
    network.train()
    taught = teachers.classes(batch) if teachers else None
    loss, nll, accuracy = loss_of(network, batch, options.attends, taught)
    if not torch.isfinite(loss):
        raise ValueError(f"the loss is not finite at step {number}; go on with a lower --learning-rate")
    optimizer.zero_grad(set_to_none=True)
    # Where nothing but verbs is trained, a batch may hold nothing to learn from.
    if loss.requires_grad:
        loss.backward()  # type: ignore[no-untyped-call]
    processes.average_gradients(network)
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return nll.item(), accuracy.item()


def _batches(
    pieces: list[CorpusPiece],
    sizes: Architecture,
    options: FitOptions,
    tables: WordTables,
    start: TrainingState,
    processes: Processes,
) -> Iterator[tuple[int, int, Batch]]:
    """Epoch, number within it and this process's batch, without end; a resumed run skips what it has done."""
    epoch, first = start.epoch, start.batch + 1 if start.step else 0
    while True:
        batches = epoch_batches(pieces, sizes.window_length, options.batch_words, options.seed * 1000 + epoch)
        if len(batches) < processes.count:
            raise ValueError(f"{options.folder}: the corpus holds no pronoun to learn from")
        # Process r reads batch r of every group; what is left over at the end of an epoch is not read.
        own = batches[processes.rank :: processes.count][: len(batches) // processes.count]
        for number, (piece, windows) in enumerate(own[first:], first):
            random = np.random.default_rng((options.seed, epoch, number * processes.count + processes.rank))
            yield epoch, number, make_batch(pieces[piece], windows, tables, options.rates, random)
        epoch, first = epoch + 1, 0


def _machine(network: AgreementNetwork, processes: Processes) -> str:
    if network.words.is_cuda:
        return torch.cuda.get_device_name()
    return f"{torch.get_num_threads() * processes.count} of {os.cpu_count()} CPU cores"
