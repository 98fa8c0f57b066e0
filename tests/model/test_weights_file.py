"""The weights file: it gives back what was written, and whatever else it may hold is refused in one line."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from small_network import CELLS, WINDOWS, by_numpy, check, random_weights

from gru_lint.english.pronouns import CLASSES
from gru_lint.english.vocabulary import vocabulary_digest
from gru_lint.model.cells import CELLS as CELL_MAKERS
from gru_lint.model.network import AgreementNetwork
from gru_lint.model.weights import FORMAT_VERSION, WeightsError, read_weights, write_weights

Arrays = dict[str, npt.NDArray[Any]]


@pytest.mark.parametrize("cell", CELLS)
def test_weights_round_trip(cell: str, tmp_path: Path) -> None:
    weights = random_weights(cell)
    path = tmp_path / "weights.npz"
    write_weights(weights, path)
    found = read_weights(path)
    assert found.architecture == weights.architecture
    assert (found.thresholds, found.metadata) == (weights.thresholds, weights.metadata)
    assert found.profiles == weights.profiles
    assert vocabulary_digest(found.vocabulary) == vocabulary_digest(weights.vocabulary)
    assert found.arrays.keys() == weights.arrays.keys()
    for name, array in weights.arrays.items():
        assert found.arrays[name].dtype == np.float32
        np.testing.assert_array_equal(found.arrays[name], array.astype(np.float16).astype(np.float32))
    for one, other in zip(
        by_numpy(AgreementNetwork(found), WINDOWS), by_numpy(AgreementNetwork(weights), WINDOWS), strict=True
    ):
        check(one.classes, other.classes, tolerance=0.02)


def with_header(**fields: Any) -> Callable[[Arrays], Arrays]:
    """Changes the header's fields; a field set to None is taken out."""

    def change(arrays: Arrays) -> Arrays:
        header = {**json.loads(arrays["header"].tobytes()), **fields}
        kept = {name: value for name, value in header.items() if value is not None}
        return arrays | {"header": as_bytes(kept)}

    return change


def as_bytes(header: object) -> npt.NDArray[np.uint8]:
    """A header as the file holds it."""
    return np.frombuffer(json.dumps(header).encode(), np.uint8)


def without(name: str) -> Callable[[Arrays], Arrays]:
    """Takes one array out."""
    return lambda arrays: {other: array for other, array in arrays.items() if other != name}


def with_array(name: str, make: Callable[[npt.NDArray[Any]], npt.NDArray[Any]]) -> Callable[[Arrays], Arrays]:
    """Puts another array in the place of one."""
    return lambda arrays: arrays | {name: make(arrays[name])}


def _with(array: npt.NDArray[Any], figure: float) -> npt.NDArray[Any]:
    changed = array.copy()
    changed.flat[-1] = figure
    return changed


BROKEN_ARRAYS: dict[str, Callable[[Arrays], Arrays]] = {
    "an array is missing": without("network.links.query.weight"),
    "an array of the vocabulary is missing": without("vocabulary.leans"),
    "the header is missing": without("header"),
    "an array has another shape": with_array("network.head.weight", lambda array: array.T),
    "an array is short of a row": with_array("network.words", lambda array: array[:-1]),
    "an array is a pickled object": with_array("network.classes.bias", lambda array: array.astype(object)),
    "an array holds integers": with_array("network.classes.bias", lambda array: array.astype(np.int32)),
    "an array holds text": with_array("network.classes.bias", lambda array: array.astype(str)),
    "the vocabulary has another lean": with_array("vocabulary.leans", lambda array: array[::-1].copy()),
    "the vocabulary is one flag short": with_array("vocabulary.flags", lambda array: array[:-1]),
    "the vocabulary lacks its special words": with_array("vocabulary.words", lambda array: array[6:]),
    "the vocabulary is no UTF-8": with_array("vocabulary.words", lambda array: array | 0x80),
    "another format version": with_header(format_version=FORMAT_VERSION + 1),
    "no format version": with_header(format_version=None),
    "another vocabulary digest": with_header(vocabulary_digest="0" * 64),
    "no vocabulary digest": with_header(vocabulary_digest=None),
    "another order of classes": with_header(classes=list(reversed(CLASSES))),
    "no thresholds": with_header(thresholds=None),
    "thresholds that are a list": with_header(thresholds=[0.5]),
    "a threshold that is no number": with_header(thresholds={"gender-mismatch": "high"}),
    "a threshold that is NaN": with_header(thresholds={"gender-mismatch": float("nan")}),
    "a threshold above 1": with_header(thresholds={"gender-mismatch": 1.5}),
    "a threshold for short texts that is infinite": with_header(short_thresholds={"gender-mismatch": float("inf")}),
    "a scale that is NaN": with_header(scales={"gender-mismatch": [float("nan"), 0.0]}),
    **{
        f"an array holds {figure}": with_array("network.head.weight", lambda array, figure=figure: _with(array, figure))
        for figure in (np.nan, np.inf, -np.inf)
    },
    **{
        f"a size of {size!r}": with_header(
            architecture=random_weights("gru").architecture.to_json() | {"n_forward": size}
        )
        for size in (0, -1, 10**12, 2**80, 1.5, True, "8", [8])
    },
    "an unknown cell": with_header(architecture=random_weights("gru").architecture.to_json() | {"cell": "abacus"}),
    "an unknown size": with_header(architecture={"n_vocabulary": 9, "n_storeys": 2}),
    "sizes that are a list": with_header(architecture=[1, 2]),
    "a header that is no JSON": with_array("header", lambda array: array[: len(array) // 2]),
    "a header that is a list": with_array("header", lambda array: as_bytes([1, 2])),
    "a header that is a string": with_array("header", lambda array: as_bytes("gru")),
    "a header that is no bytes": with_array("header", lambda array: np.zeros(3)),
}


def written(path: Path) -> bytes:
    """A whole weights file, written to `path` and as bytes."""
    write_weights(random_weights("gru"), path)
    return path.read_bytes()


def check_refused(path: Path) -> None:
    """The file gives a `WeightsError` that names it in one line."""
    with pytest.raises(WeightsError) as refusal:
        read_weights(path)
    assert str(path) in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("change", BROKEN_ARRAYS.values(), ids=BROKEN_ARRAYS)
def test_broken_arrays_are_refused(change: Callable[[Arrays], Arrays], tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    written(path)
    with np.load(path, allow_pickle=False) as file:
        arrays = change(dict(file))
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]  # numpy's stub
    check_refused(path)


def npy(array: npt.NDArray[Any]) -> bytes:
    """One array in the format that holds no names."""
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def cut_after(share: float) -> Callable[[bytes], bytes]:
    """Keeps the first part of a file."""
    return lambda whole: whole[: int(len(whole) * share)]


def with_shape(shape: str) -> Callable[[bytes], bytes]:
    """Says of one array that it has another shape, of which the file holds next to nothing."""

    def change(whole: bytes) -> bytes:
        changed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(changed, "w") as new:
            for name in old.namelist():
                content = old.read(name)
                if name == "network.classes.bias.npy":
                    header = f"{{'descr': '<f2', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
                    content = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header
                new.writestr(name, content)
        return changed.getvalue()

    return change


def of_zeros(whole: bytes) -> bytes:
    """A file that says of itself, in few bytes, that it holds more than a machine does."""
    directory = whole.rindex(b"PK\x01\x02")
    return whole[: directory + 24] + b"\xff\xff\xff\xfe" + whole[directory + 28 :]


BROKEN_FILES: dict[str, Callable[[bytes], bytes]] = {
    "an empty file": lambda whole: b"",
    "a text file": lambda whole: b"not the weights\n" * 40,
    "a file of one array": lambda whole: npy(np.zeros(3)),
    "a pickle": lambda whole: npy(np.array([{}], object)),
    "an empty archive": lambda whole: b"PK\x05\x06" + bytes(18),
    **{f"cut after {share:.1%}": cut_after(share) for share in (0.001, 0.1, 0.5, 0.9)},
    **{f"a shape of {shape}": with_shape(shape) for shape in ("(10**15,)", "(1000000000000,)", "(-1,)", "(4, 2**70)")},
    "more bytes than a machine holds": of_zeros,
    "its last byte is missing": lambda whole: whole[:-1],
}


@pytest.mark.parametrize("change", BROKEN_FILES.values(), ids=BROKEN_FILES)
def test_broken_files_are_refused(change: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    path.write_bytes(change(written(path)))
    check_refused(path)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    check_refused(tmp_path / "missing.npz")


def test_folder_is_refused(tmp_path: Path) -> None:
    check_refused(tmp_path)


def test_a_changed_byte_is_refused_or_harmless(tmp_path: Path) -> None:
    whole = written(tmp_path / "whole.npz")
    random = np.random.default_rng(3)
    for number, place in enumerate(random.integers(len(whole), size=150).tolist()):
        path = tmp_path / f"{number}.npz"
        path.write_bytes(whole[:place] + bytes([whole[place] ^ int(random.integers(1, 256))]) + whole[place + 1 :])
        # Most of these bytes are under a checksum; some, such as a date, mean nothing to a reader.
        try:
            arrays = read_weights(path).arrays
        except WeightsError:
            continue
        for name, array in read_weights(tmp_path / "whole.npz").arrays.items():
            np.testing.assert_array_equal(arrays[name], array)


def test_weights_of_a_cell_that_is_not_linted_with_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(CELL_MAKERS, "lstm")
    with pytest.raises(WeightsError, match="the weights are of the cell lstm; linting needs those of a GRU"):
        AgreementNetwork(random_weights("lstm"))
