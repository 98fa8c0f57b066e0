"""From text to arrays: what is held out, and that the trainer reads what the linter reads."""

from __future__ import annotations

import lzma
from pathlib import Path

import numpy as np
from stories import HELD_OUT_WORD, N_DOCUMENTS, documents

from gru_lint.english.lexicon import Lexicon
from gru_lint.english.pronouns import BEGIN, PARAGRAPH
from gru_lint.english.vocabulary import load_vocabulary
from gru_lint.segment.sentences import split_sentences
from gru_lint.training.data.augment import word_tables
from gru_lint.training.data.corpus import (
    CANDIDATE_BIT,
    CAPITALS_MASK,
    GENDER_BIN_MASK,
    GENDER_BIN_SHIFT,
    OTHER_CASE_BIT,
    SENTENCE_START_BIT,
    EncodedCorpus,
    read_documents,
    split_of,
)
from gru_lint.training.data.prepare import Sources, prepare_composed
from gru_lint.training.data.sampling import load_pieces


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


def test_documents_that_are_composed_anew_leave_what_another_step_composed(encoded: Path, tmp_path: Path) -> None:
    folder = encoded.parent
    (tmp_path / "vocabulary.npz").write_bytes((encoded / "vocabulary.npz").read_bytes())
    names = ("composed-things-00.npz", "composed-clauses-90.npz")
    for name in names:
        (tmp_path / name).write_bytes(b"of before")
    sources = Sources((folder / "stories.txt.xz",), folder / "names.tsv", folder / "surnames.txt")
    prepare_composed(sources, tmp_path, lambda line: None, {"things": 2})
    assert [(tmp_path / name).read_bytes() == b"of before" for name in names] == [False, True]
    assert len(EncodedCorpus.load(tmp_path / names[0]).document_starts) == 3


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
        np.testing.assert_array_equal((marks >> GENDER_BIN_SHIFT) & GENDER_BIN_MASK, wanted.gender_bins)
        np.testing.assert_array_equal((marks & CANDIDATE_BIT) > 0, wanted.candidates)
        np.testing.assert_array_equal(corpus.name_slots[here], wanted.name_slots)
        np.testing.assert_array_equal(np.flatnonzero(marks & SENTENCE_START_BIT), sentence_starts)


def test_case_that_the_form_hides_is_marked(encoded: Path) -> None:
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    (corpus,) = (piece.words for piece in load_pieces(encoded, word_tables(vocabulary)))
    words = [vocabulary.words[word_id] for word_id in corpus.word_ids.tolist()]
    marked = {
        (word, following, bool(mark & OTHER_CASE_BIT))
        for word, following, mark in zip(words, words[1:], corpus.marks.tolist(), strict=False)
        if word in ("her", "his") or mark & OTHER_CASE_BIT
    }
    assert marked == {("her", "past", True), ("her", ".", False), ("his", "past", False)}


def test_rare_names_are_left_to_their_context(encoded: Path) -> None:
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    assert dict(vocabulary.names) == {"john": 1, "mary": 7}
    assert not {"john", "mary"} & set(vocabulary.words)
