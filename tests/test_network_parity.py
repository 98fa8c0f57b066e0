"""The network in NumPy against its twin in torch, what it may not read, and the file between them."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from gru_lint.architecture import N_GATES, Architecture
from gru_lint.cells import Floats
from gru_lint.confidence import Scale
from gru_lint.lexicon import AMBIGUOUS_NAME, NOUN, PROPER, SPECIAL_WORDS, Lexicon, Vocabulary
from gru_lint.network import AgreementNetwork, Verdicts
from gru_lint.pronouns import BEGIN, CLASS_OF_FORM, CLASSES, CONTINUE, PARAGRAPH, REFLEXIVE_FORMS
from gru_lint.records import Judgement, Window
from gru_lint.vocabulary import vocabulary_digest
from gru_lint.weights import FORMAT_VERSION, Weights, WeightsError, array_shapes, read_weights, write_weights
from gru_lint.windows import find_anaphors

# Products of unlike shapes are summed in another order: a float32 is then off by its last bits.
LAST_BITS = 1e-6
CELLS = tuple(N_GATES)
Arrays = dict[str, npt.NDArray[Any]]


def small_vocabulary() -> Vocabulary:
    """A vocabulary with a word of every kind: nouns, a place, a name that is a word, names."""
    flags = {
        "captain": NOUN,
        "sister": NOUN,
        "dogs": NOUN,
        "letter": NOUN,
        "london": PROPER,
        "grace": NOUN | AMBIGUOUS_NAME,
    }
    plain = [
        "the",
        "a",
        "in",
        "when",
        "before",
        "said",
        "that",
        "saw",
        "hurt",
        "and",
        "gave",
        "to",
        "of",
        "slept",
        "was",
        "old",
        ",",
        ".",
        '"',
        "'s",
    ]
    words = (*SPECIAL_WORDS, *CLASS_OF_FORM, *flags, *plain)
    return Vocabulary(
        words,
        np.array([flags.get(word, 0) for word in words], np.uint8),
        np.array([7 * (word == "grace") for word in words], np.uint8),
        ("mary", "john", "kim"),
        np.array([7, 1, 4], np.uint8),
    )


def random_weights(cell: str, seed: int = 5) -> Weights:
    """Weights in which every array matters: none is zero, and no gate or attention is even."""
    random = np.random.default_rng(seed)
    vocabulary = small_vocabulary()
    sizes = Architecture(len(vocabulary.words), cell, 12, 16, 8, 6, 5, 10, 48)
    arrays = {name: random.normal(0, 0.4, shape).astype(np.float32) for name, shape in array_shapes(sizes).items()}
    return Weights(
        sizes,
        vocabulary,
        arrays,
        {"gender-mismatch": Scale(0.9, 0.1)},
        {"gender-mismatch": 0.75},
        {"gender-mismatch": 0.7},
        {"seed": seed, "data": {"texts": 3}},
    )


def window(text: str, begin: str = BEGIN, first_judged: int = 1) -> Window:
    """A window of the words between blanks."""
    words = (begin, *text.split())
    return Window(words, first_judged, tuple(range(-1, len(words) - 1)))


WINDOWS = (
    window("The captain said that he saw Mary 's dogs before they saw her ."),
    window("she"),
    window("He hurt himself"),
    window("When she slept , Grace Kim saw London in itself .", CONTINUE),
    window(f"Zebulon was old . {PARAGRAPH} John gave a letter to Mary and her sister ; it was theirs .", CONTINUE, 6),
    window(
        "It was said , in 1870 , that Mr Quimby hurt nobody but themselves " + "and the old captain " * 12 + "saw him ."
    ),
)


def pronouns_of(given: Window) -> list[int]:
    """Where the pronouns of a window stand, those of its context too."""
    return [index for index, word in enumerate(given.words) if word.lower() in CLASS_OF_FORM]


def by_numpy(network: AgreementNetwork, windows: Sequence[Window]) -> list[Verdicts]:
    """The verdicts on every pronoun of windows that are read together."""
    from gru_lint.windows import find_anaphors

    states = network.read(windows)
    return [network.verdicts(read, find_anaphors(given, first=1)) for given, read in zip(windows, states, strict=True)]


def by_torch(weights: Weights, windows: Sequence[Window], padding: int = 0) -> Any:
    """The verdicts of the twin on the windows as one batch; `padding` is the word that fills it up."""
    torch = pytest.importorskip("torch", reason="the twin is written in torch")
    from gru_lint.training.network import AgreementNetwork as Twin
    from gru_lint.training.network import Batch

    lexicon = Lexicon(weights.vocabulary)
    encoded = [lexicon.encode(given.words) for given in windows]
    positions = [pronouns_of(given) for given in windows]

    def padded(rows: Sequence[Any], fill: int = 0) -> Any:
        width = max(map(len, rows))
        return torch.tensor([[*map(int, row), *[fill] * (width - len(row))] for row in rows])

    def of_forms(value: Callable[[str], int], fill: int = 0) -> Any:
        rows = [
            [value(given.words[index].lower()) for index in places]
            for given, places in zip(windows, positions, strict=True)
        ]
        return padded(rows, fill)

    # A mention in the padding would be seen at once.
    candidates = padded([words.candidates for words in encoded], fill=int(padding != 0)).bool()
    candidates[:, 0] = True
    batch = Batch(
        word_ids=padded([words.word_ids for words in encoded], padding),
        capitals=padded([words.capitals for words in encoded], min(padding, 3)),
        leans=padded([words.leans for words in encoded], min(padding, 7)),
        name_slots=padded([words.name_slots for words in encoded], padding),
        candidates=candidates,
        lengths=torch.tensor([len(given.words) for given in windows]),
        positions=padded(positions),
        reflexive=of_forms(lambda form: form in REFLEXIVE_FORMS),
        classes=of_forms(lambda form: CLASSES.index(CLASS_OF_FORM[form]), fill=-1),
        cases=of_forms(lambda form: 0, fill=-1),
        antecedents=torch.zeros((*padded(positions).shape, candidates.shape[1]), dtype=torch.int8),
    )
    twin = Twin(weights.architecture)
    # strict: the two have the same arrays under the same names, none more and none less.
    twin.load_state_dict({name: torch.from_numpy(array) for name, array in weights.arrays.items()}, strict=True)
    with torch.no_grad():
        return twin.eval()(batch)


def check(found: Floats, wanted: object, tolerance: float = 1e-5) -> None:
    """Probabilities are those wanted: same shape, within the tolerance, and none out of 0..1."""
    np.testing.assert_allclose(found, np.asarray(wanted), rtol=0, atol=tolerance)
    assert np.all((found >= 0) & (found <= 1 + LAST_BITS))


@pytest.mark.parametrize("padding", [0, 25], ids=["blank padding", "padding of other words"])
@pytest.mark.parametrize("cell", CELLS)
def test_numpy_against_torch(cell: str, padding: int) -> None:
    weights = random_weights(cell)
    twin = by_torch(weights, WINDOWS, padding)
    for row, verdicts in enumerate(by_numpy(AgreementNetwork(weights), WINDOWS)):
        assert verdicts.positions.tolist() == pronouns_of(WINDOWS[row])
        asked = slice(len(verdicts.positions))
        check(verdicts.classes, twin.classes[row, asked].exp())
        check(verdicts.cases, twin.cases[row, asked].exp())
        links = np.zeros(twin.links[row, asked].shape, np.float32)
        links[:, verdicts.mentions] = verdicts.links
        check(links, twin.links[row, asked])


@pytest.mark.parametrize("cell", CELLS)
def test_probabilities_sum_to_one(cell: str) -> None:
    for verdicts in by_numpy(AgreementNetwork(random_weights(cell)), WINDOWS):
        for probabilities in (verdicts.classes, verdicts.cases, verdicts.links):
            check(probabilities.sum(axis=-1), np.ones(len(verdicts.positions)))
        check(verdicts.by_mention.sum(axis=-1), np.ones(verdicts.by_mention.shape[:2]))


def test_first_and_second_persons_stand_in_reflexive_slots_only() -> None:
    network = AgreementNetwork(random_weights("gru"))
    for given, verdicts in zip(WINDOWS, by_numpy(network, WINDOWS), strict=True):
        for position, classes in zip(verdicts.positions.tolist(), verdicts.classes, strict=True):
            assert (classes[4:].sum() > 0) == (given.words[position].lower() in REFLEXIVE_FORMS)


def shares_of_words(given: Window, verdicts: Verdicts) -> Floats:
    """(P, T): the attention of each pronoun to each word, 0 where no mention ends."""
    shares = np.zeros((len(verdicts.positions), len(given.words)), np.float32)
    shares[:, verdicts.mentions] = verdicts.links
    return shares


@pytest.mark.parametrize("number", range(len(WINDOWS)))
@pytest.mark.parametrize("cell", CELLS)
def test_the_word_judged_is_never_read(cell: str, number: int) -> None:
    network = AgreementNetwork(random_weights(cell))
    given = WINDOWS[number]
    anaphors = find_anaphors(given, first=1)
    (before,) = by_numpy(network, [given])
    for row, anaphor in enumerate(anaphors):
        alike = [form for form in CLASS_OF_FORM if (form in REFLEXIVE_FORMS) == (anaphor.form in REFLEXIVE_FORMS)]
        for other in (*alike, alike[0].capitalize(), "captain", "the", "1870", "zzz", ","):
            words = (*given.words[: anaphor.word_index], other, *given.words[anaphor.word_index + 1 :])
            changed = replace(given, words=words)
            (states,) = network.read([changed])
            after = network.verdicts(states, anaphors)
            check(after.classes[row], before.classes[row], LAST_BITS)
            check(after.cases[row], before.cases[row], LAST_BITS)
            check(shares_of_words(changed, after)[row], shares_of_words(given, before)[row], LAST_BITS)


def test_every_other_word_is_read() -> None:
    # The counterpart of the test above: there, nothing changes because nothing is read, not by chance.
    network = AgreementNetwork(random_weights("gru"))
    given = WINDOWS[0]
    (before,) = by_numpy(network, [given])
    for index in range(1, len(given.words)):
        words = (*given.words[:index], "zzz", *given.words[index + 1 :])
        (states,) = network.read([replace(given, words=words)])
        after = network.verdicts(states, find_anaphors(given, first=1))
        for row, position in enumerate(before.positions.tolist()):
            moved = float(np.abs(after.classes[row] - before.classes[row]).max())
            assert position == index or moved > LAST_BITS, (given.words[position], given.words[index])


def check_judgements(found: Sequence[Judgement], wanted: Sequence[Judgement]) -> None:
    """The same pronouns with the same verdicts, to the last bits of a float."""
    assert [judgement.anaphor for judgement in found] == [judgement.anaphor for judgement in wanted]
    for one, other in zip(found, wanted, strict=True):
        check(np.array(one.probabilities), other.probabilities, LAST_BITS)
        check(np.array(one.cases), other.cases, LAST_BITS)
        assert mention_of(one) == mention_of(other)


def mention_of(judgement: Judgement) -> tuple[int, int] | None:
    """Where the antecedent begins and ends."""
    mention = judgement.antecedent
    return None if mention is None else (mention.first_word, mention.end_word)


@pytest.mark.parametrize("cell", CELLS)
def test_windows_are_judged_alone(cell: str) -> None:
    network = AgreementNetwork(random_weights(cell))
    # More than one batch and more than one pool, of windows of unlike lengths.
    many = [WINDOWS[index % len(WINDOWS)] for index in range(401)]
    alone = {given: next(network.judge([given]))[1] for given in WINDOWS}
    judged = list(network.judge(many))
    assert [given for given, _ in judged] == many
    for given, judgements in judged:
        check_judgements(judgements, alone[given])


def test_only_the_judged_part_is_judged() -> None:
    network = AgreementNetwork(random_weights("gru"))
    whole = replace(WINDOWS[4], first_judged=1)
    ((_, judgements), (_, all_judgements)) = network.judge([WINDOWS[4], whole])
    assert [judgement.anaphor.form for judgement in judgements] == ["her", "it", "theirs"]
    check_judgements(judgements, all_judgements[-len(judgements) :])


@pytest.mark.parametrize(
    "given", [window("IT DEPARTMENT ."), window("Nobody was there .")], ids=["pronouns in capitals", "no pronoun"]
)
def test_window_without_a_question(given: Window) -> None:
    network = AgreementNetwork(random_weights("gru"))
    assert list(network.judge([given])) == [(given, ())]


def test_no_windows() -> None:
    assert list(AgreementNetwork(random_weights("gru")).judge([])) == []


@pytest.mark.parametrize("cell", CELLS)
def test_weights_round_trip(cell: str, tmp_path: Path) -> None:
    weights = random_weights(cell)
    path = tmp_path / "weights.npz"
    write_weights(weights, path)
    found = read_weights(path)
    assert found.architecture == weights.architecture
    assert (found.thresholds, found.metadata) == (weights.thresholds, weights.metadata)
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


BROKEN_FILES: dict[str, Callable[[bytes], bytes]] = {
    "an empty file": lambda whole: b"",
    "a text file": lambda whole: b"not the weights\n" * 40,
    "a file of one array": lambda whole: npy(np.zeros(3)),
    "a pickle": lambda whole: npy(np.array([{}], object)),
    "an empty archive": lambda whole: b"PK\x05\x06" + bytes(18),
    **{f"cut after {share:.1%}": cut_after(share) for share in (0.001, 0.1, 0.5, 0.9)},
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
        with contextlib.suppress(WeightsError):
            read_weights(path)
