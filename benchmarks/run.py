"""Processor time and memory of whole `gru-lint` processes: `python benchmarks/run.py`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from importlib.util import find_spec
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_CORPUS = _ROOT.parent / "shared" / "data" / "train" / "fiction.txt.xz"
_NOVEL_WORDS = 190_000
_RUNS = 5


def measure(path: Path) -> tuple[float, float]:
    """Processor seconds and peak memory in MiB of one check of a file, in a fresh process."""
    # What is remembered of an earlier run would be all that is measured.
    options = ("--no-cache", "--jobs", "1", "--output-format", "concise")
    command = [sys.executable, "-m", "gru_lint", "check", *options, str(path)]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    # Memory that this process has touched would count as the child's between fork and exec.
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{path}: gru-lint exited with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def novel_text() -> str:
    """Held-out novels laid end to end, cut to the length of one long novel."""
    from gru_lint.training.data.corpus import documents_of
    from gru_lint.training.measure.measures import first_words

    return "\n\n".join(first_words(documents_of(_CORPUS, "validation"), _NOVEL_WORDS))


def main() -> None:
    """Runs every benchmark, prints a table and writes it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--novel", type=Path, help="a long text to measure throughput on")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("results.json"))
    arguments = parser.parse_args()
    sys.path.insert(0, str(_ROOT))
    results: dict[str, object] = {
        "date": datetime.now(timezone.utc).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "torch_installed": find_spec("torch") is not None,
    }
    with tempfile.TemporaryDirectory() as folder:
        sentence, plain, novel = (Path(folder, name) for name in ("sentence.txt", "plain.txt", "novel.txt"))
        sentence.write_text("The king hurt herself.\n", encoding="utf-8")
        plain.write_text("The weather was fine.\n", encoding="utf-8")
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
            ("novel", novel, 3),
        ):
            if not path.exists():
                print(f"{name}: skipped, name a text with --novel")
                continue
            n_words = len(path.read_text(encoding="utf-8").split())
            runs = [measure(path) for _ in range(n_runs)]
            seconds = statistics.median(run[0] for run in runs)
            memory = max(run[1] for run in runs)
            results[name] = {
                "words": n_words,
                "cpu_seconds": round(seconds, 3),
                "words_per_cpu_second": round(n_words / seconds),
                "peak_mib": round(memory),
            }
            print(f"{name}: {seconds:.2f} CPU s, {n_words / seconds:,.0f} words per CPU s, {memory:.0f} MiB")
    arguments.out.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
