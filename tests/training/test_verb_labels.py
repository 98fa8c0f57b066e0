"""Labels of verbs and demonstratives, and how training windows carry them."""

# ruff: noqa: E402 - what imports torch comes after the check that it is there
from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch")

from gru_lint.english.verb_forms import FORM_CLASSES, SLOT_KINDS
from gru_lint.training.data.tagging import TAGS, TaggedTokens
from gru_lint.training.data.tokenizing import Tokens
from gru_lint.training.data.verb_labels import parted_labels, verb_labels
from gru_lint.training.data.verb_table import verb_table


def labelled(tagged: str) -> list[tuple[str, str, str]]:
    """Word, kind and class of each labelled word of a text of word/TAG."""
    pairs = [pair.rsplit("/", 1) for pair in tagged.split()]
    spellings = [word for word, _ in pairs]
    tags = np.array([TAGS.index(tag) if tag in TAGS else 0 for _, tag in pairs], np.uint8)
    labels = verb_labels(spellings, np.arange(len(pairs), dtype=np.int32), tags)
    places = np.flatnonzero(labels)
    kinds, classes = parted_labels(labels[places].astype(np.int64))
    return [
        (spellings[place], SLOT_KINDS[kind], FORM_CLASSES[number])
        for place, kind, number in zip(places.tolist(), kinds.tolist(), classes.tolist(), strict=True)
    ]


@pytest.mark.parametrize(
    ("tagged", "wanted"),
    [
        ("She/PRP knows/VBZ", [("knows", "verb", "singular")]),
        ("they/PRP know/VBP", [("know", "verb", "plural")]),
        ("to/TO know/VB", [("know", "verb", "none")]),
        ("the/DT walks/NNS", [("walks", "verb or noun", "none")]),
        ("may/MD have/VB", [("have", "have", "none")]),
        ("they/PRP have/VBP", [("have", "have", "plural")]),
        ("I/PRP am/VBP", [("am", "be present", "first singular")]),
        ("Mary/NNP 's/POS hat/NN", [("'s", "contraction", "none")]),
        ("she/PRP ’s/VBZ here/RB", [("’s", "contraction", "singular")]),
        ("This/DT book/NN", [("This", "near demonstrative", "singular")]),
        ("say/VBP that/IN", [("say", "verb", "plural"), ("that", "far demonstrative", "none")]),
        # A tagger that errs cannot make "are" anything else.
        ("are/NN", [("are", "be present", "plural")]),
        ("he/PRP put/VBD", []),
        ("THIS/DT IS/VBZ", []),
    ],
)
def test_labels(tagged: str, wanted: list[tuple[str, str, str]]) -> None:
    assert labelled(tagged) == wanted


def test_the_table_of_verbs_tells_nouns_and_pasts() -> None:
    counts = {
        ("know", "VBP"): 9,
        ("knows", "VBZ"): 9,
        ("walk", "VB"): 9,
        ("walks", "VBZ"): 9,
        ("walk", "NN"): 30,
        ("put", "VBD"): 9,
        ("put", "VB"): 9,
        ("puts", "VBZ"): 8,
        ("book", "NN"): 90,
        ("books", "NNS"): 90,
        ("book", "VB"): 9,
    }
    spellings = tuple(dict.fromkeys(word for word, _ in counts))
    words = [(spellings.index(word), TAGS.index(tag)) for (word, tag), count in counts.items() for _ in range(count)]
    indices, tags = np.array(words).T
    tokens = Tokens("stories", indices.astype(np.int32), np.zeros(len(words), np.bool_))
    table = verb_table([TaggedTokens(tokens, spellings, tags.astype(np.uint8))])
    assert [line for line in table.splitlines() if not line.startswith("#")] == ["know", "walk noun", "put past"]
