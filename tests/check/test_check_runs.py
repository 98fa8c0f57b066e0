"""`gru-lint check` on a terminal and watching, as a user runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from check_runs import FIXED, ROOT, start


@pytest.mark.skipif(os.name != "posix", reason="a terminal as POSIX has it")
@pytest.mark.parametrize(("n_files", "is_shown"), [(25, True), (2, False)])
def test_a_bar_is_shown_on_a_terminal_where_there_are_many_files(tmp_path: Path, n_files: int, is_shown: bool) -> None:
    import pty

    for number in range(n_files):
        (tmp_path / f"{number}.md").write_text("He left.\n", encoding="utf-8")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", "TERM": "xterm"}
    command = [sys.executable, "-m", "gru_lint", "check"]
    result = subprocess.run(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=theirs, check=True)
    os.set_blocking(ours, False)
    said = b""
    # However much is waiting, a terminal hands out a few kilobytes at a time.
    with suppress(BlockingIOError):
        while part := os.read(ours, 65536):
            said += part
    os.close(ours)
    os.close(theirs)
    assert (f"/{n_files}".encode() in said) == is_shown
    assert result.stdout == f"No findings in {n_files} files.\n".encode()


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as POSIX does")
def test_watching_checks_again_after_a_change_and_ends_with_ctrl_c(folder: Path) -> None:
    with start("check", "--watch", "--output-format", "concise", "king.md", cwd=folder) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("king.md:1:15: PA004")
        assert process.stdout.readline() == "Found 1 finding in 1 file.\n"
        (folder / "king.md").write_text(FIXED, encoding="utf-8")
        assert process.stdout.readline() == "No findings in 1 file.\n"
        os.killpg(process.pid, signal.SIGINT)
        printed, said = process.communicate(timeout=60)
    assert (process.returncode, printed) == (130, "")
    assert set(said.splitlines()) == {"gru-lint: waiting for changes; Ctrl-C ends it", "gru-lint: interrupted"}
