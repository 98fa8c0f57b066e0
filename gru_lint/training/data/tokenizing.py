"""Corpora to words: the same tokenizer that reads a user's file, on all cores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.pool import Pool

import numpy as np
import numpy.typing as npt

from gru_lint.english.pronouns import BEGIN, PARAGRAPH
from gru_lint.segment.sentences import split_sentences

# Text tokenized by one task of the pool.
_CHARACTERS_A_TASK = 1_000_000


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
class Tokens:
    """A whole corpus file as indices into the list of spellings that all files share."""

    name: str
    indices: npt.NDArray[np.int32]
    sentence_starts: npt.NDArray[np.bool_]


def tokenize_documents(
    name: str, documents: Iterable[str], pool: Pool, known: dict[str, int], report: Callable[[str], None]
) -> Tokens:
    """The words of documents; `known` maps spellings to indices and grows."""
    pieces, starts = [], []
    n_words = 0
    for part in pool.imap(_tokenize, _in_tasks(documents)):
        pieces.append(_shared_indices(part, known))
        starts.append(part.sentence_starts)
        n_words += len(part.indices)
        report(f"{name}: {n_words:,} words")
    return Tokens(name, np.concatenate(pieces), np.concatenate(starts))


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
