"""What the server extracts of a document is what a check extracts of it."""

from __future__ import annotations

import random
from itertools import accumulate

import pytest

from gru_lint.extract import extract_prose
from gru_lint_server.document_prose import DocumentProse


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.tex", "a.rst", "a.adoc", "a.txt"])
def test_marks_of_its_own_are_blanks_whether_it_is_edited_or_not(name: str) -> None:
    prose = DocumentProse()
    for text in ("She\x1ecame.\n\nHe went\x1chome.\n", "She\x1ecame.\n\nHe went\x1c\ufdd0home.\n"):
        assert prose.extract(text, name)[0] == extract_prose(text, name)
        assert "\x1e" not in prose.extract(text, name)[0]


_WRITTEN = ("x", " She", "\n", "\n\n", "*", "`", "```\n", "- ", "# ", "[a]: b\n", "<!--", "-->", "> ")


@pytest.mark.parametrize("seed", range(6))
def test_the_parts_of_an_edited_text_are_each_what_is_extracted_of_it(seed: int) -> None:
    chance, prose = random.Random(seed), DocumentProse()
    cells = ["# Mary\n\nShe saw *him*, and [a] dog.\n\n- one\n- two\n", "He left.\n\n```\ncode\n```\n", "", "They."]
    for _ in range(60):
        number, kind = chance.randrange(len(cells)), chance.randrange(12)
        cell = cells[number]
        place = chance.randrange(len(cell) + 1)
        if kind == 0:
            cells.insert(number, chance.choice([cell, "Tom lost his hat.\n"]))
        elif kind == 1 and len(cells) > 1:
            del cells[number]
        elif kind == 2:
            cells[number], cells[0] = cells[0], cell
        else:
            cells[number] = cell[:place] + chance.choice(_WRITTEN) + cell[place + chance.choice((0, 0, 1, 9)) :]
        text = "\n\n".join(cells)
        starts = [0, *accumulate(len(cell) + 2 for cell in cells[:-1])]
        found, _ = prose.extract(text, "a.md", starts)
        ends = [*starts[1:], len(text)]
        assert found == "".join(extract_prose(text[start:end], "a.md") for start, end in zip(starts, ends, strict=True))
