"""The whole documents of tests/cases that are no texts: they are built, so that a reviewer reads what is in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final


def _parish_letter() -> bytes:
    from office import WordBuilder, deleted, inserted, run, text_box

    builder = WordBuilder()
    builder.document.add_heading("Letter from the parish, May", 1)
    builder.paragraph(
        "Mr Watson has looked after the church clock for thirty years. Every Friday he climbs the tower with ",
        run("her", "<w:rPr><w:i/></w:rPr>"),
        " oil can and a torch",
        builder.note("Mr Watson was given the torch by his daughter when she moved away."),
        ", and by noon he is back at the shop.",
    )
    builder.paragraph(
        "Mrs Okafor leads the choir. ",
        deleted("He is new here. "),
        inserted("She came to us from Leeds, "),
        "and the singers say that she knows every hymn by heart.",
    )
    builder.document.add_heading("Thanks", 2)
    builder.paragraph("The old queen gave himself a day off to open our fair.", style="List Bullet")
    builder.paragraph("The treasurer has asked us to say that the roof is paid for.", style="List Bullet")
    table = builder.document.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "Sunday"
    table.cell(0, 1).text = "Mrs Okafor and her choir"
    table.cell(1, 0).text = "Monday"
    table.cell(1, 1).text = "Mr Watson winds the clock, as his father did"
    builder.paragraph("We look forward to seeing you.", text_box("The king hurt herself while hunting in 1087."))
    return builder.build()


def _minutes() -> bytes:
    from office import open_document

    return open_document(
        "<text:h text:outline-level='1'>Minutes of the reading circle</text:h>",
        "<text:p>Mrs Watson opened the meeting at seven. She thanked <text:span>his</text:span> neighbours for "
        "the chairs<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>The chairs belong to the school.</text:p></text:note-body></text:note>.</text:p>",
        "<text:list><text:list-item><text:p>My brother has finished her book about bees.</text:p></text:list-item>"
        "<text:list-item><text:p>My aunt read from her letters.</text:p></text:list-item></text:list>",
        "<text:p>The meeting<office:annotation><text:p>The king hurt herself.</text:p></office:annotation> ended at "
        "nine.</text:p>",
    )


def _story() -> bytes:
    from office import book

    return book(
        {
            "one": "<h1>The ferry</h1><p>The old ferryman had never left the river. Each morning he untied "
            "<em>her</em> boat,\nrowed across and waited.</p>",
            "two": "<h1>The visitor</h1><p>One evening a queen came down to the water.</p>"
            "<p>The queen had hurt himself on the stones, and she asked for help.</p>",
        }
    )


BUILT_CASES: Final[Mapping[str, Callable[[], bytes]]] = {
    "letter.docx": _parish_letter,
    "minutes.odt": _minutes,
    "story.epub": _story,
}
