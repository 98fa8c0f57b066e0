"""Kills `gru-lint check --fix` again and again, and sees that no byte of a text is lost and nothing is left in the end.

    python fuzz/kill_fix.py

Each round has some texts with faults; the whole process group is killed by SIGKILL after a random time. Each file must
then hold exactly what it held before or what fixing makes of it. At last a run goes to its end, and no temporary file
may be there. The command is forked from a process that has imported what it needs, so that kills fall on its work.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

import gru_lint.cli
from gru_lint import lint_text

_FAULT = "Mr Watson lost her hat, and he never found it.\n"
_FIXED = _FAULT.replace("her", "his")
_COMMAND = ["gru-lint", "check", "--fix", "--quiet", "--jobs", "1", "--output-format", "concise"]


def write_texts(folder: Path, n_files: int) -> None:
    """Puts the faults back."""
    for number in range(n_files):
        (folder / f"{number}.md").write_text(f"{number}\n\n{_FAULT}", encoding="utf-8")


def check_texts(folder: Path, n_files: int) -> int:
    """How many files are fixed; ends the program where one is neither old nor new."""
    n_fixed = 0
    for number in range(n_files):
        content = (folder / f"{number}.md").read_text(encoding="utf-8")
        is_fixed = content == f"{number}\n\n{_FIXED}"
        if not is_fixed and content != f"{number}\n\n{_FAULT}":
            sys.exit(f"{number}.md: {content!r}")
        n_fixed += is_fixed
    return n_fixed


def run_for(folder: Path, seconds: float) -> bool:
    """Whether a run was killed after some time; or else it came to its end."""
    pid = os.fork()
    if pid == 0:
        os.setsid()
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        sys.argv = _COMMAND
        try:
            gru_lint.cli.main()
        finally:
            os._exit(0)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if os.waitpid(pid, os.WNOHANG)[0]:
            return False
        time.sleep(0.001)
    os.kill(pid, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def main() -> None:
    """Kills as often as is asked for, and says what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--files", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chosen = random.Random(arguments.seed)
    n_killed = n_between = 0
    lint_text(_FAULT)
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as cache:
        os.environ["GRU_LINT_CACHE_DIR"] = cache
        folder = Path(name)
        write_texts(folder, arguments.files)
        begun = time.monotonic()
        run_for(folder, 600)
        whole = time.monotonic() - begun
        if check_texts(folder, arguments.files) != arguments.files:
            sys.exit("a run that nobody kills does not fix every text: nothing could be learnt from the others")
        while n_killed < arguments.kills:
            write_texts(folder, arguments.files)
            begun = time.monotonic()
            if run_for(folder, whole * chosen.uniform(0, 1.05)):
                n_killed += 1
            else:
                # The first run takes longer than those that find everything in memory.
                whole = time.monotonic() - begun
            n_between += 0 < check_texts(folder, arguments.files) < arguments.files
        write_texts(folder, arguments.files)
        run_for(folder, 600)
        n_fixed = check_texts(folder, arguments.files)
        left = sorted(path.name for path in folder.iterdir() if path.suffix != ".md")
    if n_fixed != arguments.files or left:
        sys.exit(f"{n_fixed} of {arguments.files} fixed at last, and left: {left}")
    print(f"{n_killed} kills, {n_between} of them between two files of a run: no byte lost, nothing left")


if __name__ == "__main__":
    main()
