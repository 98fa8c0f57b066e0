"""Corpora to a vocabulary and compact arrays: everything that needs spaCy, done once.

The corpus is tokenized by the same code that tokenizes a user's file, so what the network is
trained on is what it will read. The arrays travel to a machine that has neither spaCy nor text.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing.pool import Pool
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gru_lint.lexicon import (
    AMBIGUOUS_NAME,
    BEGIN_ID,
    GENDERED,
    NOUN,
    PROPER,
    SPECIAL_WORDS,
    Lexicon,
    Vocabulary,
    capitals_of,
    lean_of,
    normalise,
    without_accents,
)
from gru_lint.pronouns import BEGIN, CLASS_OF_FORM, PARAGRAPH, AgreementClass
from gru_lint.tokens import split_sentences
from gru_lint.training.augment import read_telling_words
from gru_lint.training.compose import Composer
from gru_lint.training.corpus import (
    CANDIDATE_BIT,
    LEAN_SHIFT,
    OTHER_CASE_BIT,
    SENTENCE_START_BIT,
    EncodedCorpus,
    read_documents,
    split_of,
)
from gru_lint.vocabulary import save_vocabulary

N_VOCABULARY = 30_000
# A name borne by fewer people than this is left to its context.
_MIN_BEARERS = 20
# Documents that are composed (see compose.py), and the names they may use.
N_COMPOSED = 250_000
_MIN_BEARERS_COMPOSED = 200
_N_SURNAMES = 5_000
_COMPOSER_SEED = 1
# Text tokenized by one task of the pool, and words kept in one file of arrays.
_CHARACTERS_A_TASK = 1_000_000
_WORDS_A_PIECE = 20_000_000

_DETERMINERS = frozenset(
    """
        the a an this that these those my your our his her its their every each no any some another
        """.split()
)
_PLACE_PREPOSITIONS = frozenset(["in", "at", "near"])
# Given as first names now and then, and never meant as such in running text.
_CALENDAR = frozenset(
    """
        monday tuesday wednesday thursday friday saturday sunday january february march may july september
        october november december easter christmas
        """.split()
)
# What cannot stand inside a noun phrase: after "her" such a word shows that "her" is an object,
# and after a noun it shows that the phrase has ended.
_PHRASE_ENDS = frozenset(
    """
        . , ; : ! ? … — - ( ) " ' 's and or but nor as if when while because that than then who whom whose
        which where how why what to of in on at by for from with without into onto upon over under about after
        before between through during against toward towards across along around behind beside beyond down up
        off out away back again so too is was are were be been being am has had have having do does did will
        would shall should can could may might must said says went came i you he she it we they me him us them
        the a an this these those my your his her its our their not never also still only just even very there
        here now today yesterday tomorrow alone
        """.split()
)


@dataclass(frozen=True, slots=True)
class _TokenizedDocuments:
    """Documents as indices into a list of spellings; index -1 marks a paragraph, -2 a document."""

    spellings: list[str]
    indices: npt.NDArray[np.int32]
    sentence_starts: npt.NDArray[np.bool_]


def _tokenize(documents: tuple[str, ...]) -> _TokenizedDocuments:
    known: dict[str, int] = {PARAGRAPH: -1, BEGIN: -2}
    spellings: list[str] = []
    indices: list[int] = []
    starts: list[bool] = []
    for document in documents:
        opens_document = True
        for sentence in split_sentences(document):
            words = list(sentence.words)
            if opens_document:
                words.insert(0, BEGIN)
            elif sentence.opens_paragraph:
                words.insert(0, PARAGRAPH)
            opens_document = False
            for word in words:
                index = known.get(word)
                if index is None:
                    index = known[word] = len(spellings)
                    spellings.append(word)
                indices.append(index)
            starts.append(True)
            starts.extend([False] * (len(words) - 1))
    return _TokenizedDocuments(spellings, np.array(indices, np.int32), np.array(starts, np.bool_))


def _shared_indices(part: _TokenizedDocuments, known: dict[str, int]) -> npt.NDArray[np.int32]:
    """The part's words as indices into the spellings that all files share, which grow."""
    table = [known.setdefault(word, len(known)) for word in (*part.spellings, BEGIN, PARAGRAPH)]
    indices: npt.NDArray[np.int32] = np.array(table, np.int32)[part.indices]
    return indices


@dataclass(frozen=True, slots=True)
class _Tokens:
    """A whole corpus file as indices into the list of spellings that all files share."""

    name: str
    indices: npt.NDArray[np.int32]
    sentence_starts: npt.NDArray[np.bool_]


def _tokenize_file(path: Path, pool: Pool, known: dict[str, int], report: Callable[[str], None]) -> _Tokens:
    documents = (text for index, text in enumerate(read_documents(path)) if split_of(index) == "training")
    pieces, starts = [], []
    n_words = 0
    for part in pool.imap(_tokenize, _in_tasks(documents)):
        pieces.append(_shared_indices(part, known))
        starts.append(part.sentence_starts)
        n_words += len(part.indices)
        report(f"{path.name}: {n_words:,} words")
    return _Tokens(path.name.split(".")[0], np.concatenate(pieces), np.concatenate(starts))


def composer_for(bearers: dict[str, tuple[int, int]], surnames: Path) -> Composer:
    """A composer that uses the names of a register of births and the commonest surnames of a list."""
    names: dict[AgreementClass, list[str]] = {"masculine": [], "feminine": [], "plural": []}
    for name, (men, women) in bearers.items():
        share = women / (men + women)
        if men + women < _MIN_BEARERS_COMPOSED or name in CLASS_OF_FORM or name in _CALENDAR:
            continue
        if share < 0.02 or share > 0.98:
            names["masculine" if share < 0.5 else "feminine"].append(name.title())
        elif 0.3 < share < 0.7:
            names["plural"].append(name.title())
    with surnames.open(encoding="utf-8") as lines:
        families = [line.split()[0].title() for line in islice(lines, _N_SURNAMES)]
    return Composer(names, families, random.Random(_COMPOSER_SEED))


def _tokenize_composed(composer: Composer, n_documents: int, known: dict[str, int]) -> _Tokens:
    part = _tokenize(tuple(composer.documents(n_documents)))
    return _Tokens("composed", _shared_indices(part, known), part.sentence_starts)


def _in_tasks(documents: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Documents in groups of about a million characters."""
    group: list[str] = []
    size = 0
    for document in documents:
        group.append(document)
        size += len(document)
        if size > _CHARACTERS_A_TASK:
            yield tuple(group)
            group, size = [], 0
    if group:
        yield tuple(group)


@dataclass(frozen=True, slots=True)
class _WordCounts:
    """How often each normalised word stands in the corpus, and where; arrays over words."""

    words: list[str]
    total: npt.NDArray[np.int64]
    within_sentence: npt.NDArray[np.int64]
    capitalised_within: npt.NDArray[np.int64]
    after_place_preposition: npt.NDArray[np.int64]
    ending_noun_phrase: npt.NDArray[np.int64]


def _count_words(files: list[_Tokens], spellings: list[str]) -> _WordCounts:
    normal_ids: dict[str, int] = {}
    normal_of = np.array([normal_ids.setdefault(normalise(word), len(normal_ids)) for word in spellings])
    words = list(normal_ids)
    capitalised = np.array([capitals_of(word) > 0 for word in spellings])
    is_in = {
        group: np.array([word in group for word in words])
        for group in (_DETERMINERS, _PLACE_PREPOSITIONS, _PHRASE_ENDS)
    }
    counts = np.zeros((5, len(words)), np.int64)
    for tokens in files:
        normal = normal_of[tokens.indices]
        previous, following = np.roll(normal, 1), np.roll(normal, -1)
        # A quotation mark or a paragraph mark may stand before the first word.
        within = ~tokens.sentence_starts & ~np.roll(tokens.sentence_starts, 1)
        noun_phrase_ends = is_in[_DETERMINERS][previous] & is_in[_PHRASE_ENDS][following]
        after_place = is_in[_PLACE_PREPOSITIONS][previous]
        masks = (None, within, within & capitalised[tokens.indices], after_place, noun_phrase_ends)
        for row, mask in zip(counts, masks, strict=True):
            row += np.bincount(normal if mask is None else normal[mask], minlength=len(words))
    return _WordCounts(words, *counts)


def build_vocabulary(counts: _WordCounts, bearers: dict[str, tuple[int, int]]) -> Vocabulary:
    """The commonest words, and the first names that share one row.

    bearers   for each name in lower case, how many men and women were given it

    A name that is as often a word ("Grace", "Will") keeps its row and gets a lean beside it;
    one that often follows "in", "at" or "near" is a place ("Paris"), and one that stands in the
    corpus more often than it was ever given is something else ("Wednesday"): these get none.
    """
    capital_share = counts.capitalised_within / np.maximum(counts.within_sentence, 1)
    place_share = counts.after_place_preposition / np.maximum(counts.total, 1)
    noun_share = counts.ending_noun_phrase / np.maximum(counts.total, 1)
    row_of = {word: row for row, word in enumerate(counts.words)}
    names: dict[str, int] = {}
    ambiguous: dict[str, int] = {}
    for name, (men, women) in bearers.items():
        if men + women < _MIN_BEARERS or name in CLASS_OF_FORM or name in _CALENDAR or len(name) < 2:
            continue
        # Two imaginary bearers of each gender, so that rare names lean less.
        lean = lean_of((women + 0.5) / (men + women + 1))
        row = row_of.get(name)
        if row is None or counts.total[row] < 20:
            names[name] = lean
        elif place_share[row] > 0.08 or counts.total[row] > men + women:
            continue
        elif capital_share[row] > 0.9:
            names[name] = lean
        elif capital_share[row] > 0.2 and counts.total[row] * 2 < men + women:
            ambiguous[name] = lean
    forms = list(CLASS_OF_FORM)
    order = np.argsort(-counts.total, kind="stable")
    taken = {*SPECIAL_WORDS, *forms, *names}
    in_order = (counts.words[row] for row in order)
    common = (word for word in in_order if word not in taken and without_accents(word) not in names)
    is_spelled = (word for word in common if any(c.isalpha() for c in word) or not any(c.isdigit() for c in word))
    words = [*SPECIAL_WORDS, *forms, *islice(is_spelled, N_VOCABULARY - len(SPECIAL_WORDS) - len(forms))]
    telling = read_telling_words()
    flags = np.zeros(len(words), np.uint8)
    leans = np.zeros(len(words), np.uint8)
    for word_id, word in enumerate(words):
        row = row_of.get(word)
        if row is None or word in SPECIAL_WORDS:
            continue
        if capital_share[row] > 0.5 and counts.within_sentence[row] >= 10 and word != "i":
            flags[word_id] |= PROPER
        if noun_share[row] > 0.05 and counts.total[row] >= 20 and word not in _PHRASE_ENDS:
            flags[word_id] |= NOUN
        if word in telling:
            flags[word_id] |= GENDERED
            leans[word_id] = lean_of(float(telling[word] == "feminine"))
        elif word in ambiguous:
            flags[word_id] |= AMBIGUOUS_NAME
            leans[word_id] = ambiguous[word]
    return Vocabulary(tuple(words), flags, leans, tuple(names), np.array(list(names.values()), np.uint8))


def read_bearers(path: Path) -> dict[str, tuple[int, int]]:
    """Men and women who were given each name, from a table with columns name, M, F."""
    bearers = {}
    with path.open(encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            name, men, women, *_ = line.rstrip("\n").split("\t")
            bearers[name] = (int(men), int(women))
    return bearers


def _encode(tokens: _Tokens, spellings: list[str], lexicon: Lexicon) -> EncodedCorpus:
    """One corpus file as arrays; the features of each spelling are looked up once."""
    types = lexicon.encode(spellings)
    # The lexicon marks a name's last word by looking one word ahead; here words stand alone.
    nameish = np.array([lexicon.is_nameish(word) for word in spellings])
    word_ids = types.word_ids[tokens.indices]
    is_name = nameish[tokens.indices]
    mentions = np.array([bool(lexicon.encode([word]).candidates[0]) for word in spellings])
    candidates = mentions[tokens.indices] & ~(is_name & np.append(is_name[1:], False))
    normal = [normalise(word) for word in spellings]
    ends_phrase = np.array([word in _PHRASE_ENDS or not word[:1].isalpha() for word in normal])
    is_her = np.array([word == "her" for word in normal])[tokens.indices]
    is_his = np.array([word == "his" for word in normal])[tokens.indices]
    at_phrase_end = np.append(ends_phrase[tokens.indices][1:], True)
    other_case = (is_her & ~at_phrase_end) | (is_his & at_phrase_end)
    marks = types.capitals[tokens.indices] | (types.leans[tokens.indices] << LEAN_SHIFT)
    marks |= candidates.astype(np.uint8) * CANDIDATE_BIT
    marks |= other_case.astype(np.uint8) * OTHER_CASE_BIT
    marks |= tokens.sentence_starts.astype(np.uint8) * SENTENCE_START_BIT
    starts = np.flatnonzero(word_ids == BEGIN_ID)
    return EncodedCorpus(
        word_ids=word_ids.astype(np.uint16),
        marks=marks.astype(np.uint8),
        name_slots=types.name_slots[tokens.indices],
        document_starts=np.append(starts, len(word_ids)).astype(np.int64),
    )


def first_vectors(vocabulary: Vocabulary, path: Path) -> npt.NDArray[np.float32]:
    """Vectors (V, D) to begin training with, zero where the file has none; scaled like the other rows.

    path   an .npz with `words` (N,) and `vectors` (N, D), such as GloVe's
    """
    with np.load(path, allow_pickle=False) as arrays:
        row_of = {word: row for row, word in enumerate(arrays["words"].tolist())}
        vectors = arrays["vectors"].astype(np.float32)
    vectors *= 0.1 / vectors.std()
    rows = [row_of.get(word.lower(), -1) for word in vocabulary.words]
    return np.where(np.array(rows)[:, None] >= 0, vectors[rows], 0.0).astype(np.float32)


def prepare(
    corpora: list[Path],
    names: Path,
    surnames: Path,
    vectors: Path | None,
    out: Path,
    report: Callable[[str], None],
    n_composed: int = N_COMPOSED,
) -> None:
    """Tokenizes the corpora, chooses the vocabulary and writes it and the arrays to `out`.

    n_composed   how many short documents are composed beside them
    """
    out.mkdir(parents=True, exist_ok=True)
    known: dict[str, int] = {}
    with Pool() as pool:
        files = [_tokenize_file(path, pool, known, report) for path in corpora]
    spellings = list(known)
    vocabulary = build_vocabulary(_count_words(files, spellings), read_bearers(names))
    save_vocabulary(vocabulary, out / "vocabulary.npz")
    if vectors is not None:
        np.save(out / "vectors.npy", first_vectors(vocabulary, vectors))
    lexicon = Lexicon(vocabulary)
    if n_composed:
        composer = composer_for(read_bearers(names), surnames)
        files.append(_tokenize_composed(composer, n_composed, known))
        spellings = list(known)
    for tokens in files:
        encoded = _encode(tokens, spellings, lexicon)
        for number, piece in enumerate(_pieces(encoded)):
            piece.save(out / f"{tokens.name}-{number:02}.npz")
        report(f"{tokens.name}: {len(encoded.word_ids):,} words, {len(encoded.document_starts) - 1:,} documents")


def _pieces(corpus: EncodedCorpus) -> Iterator[EncodedCorpus]:
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
