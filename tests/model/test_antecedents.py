"""Which entity a pronoun means: mentions gathered into entities, and what speaks for each."""

from __future__ import annotations

import numpy as np
import pytest

from gru_lint.english.first_names import FirstNames
from gru_lint.english.lexicon import Lexicon
from gru_lint.english.pronouns import CLASS_OF_FORM
from gru_lint.english.vocabulary import NOUN, PROPER, SPECIAL_WORDS, Vocabulary
from gru_lint.model.antecedents import RANKING, features_of, likeliest_mention
from gru_lint.model.entities import find_entities


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    flags = {"mr": PROPER, "mrs": PROPER, "brother": NOUN, "captain": NOUN}
    words = (*SPECIAL_WORDS, *CLASS_OF_FORM, *flags, "the", "old", "saw", "and", "'s", ".")
    bits = np.array([flags.get(word, 0) for word in words], np.uint8)
    return Lexicon(Vocabulary(words, bits, np.zeros_like(bits), FirstNames.of({"alex": 4})))


class Text:
    """A text in which each mention's last word carries its tenths of the links (Kim/3), and the pronoun a star."""

    def __init__(self, marked: str, lexicon: Lexicon) -> None:
        self.words, heads, shares = ["<begin>"], [0], [0.0]
        for index, word in enumerate(marked.split(), 1):
            spelling, _, tenths = word.partition("/")
            self.words.append(spelling.removeprefix("*"))
            if tenths:
                heads.append(index)
                shares.append(int(tenths) / 10)
            if spelling.startswith("*"):
                self.position = index
        self.shares = np.array(shares)
        self.entities = find_entities(self.words, np.array(heads), lexicon)

    def shown(self) -> str | None:
        """The mention that is shown."""
        agreement = np.ones_like(self.shares)
        weights = (self.shares, self.shares, agreement)
        mention = likeliest_mention(len(self.words), self.position, self.entities, weights)
        return " ".join(self.words[mention.first_word : mention.end_word]) if mention else None


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        pytest.param("Alex Kim/5 saw Watson/1 and *he", [0, 1], id="two people"),
        pytest.param("Alex Kim/3 saw Watson/4 and Alex/1 and Kim/3 and *he", [0, 1, 0, 0], id="parts of a name"),
        pytest.param("Kim/2 saw Watson/4 and Mr Alex Kim/3 and *he", [0, 1, 0], id="the whole name is later"),
        pytest.param("Mr Kim/2 saw Mrs Kim/2 and Kim/4 and *he", [0, 1, 2], id="a part of two names is neither's"),
        pytest.param("Alex 's brother/4 saw Alex/3 and *he", [0, 1], id="a relative is another one"),
        pytest.param("the captain/4 saw the old captain/3 and *he", [0, 1], id="nouns have no short form"),
        pytest.param("Alex/3 saw she/5 and *he", [0, -1], id="a pronoun is nobody by itself"),
        pytest.param("Alex/3 saw his/1 brother/5 and *he", [0, -1, 1], id="a relative of somebody"),
        pytest.param("I/3 saw Alex/5 and my/3 brother/3 and *he", [0, 1, 0, 2], id="the speaker is one person"),
        pytest.param("Alex/3 , the captain/5 , saw *he", [0, 0], id="an apposition"),
        pytest.param("Alex/3 , her/1 brother/5 , saw *he", [0, -1, 0], id="an apposition by whose relative it is"),
        pytest.param("the captain/5 , Alex/3 , saw *he", [0, 0], id="an apposition that names"),
        pytest.param("Alex/3 , the captain/5 , and Watson/3 saw *he", [0, 1, 2], id="a list is no apposition"),
        pytest.param("Alex/3 , the captain/5 saw *he", [0, 1], id="nor is what no comma closes"),
        pytest.param("saw the brother/3 , the captain/5 , *he", [0, 1], id="nor are two nouns"),
    ],
)
def test_who_is_who(marked: str, wanted: list[int], lexicon: Lexicon) -> None:
    assert Text(marked, lexicon).entities.entity_of.tolist() == [-1, *wanted]


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        pytest.param("Alex/6 and Watson/1 and *he", "Alex", id="the likeliest by the links"),
        pytest.param("Alex Kim/3 saw Watson/3 and Kim/3 and *he", "Alex Kim", id="who is named twice"),
        pytest.param("the captain/5 and Kim/5 and *he", "Kim", id="a name before a noun"),
        pytest.param("*He saw Kim/4 and the captain/3", "Kim", id="after the pronoun, where nobody stands before"),
        pytest.param("Alex Kim/2 and *he saw Alex Kim/4", "Alex Kim", id="before the pronoun, where one does"),
        pytest.param("Alex/3 saw and and *he saw Watson/3", "Alex", id="a name before one that is still to come"),
        pytest.param("Alex/3 , the captain/5 , saw and *he", "Alex", id="the name that an apposition says once more"),
        pytest.param("Alex/3 saw . Watson/3 saw and *he", "Watson", id="the same sentence"),
        pytest.param(
            "Alex/3 told the story to Kim/3 , and *he", "Alex", id="a subject before what a preposition rules"
        ),
        pytest.param("I/4 saw Alex/1 and hurt *myself/8", "I", id="a pronoun is not its own antecedent"),
        pytest.param("saw and *myself/9", None, id="nor where it is alone"),
        pytest.param("saw saw saw", None, id="nobody in sight"),
        pytest.param("Ada/1 and Ida/1 and Bo/1 and Cy/1 and Di/1 and Ed/1 and *he", None, id="nobody likely enough"),
    ],
)
def test_which_mention_is_shown(marked: str, wanted: str | None, lexicon: Lexicon) -> None:
    text = Text(marked if "*" in marked else f"{marked} *he", lexicon)
    assert text.shown() == wanted


def test_each_feature_is_named_and_counted(lexicon: Lexicon) -> None:
    text = Text("Alex/2 saw the captain/1 . Alex/3 and *he saw Watson/4", lexicon)
    found = features_of(len(text.words), text.position, text.entities, text.shares, text.shares)
    assert found.shape == (3, len(RANKING))
    alex, captain, watson = (dict(zip(RANKING, row, strict=True)) for row in found.tolist())
    assert alex["log of its share of the links"] == pytest.approx(np.log(0.5), abs=1e-3)
    assert alex["log of its mentions before the pronoun"] == pytest.approx(np.log(3))
    assert [row["log of the words to the nearest"] for row in (alex, captain)] == pytest.approx(np.log([2, 4]))
    assert [row["that one stands in the same sentence"] for row in (alex, captain, watson)] == [1, 0, 1]
    assert [row["all come after the pronoun"] for row in (alex, captain, watson)] == [0, 0, 1]
    assert [row["it is named"] for row in (alex, captain, watson)] == [1, 0, 1]
    assert [row["the nearest opens its sentence"] for row in (alex, captain)] == [1, 1]
    assert [row["the nearest is a subject"] for row in (alex, captain, watson)] == [0, 0, 0]
    assert [row["log of how often it is a subject"] for row in (alex, captain)] == pytest.approx([np.log(2), 0])


@pytest.mark.parametrize(
    ("marked", "is_subject", "after_preposition"),
    [
        pytest.param("Alex/1 was late", True, False, id="an auxiliary"),
        pytest.param("Alex/1 laughed", True, False, id="an ending"),
        pytest.param("Alex/1 finally slept", True, False, id="an adverb"),
        pytest.param("for Alex/1 was meant", False, True, id="a preposition before"),
        pytest.param("saw Alex/1 .", False, False, id="an object"),
        pytest.param("Alex/1 's brother", False, False, id="a possessor"),
    ],
)
def test_roles(marked: str, is_subject: bool, after_preposition: bool, lexicon: Lexicon) -> None:
    entities = Text(f"{marked} *he", lexicon).entities
    assert (bool(entities.is_subject[1]), bool(entities.after_preposition[1])) == (is_subject, after_preposition)
