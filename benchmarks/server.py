"""How fast the language server answers, over real stdio: `python benchmarks/server.py [--text FILE]`.

`--checkout FOLDER` measures the server of another checkout, to compare both on one machine in the same hour. After each
keystroke it takes the time of a reference, always the same computation, which tells a slow machine from slow code.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

from edited_texts import beginning_of, cells_of, composed_text, written_in

_ROOT = Path(__file__).parents[1]
_SENTENCE = "The old captain told her that the harbour was closed. "
# By then the server has judged what it leaves for a pause.
_PAUSE = 1.0
# Those that are written in editors; all but plain text are read block by block.
LANGUAGES = (
    *("plaintext", "markdown", "latex", "restructuredtext", "asciidoc", "org", "html", "typst", "po", "srt", "vtt"),
    "git-commit",
)
_N_FINDINGS = 1_260
# What each figure must not exceed; infinity where nothing is promised.
FLOORS = {
    "initialize, s": 1.5,
    "didOpen of 100,000 words to first findings, s": 0.5,
    "didOpen of 100,000 words to all findings, s": 6.0,
    "keystroke in 100,000 words, p50 ms": 15.0,
    "keystroke in 100,000 words, p95 ms": 40.0,
    "keystroke in 1,000 words, p50 ms": 15.0,
    "keystroke in 1,000 words, p95 ms": 15.0,
    **{
        f"keystroke in 100,000 words of {language}, {part} ms of processor time": floor
        for language in (*LANGUAGES, "notebook")
        for part, floor in (("p50", 20.0), ("p95", 45.0))
    },
    "pause after the keystrokes in 100,000 words, ms of processor time": math.inf,
    "keystroke in 1,000 words, p50 ms of processor time": 20.0,
    "keystroke in 1,000 words, p95 ms of processor time": 20.0,
    "keystroke among 1,260 findings, p95 ms of processor time": 60.0,
    "resident memory, one document of 1,000 words open, MB": 200.0,
    "resident memory, 100,000 words open beside it, MB": math.inf,
}


def reference() -> float:
    """Milliseconds of processor time that a fixed computation takes now."""
    began = time.process_time()
    words = [str(number * number % 997) for number in range(10_000)]
    sorted((len(word), word, times) for word, times in Counter(words).items())
    return 1000 * (time.process_time() - began)


class Client:
    """Speaks to a server of its own, one message at a time."""

    def __init__(self, checkout: Path = _ROOT) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(checkout), str(checkout / "server")])}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gru_lint_server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=checkout,  # This is where Python looks first.
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

    def open(self, uri: str, text: str, language: str = "plaintext") -> None:
        """Opens a document as version 1."""
        item = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": item})

    def finish(self, uri: str, number: int) -> None:
        """Returns once all of a document is judged: only then a question is answered."""
        place = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}}
        self.send("textDocument/hover", place, number)
        while self.receive().get("id") != number:
            pass

    def processor_time(self) -> float:
        """Milliseconds of processor time that the server has used."""
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text(encoding="ascii").split()[0]) for task in tasks) / 1e6

    def memory(self) -> float:
        """Resident memory of the server in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1000


class Keystroke(NamedTuple):
    """What one keystroke took, in milliseconds.

    waited     until its findings came
    used       of processor time until the next one
    reference  what the reference took after it
    """

    waited: float
    used: float
    reference: float


class Figure(NamedTuple):
    """A value of `FLOORS` as it was measured; and what the reference took among its keystrokes, in milliseconds."""

    value: float
    reference: float = math.nan


def keystrokes(
    client: Client, uri: str, text: str, n_strokes: int, shown: str | None = None, first: int = 0
) -> list[Keystroke]:
    """Types into the middle of a document, and waits for the findings of each version, which are all of them.

    shown  the URI under which the findings come, where it is another one: that of a cell
    first  the letter of the sentence that is typed first: what another text has had is not judged again
    """
    lines = text.split("\n")
    row = len(lines) // 2
    # A line that is prose in every format.
    while ". " not in lines[row]:
        row += 1
    column = lines[row].find(". ") + 2
    strokes = []
    for number in range(n_strokes):
        place = {"line": row, "character": column + number}
        change = {"range": {"start": place, "end": place}, "text": _SENTENCE[(first + number) % len(_SENTENCE)]}
        identifier = {"uri": uri, "version": number + 2}
        used, began = client.processor_time(), time.perf_counter()
        if shown is None:
            client.send("textDocument/didChange", {"textDocument": identifier, "contentChanges": [change]})
        else:
            content = {"document": {"uri": shown, "version": number + 2}, "changes": [change]}
            event = {"cells": {"textContent": [content]}}
            client.send("notebookDocument/didChange", {"notebookDocument": identifier, "change": event})
        client.diagnostics(shown or uri, number + 2)
        waited = 1000 * (time.perf_counter() - began)
        # As fast as people type: the server is idle when the next one comes.
        time.sleep(0.02)
        used = client.processor_time() - used
        strokes.append(Keystroke(waited, used, reference()))
    return strokes


def measure(text: str, n_strokes: int, checkout: Path) -> dict[str, Figure]:
    """Every figure of `FLOORS`, of the server in a checkout."""
    client = Client(checkout)
    began = time.perf_counter()
    client.send("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 1)
    while client.receive().get("id") != 1:
        pass
    results = {"initialize, s": Figure(time.perf_counter() - began)}
    client.send("initialized", {})
    small = beginning_of(text, 1_000)
    client.open("file:///small.txt", small)
    client.diagnostics("file:///small.txt", 1)
    results["resident memory, one document of 1,000 words open, MB"] = Figure(client.memory())
    began = time.perf_counter()
    text = f"The queen hurt himself.\n\n{text}"
    client.open("file:///novel.txt", text)
    while not client.diagnostics("file:///novel.txt", 1):
        pass
    results["didOpen of 100,000 words to first findings, s"] = Figure(time.perf_counter() - began)
    client.finish("file:///novel.txt", 2)
    results["didOpen of 100,000 words to all findings, s"] = Figure(time.perf_counter() - began)
    for name, uri, written in (("100,000", "file:///novel.txt", text), ("1,000", "file:///small.txt", small)):
        strokes = keystrokes(client, uri, written, n_strokes)
        results |= _middle_and_most(f"keystroke in {name} words, %s ms", strokes, [one.waited for one in strokes])
        if name == "100,000":
            began = client.processor_time()
            time.sleep(_PAUSE)
            paused = client.processor_time() - began
            results["pause after the keystrokes in 100,000 words, ms of processor time"] = Figure(paused)
        if name == "1,000":
            used = [one.used for one in strokes]
            results |= _middle_and_most(f"keystroke in {name} words, %s ms of processor time", strokes, used)
    results["resident memory, 100,000 words open beside it, MB"] = Figure(client.memory())
    client.send("textDocument/didClose", {"textDocument": {"uri": "file:///novel.txt"}})
    for number, language in enumerate((*LANGUAGES, "notebook"), 10):
        results |= measure_format(client, language, text, n_strokes, number)
    paragraphs = "The king hurt herself. He. \n\n" * _N_FINDINGS
    client.open("file:///many.txt", paragraphs)
    client.finish("file:///many.txt", 3)
    strokes = keystrokes(client, "file:///many.txt", paragraphs, n_strokes)
    used = [one.used for one in strokes]
    results |= _middle_and_most("keystroke among 1,260 findings, %s ms of processor time", strokes, used)
    client.send("shutdown", None, 4)
    client.send("exit", None)
    client.process.wait(10)
    return {name: results[name] for name in FLOORS}


def measure_format(client: Client, language: str, text: str, n_strokes: int, number: int) -> dict[str, Figure]:
    """Processor time of the keystrokes in a text of one format, or in a notebook of many cells.

    number  of a question to the server
    """
    uri, shown = f"file:///text-{number}", None
    written = written_in("markdown" if language == "notebook" else language, text)
    if language == "notebook":
        uri += ".ipynb"
        texts = cells_of(written)
        written = texts[len(texts) // 2]
        items = [
            {"uri": f"cell:{n}", "languageId": "markdown", "version": 1, "text": cell} for n, cell in enumerate(texts)
        ]
        cells = [{"kind": 1, "document": item["uri"]} for item in items]
        notebook = {"uri": uri, "notebookType": "jupyter-notebook", "version": 1, "cells": cells}
        client.send("notebookDocument/didOpen", {"notebookDocument": notebook, "cellTextDocuments": items})
        shown = f"cell:{len(texts) // 2}"
    else:
        client.open(uri, written, language)
    client.finish(shown or uri, number)
    strokes = keystrokes(client, uri, written, n_strokes, shown, number)
    closed = {"uri": uri}
    if shown:
        identifiers = [{"uri": item["uri"]} for item in items]
        client.send("notebookDocument/didClose", {"notebookDocument": closed, "cellTextDocuments": identifiers})
    else:
        client.send("textDocument/didClose", {"textDocument": closed})
    used = [one.used for one in strokes]
    return _middle_and_most(f"keystroke in 100,000 words of {language}, %s ms of processor time", strokes, used)


def _middle_and_most(name: str, strokes: Sequence[Keystroke], times: Sequence[float]) -> dict[str, Figure]:
    speed = statistics.median(one.reference for one in strokes)
    parts = {"p50": statistics.median(times), "p95": statistics.quantiles(times, n=20)[-1]}
    return {name % part: Figure(value, speed) for part, value in parts.items()}


def _of_plain_text(name: str, figures: dict[str, Figure]) -> float:
    """How many times as long as in plain text a keystroke takes in a format, were the machine as fast for both."""
    own, plain = (figures[one] for one in (name, re.sub(r"(?<=words of )[\w-]+", "plaintext", name)))
    return math.nan if own is plain else own.value / own.reference / (plain.value / plain.reference)


def main() -> None:
    """Measures, prints JSON and then a table; exits with 1 where a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path, help="a text of 100,000 words in paragraphs; by default an invented one")
    parser.add_argument("--strokes", type=int, default=200, help="in each document")
    parser.add_argument("--checkout", type=Path, default=_ROOT, help="whose server is measured; by default this one's")
    arguments = parser.parse_args()
    text = arguments.text.read_text(encoding="utf-8") if arguments.text else composed_text(100_000)
    figures = measure(text, arguments.strokes, arguments.checkout.resolve())
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    date = datetime.now(timezone.utc).date().isoformat()
    load = round(os.getloadavg()[0], 2)
    values = {name: round(figure.value, 3) for name, figure in figures.items()}
    print(json.dumps({"date": date, "machine": machine, "load": load, "figures": values}, indent=2))
    print("\n| figure | measured | floor | | reference, ms | times that of plain text |")
    print("| --- | ---: | ---: | --- | ---: | ---: |")
    for name, floor in FLOORS.items():
        promised = f"{floor:g} | {'met' if values[name] <= floor else 'MISSED'}" if floor < math.inf else "|"
        speed, ratio = figures[name].reference, _of_plain_text(name, figures)
        beside = " | ".join("" if math.isnan(number) else f"{number:.2f}" for number in (speed, ratio))
        print(f"| {name} | {values[name]:g} | {promised} | {beside} |")
    raise SystemExit(any(values[name] > floor for name, floor in FLOORS.items()))


if __name__ == "__main__":
    main()
