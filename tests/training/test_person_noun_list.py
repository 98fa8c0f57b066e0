"""Which words are nouns for people: those of the lists, and those that "who" follows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gru_lint.english.first_names import FirstNames
from gru_lint.english.vocabulary import NOUN, PROPER, SPECIAL_WORDS, Vocabulary
from gru_lint.training.data.corpus import EncodedCorpus
from gru_lint.training.data.person_nouns import person_nouns

_NOUNS = "neighbour neighbours table horse pen printer fungus".split()
_LISTS = {
    "exclusively_person_words.dat": "acrobat\nJacobin\n",
    "person_words.dat": "printer\nrambler\n",
    "animal_words.dat": "horse\npen\naardvark\n",
    "exclusively_male_words.dat": "barman\nbloke\n",
    "exclusively_female_words.dat": "barmaid\nnurse\n",
}


@pytest.fixture
def kinds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The list that is made of a small lexicon, of a small corpus and of one word that neither has."""
    monkeypatch.setattr("gru_lint.training.data.person_nouns._ALSO", {"either": {"rabbi"}})
    for name, words in _LISTS.items():
        (tmp_path / name).write_text(words, encoding="utf-8")
    words = (*SPECIAL_WORDS, *_NOUNS, "London", "who", "which", "the")
    flags = np.array([NOUN if word in _NOUNS else PROPER * (word == "London") for word in words], np.uint8)
    vocabulary = Vocabulary(words, flags, np.zeros_like(flags), FirstNames.of({"alex": 4}))
    text = "the neighbour who " * 4 + "the neighbours who " * 9 + "London who " * 9 + "the horse who " * 3
    text += "the horse which " * 9 + "the pen which " * 9 + "the printer who " * 2 + "the table which " * 9
    ids = np.array([words.index(word) for word in text.split()], np.uint16)
    zeros = np.zeros(len(ids), np.uint8)
    corpus = EncodedCorpus(ids, zeros, zeros, np.array([0, len(ids)]))
    lines = person_nouns(tmp_path, [corpus], vocabulary).splitlines()
    return {kind: own.split() for kind, _, own in (line.partition(":") for line in lines if line[0] != "#")}


def test_of_the_lists_are_those_that_can_be_nobody_else(kinds: dict[str, list[str]]) -> None:
    assert kinds["either"] == ["acrobat", "bloke", "neighbour", "nurse", "rabbi", "rambler"]


def test_a_gender_is_told_by_the_words_that_tell_it_elsewhere(kinds: dict[str, list[str]]) -> None:
    assert (kinds["man"], kinds["woman"]) == (["barman"], ["barmaid"])


def test_an_animal_is_one_where_who_follows_it_or_nobody_knows_it(kinds: dict[str, list[str]]) -> None:
    assert kinds["animal"] == ["aardvark", "horse"]
