"""Prose out of formats: the same length, the same line ends, code and markup blank."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gru_lint.extract import PARAGRAPH_END, extract_prose


def check(filename: str, text: str, wanted: str) -> None:
    """The prose of a text with runs of blanks and marks of paragraphs made plain."""
    prose = extract_prose(text, filename)
    assert len(prose) == len(text)
    assert " ".join(prose.replace(PARAGRAPH_END, " ¶ ").split()) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("She `ran` home.\n", "She home."),
        ("She ``ran ` it`` home.\n", "She home."),
        ("**Mr Watson** lost *his* hat.\n", "Mr Watson lost his hat."),
        ("A snake_case_name stays.\n", "A snake_case_name stays."),
        ("[Anna](https://her.example/his) left.\n", "[Anna] left."),
        ("```\nher = his\n```\nShe left.\n", "¶ She left."),
        ("    her = his\n\nShe left.\n", "¶ She left."),
        ("~~~~ text\nher\n~~~~\n", ""),
        ("---\ntitle: her\n---\n\nShe left.\n", "¶ She left."),
        ("# Mary\nShe left.\n", "# Mary ¶ She left."),
        ("- Mary\n- She left.\n", "- Mary ¶ - She left."),
        ("<div>\nher\n</div>\n\nShe left.\n", "¶ She left."),
        ("Then <b>she</b> left.\n", "Then she left."),
        ("| a | b |\n|---|---|\n| she | left |\n", "| a | b | |---|---| ¶ | she | left |"),
        ("> She said\n> it.\n", "> She said > it."),
    ],
)
def test_markdown(text: str, wanted: str) -> None:
    check("page.md", text, wanted)


@pytest.mark.parametrize("filename", [None, "a.txt", "a.unknown", "README"])
def test_plain_text_is_left_as_it_is(filename: str | None) -> None:
    text = "# She `ran`\r\n**home**."
    assert extract_prose(text, filename) == text


_MARKDOWN = st.lists(
    st.sampled_from(
        ["```", "`", "\n", "\r\n", "    ", "*", "_", "[", "](x)", "<b>", "---", "|", "#", "> ", "- ", "he ", "é", "😀"]
    )
).map("".join)


@given(st.one_of(st.text(), _MARKDOWN))
def test_offsets_and_line_ends_never_move(text: str) -> None:
    prose = extract_prose(text, "page.md")
    assert len(prose) == len(text)
    for before, after in zip(text, prose, strict=True):
        assert after == before or after == " " or (after == PARAGRAPH_END and before == "\n")
