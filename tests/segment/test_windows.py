"""Text to sentences to windows: nothing is lost, nothing moves, every pronoun is asked about once."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from segment_checks import REPRODUCIBLE, check

from gru_lint.records import Sentence
from gru_lint.segment.sentences import MAX_SENTENCE_WORDS, split_sentences
from gru_lint.segment.windows import split_windows

LENGTHS = (128, 192)


def sentences_of(shape: Sequence[tuple[int, bool]]) -> list[Sentence]:
    """Sentences of so many words, each with a pronoun; the flag opens a paragraph."""
    forms = ("he", "She", "it", "Their", "himself")
    sentences, offset = [], 0
    for number, (n_words, opens_paragraph) in enumerate(shape):
        form = forms[number % len(forms)]
        words = (form, *(f"w{number}x{index}" for index in range(n_words - 1)))
        starts = []
        for word in words:
            starts.append(offset)
            offset += len(word) + 1
        sentences.append(Sentence(words, tuple(starts), opens_paragraph or number == 0))
    return sentences


SHAPES = st.lists(st.tuples(st.integers(1, MAX_SENTENCE_WORDS), st.booleans()), max_size=80)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize(
    "shape",
    [
        [],
        [(1, True)],
        [(MAX_SENTENCE_WORDS, True)] * 9,
        [(MAX_SENTENCE_WORDS, False)] * 9,
        [(7, False)] * 200,
        [(30, number % 4 == 0) for number in range(100)],
        [(MAX_SENTENCE_WORDS if number % 5 == 0 else 2, number % 2 == 0) for number in range(60)],
    ],
    ids=["nothing", "a word", "long paragraphs", "long sentences", "one paragraph", "four sentences each", "mixed"],
)
def test_windows_of_sentences(shape: list[tuple[int, bool]], length: int) -> None:
    check(sentences_of(shape), length)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("form", ["he", "she", "him"])
def test_paragraphs_of_one_word_fit_into_windows(form: str, length: int) -> None:
    # Each takes two words of the window: itself and the mark of its paragraph.
    check([Sentence((form,), (number * 10,), True) for number in range(400)], length)


@REPRODUCIBLE
@given(SHAPES, st.sampled_from(LENGTHS))
def test_windows_of_any_sentences(shape: list[tuple[int, bool]], length: int) -> None:
    check(sentences_of(shape), length)


def test_windows_without_a_pronoun_are_left_out() -> None:
    plain = [Sentence(("Nobody", "slept", "."), (6 * n, 6 * n + 2, 6 * n + 4), n == 0) for n in range(200)]
    assert list(split_windows(plain, 192)) == []


def test_sentences_are_read_as_they_come() -> None:
    # A long text is never held as a whole: the first window is there before the last sentence is read.
    n_read = 0

    def counted() -> Iterator[Sentence]:
        nonlocal n_read
        for sentence in sentences_of([(20, False)] * 400):
            n_read += 1
            yield sentence

    next(split_windows(counted(), 192))
    assert n_read < 20


SUBJECTS = ("Anna", "The captain", "John", "My sister", "The dogs", "Mr. Quimby", "It", "They", "She", "He")
VERBS = ("saw", "heard", "followed", "painted", "forgot", "wanted", "gave back", "hid")
OBJECTS = ("her letter", "the old boat", "him", "his brothers", "it", "themselves", "nothing at all", "the moon")


def long_text(n_sentences: int, seed: int) -> list[str]:
    """Sentences of an endless story, most of them with a pronoun."""
    dice = random.Random(seed)
    return [
        f"{dice.choice(SUBJECTS)} {dice.choice(VERBS)} {dice.choice(OBJECTS)} on day {number}."
        + dice.choice((" ", " ", " ", "\n\n"))
        for number in range(n_sentences)
    ]


def what_is_read(text: str) -> set[tuple[tuple[str, ...], int, int]]:
    """What decides the judgements of each window: two with the same need not be judged twice."""
    return {window.content for window in split_windows(split_sentences(text), 192)}


@pytest.mark.parametrize("place", [0.02, 0.3, 0.5, 0.77, 0.99])
@pytest.mark.parametrize(
    "edit",
    [
        lambda sentence: sentence.replace(" on ", " again on "),
        lambda sentence: "",
        lambda sentence: sentence.rstrip() + "\n\n",
        lambda sentence: sentence + "Nobody knew. ",
        lambda sentence: " ".join(["He slept until he woke."] * 40) + sentence,
    ],
    ids=["a word inserted", "a sentence taken out", "a paragraph ended", "a sentence added", "a page added"],
)
def test_an_edit_changes_few_windows(edit: Callable[[str], str], place: float) -> None:
    n_changed = []
    for seed in range(3):
        sentences = long_text(1500, seed)
        before = what_is_read("".join(sentences))
        assert len(before) > 100
        number = int(place * len(sentences))
        sentences[number] = edit(sentences[number])
        n_changed.append(len(before - what_is_read("".join(sentences))))
    # Groups fall into step again at the first sentence that ends one in both texts, mostly at once.
    assert sorted(n_changed)[1] <= 5
    assert max(n_changed) <= 16


@pytest.mark.parametrize(
    "text",
    [
        "x" * 200_000,
        ".\n" * 30_000,
        "((((" * 10_000,
        "he'" * 10_000,
        "\u0301" * 50_000,
        "👩‍🚀" * 10_000,
        "\0 " * 20_000,
    ],
    ids=["a word", "full stops", "brackets", "apostrophes", "accents", "emoji", "null characters"],
)
def test_odd_long_texts_end(text: str) -> None:
    for window in split_windows(split_sentences(text), 192):
        assert len(window.words) <= 192


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("Mary lost her hat.", [True], id="a sentence"),
        pytest.param("Mary lost her hat.\n\nIt rained.", [True], id="two paragraphs"),
        pytest.param("Mary lost her hat. " + "It rained all day. " * 20, [False], id="a long document"),
        pytest.param("Mary lost her hat. " * 60, [False], id="many windows"),
    ],
)
def test_a_short_document_is_known(text: str, wanted: list[bool]) -> None:
    windows = split_windows(split_sentences(text), 192)
    assert sorted({window.is_short for window in windows}) == wanted
