"""Wall and processor time of `gru-lint check` on many files: `python benchmarks/many_files.py`.

The first run remembers what it finds, the second has only to look; the others do without, in one process and in all.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_ROOT = Path(__file__).parents[1]
# A page of documentation has about 3 kB, and one in ten speaks of people.
_PAGE = "Set the option to true and start the service again. The default is false.\n\n" * 40
_STORY = (
    "Mr Watson took the train to Leeds. He had packed her umbrella. "
    + "Mrs Watson stayed at home, and she wrote a letter to her sister while he was away. " * 30
)


def make_tree(folder: Path, n_files: int) -> None:
    """Writes files into folders of a hundred."""
    for number in range(n_files):
        path = folder / f"{number // 100:03}" / f"{number:05}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# Page {number}\n\n{_STORY if number % 10 == 0 else _PAGE}\n", encoding="utf-8")


def measure(folder: Path, *options: str) -> tuple[float, float]:
    """Wall and processor seconds of one check of a folder, in a fresh process."""
    command = [sys.executable, "-m", "gru_lint", "check", "--output-format", "concise", *options]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    result = subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, cwd=folder)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if result.returncode not in (0, 1):
        raise SystemExit(f"gru-lint exited with {result.returncode}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measures each kind of run and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5, help="of which the warm one is the median")
    parser.add_argument("--only-warm", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_tree(folder, arguments.files)
        print(f"| {arguments.files:,} files | wall | processor |\n| --- | --- | --- |")
        if not arguments.only_warm:
            for run, options in (
                ("one process", ("--no-cache", "--jobs", "1")),
                (f"{os.cpu_count()} processes", ("--no-cache",)),
            ):
                print("| {} | {:.1f} s | {:.1f} s |".format(run, *measure(folder, *options)), flush=True)
        print("| the first run, which remembers | {:.1f} s | {:.1f} s |".format(*measure(folder)), flush=True)
        runs = [measure(folder) for _ in range(arguments.runs)]
        wall, processor = (statistics.median(figures) for figures in zip(*runs, strict=True))
        print(f"| again, nothing changed | {wall:.2f} s | {processor:.2f} s |")


if __name__ == "__main__":
    main()
