"""Training from text to weights on a corpus of a few sentences: what is read, asked, learnt and kept."""

# ruff: noqa: E402 - what imports torch comes after the check that it is there
from __future__ import annotations

import io
import lzma
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

torch = pytest.importorskip("torch", reason="training needs torch")

from rich.console import Console

from gru_lint.architecture import Architecture
from gru_lint.lexicon import BEGIN_ID, CONTINUE_ID, PAD_ID, SPECIAL_WORDS, Lexicon, Vocabulary
from gru_lint.network import AgreementNetwork
from gru_lint.pronouns import BEGIN, CASES, CLASS_OF_FORM, CLASSES, FORMS, PARAGRAPH, REFLEXIVE_FORMS
from gru_lint.records import Window
from gru_lint.tokens import split_sentences
from gru_lint.training import fit as fit_module
from gru_lint.training import sampling
from gru_lint.training.augment import Noise, word_tables
from gru_lint.training.corpus import (
    CANDIDATE_BIT,
    CAPITALS_MASK,
    LEAN_MASK,
    LEAN_SHIFT,
    OTHER_CASE_BIT,
    SENTENCE_START_BIT,
    EncodedCorpus,
    read_documents,
    split_of,
)
from gru_lint.training.export import read_checkpoint
from gru_lint.training.fit import FitOptions, fit, loss_of
from gru_lint.training.network import AgreementNetwork as Twin
from gru_lint.training.network import Batch
from gru_lint.training.prepare import prepare
from gru_lint.training.sampling import (
    N_UNASKED,
    CorpusPiece,
    cut_windows,
    epoch_batches,
    load_pieces,
    make_batch,
    prefetched,
)
from gru_lint.vocabulary import load_vocabulary

Ints = npt.NDArray[np.int64]
NO_NOISE = Noise(0, 0, 0, 0, 0)
N_DOCUMENTS = 60
# A word of the documents that are held out, and of no others.
HELD_OUT_WORD = "zeppelin"


def documents() -> list[str]:
    """Short stories in which the first sentence decides every pronoun; the last two are one paragraph."""
    subjects = {
        "masculine": ("The king", "The old man", "John"),
        "feminine": ("The queen", "The old woman", "Mary"),
        "neuter": ("The stone", "The old letter", "The boat"),
        "plural": ("The dogs", "The old friends", "The brothers"),
    }
    found = []
    for number in range(N_DOCUMENTS):
        agreement_class = CLASSES[number % 4]
        forms, names = FORMS[agreement_class], subjects[agreement_class]
        place = ("in the garden", "at noon", "by the river")[number // 7 % 3]
        zeppelin = f" A {HELD_OUT_WORD} passed." if split_of(number) != "training" else ""
        found.append(
            f"{names[number // 4 % 3]} was seen {place}.{zeppelin}\n"
            f"Then {forms['subject']} fell. Somebody found {forms['object']}. "
            f"Nobody else knew {forms['determiner']} past, so {forms['subject']} fell by {forms['reflexive']}."
        )
    return found


SIZES = {
    "n_embedding": 12,
    "n_forward": 16,
    "n_backward": 8,
    "n_attention": 8,
    "n_mention": 8,
    "n_head": 16,
    "window_length": 64,
}


@pytest.fixture(scope="module")
def encoded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `prepare` made of the stories."""
    folder = tmp_path_factory.mktemp("corpus")
    corpus, names, surnames = folder / "stories.txt.xz", folder / "names.tsv", folder / "surnames.txt"
    with lzma.open(corpus, "wt", encoding="utf-8") as file:
        file.write("\n\n".join(documents()) + "\n")
    names.write_text("name\tM\tF\njohn\t900\t1\nmary\t2\t900\nzoltan\t3\t0\n", encoding="utf-8")
    surnames.write_text("SMITH 1.006 1.006 1\n", encoding="utf-8")
    prepare([corpus], names, surnames, None, folder / "encoded", lambda line: None, n_composed=0)
    return folder / "encoded"


def sizes_for(vocabulary: Vocabulary, **others: Any) -> Architecture:
    """A network small enough to be trained in seconds."""
    return Architecture(len(vocabulary.words), **{**SIZES, **others})


def options_for(encoded: Path, out: Path, steps: int, seed: int = 1) -> FitOptions:
    """A run that ends after so many steps, however slow the machine; without dropout, so that it can be repeated."""
    return FitOptions(
        folder=encoded,
        out=out,
        minutes=10_000,
        steps=steps,
        seed=seed,
        batch_words=600,
        learning_rate=0.05,
        dropout=0.0,
        threads=1,
        precision="float32",
        command="fit",
    )


def trained(encoded: Path, out: Path, steps: int, seed: int = 1) -> tuple[Path, str]:
    """The checkpoint of a run, and what was printed."""
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    printed = io.StringIO()
    options = options_for(encoded, out, steps, seed)
    return fit(vocabulary, sizes_for(vocabulary), options, Console(file=printed, width=200)), printed.getvalue()


def state_of(checkpoint: Path) -> dict[str, Any]:
    """What a checkpoint holds."""
    state: dict[str, Any] = torch.load(checkpoint, weights_only=True)
    return state


def check_same_weights(one: Path, other: Path) -> None:
    """Two checkpoints hold the same network, bit for bit."""
    networks = [state_of(path)["network"] for path in (one, other)]
    assert networks[0].keys() == networks[1].keys()
    for name, array in networks[0].items():
        assert torch.equal(array, networks[1][name]), name


# Prepare.


def test_corpus_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "corpus.txt.xz"
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write("\n\nOne.\nTwo.\n\n\nThree.\n \t\nFour: 👩‍🚀\u2028.\n")
    assert list(read_documents(path)) == ["One.\n\nTwo.", "Three.", "Four: 👩‍🚀\u2028."]


def test_held_out_documents_are_not_prepared(encoded: Path) -> None:
    n_training = sum(split_of(number) == "training" for number in range(N_DOCUMENTS))
    assert n_training == N_DOCUMENTS - 3
    words = EncodedCorpus.load(encoded / "stories-00.npz")
    assert len(words.document_starts) - 1 == n_training
    assert HELD_OUT_WORD not in load_vocabulary(encoded / "vocabulary.npz").words


def test_the_trainer_reads_what_the_linter_reads(encoded: Path) -> None:
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    lexicon = Lexicon(vocabulary)
    corpus = EncodedCorpus.load(encoded / "stories-00.npz")
    texts = [text for number, text in enumerate(documents()) if split_of(number) == "training"]
    for text, first, last in zip(texts, corpus.document_starts[:-1], corpus.document_starts[1:], strict=True):
        sentences = list(split_sentences(text.replace("\n", "\n\n")))
        words, sentence_starts = [BEGIN], [0]
        for number, sentence in enumerate(sentences):
            if number > 0:
                sentence_starts.append(len(words))
                words.extend([PARAGRAPH] if sentence.opens_paragraph else [])
            words.extend(sentence.words)
        wanted = lexicon.encode(words)
        here = slice(first, last)
        marks = corpus.marks[here]
        np.testing.assert_array_equal(corpus.word_ids[here], wanted.word_ids)
        np.testing.assert_array_equal(marks & CAPITALS_MASK, wanted.capitals)
        np.testing.assert_array_equal((marks >> LEAN_SHIFT) & LEAN_MASK, wanted.leans)
        np.testing.assert_array_equal((marks & CANDIDATE_BIT) > 0, wanted.candidates)
        np.testing.assert_array_equal(corpus.name_slots[here], wanted.name_slots)
        np.testing.assert_array_equal(np.flatnonzero(marks & SENTENCE_START_BIT), sentence_starts)


def test_case_that_the_form_hides_is_marked(encoded: Path) -> None:
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    corpus = EncodedCorpus.load(encoded / "stories-00.npz")
    words = [vocabulary.words[word_id] for word_id in corpus.word_ids.tolist()]
    marked = {
        (word, following, bool(mark & OTHER_CASE_BIT))
        for word, following, mark in zip(words, words[1:], corpus.marks.tolist(), strict=False)
        if word in ("her", "his") or mark & OTHER_CASE_BIT
    }
    assert marked == {("her", "past", True), ("her", ".", False), ("his", "past", False)}


def test_rare_names_are_left_to_their_context(encoded: Path) -> None:
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    assert dict(zip(vocabulary.names, vocabulary.name_leans.tolist(), strict=True)) == {"john": 1, "mary": 7}
    assert not {"john", "mary"} & set(vocabulary.words)


# Sampling.

WORDS = (*SPECIAL_WORDS, *CLASS_OF_FORM, "doctor", "slept")
IDS = {word: word_id for word_id, word in enumerate(WORDS)}
NO_FLAGS = np.zeros(len(WORDS), np.uint8)
VOCABULARY = Vocabulary(WORDS, NO_FLAGS, NO_FLAGS, (), np.zeros(0, np.uint8))
TABLES = word_tables(VOCABULARY)
LENGTH = 64


def random_piece(name: str = "stories", n_documents: int = 40, longest: int = 30, seed: int = 4) -> CorpusPiece:
    """Documents of 1 to 25 sentences of 1 to `longest` words, a third of them pronouns."""
    random = np.random.default_rng(seed)
    ids: list[int] = []
    sentence_starts, document_starts = [], []
    for _ in range(n_documents):
        document_starts.append(len(ids))
        for number in range(int(random.integers(1, 26))):
            sentence_starts.append(len(ids))
            ids.extend([BEGIN_ID] if number == 0 else [])
            for _ in range(int(random.integers(1, longest + 1))):
                is_pronoun = random.random() < 1 / 3
                ids.append(IDS[str(random.choice(sorted(CLASS_OF_FORM)))] if is_pronoun else IDS["doctor"])
    marks = np.zeros(len(ids), np.uint8)
    marks[sentence_starts] |= SENTENCE_START_BIT
    words = EncodedCorpus(
        np.array(ids, np.uint16), marks, np.zeros(len(ids), np.uint8), np.array([*document_starts, len(ids)])
    )
    n_judged = np.cumsum(TABLES.class_of[words.word_ids] >= 0, dtype=np.int32)
    starts = np.array([*sentence_starts, len(ids)])
    n_names = np.zeros(len(ids) + 1, np.int32)
    return CorpusPiece(name, words, starts, np.concatenate([np.zeros(1, np.int32), n_judged]), n_names)


def batch_of(piece: CorpusPiece, windows: Ints, noise: Noise = NO_NOISE) -> Batch:
    """The windows as one batch."""
    return make_batch(piece, windows, TABLES, noise, np.random.default_rng(0))


def asked_places(piece: CorpusPiece, windows: Ints) -> list[int]:
    """Where the pronouns stand in the corpus that the windows ask about."""
    batch = batch_of(piece, windows)
    rows, columns = np.nonzero(batch.classes.numpy() >= 0)
    first = windows[:, 0] - (windows[:, 2] == 0)
    return sorted((first[rows] + batch.positions.numpy()[rows, columns]).tolist())


def only(monkeypatch: pytest.MonkeyPatch, short_beginnings: float) -> None:
    """Lets no document, or every one, give a short beginning besides its main windows."""
    monkeypatch.setattr(sampling, "_SHORT_BEGINNINGS", short_beginnings)


@pytest.mark.parametrize("longest", [30, 150], ids=["sentences that fit", "sentences longer than a window"])
def test_windows_never_exceed_the_length(longest: int) -> None:
    piece = random_piece(longest=longest)
    windows = cut_windows(piece, LENGTH, np.random.default_rng(0))
    batch = batch_of(piece, windows)
    assert int(batch.lengths.max()) == batch.word_ids.shape[1] <= LENGTH
    assert int(batch.lengths.min()) > 1


def test_every_pronoun_is_asked_about_at_most_once_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, short_beginnings=0.0)
    piece = random_piece()
    for seed in range(5):
        windows = cut_windows(piece, LENGTH, np.random.default_rng(seed))
        asked = asked_places(piece, windows)
        assert len(asked) == len(set(asked))
        # Those that are not asked about stand at the beginning of a window that goes on.
        judged = np.flatnonzero(TABLES.class_of[piece.words.word_ids] >= 0).tolist()
        left_out = set(judged) - set(asked)
        unseen = {int(start) + n for start, _, opens in windows for n in range(N_UNASKED - 1) if not opens}
        assert left_out
        # A window that has no other pronoun is left out whole.
        covered = {place for start, end, _ in windows.tolist() for place in range(start, end)}
        assert left_out & covered <= unseen
        assert len(left_out - covered) < len(left_out & covered)


def test_another_round_asks_about_others(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, short_beginnings=0.0)
    piece = random_piece()
    rounds = [asked_places(piece, cut_windows(piece, LENGTH, np.random.default_rng(seed))) for seed in range(8)]
    judged = np.count_nonzero(TABLES.class_of[piece.words.word_ids] >= 0)
    assert len(set().union(*rounds)) > 0.95 * judged > max(map(len, rounds))


def test_main_windows_are_whole_sentences_of_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, short_beginnings=0.0)
    piece = random_piece()
    sentences, opening = set(piece.sentence_starts.tolist()), set(piece.words.document_starts.tolist())
    for start, end, opens in cut_windows(piece, LENGTH, np.random.default_rng(0)).tolist():
        assert {start, end} <= sentences
        assert bool(opens) == (start in opening)
        assert not opening & set(range(start + 1, end))


def test_short_beginnings(monkeypatch: pytest.MonkeyPatch) -> None:
    piece = random_piece()
    only(monkeypatch, short_beginnings=0.0)
    main = {tuple(row) for row in cut_windows(piece, LENGTH, np.random.default_rng(0)).tolist()}
    only(monkeypatch, short_beginnings=1.0)
    windows = cut_windows(piece, LENGTH, np.random.default_rng(0))
    beginnings = [row for row in windows.tolist() if row[2]]
    assert len(beginnings) > len([row for row in main if row[2]])
    lengths = {end - start for start, end, _ in beginnings}
    assert min(lengths) < 12
    assert max(lengths) < LENGTH


def test_windows_hold_the_words_of_the_corpus() -> None:
    piece = random_piece()
    windows = cut_windows(piece, LENGTH, np.random.default_rng(0))
    batch = batch_of(piece, windows)
    for row, (start, end, opens) in enumerate(windows.tolist()):
        here = piece.words.word_ids[start:end].tolist()
        wanted = here if opens else [CONTINUE_ID, *here]
        assert (here[0] == BEGIN_ID) == bool(opens)
        assert int(batch.lengths[row]) == len(wanted)
        padding = [PAD_ID] * (batch.word_ids.shape[1] - len(wanted))
        assert batch.word_ids[row].tolist() == [*wanted, *padding]
        assert bool(batch.candidates[row, 0])


@pytest.mark.parametrize("gender_swap", [0, 1], ids=["as written", "swapped"])
def test_labels_are_those_of_the_words(gender_swap: int) -> None:
    piece = random_piece()
    windows = cut_windows(piece, LENGTH, np.random.default_rng(0))
    batch = batch_of(piece, windows, Noise(gender_swap, 0, 0, 0, 0))
    mirrored = {"masculine": "feminine", "feminine": "masculine"} if gender_swap else {}
    for row, (start, _, opens) in enumerate(windows.tolist()):
        is_asked = batch.classes[row] >= 0
        positions = batch.positions[row][is_asked].tolist()
        assert positions == sorted(set(positions))
        for column, position in enumerate(positions):
            assert opens or position >= N_UNASKED
            written = WORDS[piece.words.word_ids[start + position - (0 if opens else 1)]]
            read = WORDS[int(batch.word_ids[row, position])]
            agreement_class = CLASSES[int(batch.classes[row, column])]
            assert agreement_class == CLASS_OF_FORM[read]
            assert agreement_class == mirrored.get(CLASS_OF_FORM[written], CLASS_OF_FORM[written])
            assert int(batch.reflexive[row, column]) == (read in REFLEXIVE_FORMS)
            case = int(batch.cases[row, column])
            assert case == -1 or FORMS[agreement_class][CASES[case]] == read
        padding = ~is_asked
        assert not batch.positions[row][padding].any()
        assert set(batch.cases[row][padding].tolist()) <= {-1}


def test_batches_of_an_epoch() -> None:
    pieces = [random_piece(), random_piece("spoken", seed=5), random_piece("short", seed=6)]
    batches = epoch_batches(pieces, LENGTH, batch_words=900, seed=1)
    for _, windows in batches:
        width = int((windows[:, 1] - windows[:, 0]).max()) + 1
        assert len(windows) == 1 or len(windows) * width <= 900
    again, other = (epoch_batches(pieces, LENGTH, 900, seed) for seed in (1, 2))
    assert [(number, windows.tolist()) for number, windows in batches] == [(n, w.tolist()) for n, w in again]
    assert [(number, windows.tolist()) for number, windows in batches] != [(n, w.tolist()) for n, w in other]
    # Short texts are read twice, the spoken ones by half.
    for number, repeats in enumerate((1, 0.5, 2)):
        n_windows = sum(len(windows) for piece, windows in batches if piece == number)
        once = len(cut_windows(pieces[number], LENGTH, np.random.default_rng(0)))
        assert n_windows == pytest.approx(repeats * once, rel=0.15)


def test_prefetched_gives_the_same_items_and_errors() -> None:
    def items() -> Iterator[int]:
        yield from range(5)
        raise OSError("the disk is gone")

    assert list(prefetched(iter(range(9)))) == list(range(9))
    assert list(islice(prefetched(iter(range(10**9))), 3)) == [0, 1, 2]
    found: list[int] = []
    with pytest.raises(OSError, match="the disk is gone"):
        found.extend(item for item in prefetched(items()))


def test_folder_without_a_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=str(tmp_path)):
        load_pieces(tmp_path, TABLES)


# Fit.


def test_a_batch_without_questions_is_harmless() -> None:
    # The only pronoun stands where a window that goes on is not asked about.
    words = np.array([BEGIN_ID, *[IDS["doctor"]] * 3, IDS["she"], *[IDS["doctor"]] * 30], np.uint16)
    corpus = EncodedCorpus(words, np.zeros(35, np.uint8), np.zeros(35, np.uint8), np.array([0, 35]))
    n_judged = np.cumsum([0, *(words == IDS["she"])], dtype=np.int32)
    piece = CorpusPiece("stories", corpus, np.array([0, 3, 35]), n_judged, np.zeros_like(n_judged))
    torch.manual_seed(1)
    network = Twin(sizes_for(VOCABULARY))
    for figure in loss_of(network, batch_of(piece, np.array([[3, 35, 0]]))):
        assert bool(torch.isfinite(figure)), "one such batch spoils every figure after it"


@pytest.fixture(scope="module")
def overfitted(encoded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkpoint of a network that has read the stories many times over."""
    checkpoint, _ = trained(encoded, tmp_path_factory.mktemp("overfitted"), steps=300)
    return checkpoint


def test_it_learns_its_own_windows(encoded: Path, overfitted: Path) -> None:
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    tables = word_tables(vocabulary)
    network = Twin(sizes_for(vocabulary)).eval()
    network.load_state_dict(state_of(overfitted)["network"])
    pieces = load_pieces(encoded, tables)
    right: list[bool] = []
    for number, windows in epoch_batches(pieces, SIZES["window_length"], 600, seed=9):
        batch = make_batch(pieces[number], windows, tables, NO_NOISE, np.random.default_rng(0))
        asked = batch.classes >= 0
        with torch.no_grad():
            right.extend((network(batch).classes.argmax(dim=-1) == batch.classes)[asked].tolist())
    assert len(right) > 200
    assert sum(right) > 0.95 * len(right)


def test_what_it_learnt_is_what_the_linter_says(encoded: Path, overfitted: Path) -> None:
    network = AgreementNetwork(read_checkpoint(overfitted, encoded / "vocabulary.npz"))
    right: list[bool] = []
    for text in documents():
        if HELD_OUT_WORD in text:
            continue
        words: list[str] = [BEGIN]
        for number, sentence in enumerate(split_sentences(text.replace("\n", "\n\n"))):
            words.extend([PARAGRAPH] if sentence.opens_paragraph and number else [])
            words.extend(sentence.words)
        ((_, judgements),) = network.judge([Window(tuple(words), 1, tuple(range(len(words))))])
        for judgement in judgements:
            likeliest = CLASSES[int(np.argmax(judgement.probabilities))]
            right.append(likeliest == CLASS_OF_FORM[judgement.anaphor.form])
    assert sum(right) > 0.95 * len(right)


def test_the_same_seed_gives_the_same_weights(encoded: Path, tmp_path: Path) -> None:
    one, other, third = (trained(encoded, tmp_path / str(n), 12, seed)[0] for n, seed in enumerate((1, 1, 2)))
    check_same_weights(one, other)
    assert not torch.equal(state_of(one)["network"]["words"], state_of(third)["network"]["words"])


def test_a_larger_budget_goes_on_where_the_last_one_ended(encoded: Path, tmp_path: Path) -> None:
    checkpoint, printed = trained(encoded, tmp_path / "parts", 6)
    assert "resuming" not in printed
    before = state_of(checkpoint)["progression"]
    assert before["step"] == 6
    checkpoint, printed = trained(encoded, tmp_path / "parts", 14)
    assert f"resuming {checkpoint} at step 6" in printed.replace("\n", "")
    after = state_of(checkpoint)["progression"]
    assert after["step"] == 14
    assert after["n_words"] > before["n_words"]
    assert after["seconds"] > before["seconds"]
    # No batch is left out where the parts meet, and none is read twice.
    whole = state_of(trained(encoded, tmp_path / "whole", 14)[0])["progression"]
    assert after["n_words"] == whole["n_words"]


def test_a_spent_budget_changes_nothing(encoded: Path, tmp_path: Path) -> None:
    checkpoint, _ = trained(encoded, tmp_path, 5)
    before = state_of(checkpoint)
    checkpoint, _ = trained(encoded, tmp_path, 5)
    after = state_of(checkpoint)
    assert torch.equal(before["network"]["words"], after["network"]["words"])
    assert {**before["progression"], "seconds": 0} == {**after["progression"], "seconds": 0}


def test_a_killed_run_goes_on_as_if_nothing_had_happened(
    encoded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _ = trained(encoded, tmp_path / "whole", 20)
    n_steps = 0

    def killed_later(network: Twin, batch: Batch) -> Any:
        nonlocal n_steps
        n_steps += 1
        if n_steps == 9:
            raise KeyboardInterrupt
        return loss_of(network, batch)

    with monkeypatch.context() as patched:
        patched.setattr(fit_module, "_SECONDS_BETWEEN_CHECKPOINTS", -1.0)
        patched.setattr(fit_module, "loss_of", killed_later)
        with pytest.raises(KeyboardInterrupt):
            trained(encoded, tmp_path / "parts", 20)
    parts, printed = trained(encoded, tmp_path / "parts", 20)
    assert "at step 8," in printed
    check_same_weights(parts, whole)


def test_a_checkpoint_of_other_sizes_is_named(encoded: Path, tmp_path: Path) -> None:
    checkpoint, _ = trained(encoded, tmp_path, 1)
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    with pytest.raises(ValueError, match="other sizes") as refusal:
        fit(
            vocabulary,
            sizes_for(vocabulary, n_head=17),
            replace(options_for(encoded, tmp_path, 2)),
            Console(file=io.StringIO()),
        )
    assert str(checkpoint) in str(refusal.value)


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_the_other_cells_are_trained_too(cell: str, encoded: Path, tmp_path: Path) -> None:
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    options = options_for(encoded, tmp_path, 3)
    checkpoint = fit(vocabulary, sizes_for(vocabulary, cell=cell), options, Console(file=io.StringIO()))
    state = state_of(checkpoint)
    assert (state["sizes"]["cell"], state["progression"]["step"]) == (cell, 3)
    assert all(bool(torch.isfinite(array).all()) for array in state["network"].values())
