"""A checkpoint to the weights that are shipped."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
import torch

from gru_lint.english.vocabulary import load_vocabulary, vocabulary_digest
from gru_lint.model.sizes import Architecture
from gru_lint.model.weights import WEIGHTS_NAME, Weights, write_weights
from gru_lint.training.command_line import shown_command
from gru_lint.training.widen import widened


def read_checkpoint(checkpoint: Path, vocabulary: Path) -> Weights:
    """The network of a checkpoint with no thresholds yet. Raises ValueError where the two do not fit."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    words = load_vocabulary(vocabulary)
    if state["vocabulary"] != vocabulary_digest(words):
        raise ValueError(f"{vocabulary}: is not the vocabulary that {checkpoint} was trained with")
    arrays = {name: array.float().numpy() for name, array in state["network"].items()}
    progression = state["progression"]
    metadata = {
        # The day on which it was trained.
        "date": datetime.fromtimestamp(checkpoint.stat().st_mtime, timezone.utc).date().isoformat(),
        "seed": state["seed"],
        "steps": progression["step"],
        "words": progression["n_words"],
        "minutes": round(progression["seconds"] / 60),
        "digest": state["digest"],
        # A checkpoint may be older than `shown_command`.
        "command": shown_command(shlex.split(state["command"])),
        "machine": state["machine"],
    }
    return Weights(Architecture(**state["sizes"]), words, arrays, {}, {}, {}, metadata)


def averaged(first: Weights, second: Weights, command: str) -> Weights:
    """The mean of two networks, of which one was trained on from the other, with no thresholds yet.

    The rows of the second's vocabulary are looked up in the first's by their words; hidden units that the second has
    more are added to the first as units that nobody hears. Source: Wortsman et al. 2022, "Model soups". Raises
    ValueError where other sizes of the two differ.
    """
    rows_of_first = {word: row for row, word in enumerate(first.vocabulary.words)}
    rows = [rows_of_first.get(word, -1) for word in second.vocabulary.words]
    arrays = {}
    for name, array in second.arrays.items():
        other = first.arrays[name]
        if name == "words":
            other = np.where(np.array(rows)[:, None] >= 0, other[rows], array)
        other = widened(name, other, array, first.architecture, second.architecture)
        arrays[name] = ((other + array) / 2).astype(np.float32)
    metadata = {**second.metadata, "command": f"{second.metadata['command']}, then {command}"}
    return replace(second, arrays=arrays, scales={}, thresholds={}, short_thresholds={}, profiles={}, metadata=metadata)


def export(weights: Weights, out: Path) -> Path:
    """Writes the weights into the folder `out`; returns the file's path."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / WEIGHTS_NAME
    write_weights(weights, path)
    return path
