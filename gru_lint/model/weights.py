"""The weights file: written by the trainer, read without pickle, with every shape checked."""

from __future__ import annotations

import json
import math
import zipfile
import zlib
from dataclasses import asdict, dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from gru_lint.english.lexicon import N_CAPITALS, N_NAME_SLOTS
from gru_lint.english.pronouns import CASES, CLASSES
from gru_lint.english.verb_forms import FORM_CLASSES, SLOT_KINDS
from gru_lint.english.vocabulary import (
    N_GENDER_BINS,
    Vocabulary,
    vocabulary_arrays,
    vocabulary_digest,
    vocabulary_from_arrays,
)
from gru_lint.model.cells import Floats
from gru_lint.model.confidence import PlattScaling
from gru_lint.model.sizes import (
    N_DISTANCES,
    N_GATES,
    N_MENTION_WORDS,
    N_WORDS_AFTER,
    N_WORDS_BEFORE,
    Architecture,
)
from gru_lint.model.weights_path import WEIGHTS_NAME, WeightsError, default_weights_path

__all__ = [
    "FORMAT_VERSION",
    "WEIGHTS_NAME",
    "Weights",
    "WeightsError",
    "array_shapes",
    "default_weights_path",
    "read_version",
    "read_weights",
    "write_weights",
]

FORMAT_VERSION = 3

# Far more than any network of this kind needs, and less than would fill a machine's memory.
_MAX_BYTES, _MAX_WIDTH, _MAX_ROWS = 2_000_000_000, 16_384, 4_000_000


# What NumPy, zipfile and JSON raise for files that are truncated or of another kind.
_BROKEN = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    MemoryError,
    OverflowError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class ProfileThresholds:
    """The least confidence that each rule reports: in long documents and in short ones."""

    long: dict[str, float]
    short: dict[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """The content of a weights file.

    arrays      float32 under the names of the trainer's parameters
    scales      for each rule, the Platt scaling of its odds; a rule without one is not scaled
    thresholds  for each rule, the least confidence that it reports
    short_thresholds  the same in short documents (see `Window.is_short`), where they differ
    metadata    the rest of the header: seed, data, figures
    profiles    the thresholds of each profile but the default one
    """

    architecture: Architecture
    vocabulary: Vocabulary
    arrays: dict[str, Floats]
    scales: dict[str, PlattScaling]
    thresholds: dict[str, float]
    short_thresholds: dict[str, float]
    metadata: dict[str, Any]
    profiles: dict[str, ProfileThresholds] = field(default_factory=dict)


def array_shapes(sizes: Architecture) -> dict[str, tuple[int, ...]]:
    """The name and shape of every array of a network with these sizes."""
    embedded, attended = sizes.n_embedding, sizes.n_attention
    shapes: dict[str, tuple[int, ...]] = {
        "words": (sizes.n_vocabulary, embedded),
        "capitals": (N_CAPITALS, embedded),
        "leans": (N_GENDER_BINS, embedded),
        "name_slots": (N_NAME_SLOTS, embedded),
        "head_reflexive": (sizes.n_head,),
    }
    n_gates = N_GATES[sizes.cell]
    for direction, n_hidden in (("forward", sizes.n_forward), ("backward", sizes.n_backward)):
        shapes[f"{direction}_encoder.input_weights"] = (embedded, n_gates * n_hidden)
        shapes[f"{direction}_encoder.biases"] = (n_gates * n_hidden,)
        shapes[f"{direction}_encoder.hidden_weights"] = (n_hidden, (2 if sizes.cell == "gru" else n_gates) * n_hidden)
        if sizes.cell == "gru":
            shapes[f"{direction}_encoder.candidate_weights"] = (n_hidden, n_hidden)
    n_beside = sizes.n_forward + sizes.n_backward
    layers = {
        "forward_values": (attended, sizes.n_forward),
        "backward_values": (attended, sizes.n_backward),
        "mention": (sizes.n_mention, N_MENTION_WORDS * embedded),
        "mention_classes": (len(CLASSES), sizes.n_mention),
        "head": (sizes.n_head, n_beside + attended + 2 * len(CLASSES)),
        "classes": (len(CLASSES), sizes.n_head),
        "cases": (len(CASES), sizes.n_head),
    }
    for attention in ("evidence", "links"):
        shapes[f"{attention}.query_reflexive"] = (attended,)
        shapes[f"{attention}.distances"] = (2, N_DISTANCES)
        layers[f"{attention}.query"] = (attended, n_beside)
        layers[f"{attention}.forward_keys"] = (attended, sizes.n_forward)
        layers[f"{attention}.backward_keys"] = (attended, sizes.n_backward)
    if sizes.judges_verbs:
        n_kinds = len(SLOT_KINDS)
        shapes["verbs.query_kinds"] = (n_kinds, attended)
        shapes["verbs.head_kinds"] = (n_kinds, sizes.n_head)
        shapes["verbs.distances"] = (N_WORDS_BEFORE + N_WORDS_AFTER,)
        for side in ("keys", "values"):
            layers[f"verbs.forward_{side}"] = (attended, sizes.n_forward)
            layers[f"verbs.backward_{side}"] = (attended, sizes.n_backward)
            layers[f"verbs.word_{side}"] = (attended, embedded)
        layers["verbs.query"] = (attended, n_beside)
        layers["verbs.head"] = (sizes.n_head, n_beside + attended)
        layers["verbs.classes"] = (len(FORM_CLASSES), sizes.n_head)
    for layer, shape in layers.items():
        shapes[f"{layer}.weight"] = shape
        shapes[f"{layer}.bias"] = shape[:1]
    return shapes


def write_weights(weights: Weights, path: Path) -> None:
    """Writes an .npz of plain arrays: the network in float16, the vocabulary, and metadata as JSON."""
    header = {
        "format_version": FORMAT_VERSION,
        "architecture": weights.architecture.to_json(),
        "classes": list(CLASSES),
        "cases": list(CASES),
        "vocabulary_digest": vocabulary_digest(weights.vocabulary),
        "scales": {rule: [scale.slope, scale.intercept] for rule, scale in weights.scales.items()},
        "thresholds": weights.thresholds,
        "short_thresholds": weights.short_thresholds,
        "profiles": {name: asdict(thresholds) for name, thresholds in weights.profiles.items()},
        **weights.metadata,
    }
    arrays: dict[str, npt.NDArray[Any]] = {
        f"network.{name}": array.astype(np.float16) for name, array in weights.arrays.items()
    }
    arrays.update(vocabulary_arrays(weights.vocabulary))
    arrays["header"] = np.frombuffer(json.dumps(header).encode(), np.uint8)
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]  # numpy's stub


@cache
def read_weights(path: Path) -> Weights:
    """The weights of a file. Raises `WeightsError` with a line for the user where they cannot be used."""
    try:
        with np.load(path, allow_pickle=False) as file:
            # A small file can unpack to any number of zeros.
            if sum(member.file_size for member in file.zip.infolist()) > _MAX_BYTES:
                raise ValueError(f"it holds more than {_MAX_BYTES:,} bytes")
            return _checked_weights(dict(file))
    except FileNotFoundError:
        raise WeightsError(f"{path}: the weights are missing; reinstall gru-lint") from None
    except OSError as error:
        raise WeightsError(f"{path}: cannot read the weights ({error.strerror or error})") from None
    except _BROKEN as error:
        raise WeightsError(f"{path}: not a weights file of this version of gru-lint ({_in_a_line(error)})") from None


def read_version(path: Path) -> str:
    """A short digest of a weights file, with the day on which it was made if known. Raises `WeightsError`."""
    try:
        digest = sha256(path.read_bytes()).hexdigest()[:8]
        with np.load(path, allow_pickle=False) as file:
            day = json.loads(file["header"].tobytes()).get("date")
    except OSError as error:
        raise WeightsError(f"{path}: cannot read the weights ({error.strerror or error})") from None
    except _BROKEN as error:
        raise WeightsError(f"{path}: not a weights file of this version of gru-lint ({_in_a_line(error)})") from None
    return f"{digest}, {day}" if day else digest


def _in_a_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _checked_weights(file: dict[str, npt.NDArray[Any]]) -> Weights:
    header = json.loads(file.pop("header").tobytes())
    if header.pop("format_version") != FORMAT_VERSION:
        raise ValueError("another format version")
    if header.pop("classes") != list(CLASSES) or header.pop("cases") != list(CASES):
        raise ValueError("another order of classes")
    architecture = Architecture(**header.pop("architecture"))
    _check_sizes(architecture)
    vocabulary = vocabulary_from_arrays(file)
    if header.pop("vocabulary_digest") != vocabulary_digest(vocabulary):
        raise ValueError("the vocabulary is not the one it was trained with")
    arrays = {}
    for name, shape in array_shapes(architecture).items():
        array = file[f"network.{name}"]
        if array.shape != shape:
            raise ValueError(f"{name} has shape {array.shape} instead of {shape}")
        if array.dtype.kind != "f":
            raise ValueError(f"{name} holds {array.dtype} instead of floats")
        # NumPy's float16 takes ten times as long.
        arrays[name] = array = array.astype(np.float32)
        # The sum of the extremes is finite only if all numbers are: one NaN makes both NaN.
        if array.size and not np.isfinite(np.float64(array.min()) + np.float64(array.max())):
            raise ValueError(f"{name} holds numbers that are not finite")
    scales = {rule: PlattScaling(*map(float, figures)) for rule, figures in header.pop("scales", {}).items()}
    thresholds, short_thresholds = (
        {rule: float(threshold) for rule, threshold in header.pop(name, default).items()}
        for name, default in (("thresholds", None), ("short_thresholds", {}))
    )
    profiles = {
        name: ProfileThresholds(
            *({rule: float(least) for rule, least in lengths[length].items()} for length in ("long", "short"))
        )
        for name, lengths in header.pop("profiles", {}).items()
    }
    if not all(math.isfinite(scale.slope) and math.isfinite(scale.intercept) for scale in scales.values()):
        raise ValueError("a scale is not finite")
    of_profiles = (by_rule for profile in profiles.values() for by_rule in (profile.long, profile.short))
    # NaN fails this comparison, too.
    if not all(
        0 <= least <= 1 for by_rule in (thresholds, short_thresholds, *of_profiles) for least in by_rule.values()
    ):
        raise ValueError("a threshold is not within 0 and 1")
    return Weights(architecture, vocabulary, arrays, scales, thresholds, short_thresholds, header, profiles)


def _check_sizes(sizes: Architecture) -> None:
    """Raises ValueError for sizes that no network of this kind has."""
    for name, size in sizes.to_json().items():
        if name in ("cell", "judges_verbs"):
            continue
        most = _MAX_ROWS if name == "n_vocabulary" else _MAX_WIDTH
        if type(size) is not int or not 1 <= size <= most:
            raise ValueError(f"{name} is {size!r:.40} and not within 1 and {most:,}")
