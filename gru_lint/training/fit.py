"""Training: batches through the network until the budget is spent, with checkpoints on the way."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from torch import Tensor

from gru_lint.english.lexicon import Vocabulary
from gru_lint.english.vocabulary import vocabulary_digest
from gru_lint.model.sizes import Architecture
from gru_lint.runtime.memory import keep_what_is_freed
from gru_lint.training.data.antecedent_labels import MEANT, NOT_MEANT
from gru_lint.training.data.augment import Noise, WordTables, word_tables
from gru_lint.training.data.sampling import CorpusPiece, epoch_batches, load_pieces, make_batch, prefetched
from gru_lint.training.model.network import AgreementNetwork, Batch

_SECONDS_BETWEEN_CHECKPOINTS = 180.0
_WARM_UP_STEPS = 300
_POINTER_WEIGHT, _CASE_WEIGHT, _LINK_WEIGHT = 0.5, 0.2, 0.5
_NEARLY_NOTHING = 1e-6
# A reflexive is rare and its slot is easy to get wrong in a short text.
_REFLEXIVE_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class FitOptions:
    """One training run. It ends after `minutes` or `steps`, whichever comes first.

    attends  whether the judge sees what the attentions over mentions bring; without, it has the states alone
    """

    folder: Path
    out: Path
    minutes: float
    steps: int
    seed: int
    batch_words: int
    learning_rate: float
    dropout: float
    threads: int
    precision: str
    command: str
    noise: Noise = field(default_factory=Noise)
    attends: bool = True


@dataclass(slots=True)
class Progression:
    """How far a run has come: what a checkpoint must hold to go on where it stopped."""

    step: int = 0
    epoch: int = 0
    batch: int = 0
    seconds: float = 0.0
    n_words: int = 0

    def share(self, options: FitOptions) -> float:
        """0..1, how much of the budget is spent."""
        return min(1.0, max(self.seconds / (60 * options.minutes), self.step / options.steps))


def loss_of(network: AgreementNetwork, batch: Batch, attends: bool = True) -> tuple[Tensor, Tensor, Tensor]:
    """The loss of a batch, the head's mean negative log likelihood and its accuracy; see `FitOptions.attends`."""
    predictions = network(batch)
    asked = batch.classes >= 0
    classes = batch.classes[asked]
    if not len(classes):
        nothing = predictions.classes.new_zeros(())
        return predictions.links.sum() * 0.0, nothing, nothing
    weights = 1.0 + (_REFLEXIVE_WEIGHT - 1.0) * batch.reflexive[asked]
    weights = weights / weights.sum()
    rows = torch.arange(len(classes), device=classes.device)
    head = -predictions.classes[asked][rows, classes]
    pointer = -predictions.pointer[asked][rows, classes]
    loss = (weights * (head + _POINTER_WEIGHT * attends * pointer)).sum()
    shows_case = batch.cases >= 0
    if bool(shows_case.any()):
        cases = predictions.cases[shows_case]
        loss = loss + _CASE_WEIGHT * torch.nn.functional.nll_loss(cases, batch.cases[shows_case])
    right = predictions.classes[asked].argmax(dim=-1) == classes
    is_labelled = (batch.antecedents == MEANT).any(dim=-1) & (batch.antecedents == NOT_MEANT).any(dim=-1)
    if attends and bool(is_labelled.any()):
        links, labels = predictions.links[is_labelled], batch.antecedents[is_labelled]
        meant, not_meant = ((links * (labels == label)).sum(dim=-1) + _NEARLY_NOTHING for label in (MEANT, NOT_MEANT))
        # Among the mentions of which it is known: the others may be meant or not.
        loss = loss - _LINK_WEIGHT * (meant / (meant + not_meant)).log().mean()
    return loss, head.mean(), right.float().mean()


def fit(vocabulary: Vocabulary, sizes: Architecture, options: FitOptions, console: Console) -> Path:
    """Trains, or goes on where the checkpoint in `options.out` stopped; returns the checkpoint's path."""
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    keep_what_is_freed()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    tables = word_tables(vocabulary)
    pieces = load_pieces(options.folder, tables)
    network = AgreementNetwork(sizes, options.dropout, getattr(torch, options.precision)).to(device)
    if not options.attends:
        network.blind_to_mentions()
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=options.learning_rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
    )
    progression = Progression()
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / "checkpoint.pt"
    if path.exists():
        progression = _resume(path, network, optimizer, vocabulary_digest(vocabulary), console)
    elif (folder_vectors := options.folder / "vectors.npy").exists():
        vectors = torch.from_numpy(np.load(folder_vectors, allow_pickle=False).astype(np.float32))
        with torch.no_grad():
            network.words[:, : vectors.shape[1]] = vectors.to(device)
    started = time.monotonic() - progression.seconds
    saved_at = progression.seconds
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[figures]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    averages: dict[str, float] = {}
    log = (options.out / "log.tsv").open("a", encoding="utf-8")
    with Progress(*columns, console=console, refresh_per_second=1) as progress, log:
        task = progress.add_task("training", total=1.0, figures="")
        start = replace(progression)
        for epoch, number, batch in prefetched(_batches(pieces, sizes, options, tables, start)):
            share = progression.share(options)
            if share >= 1.0:
                break
            warm_up = min(1.0, (progression.step + 1) / _WARM_UP_STEPS)
            for group in optimizer.param_groups:
                group["lr"] = options.learning_rate * warm_up * (1.0 - share) + 1e-6
            batch_there = batch.to(device)
            network.train()
            loss, nll, accuracy = loss_of(network, batch_there, options.attends)
            if not torch.isfinite(loss):
                raise ValueError(
                    f"the loss is not finite at step {progression.step}; go on with a lower --learning-rate"
                )
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            progression.epoch, progression.batch = epoch, number
            progression.step += 1
            progression.n_words += int(batch.lengths.sum())
            progression.seconds = time.monotonic() - started
            for name, value in (("loss", nll.item()), ("right", accuracy.item())):
                averages[name] = 0.98 * averages.get(name, value) + 0.02 * value
            if progression.step % 50 == 0:
                rate = progression.n_words / progression.seconds
                figures = f"loss {averages['loss']:.4f}  right {averages['right']:.1%}  {rate:,.0f} tokens/s"
                progress.update(task, completed=progression.share(options), figures=figures)
                row = (progression.step, progression.n_words, f"{progression.seconds:.0f}", *averages.values())
                log.write("\t".join(str(field) for field in row) + "\n")
                log.flush()
            if progression.seconds - saved_at > _SECONDS_BETWEEN_CHECKPOINTS:
                _save(path, network, optimizer, progression, vocabulary, options)
                saved_at = progression.seconds
    _save(path, network, optimizer, progression, vocabulary, options)
    return path


def _batches(
    pieces: list[CorpusPiece], sizes: Architecture, options: FitOptions, tables: WordTables, start: Progression
) -> Iterator[tuple[int, int, Batch]]:
    """Epoch, number within it and batch, without end; a resumed run skips what it has done."""
    epoch, first = start.epoch, start.batch + 1 if start.step else 0
    while True:
        batches = epoch_batches(pieces, sizes.window_length, options.batch_words, options.seed * 1000 + epoch)
        if not batches:
            raise ValueError(f"{options.folder}: the corpus holds no pronoun to learn from")
        for number, (piece, windows) in enumerate(batches[first:], first):
            random = np.random.default_rng((options.seed, epoch, number))
            yield epoch, number, make_batch(pieces[piece], windows, tables, options.noise, random)
        epoch, first = epoch + 1, 0


def _save(
    path: Path,
    network: AgreementNetwork,
    optimizer: torch.optim.Optimizer,
    progression: Progression,
    vocabulary: Vocabulary,
    options: FitOptions,
) -> None:
    state: dict[str, Any] = {
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "sizes": network.sizes.to_json(),
        "progression": {name: getattr(progression, name) for name in Progression.__slots__},
        "vocabulary": vocabulary_digest(vocabulary),
        "seed": options.seed,
        "command": options.command,
        "machine": _machine(network),
        "digest": _corpus_digest(options.folder),
    }
    # A kill while writing leaves the last whole checkpoint in place.
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)


def _machine(network: AgreementNetwork) -> str:
    if network.words.is_cuda:
        return torch.cuda.get_device_name()
    return f"{torch.get_num_threads()} of {os.cpu_count()} CPU cores"


@cache
def _corpus_digest(folder: Path) -> str:
    """A SHA-256 of the encoded corpus, so that weights can say what they were trained on."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.npz")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _resume(
    path: Path,
    network: AgreementNetwork,
    optimizer: torch.optim.Optimizer,
    digest: str,
    console: Console,
) -> Progression:
    state = torch.load(path, map_location=network.words.device, weights_only=True)
    if state["sizes"] != network.sizes.to_json():
        raise ValueError(f"{path}: the checkpoint has other sizes; choose another --out or the same sizes")
    if state["vocabulary"] != digest:
        raise ValueError(f"{path}: the checkpoint was trained with another vocabulary; choose another --out")
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    progression = replace(Progression(), **state["progression"])
    console.print(f"resuming {path} at step {progression.step:,}, {progression.n_words:,} words")
    return progression
