"""Prose out of Markdown."""

from __future__ import annotations

import pytest

from gru_lint.extract import PARAGRAPH_END, extract_prose


def check(filename: str, text: str, wanted: str) -> None:
    """The prose of a text with runs of blanks and marks of paragraphs made plain."""
    prose = extract_prose(text, filename)
    assert len(prose) == len(text)
    shown = " ".join(prose.replace(PARAGRAPH_END, " ¶ ").split())
    while "¶ ¶" in shown:
        shown = shown.replace("¶ ¶", "¶")
    assert shown.strip("¶ ") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("She `ran` home.\n", "She home."),
        ("She ``ran ` it`` home.\n", "She home."),
        ("A lone ` stays.\n", "A lone ` stays."),
        ("**Mr Watson** lost *his* hat.\n", "Mr Watson lost his hat."),
        ("He is __~~very~~__ late.\n", "He is very late."),
        ("2 * 3 is 6.\n", "2 * 3 is 6."),
        ("A snake_case_name stays.\n", "A snake_case_name stays."),
        ("[Anna](https://her.example/his) left.\n", "Anna left."),
        ('[Anna](her.md "his") left.\n', "Anna left."),
        ("[Anna][her] left.\n\n[her]: https://her.example 'his'\n", "Anna left."),
        ("![Anna](her.png) left.\n", "Anna left."),
        ("See <https://her.example>.\n", "See ."),
        ("A\\*b &nbsp; c\n", "A *b c"),
        ("```\nher = his\n```\nShe left.\n", "She left."),
        ("    her = his\n\nShe left.\n", "She left."),
        ("~~~~ text\nher\n~~~~\n", ""),
        ("---\ntitle: her\n---\n\nShe left.\n", "She left."),
        ("+++\ntitle = 'her'\n+++\n\nShe left.\n", "She left."),
        ("# Mary #\nShe left.\n", "Mary ¶ She left."),
        ("Mary\n====\nShe left.\n", "Mary ¶ She left."),
        ("# Mary {#her}\nShe left.\n", "Mary ¶ She left."),
        ("- Mary\n- She left.\n", "Mary ¶ She left."),
        ("<div>\nshe\n</div>\n\nShe left.\n", "she ¶ She left."),
        ("<!-- her -->\n\nShe left.\n", "She left."),
        ("<script>\nher\n</script>\n\nShe left.\n", "She left."),
        ("Then <b class='her'>she</b> left.\n", "Then she left."),
        ("| a | b |\n|---|---|\n| she | left |\n", "a ¶ b ¶ she ¶ left"),
        ("| a | b |\n|---|---|\n| she \\| he | left |\n", "a ¶ b ¶ she \\| he ¶ left"),
        ("> She said\n> it.\n", "She said it."),
        ("> [!NOTE]\n> She left.\n", "She left."),
        ('!!! note "Mary"\n    She left.\n', "Mary ¶ She left."),
        ("::: tip\nShe left.\n:::\n", "She left."),
        ("She left[^1].\n\n[^1]: It was late,\n    she said.\n", "She left . ¶ It was late, she said."),
        ("Mary\n: She left.\n", "Mary ¶ She left."),
        ("So $her = his$ holds.\n", "So holds."),
        ("It is $5 for her and $6 for him.\n", "It is $5 for her and $6 for him."),
        ("$$\nher\n$$\n\nShe left.\n", "She left."),
    ],
)
def test_markdown(text: str, wanted: str) -> None:
    check("page.md", text, wanted)
    check("page.md", text.replace("\n", "\r\n"), wanted)


@pytest.mark.parametrize("filename", [None, "a.txt", "a.unknown", "README"])
def test_plain_text_is_left_as_it_is(filename: str | None) -> None:
    text = "# She `ran`\r\n**home**."
    assert extract_prose(text, filename) == text
