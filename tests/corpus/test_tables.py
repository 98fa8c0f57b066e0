"""Tables as rows: what is a row, what is none, and how rows are counted."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gru_lint.corpus.tables import Row, TableError, column_names, kind_of, read_rows, text_of


def rows_of(path: Path, content: bytes, *columns: str) -> list[tuple[int, object, str | None]]:
    """Number, text and error of each row of a table with this content."""
    path.write_bytes(content)
    return [(row.number, row.cells.get("text"), row.error) for row in read_rows(path, ("text", *columns))]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", b"id,text\n1,She.\n2,He.\n", [(2, "She.", None), (3, "He.", None)]),
        ("a.csv", b'text\n"two\nlines, one cell"\nHe.\n', [(2, "two\nlines, one cell", None), (3, "He.", None)]),
        ("a.csv", b"\xef\xbb\xbftext\r\nShe.\r\n\r\nHe.\r\n", [(2, "She.", None), (4, "He.", None)]),
        ("a.csv", b"id,text\n1\n2,He.\n", [(2, None, "has 1 cells, and the header has 2"), (3, "He.", None)]),
        ("a.csv", b"text\n", []),
        ("a.tsv", b'text\tid\n"She" said\t1\n', [(2, '"She" said', None)]),
        ("a.jsonl", b'{"text": "She."}\n\n{"id": 2}\n', [(1, "She.", None), (3, None, None)]),
        ("a.ndjson", b'{"text": "She."}\nnot json\n[1]\n', [(1, "She.", None), (2, None, "is no JSON"),
                                                              (3, None, "is no JSON object")]),
        ("a.jsonl", b'{"text": "She."}\n{"text": "\xff"}\n', [(1, "She.", None), (2, None, "is not valid UTF-8")]),
        ("a.jsonl", b"\xef\xbb\xbf" + b'{"text": "She."}', [(1, "She.", None)]),
        ("a.jsonl", b'{"text": "She."}\n' + b"[" * 100_000, [(1, "She.", None), (2, None, "is no JSON")]),
    ],
    ids=["csv", "two-lines", "bom-crlf-blank", "too-few-cells", "header-only", "tsv-quotes", "left-out", "bad-json",
         "bad-utf8", "jsonl-bom", "deep-json"],
)  # fmt: skip
def test_rows(tmp_path: Path, name: str, content: bytes, expected: list[tuple[int, object, str | None]]) -> None:
    assert rows_of(tmp_path / name, content) == expected


@pytest.mark.parametrize(
    ("suffix", "compress"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)]
)
def test_compressed_tables(tmp_path: Path, suffix: str, compress: Callable[[bytes], bytes]) -> None:
    assert rows_of(tmp_path / f"a.csv{suffix}", compress(b"text\nShe.\n")) == [(2, "She.", None)]


def test_zstandard_and_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    with pa.CompressedOutputStream(str(tmp_path / "b.jsonl.zst"), "zstd") as file:
        file.write(b'{"text": "She."}\n')
    assert rows_of(tmp_path / "b.jsonl.zst", (tmp_path / "b.jsonl.zst").read_bytes()) == [(1, "She.", None)]
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": ["She.", None], "id": [1, 2]}), path)
    assert list(read_rows(path, ("text",))) == [Row(1, {"text": "She."}), Row(2, {"text": None})]
    assert column_names(path) == ("text", "id")


def test_a_table_that_is_cut_off_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"a\.csv\.gz: cannot be read"):
        rows_of(tmp_path / "a.csv.gz", gzip.compress(b"text\n" + b"She.\n" * 9999)[:-20])


def test_a_quotation_mark_that_is_never_closed_ends_no_table(tmp_path: Path) -> None:
    (found,) = rows_of(tmp_path / "a.csv", b'text\n"' + b"x" * 20_000_010 + b"\n")
    assert found[2] == "no row of a table (field larger than field limit (20000000))"


@pytest.mark.parametrize(
    ("name", "header", "before", "after"),
    [("a.csv", b"text\n", b"", b""), ("a.jsonl", b"", b'{"text": "', b'"}')],
    ids=["csv", "jsonl"],
)
def test_a_line_that_would_fill_the_memory_is_a_bad_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, header: bytes, before: bytes, after: bytes
) -> None:
    monkeypatch.setattr("gru_lint.corpus.tables._MAX_LINE", 100)
    lines = (before + text + after + b"\n" for text in (b"She.", b"x" * 350, b"He."))
    found = rows_of(tmp_path / f"{name}.gz", gzip.compress(header + b"".join(lines)))
    assert [text for _, text, _ in found] == ["She.", None, "He."]
    assert "has a line that is longer than 80 MB" in str(found[1][2])


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices as POSIX has them")
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl.gz", "a.parquet"])
@pytest.mark.parametrize(
    ("plant", "reason"),
    [
        (os.mkfifo, "it is a pipe, not a regular file"),
        (lambda path: path.symlink_to("/dev/zero"), "it is a device, not a regular file"),
        (lambda path: path.mkdir(), "it is a directory"),
    ],
    ids=["pipe", "device", "directory"],
)
def test_what_is_no_regular_file_is_named_and_not_waited_for(
    tmp_path: Path, name: str, plant: Callable[[Path], object], reason: str
) -> None:
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow", reason="reads Parquet")
    plant(tmp_path / name)
    with pytest.raises(TableError) as raised:
        list(read_rows(tmp_path / name, ("text",)))
    assert str(raised.value).endswith(f"({reason})")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"id,txt\n1,2\n", 'there is no column "text"; did you mean "txt"?'),
        ("a.csv", b"text,text\n1,2\n", 'there are several columns "text"'),
        ("a.csv", b"", 'there is no column "text"; the table is empty'),
        ("a.csv", b"x" * 20_000_001, "its first row is no header (field larger than field limit (20000000))"),
        ("a.jsonl", b'{"txt": "She."}\n', 'there is no column "text"; did you mean "txt"?'),
        ("a.parquet", b"PAR1 no more", "cannot be read as Parquet"),
        ("a.csv.gz", b"text\nShe.\n", "cannot be read"),
        ("a.docx", b"", "no table by its name"),
        ("a.parquet.gz", b"", "no table by its name"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    if name == "a.parquet":
        pytest.importorskip("pyarrow")
    with pytest.raises(TableError) as raised:
        rows_of(tmp_path / name, content)
    assert message in str(raised.value)
    assert str(tmp_path / name) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_name_tells_the_kind() -> None:
    assert kind_of(Path("a.b.TSV.GZ")) == ("tsv", ".gz")
    assert kind_of(Path("x/part.parquet")) == ("parquet", "")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (Row(1, {"text": 5}), '"text" is not text'),
        (Row(1, {"text": "\udcff"}), "the text is not valid UTF-8"),
        (Row(1, {}, "is no JSON"), "is no JSON"),
    ],
)
def test_what_is_no_text(row: Row, message: str) -> None:
    with pytest.raises(TableError, match=message):
        text_of(row, "text")


def test_a_row_without_a_text() -> None:
    assert text_of(Row(1, {"text": None}), "text") is None
    assert text_of(Row(1, {}), "text") is None
