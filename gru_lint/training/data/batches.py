"""Batches of training windows: padded, augmented, and labelled with what the network is asked."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import torch

from gru_lint.english.lexicon import N_NAME_SLOTS
from gru_lint.english.pronouns import GENDERS
from gru_lint.english.vocabulary import BEGIN_ID, CONTINUE_ID, PAD_ID
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
)
from gru_lint.training.data.distractors import DISTRACTOR_BIT
from gru_lint.training.data.sampling import N_UNASKED, CorpusPiece
from gru_lint.training.data.verb_labels import LABEL_MASK, N_NUMBERS, parted_labels
from gru_lint.training.model.network import Batch
from gru_lint.training.model.verbs import VerbSlots

Item = TypeVar("Item")
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Padded:
    """B windows of T words, the length of the longest.

    source   (B, T), which word of the piece stands where, if one does
    is_text  (B, T), whether one does: it is neither padding nor the mark of a window that goes on
    marks    (B, T), of those words; see `EncodedCorpus`
    opens    (B,), whether each window begins a document, or passes for it
    lengths  (B,)
    """

    source: Ints
    is_text: npt.NDArray[np.bool_]
    marks: npt.NDArray[np.uint8]
    opens: npt.NDArray[np.bool_]
    lengths: Ints


def make_batch(
    piece: CorpusPiece,
    windows: Ints,
    tables: WordTables,
    rates: AugmentationRates,
    random: np.random.Generator,
) -> Batch:
    """The windows padded, augmented and labelled."""
    padded, arrays = _padded(piece, windows)
    steps = np.arange(padded.lengths.max())
    cases_of_words = _cases(arrays, tables)
    right_words = augment(arrays, tables, rates, random)
    verbs = _verbs(piece, padded)
    if verbs is not None:
        _make_verbs_wrong(arrays, tables, rates, verbs, random)
    is_asked = (tables.class_of[right_words] >= 0) & (padded.opens[:, None] | (steps >= N_UNASKED))
    if piece.words.verbs is not None:
        is_distractor = padded.is_text & (piece.words.verbs[padded.source] & DISTRACTOR_BIT > 0)
        is_changed = _change_numbers(arrays, tables, rates, is_distractor, random)
        # "They" may be the keys that have become one.
        is_asked &= ~is_changed[:, None] | (tables.class_of[right_words] < len(GENDERS))
    candidates = (padded.marks & CANDIDATE_BIT) > 0
    candidates[:, 0] = True

    is_name = tables.is_name[arrays.word_ids] & (arrays.capitals > 0)
    keys = np.where(is_name, _name_keys(arrays), -1)
    name_rows, name_columns, labels_of_names = repeated_names(keys, candidates, random)
    genders = gender_labels(arrays.gender_bins, is_name, candidates, tables.class_of[right_words])
    rows, columns = np.nonzero(is_asked)
    n_pronouns = len(rows)
    # Pronouns first, then repeated names, which have no class.
    rows, columns = np.concatenate([rows, name_rows]), np.concatenate([columns, name_columns])
    places = _places(rows, len(windows))
    positions = np.zeros((len(windows), max(1, int(places.max(initial=0)) + 1)), np.int64)
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
                padded.lengths,
                positions,
                reflexive,
                classes,
                cases,
                antecedents,
            )
        )
    )
    return batch if verbs is None else replace(batch, verbs=VerbSlots(*map(torch.from_numpy, verbs)))


def _padded(piece: CorpusPiece, windows: Ints) -> tuple[_Padded, WindowArrays]:
    """The windows at the length of the longest, and their words as the network reads them."""
    starts, ends, opens = windows[:, 0], windows[:, 1], windows[:, 2].astype(np.bool_)
    # A window that goes on is given its mark in place of the word before its first.
    lengths = ends - starts + ~opens
    steps = np.arange(lengths.max())
    is_word = steps < lengths[:, None]
    is_mark = ~opens[:, None] & (steps == 0)
    is_text = is_word & ~is_mark
    source = np.where(is_text, (starts - ~opens)[:, None] + steps, 0)
    marks = np.where(is_text, piece.words.marks[source], 0)
    word_ids = np.where(is_word, piece.words.word_ids[source].astype(np.int64), PAD_ID)
    word_ids[is_mark] = CONTINUE_ID
    word_ids[opens, 0] = BEGIN_ID
    name_slots = np.where(is_text, piece.words.name_slots[source], 0).astype(np.int64)
    arrays = WindowArrays(
        word_ids=word_ids,
        capitals=(marks & CAPITALS_MASK).astype(np.int64),
        gender_bins=((marks >> GENDER_BIN_SHIFT) & GENDER_BIN_MASK).astype(np.int64),
        name_slots=name_slots & NAME_SLOT_MASK,
        other_case=(marks & OTHER_CASE_BIT) > 0,
        is_misread=(name_slots & MISREAD_BIT) > 0,
    )
    return _Padded(source, is_text, marks, opens, lengths), arrays


def _places(rows: Ints, n_windows: int) -> Ints:
    """The number of each question among those of its window, which is the row of it."""
    order = np.argsort(rows, kind="stable")
    first_of_row = np.searchsorted(rows[order], np.arange(n_windows))
    places = np.empty_like(rows)
    places[order] = np.arange(len(rows)) - first_of_row[rows[order]]
    return places


def _verbs(piece: CorpusPiece, padded: _Padded) -> tuple[Ints, Ints, Ints, Ints] | None:
    """Rows, columns, kinds and classes (S,) of the verbs and demonstratives that are asked about, if there are any."""
    if piece.words.verbs is None:
        return None
    labels = np.where(padded.is_text, piece.words.verbs[padded.source] & LABEL_MASK, 0)
    labels[~padded.opens, :N_UNASKED] = 0
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
