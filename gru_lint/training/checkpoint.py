"""Checkpoints: what a run needs to go on where it was stopped, and shipped weights to begin from."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import torch

from gru_lint.english.vocabulary import Vocabulary
from gru_lint.model.weights import read_weights
from gru_lint.training.model.network import AgreementNetwork
from gru_lint.training.widen import widened


@dataclass(slots=True)
class TrainingState:
    """How far a run has come: what a checkpoint must hold to go on where it stopped.

    batch    the last batch of the epoch that was read; of several processes, the last group of batches
    seconds  of training, over all parts of the run
    """

    step: int = 0
    epoch: int = 0
    batch: int = 0
    seconds: float = 0.0
    n_words: int = 0


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where weights come from: what the model card says of it.

    vocabulary  digest of the vocabulary
    corpus      digest of the encoded corpus
    """

    vocabulary: str
    corpus: str
    seed: int
    command: str
    machine: str


def save(
    path: Path,
    network: AgreementNetwork,
    optimizer: torch.optim.Optimizer,
    training_state: TrainingState,
    provenance: Provenance,
) -> None:
    """Writes a checkpoint; a kill while writing leaves the one before in place."""
    state: dict[str, Any] = {
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "sizes": network.sizes.to_json(),
        "progression": asdict(training_state),
        "vocabulary": provenance.vocabulary,
        "seed": provenance.seed,
        "command": provenance.command,
        "machine": provenance.machine,
        "digest": provenance.corpus,
    }
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)


def resume(path: Path, network: AgreementNetwork, optimizer: torch.optim.Optimizer, vocabulary: str) -> TrainingState:
    """Loads a checkpoint into the network and the optimizer; returns how far it had come.

    vocabulary  digest of the one that is trained with

    Raises ValueError where the checkpoint has another vocabulary or other sizes.
    """
    state = torch.load(path, map_location=network.words.device, weights_only=True)
    if state["sizes"] != network.sizes.to_json():
        raise ValueError(f"{path}: the checkpoint has other sizes; choose another --out or the same sizes")
    if state["vocabulary"] != vocabulary:
        raise ValueError(f"{path}: the checkpoint was trained with another vocabulary; choose another --out")
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    return TrainingState(**state["progression"])


def start_from(path: Path, network: AgreementNetwork, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Copies exported weights into the network; returns the names of parameters that they do not hold.

    vocabulary  the one that is trained with; a word that the weights do not know keeps the vector that it has

    The network may have more hidden units than the weights; see `widened`. Raises ValueError where other sizes differ.
    """
    weights = read_weights(path)
    parameters = network.state_dict()
    missing = tuple(name for name in parameters if name not in weights.arrays)
    rows = {word: row for row, word in enumerate(weights.vocabulary.words)}
    known = [(row, rows[word]) for row, word in enumerate(vocabulary.words) if word in rows]
    for name, parameter in parameters.items():
        if name not in weights.arrays:
            continue
        array = torch.from_numpy(weights.arrays[name].copy()).to(parameter.device)
        if name == "words" and array.shape[1:] == parameter.shape[1:]:
            here, there = [row for row, _ in known], [row for _, row in known]
            array = parameter.index_copy(0, torch.tensor(here, device=parameter.device), array[there])
        if array.shape != parameter.shape:
            try:
                wider = widened(name, array.numpy(), parameter.cpu().numpy(), weights.architecture, network.sizes)
            except ValueError as error:
                raise ValueError(f"{path}: {error}") from None
            array = torch.from_numpy(wider)
        parameter.copy_(array)
    return missing


@cache
def corpus_digest(folder: Path) -> str:
    """A SHA-256 of the encoded corpus, so that weights can say what they were trained on."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.npz")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
