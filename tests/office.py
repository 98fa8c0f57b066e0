"""Documents of Word, OpenDocument and EPUB, built by the libraries that people build them with.

Where a library has no call for something, as for footnotes and tracked changes, its XML stands here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pytest

docx = pytest.importorskip("docx", reason="python-docx builds the documents: pip install '.[test]'")
odfdo = pytest.importorskip("odfdo", reason="odfdo builds the documents: pip install '.[test]'")

from docx.opc.packuri import PackURI  # noqa: E402
from docx.opc.part import Part  # noqa: E402
from docx.oxml import parse_xml  # noqa: E402

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


class WordBuilder:
    """A document of Word. `text` holds nothing but runs where it is no XML."""

    def __init__(self) -> None:
        self.document: Any = docx.Document()
        self._notes: dict[str, list[str]] = {"footnote": [], "endnote": []}

    def paragraph(self, *written: str, style: str | None = None) -> Any:
        """A paragraph of runs: words, or what is XML of Word."""
        paragraph = self.document.add_paragraph(style=style)
        for one in written:
            if one.startswith("<"):
                for element in parse_xml(f"<w:p {_SPACES}>{one}</w:p>"):
                    paragraph._p.append(element)
            else:
                paragraph.add_run(one)
        return paragraph

    def note(self, text: str, kind: str = "footnote") -> str:
        """The reference to a new note, as XML of a run."""
        number = len(self._notes[kind]) + 2
        self._notes[kind].append(f'<w:{kind} w:id="{number}"><w:p>{run(text)}</w:p></w:{kind}>')
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    def build(self) -> bytes:
        """The file."""
        for kind, notes in self._notes.items():
            if notes:
                name = PackURI(f"/word/{kind}s.xml")
                content = f"<w:{kind}s {_SPACES}>{''.join(notes)}</w:{kind}s>".encode()
                part = Part(name, f"{_TYPE}.{kind}s+xml", content, self.document.part.package)
                self.document.part.relate_to(part, f"{_RELATIONSHIP}/{kind}s")
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()


def run(text: str, properties: str = "") -> str:
    """The XML of a run."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def inserted(text: str) -> str:
    """The XML of an insertion that is tracked."""
    return f'<w:ins w:id="901" w:author="Ann" w:date="2026-01-02T03:04:05Z">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    """The XML of a deletion that is tracked."""
    gone = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
    return f'<w:del w:id="902" w:author="Ann" w:date="2026-01-02T03:04:05Z">{gone}</w:del>'


def text_box(text: str) -> str:
    """The XML of a text box as Word writes it, twice."""
    content = f"<w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent>"
    shape = (
        '<w:drawing><wp:inline><wp:extent cx="2000000" cy="600000"/><wp:docPr id="7" name="box"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="600000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    old = f'<w:pict><v:shape style="width:150pt;height:40pt"><v:textbox>{content}</v:textbox></v:shape></w:pict>'
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )


def field(instruction: str, shown: str) -> str:
    """The XML of a field, with what it is made of and what it shows."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    made_of = f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>{run("no")}'
    return f"{marks[0]}{made_of}{marks[1]}{run(shown)}{marks[2]}"


def open_document(*paragraphs: str) -> bytes:
    """An OpenDocument text of elements that are XML, or of words of paragraphs."""
    document = odfdo.Document("text")
    document.body.clear()
    for one in paragraphs:
        element = odfdo.Element.from_tag(one) if one.startswith("<") else odfdo.Paragraph(one)
        document.body.append(element)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


_CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""


def book(pages: Mapping[str, str], order: tuple[str, ...] | None = None) -> bytes:
    """A book in EPUB: bodies of pages by their names, and the order in which they are read."""
    items = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in pages)
    spine = "".join(f'<itemref idref="{name}"/>' for name in order or tuple(pages))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Book</dc:title></metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", _CONTAINER)
        archive.writestr("OEBPS/book.opf", package)
        for name, body in pages.items():
            page = (
                f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title></head><body>{body}</body></html>'
            )
            archive.writestr(f"OEBPS/{name}.xhtml", page)
    return buffer.getvalue()


def with_member(content: bytes, name: str, edit: Callable[[bytes], bytes]) -> bytes:
    """The same archive with other bytes in one member."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            written = old.read(info)
            new.writestr(info.filename, edit(written) if info.filename == name else written)
    return buffer.getvalue()
