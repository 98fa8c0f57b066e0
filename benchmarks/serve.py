"""How much `gru-lint serve` answers, and how soon: `python benchmarks/serve.py [--requests N] [--memory-requests N]`.

Every text is another one, so that nothing is answered from memory. `--url URL --pid PID` measures another server of the
same protocol, such as LanguageTool's own. `--requests 0` leaves out the times: 100,000 short sentences alone, by whose
tenths one sees whether memory still grows, take two minutes.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import psutil

_ROOT = Path(__file__).parents[1]
_NAMES = ("Mr Watson", "The old captain", "Mary", "Dr Okafor", "The minister", "Anna", "My uncle", "The nurse")
_NUMBERS = itertools.count(1)
_CLIENTS = (1, 8, 64)
# Memory is looked at so often while it is measured: a server that is killed has told how far it came.
_MEMORY_STEPS = 10


class Server(NamedTuple):
    """A server that answers, its process, and by what name it is asked.

    agent  LibreOffice sends the paragraphs of a document in turn; another program, texts of its own
    """

    url: str
    process: psutil.Process
    agent: str

    @property
    def headers(self) -> dict[str, str]:
        """The headers of each request."""
        return {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": self.agent}


class Figures(NamedTuple):
    """What some requests took: requests a processor second of the server, and milliseconds until the answer."""

    n: int
    per_cpu_second: float
    p50: float
    p95: float


def sentence() -> str:
    """A sentence that was not asked about before."""
    number = next(_NUMBERS)
    name = _NAMES[number % len(_NAMES)]
    return f"{name} said in the year {number} that the harbour was closed, and then she went home with her brother."


def long_text() -> str:
    """About 500 words in paragraphs, none of which was asked about before."""
    return "\n\n".join(" ".join(sentence() for _ in range(5)) for _ in range(5))


def short_sentence() -> str:
    """A few words that were not asked about before, so that many requests take little time."""
    number = next(_NUMBERS)
    return f"{_NAMES[number % len(_NAMES)]} and Tom lost their hats in {number}."


def measure(server: Server, texts: list[str], n_clients: int) -> Figures:
    """The figures of some texts that so many clients ask about, each one after the other on one connection."""
    split = urlsplit(server.url)
    waiting = iter(texts)

    def client(_: int) -> list[float]:
        took = []
        connection = http.client.HTTPConnection(split.hostname or "", split.port, timeout=600)
        for text in waiting:
            body = urlencode({"text": text, "language": "en-US"})
            begun = time.perf_counter()
            connection.request("POST", "/v2/check", body, server.headers)
            answer = connection.getresponse()
            content = answer.read()
            took.append(1000 * (time.perf_counter() - begun))
            if answer.status != 200:
                raise SystemExit(f"{answer.status}: {content.decode()}")
        connection.close()
        return took

    before = cpu_seconds(server.process)
    with ThreadPoolExecutor(n_clients) as threads:
        took = [one for taken in threads.map(client, range(n_clients)) for one in taken]
    # Of so few requests that the system counts no time, at least its smallest unit.
    used = max(cpu_seconds(server.process) - before, 0.01)
    p95 = statistics.quantiles(took, n=20)[-1]
    return Figures(len(took), len(took) / used, statistics.median(took), p95)


def cpu_seconds(process: psutil.Process) -> float:
    """Processor seconds of a process, in itself and for the system."""
    times = process.cpu_times()
    return float(times.user + times.system)


def report(server: Server, n_requests: int, n_for_memory: int) -> None:
    """Prints the figures as tables in Markdown."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, ", end="")
    print(f"{datetime.now(timezone.utc):%Y-%m-%d}")
    if n_requests:
        report_times(server, n_requests)
    if n_for_memory:
        report_memory(server, n_for_memory)


def report_times(server: Server, n_requests: int) -> None:
    """Prints how much is answered, and how soon."""
    print("\n| | clients | requests a processor second | p50, ms | p95, ms |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for what, text_of, n in (("a sentence", sentence, n_requests), ("500 words", long_text, max(64, n_requests // 10))):
        # The first ones load what judging needs.
        measure(server, [text_of() for _ in range(4)], 1)
        for n_clients in _CLIENTS:
            found = measure(server, [text_of() for _ in range(n)], n_clients)
            print(
                f"| {what} | {n_clients} | {found.per_cpu_second:,.0f} | {found.p50:,.0f} | {found.p95:,.0f} |",
                flush=True,
            )


def report_memory(server: Server, n_requests: int) -> None:
    """Prints the resident memory before some requests of a short sentence each, while they are answered and after."""
    # The first ones load what judging needs, for as many clients as there will be.
    measure(server, [short_sentence() for _ in range(256)], _CLIENTS[-1])
    print("\n| short sentences | memory, MiB | s |")
    print("| ---: | ---: | ---: |")
    begun = time.perf_counter()
    print(f"| 0 | {server.process.memory_info().rss / 2**20:,.0f} | 0 |", flush=True)
    done = 0
    for step in range(1, _MEMORY_STEPS + 1):
        until = n_requests * step // _MEMORY_STEPS
        if until - done > 1:
            measure(server, [short_sentence() for _ in range(until - done)], _CLIENTS[-1])
            done = until
            memory, took = server.process.memory_info().rss / 2**20, time.perf_counter() - begun
            print(f"| {done:,} | {memory:,.0f} | {took:,.0f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=1_000, help="sentences for each number of clients; 0: none")
    parser.add_argument(
        "--memory-requests", type=int, default=100_000, help="short sentences by which memory is measured; 0: none"
    )
    parser.add_argument(
        "--as-libreoffice", action="store_true", help="each text is read with those before it: several times as slow"
    )
    parser.add_argument("--url", help="a server that runs already")
    parser.add_argument("--pid", type=int, help="its process")
    options = parser.parse_args()
    agent = "LibreOffice" if options.as_libreoffice else "benchmark"
    if options.url is not None:
        report(Server(options.url, psutil.Process(options.pid), agent), options.requests, options.memory_requests)
        return
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT), str(_ROOT / "server")])}
    command = [sys.executable, "-m", "gru_lint", "serve", "--port", "0", "--isolated", "--timeout", "600"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stderr
        found = re.search(r"http://\S+", server.stderr.readline())
        try:
            asked = Server(found[0] if found else "", psutil.Process(server.pid), agent)
            report(asked, options.requests, options.memory_requests)
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
