"""Feeds bytes that a fuzzer invents to one format, and stops where an offset moves, or at a traceback.

    pip install atheris
    mkdir -p corpus/md && python fuzz/extractors.py .md corpus/md -max_total_time=120 -max_len=4096 -timeout=20

The first argument is the extension, or the name, by which a file is read; the others are those of libFuzzer. What
stops it is written to crash-… or timeout-… in the current folder: run it again with that file in place of the corpus.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["gru_lint.extract"]):
    from gru_lint.extract import MARKS, extract_prose, formats

    formats()


def check(content: bytes) -> None:
    """Holds the prose of a text to its length and its line ends."""
    text = content.decode("utf-8", "surrogateescape")
    prose = extract_prose(text, _NAME)
    if len(prose) != len(text):
        raise AssertionError(f"{len(text)} characters have become {len(prose)}")
    for offset, (before, after) in enumerate(zip(text, prose, strict=True)):
        if after not in (before, " ", *MARKS):
            raise AssertionError(f"{before!r} has become {after!r} at {offset}")


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit("usage: python fuzz/extractors.py .md [corpus] [-max_total_time=120]")
    _NAME = sys.argv.pop(1)
    if _NAME.startswith("."):
        _NAME = f"text{_NAME}"
    # Imported once, before anything is measured.
    extract_prose("a", _NAME)
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
