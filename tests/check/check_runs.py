"""`gru-lint check` as a user runs it, in a folder with two texts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
KING, FIXED = "The king hurt herself.\n", "The king hurt himself.\n"
BOYS = "The boys were late. It missed the bus.\n"
DIFF = "--- king.md\n+++ king.md\n@@ -1 +1 @@\n-The king hurt herself.\n+The king hurt himself.\n"


def start(*arguments: str, cwd: Path, root: Path = ROOT, caches: Path | None = None) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(root), "COLUMNS": "100"}
    if caches is not None:
        environment["XDG_CACHE_HOME"] = str(caches)
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "gru_lint", *arguments]
    return subprocess.Popen(
        command, cwd=cwd, env=environment, text=True, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True
    )


def check(
    *arguments: str,
    cwd: Path,
    code: int,
    out: str | None = None,
    err: str = "",
    stdin: str = "",
    root: Path = ROOT,
    caches: Path | None = None,
) -> str:
    """What a run prints, with its exit code, all it prints and all it says on standard error."""
    with start("check", "--output-format", "concise", *arguments, cwd=cwd, root=root, caches=caches) as process:
        printed, said = process.communicate(stdin, timeout=300)
    assert process.returncode == code, printed + said
    assert out is None or printed == out
    assert said == err
    return printed


def read_to(output: IO[str], end: str) -> None:
    """Reads what a run prints up to a text, such as the end of a question."""
    printed = ""
    while not printed.endswith(end):
        letter = output.read(1)
        assert letter, printed
        printed += letter
