"""Training windows: how documents are cut, and mixed into batches.

A window is made of whole sentences. One that opens a document (or an excerpt) says so; any other begins with a
mark that something unseen came before, and its first words are context that is not asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gru_lint.english.vocabulary import PARAGRAPH_ID
from gru_lint.training.data.augment import WordTables
from gru_lint.training.data.corpus import (
    CAPITALS_MASK,
    GENDER_BIN_MASK,
    GENDER_BIN_SHIFT,
    OTHER_CASE_BIT,
    SENTENCE_START_BIT,
    EncodedCorpus,
)
from gru_lint.training.data.verb_labels import LABEL_MASK

# In a window that goes on from something unseen, so many words are not asked about.
N_UNASKED = 16
# A share of documents also gives a short beginning, as if a user had typed two sentences.
_SHORT_BEGINNINGS = 0.5
# This share of the windows that open a paragraph passes for a document of its own, as an excerpt does
# that somebody pastes: there a person may be meant who has not been named. Only long ones, since
# in a text of two sentences everybody is named.
_EXCERPTS = 0.3
_MIN_EXCERPT_WORDS = 64
# An encyclopedia is quoted a few sentences at a time, from anywhere in an article. This share of its windows
# is such a quotation; it is taken where somebody is named, since nobody quotes a bare "he".
_QUOTATIONS = {"wikipedia": 0.5, "contemporary": 0.2, "fiction": 0.1}
_QUOTED_WORDS = (30, 140)
_BATCHES_A_POOL = 64
# How often each corpus is read per epoch; fractions read a random part. The rest count once.
REPEATS = {
    "wikipedia": 1.5,
    "fiction": 1.5,
    "spoken": 0.5,
    "short": 2.0,
    "composed": 1.5,
    "composed-clauses": 1.2,
    "composed-people": 1.5,
    "composed-told": 4.0,
    "composed-two": 1.5,
    "retold": 3.0,
}
# The pieces that label verbs are an eighth of all, and verbs are learnt from nothing else.
_VERB_REPEATS = 3.0


@dataclass(frozen=True, slots=True)
class CorpusPiece:
    """An encoded piece and what sampling needs of it.

    sentence_starts  positions where sentences begin, and the end of the piece
    n_judged         (N + 1,) how many judged pronouns, and verbs that are labelled, stand before each position
    n_names          (N + 1,) how many first names and titles that tell a gender do
    """

    name: str
    words: EncodedCorpus
    sentence_starts: npt.NDArray[np.int64]
    n_judged: npt.NDArray[np.int32]
    n_names: npt.NDArray[np.int32]


def load_pieces(folder: Path, tables: WordTables) -> list[CorpusPiece]:
    """Every encoded piece of a folder written by `prepare`, in order of name."""
    pieces = []
    for path in sorted(folder.glob("*-[0-9][0-9].npz")):
        words = EncodedCorpus.load(path)
        other_case = tables.hidden_cases.is_other(words.word_ids) * np.uint8(OTHER_CASE_BIT)
        words = replace(words, marks=words.marks & np.uint8(0xFF ^ OTHER_CASE_BIT) | other_case)
        starts = np.append(np.flatnonzero(words.marks & SENTENCE_START_BIT), len(words.word_ids))
        judged = tables.class_of[words.word_ids] >= 0
        if words.verbs is not None:
            judged |= (words.verbs & LABEL_MASK) > 0
        named = ((words.marks >> GENDER_BIN_SHIFT) & GENDER_BIN_MASK > 0) & (words.marks & CAPITALS_MASK > 0)
        pieces.append(CorpusPiece(path.stem[:-3], words, starts, _counted(judged), _counted(named)))
    if not pieces:
        raise FileNotFoundError(f"{folder}: no encoded corpus here; run the step `prepare` first")
    return pieces


def _counted(is_counted: npt.NDArray[np.bool_]) -> npt.NDArray[np.int32]:
    """(N + 1,): how many of N are true before each position."""
    return np.concatenate([np.zeros(1, np.int32), np.cumsum(is_counted, dtype=np.int32)])


def cut_windows(piece: CorpusPiece, length: int, random: np.random.Generator) -> npt.NDArray[np.int64]:
    """Rows (start, end, opens) of windows that hold a judged pronoun or a labelled verb; end excluded."""
    share_quoted = _QUOTATIONS.get(piece.name, 0.0)
    rows: list[tuple[int, int, bool]] = []
    sentences, documents = piece.sentence_starts, piece.words.document_starts
    first_sentences = np.searchsorted(sentences, documents)
    for number in range(len(documents) - 1):
        first, last = int(first_sentences[number]), int(first_sentences[number + 1])
        n_sentences = last - first
        if n_sentences > 3 and random.random() < _SHORT_BEGINNINGS:
            end = int(sentences[first + int(random.integers(1, 4))])
            rows.append((int(sentences[first]), min(end, int(sentences[first]) + length - 1), True))
        bounds = sentences[first : last + 1].tolist()
        here = 0
        while here < n_sentences:
            is_quoted = random.random() < share_quoted
            n_words = random.integers(*_QUOTED_WORDS) if is_quoted else int(length * random.uniform(0.6, 1.0))
            limit = bounds[here] + n_words - 1
            there = here + 1
            while there < n_sentences and bounds[there + 1] <= limit:
                there += 1
            end = min(bounds[there], bounds[here] + length - 1)
            is_excerpt = (
                end - bounds[here] >= _MIN_EXCERPT_WORDS
                and piece.words.word_ids[bounds[here]] == PARAGRAPH_ID
                and random.random() < _EXCERPTS
            )
            names_somebody = bool(piece.n_names[end] > piece.n_names[bounds[here]])
            rows.append((bounds[here], end, here == 0 or is_excerpt or (is_quoted and names_somebody)))
            here = there
    windows = np.array(rows, np.int64)
    # Position p of a window that goes on lies at start + p - 1: its mark is word 0.
    first_asked = np.where(windows[:, 2] == 1, windows[:, 0], windows[:, 0] + N_UNASKED - 1)
    first_asked = np.minimum(first_asked, windows[:, 1])
    return windows[piece.n_judged[windows[:, 1]] > piece.n_judged[first_asked]]


def epoch_batches(
    pieces: Sequence[CorpusPiece], length: int, batch_words: int, seed: int
) -> list[tuple[int, npt.NDArray[np.int64]]]:
    """The batches of an epoch, shuffled: (number of the piece, its windows of like length)."""
    random = np.random.default_rng(seed)
    batches: list[tuple[int, npt.NDArray[np.int64]]] = []
    for number, piece in enumerate(pieces):
        repeats = REPEATS.get(piece.name, 1.0) * (1.0 if piece.words.verbs is None else _VERB_REPEATS)
        rounds = [cut_windows(piece, length, random) for _ in range(int(np.ceil(repeats)))]
        windows = np.concatenate(rounds)
        windows = windows[random.permutation(len(windows))][: int(len(windows) * repeats / len(rounds))]
        pool_size = max(1, _BATCHES_A_POOL * batch_words // length)
        for pool_start in range(0, len(windows), pool_size):
            pool = windows[pool_start : pool_start + pool_size]
            pool = pool[np.argsort(pool[:, 1] - pool[:, 0], kind="stable")]
            first = 0
            while first < len(pool):
                # Rows are sorted by length: the batch is as long as its last row.
                last = first + 1
                while last < len(pool) and (last + 1 - first) * (pool[last, 1] - pool[last, 0] + 1) <= batch_words:
                    last += 1
                batches.append((number, pool[first:last]))
                first = last
    order = random.permutation(len(batches))
    return [batches[index] for index in order]
