"""`gru-lint corpus` and `gru-lint check --column`, as they are called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

pytest.importorskip("pyarrow", reason="needs the extra corpus")

from corpora import NEUTRAL, RIGHT, WRONG, codes_in, write_parquet

from gru_lint.cli import application


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def call(*arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a call."""
    result = CliRunner().invoke(application, arguments)
    assert result.exception is None or isinstance(result.exception, (SystemExit, typer.Exit))
    return result.exit_code, result.stdout, result.stderr


def write_csv(*rows: str) -> None:
    """A table of two columns."""
    Path("segs.csv").write_text("".join(f"{row}\n" for row in ("id,text", *rows)), encoding="utf-8")


def test_a_corpus_is_checked_and_summed_up() -> None:
    write_parquet(Path("a.parquet"), [WRONG, RIGHT, None, NEUTRAL], system=["A", "B", "A", "B"])
    code, out, err = call("corpus", "a.parquet", "-o", "b.parquet", "--group-by", "system", "-j", "1", "--isolated")
    assert (code, err) == (1, "")
    assert codes_in(Path("b.parquet")) == [["PA004"], [], "no text", []]
    assert out.splitlines()[:2] == ["4 rows: 1 finding in 1 row (33.33% (6.15% to 79.23%))", "1 row without text"]
    assert [line.split()[0] for line in out.splitlines() if line and not line[0].isdigit()] == [
        "rule",
        "reflexive-mismatch",
        "system",
        "A",
        "B",
    ]


def test_a_bad_row_is_named_and_counted_and_the_rest_is_checked() -> None:
    write_csv(f"1,{WRONG}", "2", f"3,{RIGHT}")
    code, out, err = call("corpus", "segs.csv", "-o", "b.jsonl", "-j", "1", "--isolated")
    assert code == 2
    assert err == "gru-lint: segs.csv:3: has 1 cells, and the header has 2\n"
    assert "1 row could not be checked" in out
    assert [row["error"] for row in map(json.loads, Path("b.jsonl").read_text().splitlines())] == [
        None,
        "has 1 cells, and the header has 2",
        None,
    ]


def test_nothing_found_is_no_error() -> None:
    write_csv(f"1,{RIGHT}", f"2,{NEUTRAL}")
    assert call("corpus", "segs.csv", "-o", "b.jsonl", "-j", "1", "-q", "--isolated") == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--source-lang", "de"], "--source-lang is the language of a column: name it with --source-column"),
        (["--address", "tcp://nowhere:1"], "--address is that of a cluster: name --engine dask or spark"),
        (["--column", "txt"], 'segs.csv: there is no column "txt"; did you mean "text"?'),
    ],
)
def test_what_cannot_be_meant(arguments: list[str], message: str) -> None:
    write_csv(f"1,{RIGHT}")
    assert call("corpus", "segs.csv", "-o", "b.jsonl", *arguments) == (2, "", f"gru-lint: {message}\n")


def test_rows_of_a_table_are_texts_of_their_own() -> None:
    # Read as one text, the second row would be about the queen.
    write_csv("1,The queen slept.", f"2,{NEUTRAL}", f'3,"{WRONG}"', "4,Then he slept.")
    code, out, err = call("check", "--column", "text", "segs.csv", "--output-format", "concise", "--isolated")
    assert (code, err) == (1, "")
    first, *rest = out.splitlines()
    assert first.startswith("segs.csv:4:15: PA004 ")
    assert rest == ["Found 1 finding in 1 file."]


@pytest.mark.parametrize("output_format", ["full", "grouped", "json", "sarif", "html", "junit", "rdjson", "gitlab"])
def test_every_report_names_the_row(output_format: str) -> None:
    write_csv(f"1,{WRONG}", '2,"Two\nlines. She ran."', f"3,{WRONG}")
    code, out, _ = call("check", "--column", "text", "segs.csv", "--output-format", output_format, "--isolated", "-q")
    assert code == 1
    assert out.count("herself") >= 2
    if output_format == "json":
        assert [(found["location"]["row"], found["location"]["column"]) for found in json.loads(out)] == [
            (2, 15),
            (4, 15),
        ]


def test_a_row_that_is_none_is_named() -> None:
    Path("segs.jsonl").write_text(f'{{"text": "{WRONG}"}}\nnonsense\n{{"text": 7}}\n{{"text": null}}\n')
    code, out, err = call("check", "--column", "text", "segs.jsonl", "--output-format", "concise", "--isolated")
    assert code == 2
    assert err == 'gru-lint: segs.jsonl:2: is no JSON\ngru-lint: segs.jsonl:3: "text" is not text\n'
    assert out.startswith("segs.jsonl:1:15: PA004")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["segs.csv", "--fix"], "--column only reports"),
        (["segs.csv", "--write-baseline", "b.json"], "--column only reports"),
        (["segs.csv", "--watch"], "--column only reports"),
        ([], "--column needs the names of tables"),
        (["."], "--column needs the name of a table"),
        (["-"], "--column needs the name of a table"),
        (["notes.txt"], "notes.txt: no table by its name"),
        (["missing.csv"], "missing.csv: cannot be read"),
    ],
)
def test_what_tables_cannot_do(arguments: list[str], message: str) -> None:
    write_csv(f"1,{RIGHT}")
    code, _, err = call("check", "--column", "text", *arguments, "--isolated")
    assert code == 2
    assert message in err


@pytest.mark.slow
def test_a_table_that_is_longer_than_any_text_is_read_a_row_at_a_time() -> None:
    write_csv(
        *[f'{number},"{NEUTRAL} And so on, down the long valley of the river to the sea."' for number in range(300_000)]
    )
    assert Path("segs.csv").stat().st_size > 20_000_000
    with Path("segs.csv").open("a", encoding="utf-8") as file:
        file.write(f"0,{WRONG}\n")
    _, out, err = call("check", "--column", "text", "segs.csv", "--output-format", "concise", "--isolated")
    assert err == ""
    assert "segs.csv:300002:15: PA004" in out
