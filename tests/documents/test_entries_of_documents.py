"""Rows of tables, lists and headings of documents are about different people, as they are in other formats."""

from __future__ import annotations

import pytest
from office import WordBuilder, book, open_document

from gru_lint import lint_text
from gru_lint.extract import ENTRIES_END, ENTRY, PART, extract_prose, format_of

_ROWS = (("Mrs Bee", "Mr Jones wrote.", "She hurt herself."), ("The king", "He hurt herself.", "x"))
_PEOPLE = ("Paul Jones wrote to the king.", "Mary Smith left.")
_TITLES = ("Paul Jones", "Mary Smith", "The rest")


def _word() -> bytes:
    builder = WordBuilder()
    builder.paragraph("Text.")
    table = builder.document.add_table(len(_ROWS), len(_ROWS[0]))
    for row, cells in enumerate(_ROWS):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    builder.paragraph("On it went.")
    for text in _PEOPLE:
        builder.paragraph(text, style="List Bullet")
    builder.paragraph("On it went.")
    for title in _TITLES:
        builder.document.add_heading(title, 2)
        builder.paragraph("Words.")
    return builder.build()


def _open_document() -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in cells)
        + "</table:table-row>"
        for cells in _ROWS
    )
    items = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in _PEOPLE)
    went = "<text:p>On it went.</text:p>"
    headings = [one for title in _TITLES for one in (f"<text:h text:outline-level='2'>{title}</text:h>", went)]
    table, list_of_people = f"<table:table>{rows}</table:table>", f"<text:list>{items}</text:list>"
    return open_document("Text.", table, went, list_of_people, went, *headings)


def _book() -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in cells) + "</tr>" for cells in _ROWS)
    items = "".join(f"<li>{text}</li>" for text in _PEOPLE)
    titles = "".join(f"<h2>{title}</h2><p>Words.</p>" for title in _TITLES)
    went = "<p>On it went.</p>"
    return book({"one": f"<p>Text.</p><table>{rows}</table>{went}<ul>{items}</ul>{went}{titles}"})


@pytest.mark.parametrize(("name", "build"), [("a.docx", _word), ("a.odt", _open_document), ("a.epub", _book)])
def test_rows_items_and_headings_about_people_are_read_apart(name: str, build) -> None:  # type: ignore[no-untyped-def]
    unpack = format_of(name).unpack
    assert unpack is not None
    text = unpack(build())
    prose = extract_prose(text, name)
    # Two rows, two items and two headings.
    assert prose.count(ENTRY) == 6
    assert prose.count(PART) == 4
    assert prose.count(ENTRIES_END) == 3
    assert prose.index("Text") < prose.index(ENTRY) < prose.index("Mrs Bee")
    (finding,) = lint_text(text, filename=name)
    assert text[: finding.span.start].endswith("He hurt ")


def test_the_cells_of_a_first_row_that_begins_a_document_are_read_apart() -> None:
    prose = extract_prose("Mrs Bee\t\nMr Jones wrote.\t\nShe hurt herself.\t\t\nThe king\t\nx\n", "a.docx")
    assert [prose.count(mark) for mark in (ENTRY, PART)] == [3, 1]
