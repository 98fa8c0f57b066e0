"""Sentences and their offsets, in texts of every kind."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
import spacy
from hypothesis import example, given
from hypothesis import strategies as st
from segment_checks import ODD_TEXTS, REPRODUCIBLE, check

from gru_lint.extract import MARKS, PARAGRAPH_END
from gru_lint.records import Sentence
from gru_lint.segment import sentences
from gru_lint.segment.sentences import MAX_SENTENCE_WORDS, find_pieces, split_sentences
from gru_lint.segment.windows import split_windows

# Sentence ends, paragraph ends and offsets, each written out.
SPLIT: dict[str, tuple[str, list[tuple[int, bool, str]]]] = {
    "nothing": ("", []),
    "blanks": (" \n\t\r\n\u00a0", []),
    "two sentences": ("He slept. She left!", [(0, True, "He slept ."), (10, False, "She left !")]),
    "a blank line": ("He slept\n\nShe left", [(0, True, "He slept"), (10, True, "She left")]),
    "a blank line of blanks": ("He slept\n \t\nShe left", [(0, True, "He slept"), (12, True, "She left")]),
    "a blank line with carriage returns": ("He slept\r\n\r\nShe", [(0, True, "He slept"), (12, True, "She")]),
    "a line end": ("He\r\nslept", [(0, True, "He slept")]),
    "contractions": ("It's hers, isn't it?", [(0, True, "It 's hers , is n't it ?")]),
    "the speaker before a full stop": (
        "She saw my wife and I. He left. Elizabeth I. was queen.",
        [(0, True, "She saw my wife and I ."), (23, False, "He left ."), (32, False, "Elizabeth I. was queen .")],
    ),
    "an emoji before the pronoun": ("👩‍🚀 she left", [(0, True, "👩 ‍ 🚀 she left")]),
    "an accent of its own": ("Jose\u0301 hid.", [(0, True, "Jose\u0301 hid .")]),
    "a null character": ("He\0 left", [(0, True, "He\0 left")]),
    "blanks at the beginning": ("\n\n  He left", [(4, True, "He left")]),
}


@pytest.mark.parametrize(("text", "wanted"), SPLIT.values(), ids=SPLIT)
def test_split_sentences(text: str, wanted: list[tuple[int, bool, str]]) -> None:
    found = [(s.starts[0], s.opens_paragraph, " ".join(s.words)) for s in split_sentences(text)]
    assert found == wanted


def check_offsets(text: str) -> list[Sentence]:
    """The sentences of a text, in which every word stands where it says and none is missing."""
    sentences = list(split_sentences(text))
    starts = [start for sentence in sentences for start in sentence.starts]
    words = [word for sentence in sentences for word in sentence.words]
    for word, start in zip(words, starts, strict=True):
        assert text[start : start + len(word)] == word
    for (word, start), following in pairwise([*zip(words, starts, strict=True), ("", len(text))]):
        assert start + len(word) <= following[1]
    assert "".join(words) == "".join(text.split())
    assert all(0 < len(sentence.words) <= MAX_SENTENCE_WORDS for sentence in sentences)
    assert not sentences or sentences[0].opens_paragraph
    return sentences


@REPRODUCIBLE
@given(ODD_TEXTS)
@example("👩‍🚀 He\r\n\r\nShe\0e\u0301 it")
@example("he\u2029she\x85it\x1cthey")
def test_offsets_in_any_text(text: str) -> None:
    # What parts records and entries is set by extractors, and never in a text.
    check(check_offsets(text.translate(dict.fromkeys(map(ord, set(MARKS) - {PARAGRAPH_END}), " "))), 192)


@REPRODUCIBLE
@given(ODD_TEXTS, st.integers(1, 40))
def test_a_text_in_another_place_has_the_same_words(text: str, n_blanks: int) -> None:
    here = [(s.words, s.starts, s.opens_paragraph) for s in split_sentences(text)]
    there = list(split_sentences("\n" * n_blanks + text))
    assert [(s.words, tuple(n - n_blanks for n in s.starts), s.opens_paragraph) for s in there] == here


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Smith's dog (a 3-year-old) barked... \"Who's there?\" she asked; nobody answered!",
        "See https://example.org/a?b=c, mail a.b@example.org, or pay $5.50 - 10% off -- by 3p.m. :-) He won't.",
        "Wörter — «zitiert» … und 东京。 She left.\u00a0 He's  gone.",
    ],
)
def test_words_and_sentences_are_those_of_spacy_as_it_comes(text: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    wanted = [[(word.text, word.idx) for word in own if not word.is_space] for own in nlp(text).sents]
    found = [list(zip(own.words, own.starts, strict=True)) for own in split_sentences(text)]
    assert found == wanted


def test_sentences_without_stops_are_cut() -> None:
    sentences = check_offsets("he saw it " * 390)
    assert [len(sentence.words) for sentence in sentences[:-1]] == [MAX_SENTENCE_WORDS] * 12
    check(sentences, 192)


def test_a_paragraph_longer_than_a_piece_keeps_its_offsets() -> None:
    sentences = check_offsets("He gave it to her, and slept until 10km later. " * 1500)
    assert [sentence.opens_paragraph for sentence in sentences].count(True) == 1


def test_what_stands_far_away_does_not_move_the_pieces_of_a_paragraph() -> None:
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefgh", k=chance.randrange(2, 7))) for _ in range(6_000)]
    for paragraph in (" ".join(words), ". ".join(word.capitalize() for word in words)):
        ends = {piece.end for piece in find_pieces(paragraph)}
        for first in range(0, 2_000, 90):
            start = paragraph.index(" ", first) + 1
            moved = {start + piece.end for piece in find_pieces(paragraph[start:])}
            same = ends & moved
            assert min(same) < 16_000, "they never meet"
            assert {end for end in moved if end > min(same)} == {end for end in ends if end > min(same)}


@pytest.mark.parametrize("abbreviation", ["Messrs.", "Calif."])
def test_a_piece_does_not_end_in_an_abbreviation(abbreviation: str) -> None:
    text = f"{'she saw the sea, ' * 60}and {abbreviation} Smith were there, {'and so was he, ' * 250}"
    assert not any(text[: piece.end].rstrip().endswith(abbreviation) for piece in find_pieces(text))


def test_an_overlong_run_is_left_out() -> None:
    text = "She left. " + "x" * 300 + " He stayed."
    assert [word for s in split_sentences(text) for word in s.words] == ["She", "left", ".", "He", "stayed", "."]
    assert [text[s.starts[-2] :] for s in split_sentences(text)][-1] == "stayed."


def test_half_of_a_character_is_no_error() -> None:
    # An editor may send half of a surrogate pair while the other half is being typed.
    text = "He left \ud83d and she stayed."
    words = {
        text[start : start + len(word)]
        for s in split_sentences(text)
        for word, start in zip(s.words, s.starts, strict=True)
    }
    assert {"He", "she", "stayed"} <= words
    assert list(split_windows(split_sentences(text), 192))


def test_a_server_that_meets_new_words_for_days_does_not_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "_MAX_KNOWN_WORDS", 2_000)
    most = 0
    for number in range(4_000):
        list(split_sentences(f"Room{number} was hers."))
        most = max(most, len(sentences._pipeline().vocab))
    assert most <= 2_000 + 10
