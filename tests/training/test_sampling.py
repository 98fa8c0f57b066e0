"""Training windows: what is cut, asked and labelled, on random documents."""

# ruff: noqa: E402 - what imports torch comes after the check that it is there
from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

torch = pytest.importorskip("torch", reason="training needs torch")

from stories import sizes_for

from gru_lint.english.first_names import FirstNames
from gru_lint.english.pronouns import CASES, CLASS_OF_FORM, CLASSES, FORMS, REFLEXIVE_FORMS
from gru_lint.english.vocabulary import BEGIN_ID, CONTINUE_ID, PAD_ID, SPECIAL_WORDS, Vocabulary
from gru_lint.training.data import sampling
from gru_lint.training.data.augment import AugmentationRates, word_tables
from gru_lint.training.data.batches import make_batch, prefetched
from gru_lint.training.data.corpus import SENTENCE_START_BIT, EncodedCorpus
from gru_lint.training.data.sampling import N_UNASKED, CorpusPiece, cut_windows, epoch_batches, load_pieces
from gru_lint.training.loss import loss_of
from gru_lint.training.model.network import AgreementNetwork as Twin
from gru_lint.training.model.network import Batch

Ints = npt.NDArray[np.int64]
NO_NOISE = AugmentationRates(0, 0, 0, 0, 0)
WORDS = (*SPECIAL_WORDS, *CLASS_OF_FORM, "doctor", "slept")
IDS = {word: word_id for word_id, word in enumerate(WORDS)}
NO_FLAGS = np.zeros(len(WORDS), np.uint8)
VOCABULARY = Vocabulary(WORDS, NO_FLAGS, NO_FLAGS, FirstNames.of({}))
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


def batch_of(piece: CorpusPiece, windows: Ints, rates: AugmentationRates = NO_NOISE) -> Batch:
    """The windows as one batch."""
    return make_batch(piece, windows, TABLES, rates, np.random.default_rng(0))


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
    batch = batch_of(piece, windows, AugmentationRates(gender_swap, 0, 0, 0, 0))
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
