"""How a run ends where something around it is amiss: with exit code 2 or 130 and one line, never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="shells, devices and signals as POSIX has them")
_RUN = f'"{sys.executable}" -m gru_lint'


def end(command: str, cwd: Path) -> tuple[int, str]:
    """The exit code of a shell's command, in which RUN is the program, and what it says on standard error."""
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "COLUMNS": "100"}
    result = subprocess.run(
        ["/bin/sh", "-c", command.replace("RUN", _RUN)], cwd=cwd, env=environment, capture_output=True, timeout=300
    )
    return result.returncode, result.stderr.decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "none.md").write_text("All is well.\n", encoding="utf-8")
    return tmp_path


needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("RUN check - <&-", "-: standard input is closed; give a text, or name a file"),
        ("RUN check --interactive none.md <&-", "--interactive asks, and standard input is closed"),
        pytest.param(
            "RUN rule PA001 > /dev/full",
            "standard output: cannot be written (No space left on device)",
            marks=needs_full,
        ),
        pytest.param("RUN --help > /dev/full", "cannot go on ([Errno 28] No space left on device)", marks=needs_full),
    ],
)
def test_what_is_closed_or_full_is_told_in_a_line(folder: Path, command: str, line: str) -> None:
    assert end(command, folder) == (2, f"gru-lint: {line}\n")


@needs_full
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("RUN check nowhere.md 2> /dev/full", 2),
        ("RUN check --diff none.md 2> /dev/full", 2),
        ("RUN check --no-such-option 2> /dev/full", 2),
        ("RUN check none.md 2> /dev/full", 0),
        ("RUN check nowhere.md 2>&-", 2),
        ("RUN check none.md >&- 2>&- <&-", 0),
    ],
)
def test_a_line_that_cannot_be_written_is_exit_code_2(folder: Path, command: str, code: int) -> None:
    assert end(command, folder) == (code, "")


_FAULTY = """
import sys
import gru_lint.cli.rule
def fail(*_, **__):
    raise {error}
gru_lint.cli.rule.rule_page.render = fail
sys.argv = ["gru-lint", "rule", "PA001"]
from gru_lint.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        ("MemoryError", 2, "out of memory; check fewer files at once, or with --jobs 1"),
        (
            "ZeroDivisionError('a\\nb')",
            2,
            "cannot go on (ZeroDivisionError: a b); please report this, with what `gru-lint doctor` says",
        ),
        ("KeyboardInterrupt", 130, "interrupted"),
    ],
)
def test_what_nobody_foresaw_is_not_taken_for_findings(folder: Path, error: str, code: int, line: str) -> None:
    (folder / "program.py").write_text(_FAULTY.format(error=error), encoding="utf-8")
    assert end(f'"{sys.executable}" program.py', folder) == (code, f"gru-lint: {line}\n")


_INTERRUPTED_WHERE = """
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
sys.argv = ["gru-lint", "check", "king.md"]
from gru_lint.__main__ import main
main()
"""


@pytest.mark.parametrize(
    "name",
    [
        "gru_lint.cli",
        "typer",
        "rich",
        "gru_lint.cli.check",
        "gru_lint.config.settings",
        "sqlite3",
        "numpy",
        "spacy.util",
    ],
)
def test_ctrl_c_during_any_import_is_one_line(folder: Path, name: str) -> None:
    (folder / "king.md").write_text("The king hurt herself.\n", encoding="utf-8")
    (folder / "program.py").write_text(_INTERRUPTED_WHERE.format(name=name), encoding="utf-8")
    code, said = end(f'"{sys.executable}" program.py', folder)
    if name == "rich" and code == 1:
        pytest.skip("it is not imported where nothing is shown in colour")
    assert (code, said) == (130, "gru-lint: interrupted\n")


def test_ctrl_c_in_a_destructor_ends_the_run(folder: Path) -> None:
    program = _FAULTY.replace("raise {error}", "Fragile()").replace(
        "import sys\n",
        "import os, signal, sys\nclass Fragile:\n    def __del__(self):\n        os.kill(os.getpid(), signal.SIGINT)\n",
        1,
    )
    (folder / "program.py").write_text(program, encoding="utf-8")
    assert end(f'"{sys.executable}" program.py', folder) == (130, "gru-lint: interrupted\n")


def test_where_ctrl_c_is_ignored_it_stays_so() -> None:
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "from gru_lint.__main__ import main\nimport sys; sys.argv = ['gru-lint', '--version']\n"
        "try:\n    main()\nexcept SystemExit:\n    print(signal.getsignal(signal.SIGINT) == signal.SIG_IGN)"
    )
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    result = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout.endswith("True\n")
    assert signal.getsignal(signal.SIGINT) is not None
