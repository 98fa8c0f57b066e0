"""The word lists that stand in text files beside this module; a line that begins with # is a comment."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def word_lines(name: str) -> tuple[str, ...]:
    """The lines of a list, such as "verbs", without comments and empty lines."""
    lines = Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def section_lines(name: str, section: str) -> tuple[str, ...]:
    """The lines of a list below the heading of a section, "[people]" for "people"."""
    lines = word_lines(name)
    start = lines.index(f"[{section}]") + 1
    end = next((number for number in range(start, len(lines)) if lines[number].startswith("[")), len(lines))
    return lines[start:end]
