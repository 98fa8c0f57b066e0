"""What stands around a mention, told by the words beside it."""

from __future__ import annotations

import pytest

from gru_lint.english.surroundings import surroundings


@pytest.mark.parametrize(
    ("text", "mention", "holds", "lacks"),
    [
        pytest.param("Alex walked .", "Alex", "is_subject opens", "is_object is_joined", id="a subject"),
        pytest.param("We saw Alex .", "Alex", "is_object", "is_subject is_possessor", id="an object"),
        pytest.param("We saw Alex 's hat .", "Alex", "is_possessor", "is_object", id="a possessor"),
        pytest.param("We saw Alex ’s hat .", "Alex", "is_possessor", "is_object", id="with a curly apostrophe"),
        pytest.param("A friend of Alex came .", "Alex", "after_of after_preposition", "is_object", id="after of"),
        pytest.param("We went with Alex .", "Alex", "after_with after_preposition", "after_of", id="after with"),
        pytest.param("It was made by Alex .", "Alex", "after_by", "in_place", id="after by"),
        pytest.param("We live in Alex .", "Alex", "in_place", "after_by", id="a place"),
        pytest.param("Watson and Alex came .", "Alex", "is_joined", "before_comma", id="joined before"),
        pytest.param("We saw Alex or Watson .", "Alex", "is_joined", "is_possessor", id="joined behind"),
        pytest.param("Then at last Alex , tired , slept .", "Alex", "before_comma", "opens", id="before a comma"),
    ],
)
def test_roles(text: str, mention: str, holds: str, lacks: str) -> None:
    words = ["<begin>", *text.split()]
    index = words.index(mention)
    around = surroundings(words, [(index, index + 1)])
    for names, wanted in ((holds, True), (lacks, False)):
        assert [bool(getattr(around, name)[0]) for name in names.split()] == [wanted] * len(names.split()), names


@pytest.mark.parametrize(
    ("text", "sentences", "clauses", "places", "is_quoted"),
    [
        pytest.param("a b . c", [1, 1, 1, 2], [0, 0, 0, 0], [0, 1, 2, 0], [0, 0, 0, 0], id="sentences"),
        pytest.param("a , b who c", [1] * 5, [0, 1, 1, 2, 2], [0, 1, 2, 3, 4], [0] * 5, id="clauses"),
        pytest.param('“ a ” b " c', [1] * 6, [0] * 6, [0, 1, 2, 3, 4, 5], [1, 1, 0, 0, 1, 1], id="quotations"),
    ],
)
def test_words(text: str, sentences: list[int], clauses: list[int], places: list[int], is_quoted: list[int]) -> None:
    around = surroundings(["<begin>", *text.split()], [(0, 1)])
    found = [own[1:].tolist() for own in (around.sentences, around.clauses, around.places, around.is_quoted)]
    assert found == [sentences, clauses, places, list(map(bool, is_quoted))]


def test_paragraphs() -> None:
    around = surroundings(["<begin>", "a", "<paragraph>", "b"], [(0, 1)])
    assert around.paragraphs.tolist() == [0, 0, 1, 1]
