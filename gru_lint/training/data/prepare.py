"""Corpora to a vocabulary and compact arrays: everything that needs spaCy, done once.

The corpus is tokenized by the same code that tokenizes a user's file, so what the network is
trained on is what it will read. The arrays travel to a machine that has neither spaCy nor text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.pool import Pool
from pathlib import Path
from random import Random

import numpy as np

from gru_lint.english.lexicon import Lexicon, encode_sequence
from gru_lint.english.pronouns import FORMS
from gru_lint.english.vocabulary import BEGIN_ID, load_vocabulary, save_vocabulary
from gru_lint.training.data.compose import N_DOCUMENTS, Composer, piece_name
from gru_lint.training.data.compose.entities import MISREAD
from gru_lint.training.data.corpus import (
    CANDIDATE_BIT,
    GENDER_BIN_SHIFT,
    MISREAD_BIT,
    SENTENCE_START_BIT,
    EncodedCorpus,
    corpus_name,
    documents_of,
)
from gru_lint.training.data.fillers import neutral_sentences
from gru_lint.training.data.name_lists import composer_for, read_bearers, read_families, with_consensus
from gru_lint.training.data.retell import passages, retell
from gru_lint.training.data.tokenizing import Tokens, tokenize_documents
from gru_lint.training.data.vocabulary_choice import build_vocabulary, count_words, first_vectors

# How often each passage of a corpus that speaks of its writer is retold (see retell.py).
_RETOLD = {"short": 8, "fiction": 1, "contemporary": 1, "spoken": 1}
# Sentences about nobody, and passages, that composed documents draw from; the former are rare in novels.
_N_FILLERS = 20_000
_WITHOUT_FILLERS = frozenset(["fiction"])
_N_PASSAGES = 20_000
_PASSAGES_SEED = 1
# Words kept in one file of arrays.
_WORDS_A_PIECE = 20_000_000
_VOCABULARY, _VECTORS = "vocabulary.npz", "vectors.npy"
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sources:
    """What arrays are made of.

    corpora    files of documents
    names      the register of births
    surnames   the list of families
    vectors    what the embedding begins with, if it is known
    consensus  how names are given in the world (see name_lists.py), if that is known
    """

    corpora: tuple[Path, ...]
    names: Path
    surnames: Path
    vectors: Path | None = None
    consensus: Path | None = None

    def corpora_of_writers(self) -> tuple[Path, ...]:
        """Those corpora whose writers speak of themselves."""
        return tuple(path for path in self.corpora if corpus_name(path) in _RETOLD)

    def bearers(self) -> dict[str, tuple[int, int]]:
        """Men and women who bear each first name."""
        bearers = read_bearers(self.names)
        return bearers if self.consensus is None else with_consensus(bearers, self.consensus)


def prepare(sources: Sources, out: Path, report: Report, composed: Mapping[str, int] = N_DOCUMENTS) -> None:
    """Tokenizes the corpora, chooses the vocabulary and writes it and the arrays to `out`.

    composed   how many documents of each kind are composed beside them
    """
    out.mkdir(parents=True, exist_ok=True)
    known: dict[str, int] = {}
    with Pool() as pool:
        files = [
            tokenize_documents(corpus_name(path), documents_of(path, "training"), pool, known, report)
            for path in sources.corpora
        ]
    spellings = list(known)
    families = read_families(sources.surnames)
    vocabulary = build_vocabulary(count_words(files, spellings), sources.bearers(), families)
    save_vocabulary(vocabulary, out / _VOCABULARY)
    if sources.vectors is not None:
        np.save(out / _VECTORS, first_vectors(vocabulary, sources.vectors))
    lexicon = Lexicon(vocabulary)
    for tokens in files:
        _write(tokens, spellings, lexicon, out, report)
    if composed:
        composer = composer_for(sources.bearers(), sources.surnames)
        told = chain.from_iterable(_retold(path, composer) for path in sources.corpora_of_writers())
        _compose({"retold": told}, lexicon, out, report)
        prepare_composed(sources, out, report, composed)


def prepare_composed(sources: Sources, out: Path, report: Report, composed: Mapping[str, int] = N_DOCUMENTS) -> None:
    """Writes the arrays of composed documents anew, with the vocabulary that is in `out`."""
    report("looking for sentences about nobody, and for passages")
    plain = [path for path in sources.corpora if corpus_name(path) not in _WITHOUT_FILLERS]
    fillers = chain.from_iterable(
        islice(neutral_sentences(documents_of(path, "training")), _N_FILLERS // max(1, len(plain))) for path in plain
    )
    told = sources.corpora_of_writers()
    drawn = Random(_PASSAGES_SEED)
    samples = chain.from_iterable(
        islice(passages(documents_of(path, "training"), drawn), _N_PASSAGES // max(1, len(told))) for path in told
    )
    composer = composer_for(sources.bearers(), sources.surnames, fillers, samples)
    # No others: the sentences that part a verb from its subject are written by `label-verbs`.
    for kind in composed:
        for path in out.glob(f"{piece_name(kind)}-[0-9][0-9].npz"):
            path.unlink()
    documents = {piece_name(kind): composer.documents(n_documents, kind) for kind, n_documents in composed.items()}
    _compose(documents, Lexicon(load_vocabulary(out / _VOCABULARY)), out, report)


def _compose(documents: Mapping[str, Iterable[str]], lexicon: Lexicon, out: Path, report: Report) -> None:
    """Writes the arrays of documents that are made on the way, by name."""
    with Pool() as pool:
        for name, texts in documents.items():
            known: dict[str, int] = {}
            tokens = tokenize_documents(name, texts, pool, known, report)
            _write(tokens, list(known), lexicon, out, report)


def _retold(path: Path, composer: Composer) -> Iterator[str]:
    """Every suitable passage of a corpus file, told of several different people."""
    for passage in passages(documents_of(path, "training"), composer.random):
        for _ in range(_RETOLD[corpus_name(path)]):
            person = composer.person()
            text = retell(passage, person.mention, FORMS[person.agreement_class], composer.random)
            if text is not None:
                yield text


def _write(tokens: Tokens, spellings: list[str], lexicon: Lexicon, out: Path, report: Report) -> None:
    encoded = encode(tokens, spellings, lexicon)
    for number, piece in enumerate(_cut(encoded)):
        piece.save(out / f"{tokens.name}-{number:02}.npz")
    report(f"{tokens.name}: {len(encoded.word_ids):,} words, {len(encoded.document_starts) - 1:,} documents")


def encode(tokens: Tokens, spellings: list[str], lexicon: Lexicon) -> EncodedCorpus:
    """One corpus file as arrays; the features of each spelling are looked up once."""
    is_misread = np.array([word.startswith(MISREAD) for word in spellings])
    spellings = [word.removeprefix(MISREAD) for word in spellings]
    words = encode_sequence(lexicon.rows(spellings)[tokens.indices])
    marks = words.capitals | (words.gender_bins << GENDER_BIN_SHIFT)
    marks |= words.candidates.astype(np.uint8) * CANDIDATE_BIT
    marks |= tokens.sentence_starts.astype(np.uint8) * SENTENCE_START_BIT
    starts = np.flatnonzero(words.word_ids == BEGIN_ID)
    return EncodedCorpus(
        word_ids=words.word_ids.astype(np.uint16),
        marks=marks.astype(np.uint8),
        name_slots=words.name_slots | (is_misread[tokens.indices].astype(np.uint8) * MISREAD_BIT),
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
