"""A server of ours as a program of its own, and what it is asked with."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

WATSON = "Mr Watson goes on a business trip every Wednesday. On every trip her wife wishes him good luck."
# As programs of this machine ask: what a proxy knows is nothing to a test.
CLIENT = httpx.Client(timeout=60, trust_env=False)


class Server:
    """A running server: its address and its process."""

    def __init__(self, url: str, process: subprocess.Popen[str]) -> None:
        self.url = url
        self.process = process

    @property
    def port(self) -> int:
        return httpx.URL(self.url).port or 0

    def check(self, text: str, **fields: str) -> list[dict[str, Any]]:
        """The matches in a text."""
        answer = CLIENT.post(f"{self.url}v2/check", data={"text": text, "language": "en-US"} | fields)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["matches"])

    def found(self, text: str, **fields: str) -> list[tuple[str, int, int]]:
        """The rule, offset and length of each match."""
        return [(one["rule"]["id"], one["offset"], one["length"]) for one in self.check(text, **fields)]


@contextmanager
def serving(*options: str) -> Iterator[Server]:
    """A server on a free port, without a configuration file; it is stopped at the end."""
    command = [sys.executable, "-m", "gru_lint", "serve", "--port", "0", "--isolated", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            line = process.stderr.readline()
            found = re.search(r"listening on (\S+)", line)
            assert found, line + process.stderr.read()
            yield Server(found[1], process)
        finally:
            process.terminate()
            process.wait(30)
