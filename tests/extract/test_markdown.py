"""Prose out of Markdown."""

from __future__ import annotations

import pytest

from gru_lint.extract import ENTRIES_END, ENTRY, PARAGRAPH_END, PART, extract_prose

# A paragraph, an entry, another part of it, and the end of all entries.
_SIGNS = {PARAGRAPH_END: "¶", ENTRY: "<", PART: "|", ENTRIES_END: ">"}


def check(filename: str, text: str, wanted: str) -> None:
    """The prose of a text with runs of blanks and marks of paragraphs made plain."""
    prose = extract_prose(text, filename)
    assert len(prose) == len(text)
    for mark, sign in _SIGNS.items():
        prose = prose.replace(mark, f" {sign} ")
    shown = " ".join(prose.split())
    for sign in "<|>":
        shown = shown.replace(f"¶ {sign}", sign).replace(f"{sign} ¶", sign)
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
        ("---\ntitle: her\nauthor: his\n---\n\nShe left.\n", "her ¶ She left."),
        ("+++\ntitle = 'her'\nweight = 1\n+++\n\nShe left.\n", "her ¶ She left."),
        ("# Mary #\nShe left.\n", "Mary ¶ She left."),
        ("Mary\n====\nShe left.\n", "Mary ¶ She left."),
        ("# Mary {#her}\nShe left.\n", "Mary ¶ She left."),
        ("- Mary\n- She left.\n", "Mary ¶ She left."),
        ("<div>\nshe\n</div>\n\nShe left.\n", "she ¶ She left."),
        ("<!-- her -->\n\nShe left.\n", "She left."),
        ("<script>\nher\n</script>\n\nShe left.\n", "She left."),
        ("Then <b class='her'>she</b> left.\n", "Then she left."),
        ("| a | b |\n|---|---|\n| she | left |\n", "< a | b < she | left >"),
        ("| a | b |\n|---|---|\n| she \\| he | left |\n", "< a | b < she \\| he | left >"),
        ("> She said\n> it.\n", "She said it."),
        ("> [!NOTE]\n> She left.\n", "She left."),
        ('!!! note "Mary"\n    She left.\n', "Mary ¶ She left."),
        ("::: tip\nShe left.\n:::\n", "She left."),
        ("She left[^1].\n\n[^1]: It was late,\n    she said.\n", "She left . ¶ It was late, she said."),
        ("Mary\n: She left.\n", "Mary ¶ She left."),
        ("---\ndescription: >-\n  Then she\n  left.\n---\n", "Then she left."),
        ("```{note}\nThen *she* left.\n```\n", "Then she left."),
        ("```{code-block} her\nhis\n```\nShe left.\n", "She left."),
        ("````{tab-set}\n```{tab-item} Mary\n:sync: her\n\nShe left.\n```\n````\n", "Mary ¶ She left."),
        (":::{note}\n:class: her\nShe left.\n:::\n\n:::{math}\nher\n:::\n", "She left."),
        ("She left.\n% her\nIt rained.\n", "She left. ¶ It rained."),
        ("See {ref}`her <his>`. She left.\n", "See . She left."),
        ('=== "Mary Sue"\n\n    She left.\n\n=== "Tom"\n\n    He came.\n', "Mary Sue ¶ She left. ¶ Tom ¶ He came."),
        ("She %%her%% left.\n\n%%\nher\n\nhis\n%%\n\n100%% sure.\n", "She left. ¶ 100%% sure."),
        ("Anna lost {{% b %}}her{{% /b %}} hat.\n", "Anna lost her hat."),
        ("{{< highlight go >}}\nher\n{{< /highlight >}}\nShe left.\n", "She left."),
        ("{{ her.his }} left.\n", "} left."),
        ("{% if her %}\nShe left.\n{% endif %}\n", "She left."),
        ("[b]Marianne[/b] left her [i] [here].\n", "Marianne left her [i] [here]."),
        ("```{python}\n#| fig-cap: Mary\n#| label: her\nhis\n```\n\nShe left.\n", "Mary ¶ She left."),
        ("```\n{{ her }} %% \n```\nShe ``{{ x }}`` left.\n", "She left."),
        ("It rained.\n\n| a | b |\n|---|---|\n| | left |\n\nShe left.\n", "It rained. < a | b < | left > She left."),
        (
            "- **Anna Kim** runs.\n- **Tom Ode** sails.\n  He swims.\n\nShe left.\n",
            "< Anna Kim runs. < Tom Ode sails. He swims. > She left.",
        ),
        ("- Anna Kim runs.\n- Then it rained.\n", "Anna Kim runs. ¶ Then it rained."),
        (
            "# People\n\n## Anna Kim\n\nShe left.\n\n## Tom Ode\n\nHe left.\n\n## Getting There\n\nIt rained.\n",
            "People < Anna Kim ¶ She left. < Tom Ode ¶ He left. > Getting There ¶ It rained.",
        ),
        (
            "**Jerod Santo:** I told her.\n\n**Adam**: And he?\n\nANNA: She left.\n\nNOTE: It rained.\n",
            "I told her. ¶ And he? ¶ She left. ¶ NOTE: It rained.",
        ),
        ("So $her = his$ holds.\n", "So holds."),
        ("It is $5 for her and $6 for him.\n", "It is $5 for her and $6 for him."),
        ("$$\nher\n$$\n\nShe left.\n", "She left."),
    ],
)
def test_markdown(text: str, wanted: str) -> None:
    check("page.md", text, wanted)
    check("page.md", text.replace("\n", "\r\n"), wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("import A from 'her'\n\nexport const her = {\n  a: 1,\n}\n\nShe left.\n", "She left."),
        ("{/* her\n\nhis */}\n\nShe {her(1)} left with {his}.\n", "She left with }."),
        ('<Card title="her" onClick={() => his}>\n    Then *she* left.\n</Card>\n', "Then she left."),
        ("She <b className='her'>ran</b> <code>her</code> home, 2 < 3 {her\n", "She ran home, 2 < 3 {her"),
        ("```js\nexport her {\n```\n\nShe left.\n", "She left."),
    ],
)
def test_mdx(text: str, wanted: str) -> None:
    check("page.mdx", text, wanted)
    check("page.mdx", text.replace("\n", "\r\n"), wanted)


@pytest.mark.parametrize("filename", [None, "a.txt", "a.unknown", "README"])
def test_plain_text_is_left_as_it_is(filename: str | None) -> None:
    text = "# She `ran`\r\n**home**."
    assert extract_prose(text, filename) == text


def test_tags_of_forums_are_no_plain_text() -> None:
    check("a.txt", "[b]Marianne[/b] left.\n[code]her[/code] [quote=Tom]He came.[/quote]", "Marianne left. He came.")
