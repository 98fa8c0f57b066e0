"""The controlled set: exactly as many words between as it says, men and women alike, nobody else in between."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from gru_lint.english.pronouns import CLASS_OF_FORM, GENDERS
from gru_lint.segment.sentences import split_sentences
from gru_lint.training.data.augment import read_telling_words
from studies.cells.controlled import ControlledText, controlled_texts

VARIANTS = ("alone", "changed", "again")
TEMPLATES = Path(__file__).parents[2] / "gru_lint" / "training" / "data" / "compose" / "templates" / "short.txt"


def words_between(given: ControlledText) -> list[str]:
    """The words as the linter parts them."""
    return [
        word
        for sentence in split_sentences(given.text)
        for word, start in zip(sentence.words, sentence.starts, strict=True)
        if given.person[1] <= start < given.pronoun
    ]


@pytest.mark.parametrize("variant", VARIANTS)
def test_so_many_words_stand_between(variant: str) -> None:
    for n_between in range(2, 121):
        for given in controlled_texts(n_between, 2, variant):  # type: ignore[arg-type]
            assert (given.n_between, len(words_between(given))) == (n_between, n_between), given.text


def test_fewer_than_two_words_are_refused() -> None:
    with pytest.raises(ValueError, match="1: at least 2 words"):
        list(controlled_texts(1, 1))


@pytest.mark.parametrize("variant", VARIANTS)
def test_it_is_the_same_every_time(variant: str) -> None:
    drawn = [list(controlled_texts(40, 5, variant)) for _ in range(2)]  # type: ignore[arg-type]
    assert drawn[0] == drawn[1]
    assert len({given.text for given in drawn[0]}) == 10


@pytest.mark.parametrize("variant", VARIANTS)
def test_men_and_women_differ_in_nothing_else(variant: str) -> None:
    texts = list(controlled_texts(30, 20, variant))  # type: ignore[arg-type]
    assert Counter(given.gender for given in texts) == dict.fromkeys(GENDERS, 20)
    for man, woman in zip(texts[::2], texts[1::2], strict=True):
        assert (man.pair, man.gender, woman.gender) == (woman.pair, *GENDERS)
        assert words_between(man) == words_between(woman)
        assert (man.text[man.pronoun :].split()[0], woman.text[woman.pronoun :].split()[0]) == ("he", "she")
        assert man.text[man.pronoun :].split()[1:] == woman.text[woman.pronoun :].split()[1:]


def test_nobody_stands_between() -> None:
    somebody = set(CLASS_OF_FORM) | set(read_telling_words())
    names = ("Edmund", "Harriet", "Mr", "Mrs", "Penrose")
    for given in controlled_texts(120, 30):
        between = words_between(given)
        assert somebody.isdisjoint(word.lower() for word in between)
        assert not set(names) & set(between)


def test_a_change_of_subject_is_one_of_gender() -> None:
    titles = {"Mr": "m", "Sir": "m", "Uncle": "m", "Mrs": "f", "Miss": "f", "Lady": "f", "Aunt": "f"}
    n_titled = 0
    for given in controlled_texts(10, 20, "changed"):
        before = titles.get(given.text.split()[0])
        person = titles.get(given.text[slice(*given.person)].split()[0])
        assert (before is None) == (person is None)
        n_titled += person is not None
        assert before is None or before != person
    assert n_titled > 4


def test_no_sentence_is_a_template() -> None:
    templates = TEMPLATES.read_text(encoding="utf-8")
    for given in controlled_texts(120, 10):
        sentences = given.text[given.person[1] :].split(". ")[1:-1]
        assert len(sentences) > 10
        assert not [sentence for sentence in sentences if sentence in templates]
