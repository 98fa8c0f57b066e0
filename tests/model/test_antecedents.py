"""Which entity a pronoun means: mentions gathered into entities, and what speaks for each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gru_lint.english.first_names import FirstNames
from gru_lint.english.lexicon import Lexicon
from gru_lint.english.pronouns import CLASS_OF_FORM
from gru_lint.english.vocabulary import NOUN, PROPER, SPECIAL_WORDS, Vocabulary
from gru_lint.model.candidates import Candidates, Shares, Slot, candidates_of
from gru_lint.model.entities import find_entities
from gru_lint.model.ranking import KINDS, Ranking, read_ranking, write_ranking


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

    def candidates(self) -> Candidates:
        """The entities as antecedents of the pronoun."""
        shares = Shares(
            self.shares, self.shares, self.shares, np.ones_like(self.shares), np.ones((len(self.shares), 5))
        )
        return candidates_of(self.words, Slot(self.position, "he or she", "subject"), self.entities, shares)

    def likeliest(self) -> str | None:
        """The mention that the shipped ranking puts first."""
        mention = next(iter(read_ranking().mentions(self.candidates(), 0.0)), None)
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
        pytest.param("Alex/9 and Watson/0 and *he", "Alex", id="the likeliest by the links"),
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
        pytest.param("saw the brother/8 of *his brother/1 .", "the brother", id="nobody is part of himself"),
    ],
)
def test_which_mention_comes_first(marked: str, wanted: str | None, lexicon: Lexicon) -> None:
    text = Text(marked if "*" in marked else f"{marked} *he", lexicon)
    assert text.likeliest() == wanted


def test_each_feature_is_counted(lexicon: Lexicon) -> None:
    text = Text("Alex/2 saw the captain/1 . Alex/3 and *he saw Watson/4", lexicon)
    candidates = text.candidates()
    assert candidates.matrix().shape == (3, len(candidates.features))
    found = {name: column.tolist() for name, column in candidates.features.items()}
    for name, wanted in {
        "log of its share of the links": np.log([0.5001, 0.1001, 0.4001]),
        "log of its mentions before": np.log([3, 2, 1]),
        "log of its mentions after": np.log([1, 1, 2]),
        "log of the words to the nearest": np.log([2, 4, 2]),
        "sentences to the nearest": [0, 1, 0],
        "in the same sentence": [1, 0, 0],
        "all come after the pronoun": [0, 0, 1],
        "all after it, one in its sentence": [0, 0, 1],
        "log of those that agree between": np.log([1, 2, 3]),
        "it is named": [1, 0, 1],
        "the nearest is definite": [0, 1, 0],
        "the nearest opens its sentence": [1, 1, 0],
        "the nearest is joined by and": [1, 0, 0],
    }.items():
        assert found[name] == pytest.approx(wanted), name


def test_the_shipped_ranking_has_a_weight_for_each_feature_and_no_other(lexicon: Lexicon) -> None:
    candidates, ranking = Text("Alex/2 and *he", lexicon).candidates(), read_ranking()
    assert list(ranking.entity) == list(candidates.features)
    assert list(ranking.nobody) == list(candidates.nobody)
    assert {len(weights) for weights in (*ranking.entity.values(), *ranking.nobody.values())} == {len(KINDS)}
    assert 0.5 <= ranking.least_shown < 1


def test_a_ranking_is_a_conditional_logit(lexicon: Lexicon, tmp_path: Path) -> None:
    candidates = Text("Alex/2 saw the captain/1 and *he", lexicon).candidates()
    entity = dict.fromkeys(candidates.features, (0.0, 9.0, 9.0)) | {"it is named": (2.0, 9.0, 9.0)}
    nobody = dict.fromkeys(candidates.nobody, (0.0, 9.0, 9.0)) | {"always": (-2.5, 9.0, 9.0)}
    hidden = dict.fromkeys(candidates.features, (0.0, 0.0)) | {"it is named": (1.0, -2.0)}
    ranking = Ranking(entity, nobody, hidden, (0.5, 0.0), (1.0, 0.5), 0.7, {"command": "rank"})
    odds = np.exp([2.0 + np.tanh(1.5) + np.tanh(-2) / 2, np.tanh(0.5), -2.5])
    assert ranking.probabilities(candidates) == pytest.approx(odds[:2] / odds.sum())
    assert [mention.is_sure for mention in ranking.mentions(candidates, 0.0)] == [True, False]
    assert len(ranking.mentions(candidates, 0.5)) == 1
    write_ranking(ranking, tmp_path / "ranking.json")
    assert read_ranking(tmp_path / "ranking.json") == ranking


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
    around = Text(f"{marked} *he", lexicon).entities.around
    assert (bool(around.is_subject[1]), bool(around.after_preposition[1])) == (is_subject, after_preposition)
