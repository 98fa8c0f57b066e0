"""Where output goes, in which colour, how much of it, and what is said of a wrong command line."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gru_lint.cli import main
from gru_lint.rules import families

_ROOT = Path(__file__).parents[2]
needs_bash = pytest.mark.skipif(sys.platform == "win32", reason="needs bash")
_KING = "The king hurt herself.\n"

Result = subprocess.CompletedProcess[str]
Call = Callable[..., Result]


def run(*arguments: str, cwd: Path, shell: str = "", **variables: str) -> Result:
    """The finished process of `gru-lint` in bash; `shell` is what follows the command, such as "| head -1"."""
    environment = {name: value for name, value in os.environ.items() if "COLOR" not in name}
    environment |= {"PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8", **variables}
    program = f'set -o pipefail; "$@" {shell}'
    command = ["bash", "-c", program, "bash", sys.executable, "-m", "gru_lint", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd, env=environment, timeout=120)


def check(result: Result, code: int, out: str | None = None, err: str = "") -> None:
    """The exit code, all of standard output, and a part of the one line on standard error, if there is to be one."""
    assert result.returncode == code, result.stdout + result.stderr
    assert out is None or result.stdout == out
    assert err in result.stderr
    assert result.stderr.count("\n") == bool(err), result.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "king.txt").write_text(_KING, encoding="utf-8")
    (tmp_path / "right.txt").write_text("All is well.\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def call(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs `gru-lint` with some arguments and environment variables in the folder; faster than a process."""

    def call_main(*arguments: str, stdin: str = "", **variables: str) -> Result:
        monkeypatch.chdir(folder)
        for name in [name for name in os.environ if "COLOR" in name]:
            monkeypatch.delenv(name)
        for name, value in {"COLUMNS": "100", **variables}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["gru-lint", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        with pytest.raises(SystemExit) as stopped:
            main()
        captured = capsys.readouterr()
        assert isinstance(stopped.value.code, int)
        return subprocess.CompletedProcess(arguments, stopped.value.code, captured.out, captured.err)

    return call_main


_CONCISE = 'king.txt:1:15: PA004 "herself" refers to "The king": expected "himself"\n'


def test_quiet_shows_the_findings_alone(call: Call) -> None:
    check(call("check", "-q", "--output-format", "concise"), 1, _CONCISE)
    check(call("check", "--quiet", "right.txt"), 0, "")


def test_verbose_tells_of_the_files_and_the_weights(call: Call) -> None:
    result = call("check", "-v", "--output-format", "concise")
    assert result.stdout == f"{_CONCISE}Found 1 finding in 2 files.\n"
    first, second, third = result.stderr.splitlines()
    assert (first, second) == ("gru-lint: king.txt: 1 found", "gru-lint: right.txt: 0 found")
    assert third.startswith("gru-lint: 2 files in ")
    assert "weights " in third


@pytest.mark.parametrize(
    ("output_format", "wanted"),
    [
        ("full", "2  PA004  reflexive-mismatch\nFound 2 findings in 1 file.\n"),
        ("json-lines", '{"code": "PA004", "name": "reflexive-mismatch", "count": 2}\n'),
    ],
)
def test_statistics_count_by_rule(call: Call, output_format: str, wanted: str) -> None:
    command = ("check", "--statistics", "--output-format", output_format, "-")
    check(call(*command, stdin=f"{_KING}\n{_KING}"), 1, wanted)


def test_statistics_as_json(call: Call) -> None:
    result = call("check", "--statistics", "--output-format", "json")
    assert json.loads(result.stdout) == [{"code": "PA004", "name": "reflexive-mismatch", "count": 1}]
    assert call("check", "--statistics", "--output-format", "json", "right.txt").stdout == "[]\n"


def test_statistics_have_no_place_in_sarif(call: Call) -> None:
    err = "gru-lint: --statistics has no place in sarif; use full, concise, grouped, json or json-lines\n"
    check(call("check", "--statistics", "--output-format", "sarif"), 2, "", err)


def test_the_report_goes_into_the_file_and_the_count_to_the_user(call: Call, folder: Path) -> None:
    target = folder / "out" / "report"
    target.parent.mkdir()
    result = call("check", "--output-format", "concise", "--output-file", "out/report")
    check(result, 1, "Found 1 finding in 2 files.\n")
    assert target.read_bytes() == _CONCISE.encode()
    assert [path.name for path in target.parent.iterdir()] == ["report"]


def test_a_file_that_is_there_is_replaced_with_its_mode_kept(call: Call, folder: Path) -> None:
    target, link = folder / "report.json", folder / "link.json"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to(target.name)
    check(call("check", "-q", "--output-format", "json", "-o", "link.json"), 1, "")
    assert json.loads(target.read_bytes())[0]["code"] == "PA004"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert link.is_symlink()


@needs_bash
def test_the_output_file_may_be_no_ordinary_file(folder: Path) -> None:
    check(run("check", "-q", "--output-format", "concise", "-o", "/dev/stdout", cwd=folder, shell="| cat"), 1, _CONCISE)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("no/such/report.json", "there is no directory no/such; make it first"),
        (".", "is a directory; --output-file needs the name of a file"),
        ("king.txt/report.json", "there is no directory king.txt; make it first"),
    ],
)
def test_a_file_that_cannot_be_written_is_told_in_one_line(call: Call, path: str, message: str) -> None:
    check(call("check", "--output-file", path), 2, "", f"gru-lint: {path}: {message}\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is simulated by /dev/full")
def test_a_full_disk_is_told_in_one_line(folder: Path) -> None:
    full = "cannot be written (No space left on device)\n"
    told = f"gru-lint: /dev/full: {full[:-1]}; name another file with --output-file\n"
    check(run("check", "-o", "/dev/full", cwd=folder), 2, "", told)
    for output_format in ("full", "json"):
        result = run("check", "--output-format", output_format, cwd=folder, shell="> /dev/full")
        check(result, 2, "", f"gru-lint: standard output: {full}")


@pytest.mark.parametrize(
    ("color", "variables", "is_coloured"),
    [
        ("auto", {}, False),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("auto", {"FORCE_COLOR": ""}, False),
        ("always", {}, True),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_is_as_asked_for(call: Call, color: str, variables: dict[str, str], is_coloured: bool) -> None:
    result = call("check", "--color", color, **variables)
    assert ("\x1b[" in result.stdout) == is_coloured
    result = call("check", "--color", color, "--output-format", "json", **variables)
    assert "\x1b[" not in result.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("variables", "is_coloured"),
    [({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False), ({"TERM": "xterm", "NO_COLOR": "1"}, False)],
)
def test_a_terminal_is_shown_colours(folder: Path, variables: dict[str, str], is_coloured: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if "COLOR" not in name}
    environment |= {"PYTHONPATH": str(_ROOT), **variables}
    command = [sys.executable, "-m", "gru_lint", "check", "--output-format", "concise"]
    subprocess.run(command, stdout=theirs, cwd=folder, env=environment, check=False, timeout=120)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    os.close(theirs)
    assert "PA004" in shown
    assert ("\x1b[" in shown) == is_coloured


@pytest.mark.slow
@needs_bash
@pytest.mark.parametrize("command", ["check --output-format concise", "check --output-format json-lines", "rule --all"])
def test_a_reader_that_goes_away_ends_it_quietly(folder: Path, command: str) -> None:
    (folder / "long.txt").write_text(f"{_KING}\n" * 3_000, encoding="utf-8")
    result = run(*command.split(), cwd=folder, shell="| head -1")
    check(result, 0 if command.startswith("rule") else 1)
    assert result.stdout.count("\n") == 1


@needs_bash
def test_a_closed_standard_output_is_no_error(folder: Path) -> None:
    for output_format in ("concise", "json"):
        check(run("check", "--output-format", output_format, cwd=folder, shell=">&-"), 1, "")


@needs_bash
def test_what_the_terminal_cannot_show_is_escaped_and_a_program_gets_utf_8(folder: Path) -> None:
    (folder / "king.txt").write_text("King Émile’s hand. King Émile hurt herself.\n", encoding="utf-8")
    result = run("check", "king.txt", cwd=folder, PYTHONIOENCODING="koi8-r")
    check(result, 1)
    assert r"King \xc9mile\u2019s hand" in result.stdout
    result = run("check", "--output-format", "json", "king.txt", cwd=folder, PYTHONIOENCODING="koi8-r")
    assert json.loads(result.stdout)[0]["antecedent"]["text"] == "King Émile"


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("chekc", 'unknown command "chekc"; did you mean "check"?'),
        ("king.txt", 'unknown command "king.txt"; to check this file: gru-lint check king.txt'),
        ("check --output-formt json", 'unknown option "--output-formt"; did you mean "--output-format"?'),
        ("rule --al", 'unknown option "--al"; did you mean "--all"?'),
        ("--verion", 'unknown option "--verion"; did you mean "--version"?'),
        ("--quiet check", 'the option "--quiet" stands after the command: gru-lint check --quiet'),
        ("check --output-format sariff", '--output-format: unknown format "sariff"; did you mean "sarif"?'),
        ("rule PA001 --output-format markdwn", '--output-format: unknown format "markdwn"; did you mean "markdown"?'),
        ("check --color alway", '--color: unknown value "alway"; did you mean "always"?'),
        ("check --min-confidence 7", "--min-confidence: '7' is not a number from 0 to 1"),
        ("check --output-file", "Option '--output-file' requires an argument."),
        ("rule PA01", 'unknown rule "PA01"; did you mean "PA001"?'),
    ],
)
def test_a_wrong_command_line_is_told_in_one_line_with_what_was_meant(call: Call, command: str, message: str) -> None:
    check(call(*command.split()), 2, "", f"gru-lint: {message}\n")


def test_an_unknown_command_is_told_with_the_known_ones(call: Call) -> None:
    result = call("xyz")
    check(result, 2, "", 'gru-lint: unknown command "xyz"; known are "check", "clean", ')
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_of_each_shell_is_shown(call: Call, shell: str) -> None:
    # Without this the shell is the one that the test happens to run in.
    result = call("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    check(result, 0)
    assert "_GRU_LINT_COMPLETE" in result.stdout
    assert "gru-lint" in result.stdout


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("gru-lint ch", "check"),
        ("gru-lint check --output-format sa", "sarif"),
        ("gru-lint check --color al", "always"),
        ("gru-lint rule PA00", " ".join(rule.code for rule in families()["PA"])),
        ("gru-lint rule gen", "gender-mismatch"),
    ],
)
def test_words_are_completed(call: Call, line: str, wanted: str) -> None:
    words = line.split()
    result = call(_GRU_LINT_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1))
    assert result.stdout.split() == wanted.split()


@pytest.mark.parametrize("command", ["", "check", "rule", "doctor"])
def test_help_teaches_by_example(call: Call, command: str) -> None:
    result = call(*command.split(), "--help")
    check(result, 0)
    # On GitHub's machines the help is coloured even in a pipe.
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line).strip() for line in result.stdout.splitlines()]
    assert "Examples" in lines
    assert any(line.startswith(f"gru-lint {command}") for line in lines[lines.index("Examples") :])
    if command in ("check", "doctor"):
        assert "Exit codes" in lines


def test_without_a_command_help_is_shown(call: Call) -> None:
    result = call()
    check(result, 2)
    assert result.stdout == call("--help").stdout
