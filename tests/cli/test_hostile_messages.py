"""Every message of the command line that can hold a name or a value, with every hostile one."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_names import HOSTILE, forged

import gru_lint.cli
from gru_lint.cli import main

_KING = "The king hurt herself.\n"
_LONG = f"# {_KING}{'x' * 20_001}\n# {_KING}"
_TOML = str.maketrans({c: f"\\U{ord(c):08x}" for c in map(chr, (*range(32), 127, 34, 92))})
needs_posix = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a file cannot have such a name")


def can_be_a_path(name: str) -> bool:
    """Whether a file can have this name."""
    return "/" not in name and "\0" not in name


def toml(value: str) -> str:
    """A string as TOML has it; half a surrogate pair it has not."""
    return f'"{value.encode("utf-8", "replace").decode().translate(_TOML)}"'


def calls(name: str) -> Iterator[tuple[dict[str, str | bytes], list[str]]]:
    """Files, and command lines that have something to say of them; {} stands for nothing here."""
    file = f"{name}.py"
    if can_be_a_path(name):
        for content in (_LONG, b"\0\1\2\3", b"\xff", b"\xff\xfeh\0e\0", _KING):
            yield {file: content}, ["check", "--verbose", file]
        yield {file: f"# {_KING}"}, ["check", "--diff", file]
        yield {file: f"# {_KING}"}, ["check", "--add-ignores", file]
        yield {file: f"# {_KING}", f"{name}.po": f'msgstr "{_KING}"'}, ["check", "--fix", file]
        yield {file: f"# {_KING}"}, ["check", "--write-baseline", f"{name}.json", file]
        yield {file: _KING, f"{name}.json": "no"}, ["check", "--baseline", f"{name}.json", file]
        yield {file: f"# {_KING}"}, ["explain", f"{file}:1:17"]
        yield {file: f"# {_KING}"}, ["explain", f"{file}:9:9"]
        yield {f"{name}/pyproject.toml": "[tool.gru-lint]\nno = 1\n", f"{name}/a.md": _KING}, ["check", name]
        yield {f"{name}/gru-lint.toml": "select = [", f"{name}/a.md": _KING}, ["check", name]
        yield {f"{name}/gru-lint.toml": 'select = ["PA001"]\n'}, ["config", f"{name}/a.md"]
    if "\0" not in name:
        yield {}, ["check", f"none{name}"]
        yield {}, ["check", "--config", f"none{name}"]
        yield {}, ["check", "--output-file", f"none{name}/a.json"]
        yield {}, ["check", "--baseline", f"none{name}.json", "."]
        yield {}, ["check", "--stdin-filename", f"none{name}", "none"]
        yield {}, ["check", "--output-format", name]
        yield {}, ["check", "--color", name]
        yield {}, ["check", "--select", name]
        yield {}, ["check", "--exclude", f"!{name}[", "none"]
        yield {}, ["check", "--extension", f"{name}:{name}"]
        yield {}, ["check", "--min-confidence", name]
        yield {}, ["check", "--jobs", name]
        yield {}, ["check", f"--no{name}"]
        yield {}, ["rule", f"none{name}"]
        yield {}, ["explain", f"none{name}"]
        yield {}, ["explain", f"none{name}:1:1"]
        yield {}, ["explain", "--text", f"{name} hurt herself."]
        yield {}, ["clean", "--cache-dir", f"none{name}"]
        yield {}, ["config", f"none{name}"]
        yield {}, [f"none{name}"]
    for line in ("{} = 1", "select = [{}]", "[severity]\n{} = 'error'", "[pronouns]\n{} = {}", "[names]\n{} = {}",
                 "extend = {}", "exclude = [{}]", "[per-file-ignores]\n{} = [{}]", "[extension]\n{} = {}",
                 "languages = [{}]", "min-confidence = {}"):  # fmt: skip
        yield {"gru-lint.toml": line.replace("{}", toml(name)), "a.md": _KING}, ["check", "a.md"]
        yield {"gru-lint.toml": line.replace("{}", toml(name))}, ["config"]


@needs_posix
@pytest.mark.parametrize("name", [*HOSTILE[:3], *(pytest.param(name, marks=pytest.mark.slow) for name in HOSTILE[3:])])
def test_no_name_forges_a_message(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    n_messages = 0
    for number, (files, arguments) in enumerate(calls(name)):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.chdir(folder)
        monkeypatch.setenv("GRU_LINT_CACHE_DIR", str(tmp_path / f"cache-{number}"))
        for path, content in files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
        monkeypatch.setattr(sys, "argv", ["gru-lint", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        assert (ended.value.code or 0) in (0, 1, 2), arguments
        shown = out.split("@@")[0] if "--diff" in arguments else out
        assert not forged(shown), (arguments, forged(shown))
        assert not forged(err), (arguments, forged(err))
        assert all(line.startswith(("gru-lint: ", "Would fix ")) for line in err.splitlines()), err
        n_messages += bool(err)
    assert n_messages > 20


def test_nothing_is_printed_but_through_the_sanitiser() -> None:
    """A new way to print must go through the ones that are held to hostile names above."""
    places = set()
    for path in sorted(Path(gru_lint.cli.__file__).parents[1].rglob("*.py")):
        if "training" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            written = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if re.fullmatch(
                r"print|(?:typer|click)\.(?:echo|secho)|sys\.std(?:out|err)(?:\.buffer)?\.write\w*", written
            ):
                places.add((path.name, ast.unparse(node)))
    assert places == {
        ("__init__.py", "typer.echo(context.get_help())"),
        ("_errors.py", "typer.echo(text, nl=False, err=True)"),
        ("_output.py", "sys.stdout.buffer.write(_encoded(content))"),
        ("_output.py", "typer.echo(_CLEAR, nl=False)"),
        ("_output.py", "typer.echo(printable_page(content, in_colour=in_colour), nl=False, color=in_colour)"),
    }


@needs_posix
def test_git_applies_what_diff_shows_of_a_hostile_name(tmp_path: Path) -> None:
    name = 'a\n"b\\.md'
    (tmp_path / name).write_text(_KING, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(gru_lint.cli.__file__).parents[2]), "GITHUB_ACTIONS": "true"}
    command = [sys.executable, "-m", "gru_lint", "check", "--no-cache", "--diff", "."]
    shown = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True)
    begin, *_, end = shown.stdout.decode().splitlines()
    # What is between cannot command the log of GitHub Actions.
    assert begin.startswith("::stop-commands::")
    assert end == f"::{begin.removeprefix('::stop-commands::')}::"
    subprocess.run(["git", "apply", "-p0", "-"], cwd=tmp_path, input=shown.stdout, check=True)
    assert (tmp_path / name).read_text(encoding="utf-8") == "The king hurt himself.\n"
