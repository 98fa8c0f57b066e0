"""The command line from outside: what it prints, where, and how it exits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gru_lint import __version__

_WATSON = (
    "Mr Watson goes on a business trip every Wednesday. He always takes a flight to New York, and on every trip "
    "her wife wishes him\ngood luck.\n"
)


def run(*arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """The finished process of `gru-lint` with these arguments."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "COLUMNS": "100"}
    command = [sys.executable, "-m", "gru_lint", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, env=environment, timeout=120)


def check(result: subprocess.CompletedProcess[bytes], code: int, out: str = "", err: str = "") -> None:
    """The exit code, a part of standard output and a part of standard error, which is one line a fault."""
    assert result.returncode == code, result.stdout.decode() + result.stderr.decode()
    assert out in result.stdout.decode()
    assert err in result.stderr.decode()
    assert "Traceback" not in result.stderr.decode()
    if code == 0 or (code == 1 and not err):
        assert result.stderr == b""


@pytest.fixture
def watson(tmp_path: Path) -> Path:
    path = tmp_path / "watson.md"
    path.write_bytes(_WATSON.encode())
    return path


def test_full_shows_line_caret_antecedent_and_suggestion(watson: Path) -> None:
    result = run("check", watson)
    check(result, 1, f"{watson}:1:108: PA001 [gender-mismatch]")
    lines = result.stdout.decode().splitlines()
    line = next(line for line in lines if line.startswith("1 |"))
    caret = next(line for line in lines if "^^^" in line)
    assert line[caret.index("^") : caret.index("^") + 3] == "her"
    check(result, 1, 'antecedent: "Mr Watson" (1:1)')
    check(result, 1, 'suggestion: "his"')
    check(result, 1, "Found 1 finding in 1 file.")


def test_concise_is_one_line_a_finding(watson: Path) -> None:
    result = run("check", "--output-format", "concise", watson)
    check(result, 1, f'{watson}:1:108: PA001 "her" refers to "Mr Watson": expected "his"\n')


def test_json_is_the_published_shape(watson: Path) -> None:
    result = run("check", "--output-format", "json", watson)
    (finding,) = json.loads(result.stdout)
    confidence = finding.pop("confidence")
    assert 0.5 < confidence <= 1
    assert finding == {
        "code": "PA001",
        "name": "gender-mismatch",
        "message": '"her" refers to "Mr Watson": expected "his"',
        "filename": str(watson),
        "location": {"row": 1, "column": 108},
        "end_location": {"row": 1, "column": 111},
        "span": {"start": 107, "end": 110},
        "replacements": ["his"],
        "antecedent": {
            "text": "Mr Watson",
            "location": {"row": 1, "column": 1},
            "end_location": {"row": 1, "column": 10},
            "span": {"start": 0, "end": 9},
        },
    }


def test_a_correct_file_exits_with_zero(tmp_path: Path) -> None:
    path = tmp_path / "right.txt"
    path.write_text(_WATSON.replace("her wife", "his wife"), encoding="utf-8")
    check(run("check", path), 0, "No findings in 1 file.")
    assert json.loads(run("check", "--output-format", "json", path).stdout) == []


def test_standard_input_has_the_name_it_is_given() -> None:
    text = _WATSON.encode()
    check(run("check", "-", "--output-format", "concise", stdin=text), 1, "-:1:108: PA001")
    named = run("check", "-", "--stdin-filename", "notes/trip.md", "--output-format", "concise", stdin=text)
    check(named, 1, "trip.md:1:108: PA001")


def test_a_directory_is_walked_and_hidden_folders_are_not(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", ".git/c.md", "deep/er/d.md", "node_modules/e.md", "image.png"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_WATSON, encoding="utf-8")
    result = run("check", "--output-format", "concise", cwd=tmp_path)
    check(result, 1, "Found 3 findings in 3 files.")
    names = [line.split(":")[0] for line in result.stdout.decode().splitlines()[:-1]]
    assert names == ["a.txt", "b.md", str(Path("deep/er/d.md"))]


def test_a_file_named_twice_is_checked_once(watson: Path) -> None:
    check(run("check", watson, watson, watson.parent), 1, "Found 1 finding in 1 file.")


def test_files_that_are_no_text_are_named_and_the_others_are_checked(tmp_path: Path, watson: Path) -> None:
    no_texts = {
        "latin.txt": ("Café: she left.".encode("latin-1"), "is not valid UTF-8 (line 1, byte 3); save it as UTF-8"),
        "picture.md": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a binary file, not text"),
        "wide.txt": ("She left.".encode("utf-16"), "is UTF-16 text; save it as UTF-8"),
        "zeros.txt": (b"\0" * 1000, "is a binary file, not text"),
    }
    for name, (content, _) in no_texts.items():
        (tmp_path / name).write_bytes(content)
    result = run("check", *(tmp_path / name for name in no_texts), watson)
    check(result, 2, "Found 1 finding in 1 file.")
    named = [f"gru-lint: {tmp_path / name}: {message}" for name, (_, message) in no_texts.items()]
    assert result.stderr.decode().splitlines() == named


def test_a_missing_path_is_named_and_the_others_are_checked(watson: Path) -> None:
    result = run("check", "nowhere.md", watson)
    check(result, 2, "Found 1 finding", "gru-lint: nowhere.md: no such file or directory\n")


def test_a_directory_without_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "image.png").write_bytes(b"\x89PNG")
    check(run("check", tmp_path), 2, err=f"gru-lint: {tmp_path}: no text files in this directory")


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root can read every file")
def test_an_unreadable_file_is_named(watson: Path) -> None:
    watson.chmod(0)
    check(run("check", watson), 2, err=f"gru-lint: {watson}: cannot be read (Permission denied)")


def test_a_loop_of_links_is_named(tmp_path: Path) -> None:
    loop = tmp_path / "loop.md"
    loop.symlink_to(loop)
    result = run("check", loop)
    check(result, 2, err=f"gru-lint: {loop}: ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("content", [b"", b"\n", b"\r\n\r\n", b"\xef\xbb\xbf", b"No pronoun here.\n"])
def test_an_empty_file_has_no_findings(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "empty.md"
    path.write_bytes(content)
    check(run("check", path), 0, "No findings in 1 file.")


def test_rows_and_columns_count_code_points(tmp_path: Path) -> None:
    places = {"\ufeff": (1, 108), "😀 ": (1, 110), "# Trips\r\n\r\n": (3, 108), "é\u0301\n\n": (3, 108)}
    paths = [tmp_path / f"{number}.txt" for number in range(len(places))]
    for path, before in zip(paths, places, strict=True):
        path.write_bytes((before + _WATSON).encode())
    result = run("check", "--output-format", "concise", *paths)
    for path, (row, column) in zip(paths, places.values(), strict=True):
        check(result, 1, f"{path}:{row}:{column}: PA001")


def test_code_in_markdown_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "code.md"
    path.write_text("```text\n" + _WATSON + "```\n\n    " + _WATSON.replace("\n", "\n    "), encoding="utf-8")
    check(run("check", path), 0)


def test_an_unknown_option_is_explained() -> None:
    check(run("check", "--output-format", "yaml"), 2, err="yaml")
    check(run("chekc"), 2, err="chekc")


def test_version_and_help() -> None:
    check(run("--version"), 0, f"gru-lint {__version__}")
    check(run("check", "--help"), 0, "--output-format")
