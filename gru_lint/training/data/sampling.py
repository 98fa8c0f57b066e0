"""Training windows: how documents are cut, mixed and padded into batches.

A window is made of whole sentences. One that opens a document (or an excerpt) says so; any other begins with a
mark that something unseen came before, and its first words are context that is not asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import torch

from gru_lint.english.lexicon import N_NAME_SLOTS
from gru_lint.english.pronouns import GENDERS
from gru_lint.english.vocabulary import BEGIN_ID, CONTINUE_ID, PAD_ID, PARAGRAPH_ID
from gru_lint.model.sizes import N_MENTION_WORDS
from gru_lint.training.data.antecedent_labels import gender_labels, mentions_of_gender, repeated_names
from gru_lint.training.data.augment import AugmentationRates, WindowArrays, WordTables, augment
from gru_lint.training.data.corpus import (
    CANDIDATE_BIT,
    CAPITALS_MASK,
    GENDER_BIN_MASK,
    GENDER_BIN_SHIFT,
    MISREAD_BIT,
    NAME_SLOT_MASK,
    OTHER_CASE_BIT,
    SENTENCE_START_BIT,
    EncodedCorpus,
)
from gru_lint.training.data.distractors import DISTRACTOR_BIT
from gru_lint.training.data.verb_labels import LABEL_MASK, N_NUMBERS, parted_labels
from gru_lint.training.model.network import Batch
from gru_lint.training.model.verbs import VerbSlots

Item = TypeVar("Item")
Ints = npt.NDArray[np.int64]

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
    "spoken": 0.5,
    "short": 2.0,
    "composed": 1.5,
    "composed-clauses": 2.0,
    "composed-people": 1.5,
    "composed-told": 4.0,
    "composed-two": 1.5,
    "retold": 3.0,
}
# The pieces that label verbs are a sixth of all, and verbs are learnt from nothing else.
_VERB_REPEATS = 1.5


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


def make_batch(
    piece: CorpusPiece,
    windows: npt.NDArray[np.int64],
    tables: WordTables,
    rates: AugmentationRates,
    random: np.random.Generator,
) -> Batch:
    """The windows padded, augmented and labelled."""
    starts, ends, opens = windows[:, 0], windows[:, 1], windows[:, 2].astype(np.bool_)
    # A window that goes on is given its mark in place of the word before its first.
    lengths = ends - starts + ~opens
    steps = np.arange(lengths.max())
    is_word = steps < lengths[:, None]
    is_mark = ~opens[:, None] & (steps == 0)
    source = np.where(is_word & ~is_mark, (starts - ~opens)[:, None] + steps, 0)
    marks = np.where(is_word & ~is_mark, piece.words.marks[source], 0)
    word_ids = np.where(is_word, piece.words.word_ids[source].astype(np.int64), PAD_ID)
    word_ids[is_mark] = CONTINUE_ID
    word_ids[opens, 0] = BEGIN_ID
    name_slots = np.where(is_word & ~is_mark, piece.words.name_slots[source], 0).astype(np.int64)
    arrays = WindowArrays(
        word_ids=word_ids,
        capitals=(marks & CAPITALS_MASK).astype(np.int64),
        gender_bins=((marks >> GENDER_BIN_SHIFT) & GENDER_BIN_MASK).astype(np.int64),
        name_slots=name_slots & NAME_SLOT_MASK,
        other_case=(marks & OTHER_CASE_BIT) > 0,
        is_misread=(name_slots & MISREAD_BIT) > 0,
    )
    cases_of_words = _cases(arrays, tables)
    right_words = augment(arrays, tables, rates, random)
    verbs = _verbs(piece, source, is_word & ~is_mark, opens)
    if verbs is not None:
        _make_verbs_wrong(arrays, tables, rates, verbs, random)
    is_asked = (tables.class_of[right_words] >= 0) & (opens[:, None] | (steps >= N_UNASKED))
    if piece.words.verbs is not None:
        is_distractor = is_word & ~is_mark & (piece.words.verbs[source] & DISTRACTOR_BIT > 0)
        is_changed = _change_numbers(arrays, tables, rates, is_distractor, random)
        # "They" may be the keys that have become one.
        is_asked &= ~is_changed[:, None] | (tables.class_of[right_words] < len(GENDERS))
    candidates = (marks & CANDIDATE_BIT) > 0
    candidates[:, 0] = True

    is_name = tables.is_name[arrays.word_ids] & (arrays.capitals > 0)
    keys = np.where(is_name, _name_keys(arrays), -1)
    name_rows, name_columns, labels_of_names = repeated_names(keys, candidates, random)
    genders = gender_labels(arrays.gender_bins, is_name, candidates, tables.class_of[right_words])
    rows, columns = np.nonzero(is_asked)
    n_pronouns = len(rows)
    # Pronouns first, then repeated names, which have no class.
    rows, columns = np.concatenate([rows, name_rows]), np.concatenate([columns, name_columns])
    order = np.argsort(rows, kind="stable")
    first_of_row = np.searchsorted(rows[order], np.arange(len(windows)))
    places = np.empty_like(rows)
    places[order] = np.arange(len(rows)) - first_of_row[rows[order]]
    n_questions = max(1, int(places.max(initial=0)) + 1)
    positions = np.zeros((len(windows), n_questions), np.int64)
    positions[rows, places] = columns
    antecedents = np.zeros((*positions.shape, len(steps)), np.int8)
    antecedents[name_rows, places[n_pronouns:]] = labels_of_names
    rows, columns, places = rows[:n_pronouns], columns[:n_pronouns], places[:n_pronouns]
    asked_words = right_words[rows, columns]
    labels = mentions_of_gender(genders[rows], tables.class_of[asked_words])
    # Where the attention may look: not at the slot, nor at a mention that holds it.
    offsets = steps - columns[:, None]
    antecedents[rows, places] = np.where((offsets < 0) | (offsets >= N_MENTION_WORDS), labels, 0)
    classes = np.full_like(positions, -1)
    cases = np.full_like(positions, -1)
    reflexive = np.zeros_like(positions)
    classes[rows, places] = tables.class_of[asked_words]
    cases[rows, places] = cases_of_words[rows, columns]
    reflexive[rows, places] = tables.is_reflexive[asked_words]
    batch = Batch(
        *(
            torch.from_numpy(np.ascontiguousarray(array))
            for array in (
                arrays.word_ids,
                arrays.capitals,
                arrays.gender_bins,
                arrays.name_slots,
                candidates,
                lengths,
                positions,
                reflexive,
                classes,
                cases,
                antecedents,
            )
        )
    )
    return batch if verbs is None else replace(batch, verbs=VerbSlots(*map(torch.from_numpy, verbs)))


def _verbs(
    piece: CorpusPiece, source: Ints, is_text: npt.NDArray[np.bool_], opens: npt.NDArray[np.bool_]
) -> tuple[Ints, Ints, Ints, Ints] | None:
    """Rows, columns, kinds and classes (S,) of the verbs and demonstratives that are asked about, if there are any.

    source   (B, T), which word of the piece stands where
    is_text  (B, T), whether one does
    opens    (B,), whether each window begins a document, or passes for it
    """
    if piece.words.verbs is None:
        return None
    labels = np.where(is_text, piece.words.verbs[source] & LABEL_MASK, 0)
    labels[~opens, :N_UNASKED] = 0
    rows, columns = np.nonzero(labels)
    return (rows, columns, *parted_labels(labels[rows, columns].astype(np.int64))) if len(rows) else None


def _make_verbs_wrong(
    arrays: WindowArrays,
    tables: WordTables,
    rates: AugmentationRates,
    verbs: tuple[Ints, Ints, Ints, Ints],
    random: np.random.Generator,
) -> None:
    """Gives a few verbs the other number, in place, so that one error does not hide the next."""
    rows, columns, _, classes = verbs
    is_noisy = random.random(len(arrays.word_ids)) < rates.wrong_verbs
    wrong = is_noisy[rows] & (classes < N_NUMBERS) & (random.random(len(rows)) < rates.wrong_verb)
    places = rows[wrong], columns[wrong]
    arrays.word_ids[places] = tables.other_number[arrays.word_ids[places]]


def _change_numbers(
    arrays: WindowArrays,
    tables: WordTables,
    rates: AugmentationRates,
    is_distractor: npt.NDArray[np.bool_],
    random: np.random.Generator,
) -> npt.NDArray[np.bool_]:
    """Gives some nouns that decide nothing the other number, in place; in which windows it did so, (B,)."""
    is_noisy = random.random((len(arrays.word_ids), 1)) < rates.other_numbers
    changed = is_distractor & is_noisy & (random.random(is_distractor.shape) < rates.other_number)
    others = tables.other_noun[arrays.word_ids]
    changed &= others != arrays.word_ids
    arrays.word_ids[changed] = others[changed]
    return np.asarray(changed.any(axis=1), np.bool_)


def _cases(arrays: WindowArrays, tables: WordTables) -> npt.NDArray[np.int64]:
    """(B, T), the case of each pronoun, also where its form shows none; a swap of genders leaves it as it is."""
    hidden = np.where(arrays.other_case, tables.other_case_of[arrays.word_ids], tables.usual_case_of[arrays.word_ids])
    return np.where(hidden >= 0, hidden, tables.case_of[arrays.word_ids])


def _name_keys(arrays: WindowArrays) -> npt.NDArray[np.int64]:
    """(B, T), equal for equal names: names that share a row of the embedding differ in their slots."""
    return arrays.word_ids * N_NAME_SLOTS + arrays.name_slots


def prefetched(batches: Iterator[Item]) -> Iterator[Item]:
    """The same items, each made in a thread while the one before it is used."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        pending = pool.submit(next, batches, None)
        while (batch := pending.result()) is not None:
            pending = pool.submit(next, batches, None)
            yield batch
