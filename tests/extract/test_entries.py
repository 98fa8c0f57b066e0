"""Entries of tables and lists are about different people: a pronoun is judged with those of its own entry."""

from __future__ import annotations

import pytest

from gru_lint import lint_text
from gru_lint.extract import ENTRIES_END, ENTRY, PART, extract_prose

_TABLES = {
    "a.md": "| Mrs Bee | Mr Jones wrote. | She hurt herself. |\n|--|--|--|\n| The king | He hurt herself. | x |\n",
    "a.html": "<table><tr><td>Mrs Bee<td>Mr Jones wrote.<td>She hurt herself."
    "<tr><td>The king<td>He hurt herself.<td>x</table>",
    "a.wiki": "{|\n|-\n| Mrs Bee || Mr Jones wrote. || She hurt herself.\n"
    "|-\n| The king || He hurt herself. || x\n|}\n",
    "a.adoc": "|===\n|Mrs Bee |Mr Jones wrote. |She hurt herself.\n\n|The king |He hurt herself. |x\n|===\n",
    "b.adoc": '[cols="1,2*"]\n|===\n|Mrs Bee\n|Mr Jones wrote.\n|She hurt herself.\n'
    "|The king\n|He hurt herself.\n|x\n|===\n",
    "c.adoc": ",===\nMrs Bee,Mr Jones wrote.,She hurt herself.\nThe king,He hurt herself.,x\n,===\n",
    "a.org": "| Mrs Bee | Mr Jones wrote. | She hurt herself. |\n|--+--|\n| The king | He hurt herself. | x |\n",
    "a.tex": "\\begin{tabular}{lll}\nMrs Bee & Mr Jones wrote. & She hurt herself. \\\\[2pt]\n"
    "The king & He hurt herself. & x\n\\end{tabular}\n",
    "a.rst": "========  ================  =================\nMrs Bee   Mr Jones wrote.   She hurt herself.\n"
    "The king  He hurt herself.  x\n========  ================  =================\n",
    "b.rst": "+----------+------------------+-----------+\n| Mrs Bee  | Mr Jones wrote.  | She hurt  |\n"
    "|          |                  | herself.  |\n+----------+------------------+-----------+\n"
    "| The king | He hurt herself. |           |\n+----------+------------------+-----------+\n",
    "c.rst": ".. list-table::\n   :widths: 1 2 3\n\n   * - Mrs Bee\n     - Mr Jones wrote.\n"
    "     - She hurt herself.\n   * - The king\n     - He hurt herself.\n     - x\n",
}


@pytest.mark.parametrize("name", _TABLES)
def test_a_cell_is_judged_with_the_first_one_of_its_row_alone(name: str) -> None:
    text = _TABLES[name]
    (finding,) = lint_text(text, filename=name)
    assert text[: finding.span.start].endswith("He hurt ")


@pytest.mark.parametrize("name", _TABLES)
def test_after_a_table_the_text_goes_on(name: str) -> None:
    prose = extract_prose(f"Mr Jones left.\n\n{_TABLES[name]}\nHe hurt herself.\n", name)
    assert prose.rindex(ENTRIES_END) > prose.rindex(PART)
    assert prose.count(ENTRY) == 2


_ITEMS = ("Mr Jones wrote to the king.", "Mrs Smith left. She hurt herself.")
_LISTS = {
    "a.md": "- {}\n- {}\n",
    "a.html": "<ul><li>{}<li>{}</ul>",
    "b.html": "<ol><li><p>{}</p></li><li><p>{}</p></li></ol>",
    "a.wiki": "* {}\n* {}\n",
    "a.adoc": "* {}\n* {}\n",
    "b.adoc": "1. {}\n\n2. {}\n",
    "a.org": "- {}\n- {}\n",
    "b.org": "1. {}\n\n2. {}\n",
    "a.tex": "\\begin{{itemize}}\n\\item {}\n\\item {}\n\\end{{itemize}}\n",
    "a.rst": "* {}\n* {}\n",
    "a.txt": "- {}\n- {}\n",
    "a.typ": "- {}\n- {}\n",
}


@pytest.mark.parametrize("name", _LISTS)
def test_each_item_of_a_list_of_people_is_about_person_else(name: str) -> None:
    prose = extract_prose("x\n\n" + _LISTS[name].format(*_ITEMS) + "\nx\n", name)
    assert prose.count(ENTRY) == 2
    assert (
        prose.index(ENTRY)
        < prose.index("Jones")
        < prose.rindex(ENTRY)
        < prose.index("Smith")
        < prose.index(ENTRIES_END)
    )


@pytest.mark.parametrize("name", _LISTS)
def test_a_list_of_other_things_is_one_text(name: str) -> None:
    prose = extract_prose("x\n\n" + _LISTS[name].format(_ITEMS[0], "He lost his hat.") + "\nx\n", name)
    assert ENTRY not in prose


_HEADINGS = {
    "a.md": "## {}\n\n",
    "a.html": "<h2>{}</h2>\n",
    "a.wiki": "== {} ==\n",
    "a.adoc": "== {}\n\n",
    "a.org": "** {}\n",
    "a.tex": "\\section*{{{}}}\n",
    "a.rst": "{}\n-----------\n\n",
    "a.typ": "== {}\n\n",
}


@pytest.mark.parametrize("name", _HEADINGS)
def test_what_stands_below_headings_that_are_names_is_about_different_people(name: str) -> None:
    titles = [_HEADINGS[name].format(title) for title in ("Paul Jones", "Mary Smith", "The rest")]
    text = f"x\n\n{titles[0]}He left.\n\n{titles[1]}She left.\n\n{titles[2]}It rained.\n"
    prose = extract_prose(text, name)
    assert prose.count(ENTRY) == 2
    assert prose.index("He left") < prose.rindex(ENTRY) < prose.index("Smith") < prose.index(ENTRIES_END)


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        pytest.param(
            "a.md",
            "| who | what | more |\n|---|---|---|\n| Mrs Smith | Mr Jones wrote to us. | She hurt herself. |\n",
            [],
            id="the cell beside it is about somebody else",
        ),
        pytest.param(
            "a.md", "| who | what |\n|---|---|\n| The king | He hurt herself. |\n", ["herself"], id="within a cell"
        ),
        pytest.param(
            "a.html",
            "<table><tr><td>Mrs Smith<td>Mr Jones wrote to us.<td>She hurt herself.</table>",
            [],
            id="a table of HTML",
        ),
        pytest.param(
            "a.md",
            "- **Mr Jones** wrote to the king. He lost his hat.\n- **Mrs Smith** left. She hurt herself.\n",
            [],
            id="a list of people",
        ),
        pytest.param("a.md", "**Mr Jones:** She hurt herself.\n", [], id="who speaks is not meant"),
        pytest.param(
            "a.csv", "who,what\nMr Jones,He left.\nMrs Smith,She hurt herself.\n", [], id="the row above is another"
        ),
        pytest.param("a.csv", "who,what\nx,The king hurt herself.\n", ["herself"], id="a cell of a table"),
        pytest.param(
            "a.jsonl",
            '{"bio": "Mr Jones lost his hat."}\n{"bio": "She hurt herself."}\n{"bio": "The king hurt herself."}\n',
            ["herself"],
            id="the line above is another record",
        ),
        pytest.param(
            "a.srt",
            "1\n00:00:01,000 --> 00:00:02,000\n- Mr Jones lost his hat.\n- She hurt herself.\n",
            [],
            id="two speakers",
        ),
        pytest.param("a.md", "Mr Jones hurt herself.\n", ["herself"], id="no label"),
        pytest.param("a.txt", "KING: Mr Jones left.\nMR LEE: She hurt herself.\n", [], id="speakers in plain text"),
        pytest.param("a.txt", "Mr Lee: She hurt herself.\nAnn: No.\nMr Lee: Yes.\n", [], id="speakers that come again"),
        pytest.param("a.txt", "Mr Lee: He hurt herself.\nAnn: No.\n", ["herself"], id="people with a remark on each"),
        pytest.param(
            "a.md", "Mr Lee: She hurt herself.\n\nAnn: No.\n\n**Mr Lee:** Yes.\n", [], id="turns of a conversation"
        ),
        pytest.param(
            "a.md",
            "> Mr Lee: She hurt herself.\n>\n> Ann: No.\n>\n> Ann: No!\n",
            [],
            id="a conversation that is quoted",
        ),
        pytest.param(
            "a.md",
            "Mr Lee: He hurt herself.\n\nAnn: No.\n",
            ["herself"],
            id="people with a remark on each, in Markdown",
        ),
        pytest.param(
            "a.md",
            "- Mr Lee: He hurt herself.\n- Ann: No.\n- Ann: No.\n",
            ["herself"],
            id="an item of a list is about whom it names",
        ),
        pytest.param(
            "a.md",
            "Mr Lee: He hurt herself.\n\nNote: No.\n\nNote: Yes.\n",
            ["herself"],
            id="a note does not speak",
        ),
    ],
)
def test_what_is_found(name: str, text: str, wanted: list[str]) -> None:
    assert [text[finding.span.start : finding.span.end] for finding in lint_text(text, filename=name)] == wanted
