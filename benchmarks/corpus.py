"""Short texts a second: `python benchmarks/corpus.py`, with `--engines local dask spark` through engines, too.

The texts are those of the tests: 20 words each, half of them with a pronoun. A run over so many rows and one over
three times as many give the rate after start-up; what it takes at a larger size is projected from that. Rows are
rounded up to whole parts for every worker: one that has nothing left to do would count as a slow one.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

import psutil

_ROOT = Path(__file__).parents[1]
_SIZES = (10**8, 10**10)
_CORES = (64, 1000)
# How often memory is looked at; a process that shares memory with others counts its share.
_LOOK_S = 0.5
# Texts whose time is taken together.
_PIECE = 500


class Cost(NamedTuple):
    """Seconds of a run by the clock and of processors, with its children, and its peak memory in MB."""

    wall: float
    processor: float
    memory: float


def measure(command: list[str], output: Path) -> Cost:
    """What a command costs that writes an output."""
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    started = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    peak = 0.0
    # Of each process as it was last seen: Spark's workers are children of a server that does not wait for them.
    processor: dict[int, float] = {}
    is_done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not is_done.wait(_LOOK_S):
            peak = max(peak, _look(process.pid, processor))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = perf_counter() - started
    is_done.set()
    watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    # Something is found in these texts: another code, or a traceback's 1 without an output, is a failure.
    if process.returncode != 1 or not output.exists():
        raise SystemExit(f"{' '.join(command)}: exited with {process.returncode}")
    return Cost(wall, max(usage.ru_utime + usage.ru_stime, sum(processor.values())), peak)


def _look(process_id: int, processor: dict[int, float]) -> float:
    """What a process and its children take up, in MB; their seconds of a processor are put into `processor`."""
    total = 0
    try:
        process = psutil.Process(process_id)
        for one in (process, *process.children(recursive=True)):
            times = one.cpu_times()
            processor[one.pid] = times.user + times.system
            total += one.memory_full_info().pss
    except psutil.Error:
        pass
    return total / 1e6


def rate(judge: Callable[[list[str]], object], texts: list[str]) -> float:
    """Texts a processor second, in this process: the median of pieces, so that what disturbs one counts little."""
    judge(texts[:200])
    seconds = []
    for first in range(0, len(texts), _PIECE):
        piece = texts[first : first + _PIECE]
        started = process_time()
        judge(piece)
        seconds.append((process_time() - started) / len(piece))
    return 1 / median(seconds)


def engine_rates(
    engine: str, n_rows: int, n_workers: int, folder: Path, chosen: tuple[str, ...]
) -> tuple[float, float, float, float]:
    """Rows a second and a processor second after start-up, seconds to start, and peak memory in MB.

    chosen  further options
    """
    import pyarrow as pa
    import pyarrow.parquet as pq
    from segments import segments

    costs: list[Cost] = []
    # The first run warms what every engine keeps on the disk, and is thrown away.
    for size in (n_rows, n_rows, 3 * n_rows):
        path = folder / f"{size}.parquet"
        if not path.exists():
            pq.write_table(pa.table({"text": segments(size)}), path, row_group_size=65_536)
        output = folder / f"{engine}-{n_workers}-{len(costs)}"
        command = [sys.executable, "-m", "gru_lint", "corpus", str(path), "-o", str(output), "--isolated", "--quiet"]
        command += ["--engine", engine, "-j", str(n_workers), *chosen]
        if engine == "spark":
            # Two workers with a core each, in processes of their own.
            command += ["--address", f"local-cluster[{n_workers},1,1024]"]
        costs.append(measure(command, output))
    _, small, large = costs
    wall, processor = large.wall - small.wall, large.processor - small.processor
    return 2 * n_rows / wall, 2 * n_rows / processor, small.wall - wall / 2, large.memory


def main() -> None:
    """Prints a table of rates, and one of what larger corpora would take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--engines", nargs="*", default=["local"], choices=["local", "dask", "spark"])
    parser.add_argument("--workers", type=int, nargs="*", default=[1, os.cpu_count() or 1])
    parser.add_argument("--select", help="rules, as the option of `corpus` has them: PA for pronouns alone")
    arguments = parser.parse_args()
    sys.path[:0] = [str(_ROOT), str(_ROOT / "tests")]
    from segments import segments

    from gru_lint import lint_text, lint_texts, read_settings
    from gru_lint.corpus.job import PART_ROWS

    selected = arguments.select.split(",") if arguments.select else []
    settings = read_settings({"select": selected} if selected else {})
    chosen = ("--select", arguments.select) if selected else ()

    round_rows = PART_ROWS * max(arguments.workers)
    n_rows = -(-arguments.rows // round_rows) * round_rows
    now = datetime.now(timezone.utc).date().isoformat()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {now}, load {load:.1f}\n")
    texts = segments(n_rows, seed=2)
    single = rate(lambda given: [lint_text(text, settings=settings) for text in given], texts[:2000])
    together = rate(lambda given: list(lint_texts(given, settings=settings)), texts)
    print("| one process | texts a processor second |\n| --- | ---: |")
    print(f"| `lint_text`, one by one | {single:,.0f} |\n| `lint_texts` | {together:,.0f} |\n")
    print("| engine, workers | rows a second | rows a processor second | start-up | peak memory |")
    print("| --- | ---: | ---: | ---: | ---: |")
    slopes = {}
    with tempfile.TemporaryDirectory() as folder:
        for engine in arguments.engines:
            for n_workers in arguments.workers:
                if engine != "local" and n_workers == 1 < max(arguments.workers):
                    continue
                wall, processor, start, memory = engine_rates(engine, n_rows, n_workers, Path(folder), chosen)
                slopes[engine] = processor
                print(f"| {engine}, {n_workers} | {wall:,.0f} | {processor:,.0f} | {start:.1f} s | {memory:,.0f} MB |")
    print(f"\n| rows | core hours | {' | '.join(f'{cores:,} cores' for cores in _CORES)} |")
    print(f"| --- | ---: | {' | '.join('---:' for _ in _CORES)} |")
    slope = slopes.get("local", together)
    for size in _SIZES:
        hours = size / slope / 3600
        print(f"| {size:,} | {hours:,.0f} | {' | '.join(_spoken(hours / cores) for cores in _CORES)} |")


def _spoken(hours: float) -> str:
    return f"{hours * 60:,.0f} min" if hours < 2 else f"{hours:,.1f} h"


if __name__ == "__main__":
    main()
