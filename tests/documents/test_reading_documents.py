"""Documents of word processors and books: what of them is text, and what is said of those that cannot be read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from office import (
    WordBuilder,
    book,
    deleted,
    field,
    inserted,
    open_document,
    run,
    text_box,
    with_member,
)
from typer.testing import CliRunner

from gru_lint.cli import application
from gru_lint.extract import PARAGRAPH_END, extract_prose, format_of, formats

_KING = "The king hurt herself."
_PACKED = [known.language for known in formats().values() if known.unpack is not None]


def paragraphs(content: bytes, name: str) -> list[str]:
    """The text of a document, a paragraph an item."""
    unpack = format_of(name).unpack
    assert unpack is not None
    text = unpack(content)
    assert text == "".join(f"{line}\n" for line in text.split("\n")[:-1])
    # Tabs say what the next paragraph is.
    return [line.rstrip("\t") for line in text.split("\n")[:-1]]


def word(*written: str) -> bytes:
    """A document of Word with one paragraph."""
    builder = WordBuilder()
    builder.paragraph(*written)
    return builder.build()


_JOINED = '<w:pPr><w:rPr><w:del w:id="1" w:author="Ann"/></w:rPr></w:pPr>'


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        pytest.param(("Mr ", run("Wat", "<w:rPr><w:b/></w:rPr>"), "son"), ["Mr Watson"], id="runs"),
        pytest.param((deleted("she "), inserted("he "), "left"), ["he left"], id="tracked"),
        pytest.param((run("a"), "<w:moveFrom>" + run("no") + "</w:moveFrom>"), ["a"], id="moved"),
        pytest.param(("<w:moveTo>" + run("yes") + "</w:moveTo>",), ["yes"], id="moved-to"),
        pytest.param(("on ", field("IF no", "page 3"), " of it"), ["on page 3 of it"], id="field"),
        pytest.param(("a", "<w:r><w:fldChar w:fldCharType='begin'/></w:r>", "no"), ["a"], id="unended-field"),
        pytest.param(("a", run("no", "<w:rPr><w:vanish/></w:rPr>")), ["a"], id="hidden"),
        pytest.param((run("yes", "<w:rPr><w:vanish w:val='0'/></w:rPr>"),), ["yes"], id="not-hidden"),
        pytest.param(("a", "<w:r><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>"), ["a b c"], id="breaks"),
        pytest.param(("well", "<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>", "known"), ["well-known"], id="hyphens"),
        pytest.param(("<w:hyperlink>" + run("link") + "</w:hyperlink>", "s"), ["links"], id="link"),
        pytest.param(("<w:sdt><w:sdtContent>" + run("x") + "</w:sdtContent></w:sdt>",), ["x"], id="control"),
        pytest.param(("a", text_box("in the box"), " b"), ["a b", "in the box"], id="text-box-once"),
        pytest.param((" \t",), [], id="blank"),
        pytest.param(("a\u2028b\u2029c",), ["a b c"], id="separators"),
        pytest.param(("😀 x",), ["😀 x"], id="astral"),
    ],
)
def test_what_is_text_in_a_paragraph_of_word(written: tuple[str, ...], wanted: list[str]) -> None:
    assert paragraphs(word(*written), "a.docx") == wanted


def test_a_document_of_word_is_read_as_one_reads_it() -> None:
    builder = WordBuilder()
    builder.document.add_heading("Title", 1)
    builder.paragraph("First", builder.note("Note one."), " goes on", builder.note("Note two.", "endnote"), ".")
    builder.paragraph("Item", style="List Bullet")
    table = builder.document.add_table(2, 2)
    for row, column, text in ((0, 0, "a"), (0, 1, "b"), (1, 0, "c"), (1, 1, "d")):
        table.cell(row, column).text = text
    builder.document.sections[0].header.paragraphs[0].text = "no"
    builder.document.sections[0].footer.paragraphs[0].text = "no"
    builder.document.add_comment(builder.paragraph("Last.").runs[0], text="no", author="Ann")
    wanted = ["Title", "First goes on.", "Note one.", "Note two.", "Item", "a", "b", "c", "d", "Last."]
    assert paragraphs(builder.build(), "a.docx") == wanted


def test_paragraphs_whose_end_is_deleted_are_one() -> None:
    builder = WordBuilder()
    builder.paragraph(_JOINED, "The king")
    builder.paragraph(" hurt herself.")
    assert paragraphs(builder.build(), "a.docx") == [_KING]


def test_a_note_is_read_once_and_may_refer_to_itself() -> None:
    builder = WordBuilder()
    reference = builder.note("Note.")
    builder.paragraph("a", reference, reference)
    looping = with_member(
        builder.build(), "word/footnotes.xml", lambda xml: xml.replace(b"<w:p>", b"<w:p>" + reference.encode(), 1)
    )
    assert paragraphs(looping, "a.docx") == ["a", "Note."]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        pytest.param("<text:p>Mr <text:span>Wat</text:span>son</text:p>", ["Mr Watson"], id="spans"),
        pytest.param("<text:h>Title</text:h>", ["Title"], id="heading"),
        pytest.param("<text:p>\n  a \n b</text:p>", ["a b"], id="blanks-as-one"),
        pytest.param("<text:p>a <text:s text:c='3'/>b</text:p>", ["a    b"], id="counted-blanks"),
        pytest.param("<text:p>a<text:s text:c='999999999'/>b</text:p>", ["a b"], id="absurd-blanks"),
        pytest.param("<text:p>a<text:tab/>b<text:line-break/>c</text:p>", ["a b c"], id="breaks"),
        pytest.param(
            "<text:p>a<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation>"
            "<text:note-body><text:p>Note.</text:p></text:note-body></text:note> b</text:p>",
            ["a b", "Note."],
            id="note",
        ),
        pytest.param(
            "<text:p>a<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame> b</text:p>",
            ["a b", "box"],
            id="frame",
        ),
        pytest.param(
            "<text:p>a<office:annotation><text:p>no</text:p></office:annotation>b<office:annotation-end/>c</text:p>",
            ["abc"],
            id="annotation",
        ),
        pytest.param(
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>no</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes>",
            [],
            id="deletion",
        ),
        pytest.param("<text:p><text:change-start/>in<text:change-end/></text:p>", ["in"], id="insertion"),
        pytest.param("<text:list><text:list-item><text:p>x</text:p></text:list-item></text:list>", ["x"], id="list"),
        pytest.param(
            "<table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell>"
            "<table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table>",
            ["x", "y"],
            id="table",
        ),
        pytest.param("<text:section text:display='none'><text:p>no</text:p></text:section>", [], id="hidden"),
        pytest.param("<text:p><text:ruby>x<text:ruby-text>no</text:ruby-text></text:ruby></text:p>", ["x"], id="ruby"),
    ],
)
def test_what_is_text_in_an_open_document(written: str, wanted: list[str]) -> None:
    assert paragraphs(open_document("before", written, "after"), "a.odt") == ["before", *wanted, "after"]


@pytest.mark.parametrize(
    ("pages", "order", "wanted"),
    [
        ({"a": "<h1>One</h1><p>Two\n three</p><p>Four</p>"}, None, ["One", "Two three", "Four"]),
        ({"a": "<p>A</p>", "b": "<p>B</p>", "c": "<p>no</p>"}, ("b", "a", "b"), ["B", "A"]),
        ({"a": "<p>Mary&#8217;s caf&eacute; &lt;i&gt;</p>"}, None, ["Mary’s café i"]),
        ({"a": "<p>x</p><script>no</script><ul><li>y</li></ul>"}, None, ["x", "y"]),
    ],
)
def test_a_book_is_read_in_its_order(pages: dict[str, str], order: tuple[str, ...] | None, wanted: list[str]) -> None:
    assert paragraphs(book(pages, order), "a.epub") == wanted


def built(language: str) -> bytes:
    """A document of one paragraph."""
    builders: dict[str, Callable[[], bytes]] = {
        "docx": lambda: word(_KING),
        "odt": lambda: open_document(_KING),
        "epub": lambda: book({"a": f"<p>{_KING}</p>"}),
    }
    return builders[language]()


@pytest.mark.parametrize("language", _PACKED)
def test_a_finding_names_paragraph_and_column(language: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{language}"
    path.write_bytes(built(language))
    said = check(path, "--output-format", "concise")
    assert said == (1, f'{path}:1:15: PA004 "herself" refers to "The king": expected "himself"\n', "")


@pytest.mark.parametrize("language", _PACKED)
def test_what_was_found_is_remembered(language: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{language}"
    path.write_bytes(built(language))
    options = ["check", "-q", "--isolated", "--output-format", "concise", "--cache-dir", str(tmp_path / "cache")]
    first, second = (CliRunner().invoke(application, [*options, str(path)]).stdout for _ in range(2))
    assert first == second != ""


def test_a_line_is_a_paragraph_and_no_line_goes_on() -> None:
    assert extract_prose("a\nb\n", "a.docx") == f"a{PARAGRAPH_END}b{PARAGRAPH_END}"


def test_documents_are_found_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word(_KING))
    # Word's mark that somebody has it open.
    (tmp_path / "~$a.docx").write_bytes(b"\x03Ann")
    code, said, told = check(tmp_path, "--output-format", "concise")
    assert (code, told) == (1, "")
    assert said.startswith(f"{tmp_path / 'a.docx'}:1:15: ")


def check(path: Path, *options: str) -> tuple[int, str, str]:
    """The exit code of a check, what it says and what it says on standard error."""
    result = CliRunner().invoke(application, ["check", "-q", "--isolated", "--no-cache", *options, str(path)])
    return result.exit_code, result.stdout, result.stderr


def zipped(name: str, content: bytes) -> bytes:
    """An archive with one member."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def encrypted(content: bytes) -> bytes:
    """An archive whose members say that they need a password."""
    return content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_NO_WORD = "is damaged or no document of Word"
_PASSWORD = "is protected by a password"
_TOO_MUCH = "unpacks to more than is read"
_ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
_RIGHTS = b"""<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">
<enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></enc:EncryptedData>
</encryption>"""


def with_rights(content: bytes) -> bytes:
    """A book that says that it is protected against copying."""
    buffer = BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("META-INF/encryption.xml", _RIGHTS)
    return buffer.getvalue()


def with_main(edit: Callable[[bytes], bytes]) -> bytes:
    """A document of Word with other bytes in its main part."""
    return with_member(word(_KING), "word/document.xml", edit)


@pytest.mark.parametrize(
    ("name", "make", "wanted"),
    [
        pytest.param("a.docx", lambda: b"", _NO_WORD, id="empty"),
        pytest.param("a.docx", lambda: b"no archive", _NO_WORD, id="text"),
        pytest.param("a.docx", lambda: word(_KING)[:3000], _NO_WORD, id="cut"),
        pytest.param("a.docx", lambda: word(_KING)[:-9], _NO_WORD, id="end-cut"),
        pytest.param("a.docx", lambda: open_document(_KING), _NO_WORD, id="another"),
        pytest.param("a.odt", lambda: word(_KING), "is damaged or no OpenDocument text", id="another-odt"),
        pytest.param("a.epub", lambda: word(_KING), "is damaged or no book in EPUB", id="another-epub"),
        pytest.param("a.docx", lambda: _COMPOUND, "is a document of Word before 2007; save it as .docx", id="old"),
        pytest.param(
            "a.docx",
            lambda: _COMPOUND + "EncryptedPackage".encode("utf-16-le"),
            "is protected by a password; save a copy without one",
            id="password",
        ),
        pytest.param("a.docx", lambda: encrypted(zipped("_rels/.rels", b"x")), _PASSWORD, id="zip-password"),
        pytest.param(
            "a.odt",
            lambda: with_member(
                open_document(_KING),
                "META-INF/manifest.xml",
                lambda xml: xml.replace(b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>"),
            ),
            _PASSWORD,
            id="password-odt",
        ),
        pytest.param("a.odt", lambda: zipped("encrypted-package", b""), _PASSWORD, id="password-whole"),
        pytest.param("a.epub", lambda: with_rights(book({"a": "x"})), "is protected against copying", id="rights"),
        pytest.param("a.docx", lambda: with_main(lambda _: bytes(90_000_000)), _TOO_MUCH, id="bomb"),
        pytest.param("a.docx", lambda: with_main(lambda _: b"<" * 7_000_000), _TOO_MUCH, id="elements"),
        pytest.param("a.odt", lambda: b"PK\x01\x02" * 30_000, _TOO_MUCH, id="members"),
        pytest.param(
            "a.docx",
            lambda: with_main(lambda xml: _ENTITIES + xml[xml.index(b"<w:document") :]),
            "word/document.xml has a document type",
            id="entities",
        ),
        pytest.param("a.docx", lambda: with_main(lambda xml: xml[:-20]), _NO_WORD, id="xml"),
        pytest.param(
            "a.odt",
            lambda: with_member(open_document(_KING), "content.xml", lambda _: b"<a>" * 9000),
            "is damaged",
            id="deep",
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(
    name: str, make: Callable[[], bytes], wanted: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    code, said, told = check(path)
    assert (code, said) == (2, "")
    assert told.startswith(f"gru-lint: {path}: ")
    assert wanted in told
    assert told.count("\n") == 1
    assert "Traceback" not in told


def test_without_its_reader_a_document_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word(_KING))
    monkeypatch.setitem(__import__("sys").modules, "lxml", None)
    assert check(path) == (2, "", f'gru-lint: {path}: needs lxml to be read: pip install "gru-lint[office]"\n')
    # And in a folder it is what it was before: no text.
    (tmp_path / "b.md").write_text("Fine.\n", encoding="utf-8")
    assert check(tmp_path) == (0, "", "")


@pytest.mark.parametrize("option", ["--fix", "--diff", "--interactive"])
def test_a_document_is_not_fixed_in_its_place(option: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(content := word(_KING))
    code, _, told = check(path, option)
    reviewed = tmp_path / "a.reviewed.docx"
    instead = f"gru-lint review {path} -o {reviewed} --suggest writes a copy"
    wanted = f"gru-lint: {path}: cannot be fixed in its place; {instead}\n"
    assert (code, told.replace("Would fix nothing.\n", "")) == (2, wanted)
    # In a folder it is reported, and the others are fixed.
    (tmp_path / "b.txt").write_text(_KING, encoding="utf-8")
    if option == "--fix":
        code, said, told = check(tmp_path, option)
        assert (code, told) == (1, wanted)
        assert "a.docx:1:15" in said
        assert (tmp_path / "b.txt").read_text(encoding="utf-8") == "The king hurt himself."
    assert path.read_bytes() == content
