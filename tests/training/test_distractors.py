"""Nouns whose number says nothing of a verb: which they are, and that training changes them and no label."""

# ruff: noqa: E402 - what imports torch comes after the check that it is there
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch")

from gru_lint.english.first_names import FirstNames
from gru_lint.english.pronouns import CLASS_OF_FORM, CLASSES
from gru_lint.english.vocabulary import BEGIN_ID, GENDERED, SPECIAL_WORDS, Vocabulary
from gru_lint.training.data.augment import AugmentationRates, word_tables
from gru_lint.training.data.batches import make_batch
from gru_lint.training.data.corpus import SENTENCE_START_BIT, EncodedCorpus
from gru_lint.training.data.distractors import DISTRACTOR_BIT, distractors, other_numbers_of_nouns
from gru_lint.training.data.sampling import CorpusPiece
from gru_lint.training.data.tagging import TAGS
from gru_lint.training.data.verb_labels import verb_labels

WORDS = (*SPECIAL_WORDS, *CLASS_OF_FORM, "key", "keys", "cabinet", "cabinets", "sister", "sisters", "to", "the", "are")
IDS = {word: word_id for word_id, word in enumerate(WORDS)}
FLAGS = np.array([GENDERED if word.startswith("sister") else 0 for word in WORDS], np.uint8)
VOCABULARY = Vocabulary(WORDS, FLAGS, np.zeros(len(WORDS), np.uint8), FirstNames.of({}))


def tagged_words(text: str) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Spellings, indices and tags of a text of word/TAG."""
    pairs = [pair.rsplit("/", 1) for pair in text.split()]
    tags = np.array([TAGS.index(tag) if tag in TAGS else 0 for _, tag in pairs], np.uint8)
    return [word for word, _ in pairs], np.arange(len(pairs), dtype=np.int32), tags


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Keys/NNS to/TO the/DT cabinet/NN are/VBP", ["cabinet"]),
        ("The/DT colour/NN of/IN her/PRP$ old/JJ red/JJ shoes/NNS fades/VBZ", ["shoes"]),
        ("The/DT boy/NN who/WP likes/VBZ the/DT teachers/NNS is/VBZ", ["teachers"]),
        ("The/DT book/NN that/IN the/DT students/NNS wrote/VBD is/VBZ", ["students"]),
        # These decide, or may.
        ("The/DT book/NN that/IN the/DT students/NNS write/VBP is/VBZ", []),
        ("The/DT keys/NNS are/VBP", []),
        ("All/DT of/IN the/DT books/NNS are/VBP", []),
        ("She/PRP thinks/VBZ the/DT keys/NNS are/VBP", []),
        ("Before/IN the/DT guests/NNS were/VBD here/RB", []),
        ("With/IN the/DT people/NNS who/WP are/VBP here/RB", []),
        ("In/IN the/DT car/NN park/NN is/VBZ", []),
        ("In/IN the/DT boy/NN 's/POS hat/NN is/VBZ", []),
        ("In/IN a/DT box/NN are/VBP", []),
    ],
)
def test_nouns_that_decide_nothing(text: str, wanted: list[str]) -> None:
    spellings, indices, tags = tagged_words(text)
    assert [spellings[place] for place in np.flatnonzero(distractors(spellings, indices, tags))] == wanted


def test_nouns_of_the_other_number() -> None:
    other = other_numbers_of_nouns(VOCABULARY)
    changed = {word: WORDS[other[word_id]] for word, word_id in IDS.items() if other[word_id] != word_id}
    assert changed == {"key": "keys", "keys": "key", "cabinet": "cabinets", "cabinets": "cabinet"}


def piece_of(text: str) -> CorpusPiece:
    """A document of one sentence."""
    spellings, indices, tags = tagged_words(text)
    labels = verb_labels(spellings, indices, tags) | distractors(spellings, indices, tags) * np.uint8(DISTRACTOR_BIT)
    ids = np.array([BEGIN_ID, *(IDS[word.lower()] for word in spellings)], np.uint16)
    marks = np.zeros(len(ids), np.uint8)
    marks[0] = SENTENCE_START_BIT
    ends = np.array([0, len(ids)])
    words = EncodedCorpus(ids, marks, np.zeros_like(marks), ends, np.concatenate([np.zeros(1, np.uint8), labels]))
    counts = np.arange(len(ids) + 1, dtype=np.int32)
    return CorpusPiece("stories", words, ends, counts, np.zeros_like(counts))


@pytest.mark.parametrize("seed", range(4))
def test_a_changed_noun_changes_no_verb_and_silences_what_may_refer_to_it(seed: int) -> None:
    piece = piece_of("The/DT keys/NNS to/TO the/DT cabinet/NN are/VBP to/TO him/PRP it/PRP")
    rates = replace(AugmentationRates(0, 0, 0, 0, 0, 0, 0), other_numbers=1.0, other_number=1.0)
    batch = make_batch(piece, np.array([[0, 10, 1]]), word_tables(VOCABULARY), rates, np.random.default_rng(seed))
    read = [WORDS[word_id] for word_id in batch.word_ids[0, 1:].tolist()]
    assert read == "the keys to the cabinets are to him it".split()
    assert batch.verbs is not None
    assert batch.verbs.classes.tolist() == [1]
    asked = batch.classes[batch.classes >= 0].tolist()
    assert [CLASSES[number] for number in asked] == ["masculine"]
