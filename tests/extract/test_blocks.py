"""What is extracted block by block, edit after edit, is what is extracted of the whole text."""

from __future__ import annotations

import random
from typing import Any

import pytest
from edit_pieces import PIECES

from gru_lint.extract import IncrementalProse, _restructuredtext_pieces, formats, noting_unread
from gru_lint.extract._blocks import MOST_REACH, TO_THE_END

_LETTERS = ("a", "b", " ", ".", "\n")


def check_edits(language: str, seed: int, n_edits: int) -> None:
    """Holds what is extracted after each of some edits to what is extracted of the whole text."""
    input_format = formats()[language]
    assert input_format.blocks is not None
    blocks, marks = PIECES[language]
    chance = random.Random(f"{language} {seed}")
    incremental = IncrementalProse(input_format.blocks, input_format.extract_prose)
    text = ""
    for number in range(n_edits):
        if number % 60 == 0:
            text = "".join(chance.choice(blocks) for _ in range(chance.randrange(1, 14)))
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((0, 0, 0, 1, 1, 2, 5, 40, 200)))
        written = chance.choice(chance.choices((marks, blocks, _LETTERS), (7, 1, 2))[0])
        before, text = text, text[:start] + written + text[end:]
        assert incremental.update(text) == input_format.extract_prose(text), (before, text)


@pytest.mark.parametrize("language", PIECES)
def test_some_edits(language: str) -> None:
    check_edits(language, 0, 60)


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("language", PIECES)
def test_ten_thousand_edits(language: str) -> None:
    check_edits(language, 1, 10_000)


@pytest.fixture
def _short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a text of a few lines be read in parts, as one of many pages is."""
    monkeypatch.setattr(_restructuredtext_pieces, "_LEAST_CHARACTERS", 150)
    monkeypatch.setattr(_restructuredtext_pieces, "_LONGEST_BLOCK", 1_500)


@pytest.mark.usefixtures("_short_pieces")
def test_some_edits_of_many_short_pieces() -> None:
    check_edits("restructuredtext", 0, 60)


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@pytest.mark.usefixtures("_short_pieces")
def test_ten_thousand_edits_of_many_short_pieces() -> None:
    check_edits("restructuredtext", 1, 10_000)


def test_every_format_that_is_read_so_is_tested() -> None:
    read_so = {language for language, one in formats().items() if one.blocks is not None}
    assert read_so == set(PIECES)


@pytest.mark.parametrize("language", PIECES)
def test_an_edit_extracts_a_few_blocks_again(language: str) -> None:
    input_format = formats()[language]
    assert input_format.blocks is not None
    block = PIECES[language].blocks[1].strip("\r\n")
    extracted: list[str] = []

    def extract(text: str, *rest: object) -> str:
        extracted.append(text)
        return input_format.extract_prose(text)

    # Of reStructuredText, some pages are read at once.
    n_paragraphs = 2_000 if language == "restructuredtext" else 400
    paragraphs = (f"{block} The captain saw number {number}." for number in range(n_paragraphs))
    if language in ("srt", "vtt"):
        paragraphs = (f"00:00:01,000 --> 00:00:02,000\nShe saw number {number}." for number in range(n_paragraphs))
    elif language == "po":
        paragraphs = (f'msgid "a"\nmsgstr "She saw number {number}."' for number in range(n_paragraphs))
    text = "\n\n".join(paragraphs)
    incremental = IncrementalProse(input_format.blocks._replace(extract=extract), input_format.extract_prose)
    incremental.update(text)
    assert not extracted, "the whole text is extracted at once"
    middle = text.index(f"number {n_paragraphs // 2}.")
    incremental.update(f"{text[:middle]}his {text[middle:]}")
    assert 0 < sum(map(len, extracted)) < len(text) / 5


@pytest.mark.parametrize(
    ("n_turns", "most_blocks"),
    [
        pytest.param(1, 10, id="of a long text, only what depends on it is extracted again"),
        pytest.param(60, 1_000, id="where much depends on it, all is put together at once"),
    ],
)
def test_a_text_becomes_a_conversation_and_is_none_again(n_turns: int, most_blocks: int) -> None:
    input_format = formats()["markdown"]
    assert input_format.blocks is not None
    extract, extracted = input_format.blocks.extract, 0

    def counting(*given: Any) -> str:
        nonlocal extracted
        extracted += 1
        return extract(*given)

    incremental = IncrementalProse(input_format.blocks._replace(extract=counting), input_format.extract_prose)
    paragraphs = [*(f"The captain saw number {number}." for number in range(400)), *["Mr Lee: She left."] * n_turns]
    text = "\n\n".join(paragraphs)
    conversation = text.replace("number 200.", "number 200.\n\nAnn: No.\n\nAnn: Yes.")
    incremental.update(text)
    for version in (conversation, text, conversation.replace("Ann", "Mr Lee"), conversation):
        extracted = 0
        assert incremental.update(version) == input_format.extract_prose(version)
        assert extracted <= most_blocks
    assert "Mr Lee" not in input_format.extract_prose(conversation)
    assert "Mr Lee" in input_format.extract_prose(text)


@pytest.mark.parametrize("language", PIECES)
def test_a_block_reaches_no_further_than_is_looked_back(language: str) -> None:
    reader = formats()[language].blocks
    assert reader is not None
    chance = random.Random(language)
    text = "".join(chance.choice(PIECES[language].blocks) for _ in range(60)) + "x" * 2 * MOST_REACH
    here, state = 0, reader.context(text)
    while here < len(text):
        for cut in reader.cuts(text, here, state):
            assert here < cut.end <= len(text)
            assert 0 < cut.reach <= MOST_REACH or cut.reach == TO_THE_END
            here, state = cut.end, cut.state


def test_what_is_not_read_is_told_after_each_edit() -> None:
    input_format = formats()["markdown"]
    assert input_format.blocks is not None
    incremental = IncrementalProse(input_format.blocks, input_format.extract_prose)
    deep = "- " * 80 + "He.\n\n"
    for text in (f"One.\n\n{deep}Two.\n", f"One, and she.\n\n{deep}Two.\n", "One.\n"):
        with noting_unread() as wanted:
            input_format.extract_prose(text)
        with noting_unread() as noted:
            incremental.update(text)
        assert [one.span.start for one in noted] == [one.span.start for one in wanted]
        assert bool(noted) == (deep in text)
