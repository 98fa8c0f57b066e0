"""Corpora to a vocabulary and compact arrays: everything that needs spaCy, done once.

The corpus is tokenized by the same code that tokenizes a user's file, so what the network is
trained on is what it will read. The arrays travel to a machine that has neither spaCy nor text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice
from multiprocessing.pool import Pool
from pathlib import Path

import numpy as np

from gru_lint.english.lexicon import BEGIN_ID, PHRASE_ENDS, Lexicon, encode_sequence, normalise
from gru_lint.english.vocabulary import save_vocabulary
from gru_lint.training.data.corpus import (
    CANDIDATE_BIT,
    GENDER_BIN_SHIFT,
    OTHER_CASE_BIT,
    SENTENCE_START_BIT,
    EncodedCorpus,
    corpus_name,
    documents_of,
)
from gru_lint.training.data.fillers import sentences_about_nobody
from gru_lint.training.data.name_lists import composer_for, read_bearers, read_families, with_consensus
from gru_lint.training.data.retell import retold
from gru_lint.training.data.tokenizing import Tokens, tokenize_documents, tokenize_file
from gru_lint.training.data.vocabulary_choice import build_vocabulary, count_words, first_vectors

# Documents that are composed beside the corpora (see compose.py).
N_COMPOSED = 250_000
# How often each passage of a corpus that speaks of its writer is retold (see retell.py).
_RETOLD = {"short": 8, "fiction": 1, "contemporary": 1, "spoken": 1}
# Sentences about nobody that composed documents draw from.
_N_FILLERS = 20_000
# Words kept in one file of arrays.
_WORDS_A_PIECE = 20_000_000


def prepare(
    corpora: list[Path],
    names: Path,
    surnames: Path,
    vectors: Path | None,
    out: Path,
    report: Callable[[str], None],
    n_composed: int = N_COMPOSED,
    consensus: Path | None = None,
) -> None:
    """Tokenizes the corpora, chooses the vocabulary and writes it and the arrays to `out`.

    names        the register of births; surnames, the list of families
    n_composed   how many short documents are composed beside them
    consensus    how names are given in the world (see name_lists.py), if that is known
    """
    bearers = read_bearers(names)
    if consensus is not None:
        bearers = with_consensus(bearers, consensus)
    out.mkdir(parents=True, exist_ok=True)
    known: dict[str, int] = {}
    with Pool() as pool:
        files = [tokenize_file(path, pool, known, report) for path in corpora]
    spellings = list(known)
    vocabulary = build_vocabulary(count_words(files, spellings), bearers, read_families(surnames))
    save_vocabulary(vocabulary, out / "vocabulary.npz")
    if vectors is not None:
        np.save(out / "vectors.npy", first_vectors(vocabulary, vectors))
    lexicon = Lexicon(vocabulary)
    if n_composed:
        report("looking for sentences about nobody")
        fillers = chain.from_iterable(
            islice(sentences_about_nobody(documents_of(path, "training")), _N_FILLERS // len(corpora))
            for path in corpora
        )
        composer = composer_for(bearers, surnames, fillers)
        files.append(tokenize_documents("composed", composer.documents(n_composed), known))
        report("retelling")
        told = chain.from_iterable(
            retold(documents_of(path, "training"), composer, _RETOLD.get(corpus_name(path), 0)) for path in corpora
        )
        files.append(tokenize_documents("retold", told, known))
        spellings = list(known)
    for tokens in files:
        encoded = encode(tokens, spellings, lexicon)
        for number, piece in enumerate(_cut(encoded)):
            piece.save(out / f"{tokens.name}-{number:02}.npz")
        report(f"{tokens.name}: {len(encoded.word_ids):,} words, {len(encoded.document_starts) - 1:,} documents")


def encode(tokens: Tokens, spellings: list[str], lexicon: Lexicon) -> EncodedCorpus:
    """One corpus file as arrays; the features of each spelling are looked up once."""
    words = encode_sequence(lexicon.rows(spellings)[tokens.indices])
    normal = [normalise(word) for word in spellings]
    ends_phrase = np.array([word in PHRASE_ENDS or not word[:1].isalpha() for word in normal])
    is_her = np.array([word == "her" for word in normal])[tokens.indices]
    is_his = np.array([word == "his" for word in normal])[tokens.indices]
    at_phrase_end = np.append(ends_phrase[tokens.indices][1:], True)
    other_case = (is_her & ~at_phrase_end) | (is_his & at_phrase_end)
    marks = words.capitals | (words.gender_bins << GENDER_BIN_SHIFT)
    marks |= words.candidates.astype(np.uint8) * CANDIDATE_BIT
    marks |= other_case.astype(np.uint8) * OTHER_CASE_BIT
    marks |= tokens.sentence_starts.astype(np.uint8) * SENTENCE_START_BIT
    starts = np.flatnonzero(words.word_ids == BEGIN_ID)
    return EncodedCorpus(
        word_ids=words.word_ids.astype(np.uint16),
        marks=marks.astype(np.uint8),
        name_slots=words.name_slots,
        document_starts=np.append(starts, len(words.word_ids)).astype(np.int64),
    )


def _cut(corpus: EncodedCorpus) -> Iterator[EncodedCorpus]:
    """The corpus cut between documents into pieces of at least `_WORDS_A_PIECE` words, the last one smaller."""
    starts = corpus.document_starts
    first = 0
    while first < len(starts) - 1:
        last = min(int(np.searchsorted(starts, starts[first] + _WORDS_A_PIECE)), len(starts) - 1)
        here = slice(starts[first], starts[last])
        yield EncodedCorpus(
            corpus.word_ids[here],
            corpus.marks[here],
            corpus.name_slots[here],
            starts[first : last + 1] - starts[first],
        )
        first = last
