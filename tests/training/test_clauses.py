"""Composed sentences for the judge of verbs: what is marked agrees with its own subject, whatever stands between."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch")

from gru_lint.english.pronouns import CLASS_OF_FORM
from gru_lint.english.verb_forms import FORM_CLASSES, slot_of_word
from gru_lint.english.vocabulary import load_vocabulary
from gru_lint.training.data.clauses import AGREES, ClauseComposer, Words, words_of
from gru_lint.training.data.corpus import EncodedCorpus
from gru_lint.training.data.tagging import TAGS, TaggedTokens
from gru_lint.training.data.tokenizing import Tokens
from gru_lint.training.data.verb_labels import parted_labels, write_clauses

WORDS = Words(
    nouns=(("key", "keys"), ("cabinet", "cabinets"), ("owner", "owners")),
    verbs=("belong", "appear"),
    pasts=("vanished", "admired"),
    participles=("hidden", "taken"),
    gerunds=("holding", "carrying"),
    adjectives=("rusty", "old"),
    irregular_nouns=(("foot", "feet"),),
)


def marked(text: str) -> list[str]:
    """The forms of the marked words."""
    slots = (slot_of_word(word.strip(f"{AGREES}.!?").lower()) for word in text.split() if word.startswith(AGREES))
    return [slot[1] for slot in slots if slot]


@pytest.mark.parametrize("number", ["singular", "plural"])
def test_a_predicate_agrees_with_its_subject(number: str) -> None:
    composer = ClauseComposer(WORDS, Random(1))
    for _ in range(100):
        assert marked(composer._predicate(number)) == [number]  # type: ignore[arg-type]


def test_the_main_verb_agrees_with_the_first_noun_and_the_nearest_one_says_nothing() -> None:
    composer = ClauseComposer(WORDS, Random(2))
    nouns = {
        noun: number
        for pair in (*WORDS.nouns, *WORDS.irregular_nouns)
        for noun, number in zip(pair, ("singular", "plural"), strict=True)
    }
    n_misleading = 0
    for _ in range(300):
        words = composer._statement().split()
        last = max(place for place, word in enumerate(words) if word.startswith(AGREES))
        before = [nouns[word] for word in words[:last] if word in nouns]
        assert marked(" ".join(words))[-1] == before[0]
        n_misleading += before[-1] != before[0]
    assert 80 < n_misleading < 200


def test_sentences_begin_and_end_as_sentences_and_hold_no_pronoun_that_is_judged() -> None:
    for text in islice(ClauseComposer(WORDS, Random(3)).documents(200), 200):
        assert text.lstrip(AGREES)[0].isupper()
        assert text[-1] in ".!?"
        assert "  " not in text
        assert not {word.strip(".,!?").lower() for word in text.split()} & CLASS_OF_FORM.keys()


def test_the_same_seed_gives_the_same_documents() -> None:
    first, second = (list(ClauseComposer(WORDS, Random(4)).documents(5)) for _ in range(2))
    assert first == second


def tagged(*words: tuple[str, str, int]) -> TaggedTokens:
    """A corpus of words with their tag and how often they stand there."""
    spellings = tuple(word for word, _, _ in words)
    indices = np.repeat(np.arange(len(words)), [count for _, _, count in words]).astype(np.int32)
    tags = np.array([TAGS.index(tag) for _, tag, _ in words], np.uint8)[indices]
    return TaggedTokens(Tokens("some", indices, np.zeros(len(indices), np.bool_)), spellings, tags)


def test_words_are_taken_that_are_nearly_always_tagged_alike() -> None:
    found = words_of(
        [
            tagged(("key", "NN", 90), ("keys", "NNS", 60), ("rusty", "JJ", 50), ("old", "JJ", 3)),
            tagged(("walk", "NN", 60), ("walks", "NNS", 60), ("belong", "VBP", 70), ("admired", "VBD", 41)),
        ]
    )
    assert ("key", "keys") in found.nouns
    assert (found.verbs, found.pasts, found.adjectives) == (("belong",), ("admired",), ("rusty",))


def test_a_piece_is_written_with_its_labels(encoded: Path, tmp_path: Path) -> None:
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    found = [(word, tag, 50) for word, tag in (("key", "NN"), ("keys", "NNS"), ("belong", "VBP"), ("seem", "VBP"))]
    found += [(word, tag, 50) for word, tag in (("saw", "VBD"), ("seen", "VBN"), ("seeing", "VBG"), ("old", "JJ"))]
    tagged(*found).save(tmp_path / "some-tagged.npz")
    write_clauses([Path("some.txt.xz")], vocabulary, 30, tmp_path, lambda _: None)
    corpus = EncodedCorpus.load(tmp_path / "composed-clauses-90.npz")
    assert corpus.verbs is not None
    assert len(corpus.document_starts) == 31
    labels = corpus.verbs[corpus.verbs > 0].astype(np.int64)
    _, classes = parted_labels(labels)
    assert len(labels) >= 30
    assert set(classes.tolist()) == {FORM_CLASSES.index("singular"), FORM_CLASSES.index("plural")}
