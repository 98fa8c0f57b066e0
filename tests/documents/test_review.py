"""Reviewed copies: a comment stands on the very words, and the rest of the document is as it was."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from built_cases import BUILT_CASES
from typer.testing import CliRunner

from gru_lint.cli import application
from gru_lint.extract import format_of

_NAMES = ("letter.docx", "minutes.odt")
_CHANGED = {
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
    "word/comments.xml",
    "content.xml",
}


def review(folder: Path, name: str, *options: str) -> tuple[bytes, bytes]:
    """A document and its reviewed copy."""
    before, after = folder / name, folder / f"reviewed-{name}"
    before.write_bytes(BUILT_CASES[name]())
    result = CliRunner().invoke(application, ["review", "--isolated", str(before), "-o", str(after), *options])
    assert result.exit_code == 0, result.output
    assert result.stdout == f"Wrote {after} with 2 findings.\n"
    return before.read_bytes(), after.read_bytes()


def members(content: bytes) -> dict[str, bytes]:
    """What is in an archive, in order."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def text_of(content: bytes, name: str) -> str:
    """The text that is read of a document."""
    unpack = format_of(name).unpack
    assert unpack is not None
    return unpack(content)


@pytest.mark.parametrize("name", _NAMES)
def test_comments_change_no_word_and_no_other_member(name: str, tmp_path: Path) -> None:
    before, after = review(tmp_path, name)
    assert text_of(after, name) == text_of(before, name)
    old, new = members(before), members(after)
    assert list(new)[: len(old)] == list(old)
    assert {member for member in new if new[member] != old.get(member)} <= _CHANGED


def test_a_comment_of_word_stands_on_the_very_word(tmp_path: Path) -> None:
    import docx

    _, after = review(tmp_path, "letter.docx")
    document = docx.Document(BytesIO(after))
    assert {comment.author for comment in document.comments} == {"gru-lint"}
    said = [comment.text.split("\n")[0] for comment in document.comments]
    assert sorted(said) == [
        '"herself" refers to "The king": expected "himself"',
        '"himself" refers to "The old queen": expected "herself"',
    ]
    main = members(after)["word/document.xml"].decode()
    start = main.index("commentRangeStart", main.index("The old queen"))
    assert "himself" in main[start : main.index("commentRangeEnd", start)]


@pytest.mark.parametrize(
    ("name", "wanted"), [("letter.docx", "queen gave herself"), ("minutes.odt", "She thanked her neighbours")]
)
def test_a_suggestion_is_a_tracked_change(name: str, wanted: str, tmp_path: Path) -> None:
    _, after = review(tmp_path, name, "--suggest")
    assert wanted in text_of(after, name)


def test_what_is_no_document_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The king hurt herself.", encoding="utf-8")
    result = CliRunner().invoke(application, ["review", str(path), "-o", str(tmp_path / "b.txt")])
    assert result.exit_code == 2
    assert "only documents of Word (.docx) and LibreOffice (.odt) are reviewed" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.slow
@pytest.mark.parametrize(("name", "wanted"), [("letter.docx", ["himself"]), ("minutes.odt", ["his", "her"])])
def test_libreoffice_opens_it_and_shows_the_comments_on_the_words(name: str, wanted: list[str], tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer")
    review(tmp_path, name)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "fodt", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / f"reviewed-{name}")], check=True, capture_output=True, timeout=300)
    opened = (tmp_path / f"reviewed-{name}").with_suffix(".fodt").read_text(encoding="utf-8")
    shown = re.findall(r"</office:annotation>([^<>]*)<office:annotation-end", opened)
    assert [word for word in shown if word] == wanted
    assert opened.count("<dc:creator>gru-lint</dc:creator>") >= len(wanted)


def test_a_comment_on_a_note_stands_at_its_number_since_libreoffice_opens_none_within() -> None:
    from office import WordBuilder

    from gru_lint.documents.word_review import review_word
    from gru_lint.linter import lint_text

    builder = WordBuilder()
    builder.paragraph("Before.", builder.note("The king hurt herself."))
    content = builder.build()
    findings = lint_text(text_of(content, "a.docx"), filename="a.docx")
    after = members(review_word(content, findings, suggests=False))
    assert len(findings) == 1
    assert b"comment" not in after["word/footnotes.xml"]
    main = after["word/document.xml"].decode()
    assert "footnoteReference" in main[main.index("commentRangeStart") : main.index("commentRangeEnd")]
