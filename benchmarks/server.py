"""How fast the language server answers, over real stdio: `python benchmarks/server.py [--text FILE]`."""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import random
import statistics
import subprocess
import sys
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[1]
_SENTENCE = "The old captain told her that the harbour was closed. "
# What each figure must not exceed; infinity where nothing is promised.
FLOORS = {
    "initialize, s": 1.5,
    "didOpen of 100,000 words to first findings, s": 0.5,
    "didOpen of 100,000 words to all findings, s": 6.0,
    "keystroke in 100,000 words, p50 ms": 15.0,
    "keystroke in 100,000 words, p95 ms": 40.0,
    "keystroke in 1,000 words, p50 ms": 15.0,
    "keystroke in 1,000 words, p95 ms": 15.0,
    "resident memory, one document of 1,000 words open, MB": 200.0,
    "resident memory, 100,000 words open beside it, MB": math.inf,
}


class Client:
    """Speaks to a server of its own, one message at a time."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT), str(_ROOT / "server")])}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gru_lint_server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )

    def send(self, method: str, params: Any, number: int | None = None) -> None:
        """Sends a notification, or a request where it has a number."""
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if number is not None:
            message["id"] = number
        body = json.dumps(message).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """The next message."""
        output = self.process.stdout
        assert output is not None
        length = 0
        while (line := output.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        if not length:
            raise SystemExit("the server ended")
        message: dict[str, Any] = json.loads(output.read(length))
        return message

    def diagnostics(self, uri: str, version: int) -> list[Any]:
        """The next findings of a version of a document."""
        while True:
            message = self.receive()
            params = message.get("params")
            is_published = message.get("method") == "textDocument/publishDiagnostics"
            if is_published and (params["uri"], params.get("version")) == (uri, version):
                return list(params["diagnostics"])

    def open(self, uri: str, text: str) -> None:
        """Opens a document as version 1."""
        item = {"uri": uri, "languageId": "plaintext", "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": item})

    def memory(self) -> float:
        """Resident memory of the server in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1000


def keystrokes(client: Client, uri: str, text: str, n_strokes: int) -> list[float]:
    """Milliseconds from each keystroke in the middle of a document to its findings, which are all of them."""
    lines = text.split("\n")
    row = len(lines) // 2
    while not lines[row].strip():
        row += 1
    column = lines[row].find(". ") + 2 if ". " in lines[row] else len(lines[row])
    times = []
    for number in range(n_strokes):
        place = {"line": row, "character": column + number}
        change = {"range": {"start": place, "end": place}, "text": _SENTENCE[number % len(_SENTENCE)]}
        identifier = {"uri": uri, "version": number + 2}
        began = time.perf_counter()
        client.send("textDocument/didChange", {"textDocument": identifier, "contentChanges": [change]})
        client.diagnostics(uri, number + 2)
        times.append(1000 * (time.perf_counter() - began))
        # As fast as people type: the server is idle when the next one comes.
        time.sleep(0.02)
    return times


def composed_text(n_words: int) -> str:
    """Paragraphs of invented prose where there is no text at hand."""
    chance = random.Random(1)
    subjects = "Mary,Mr Watson,The captain,She,He,They,The old dog,It,Noor,The children".split(",")
    rests = (
        "walked along the harbour until the lamps were lit;said that the letter had never come;"
        "found her hat on the stairs;lost his keys on the way to the station;looked at them for a long time"
    ).split(";")
    paragraphs: list[str] = []
    n_found = 0
    while n_found < n_words:
        sentences = [f"{chance.choice(subjects)} {chance.choice(rests)}." for _ in range(chance.randrange(1, 9))]
        paragraphs.append(" ".join(sentences))
        n_found += len(paragraphs[-1].split())
    return "\n\n".join(paragraphs)


def measure(text: str, n_strokes: int) -> dict[str, float]:
    """Every figure of `FLOORS`."""
    client = Client()
    began = time.perf_counter()
    client.send("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 1)
    while client.receive().get("id") != 1:
        pass
    results = {"initialize, s": time.perf_counter() - began}
    client.send("initialized", {})
    small = "\n\n".join(text.split("\n\n")[: _paragraphs(text, 1_000)])
    client.open("file:///small.txt", small)
    client.diagnostics("file:///small.txt", 1)
    results["resident memory, one document of 1,000 words open, MB"] = client.memory()
    began = time.perf_counter()
    text = f"The queen hurt himself.\n\n{text}"
    client.open("file:///novel.txt", text)
    while not client.diagnostics("file:///novel.txt", 1):
        pass
    results["didOpen of 100,000 words to first findings, s"] = time.perf_counter() - began
    # A question is answered once all is judged.
    place = {"textDocument": {"uri": "file:///novel.txt"}, "position": {"line": 0, "character": 0}}
    client.send("textDocument/hover", place, 2)
    while client.receive().get("id") != 2:
        pass
    results["didOpen of 100,000 words to all findings, s"] = time.perf_counter() - began
    times = keystrokes(client, "file:///novel.txt", text, n_strokes)
    results["keystroke in 100,000 words, p50 ms"] = statistics.median(times)
    results["keystroke in 100,000 words, p95 ms"] = statistics.quantiles(times, n=20)[-1]
    times = keystrokes(client, "file:///small.txt", small, n_strokes)
    results["keystroke in 1,000 words, p50 ms"] = statistics.median(times)
    results["keystroke in 1,000 words, p95 ms"] = statistics.quantiles(times, n=20)[-1]
    results["resident memory, 100,000 words open beside it, MB"] = client.memory()
    client.send("shutdown", None, 3)
    client.send("exit", None)
    client.process.wait(10)
    return {name: round(results[name], 3) for name in FLOORS}


def _paragraphs(text: str, n_words: int) -> int:
    n_found = 0
    for number, paragraph in enumerate(text.split("\n\n"), 1):
        n_found += len(paragraph.split())
        if n_found >= n_words:
            return number
    return number


def main() -> None:
    """Measures, prints JSON and then a table; exits with 1 where a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path, help="a text of 100,000 words in paragraphs; by default an invented one")
    parser.add_argument("--strokes", type=int, default=200)
    arguments = parser.parse_args()
    text = arguments.text.read_text(encoding="utf-8") if arguments.text else composed_text(100_000)
    figures = measure(text, arguments.strokes)
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    date = datetime.now(timezone.utc).date().isoformat()
    load = round(os.getloadavg()[0], 2)
    print(json.dumps({"date": date, "machine": machine, "load": load, "figures": figures}, indent=2))
    print("\n| figure | measured | floor | |\n| --- | ---: | ---: | --- |")
    for name, floor in FLOORS.items():
        verdict = "met" if figures[name] <= floor else "MISSED"
        print(
            f"| {name} | {figures[name]:g} | {floor:g} | {verdict} |"
            if floor < math.inf
            else f"| {name} | {figures[name]:g} | | |"
        )
    raise SystemExit(any(figures[name] > floor for name, floor in FLOORS.items()))


if __name__ == "__main__":
    main()
