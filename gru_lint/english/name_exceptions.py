"""First names whose gender in a register of births misleads; see name_exceptions.txt."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PATH = Path(__file__).with_suffix(".txt")


@cache
def names_of_either() -> frozenset[str]:
    """First names, in lower case, that are borne by men and by women."""
    return frozenset(" ".join(_section("either")).lower().split())


@cache
def misleading_people() -> frozenset[tuple[str, str]]:
    """First name and surname of well-known people whose first name is mostly the other gender's."""
    return frozenset((first, last) for first, last in (line.split() for line in _section("people")))


def _section(name: str) -> list[str]:
    lines = _PATH.read_text(encoding="utf-8").splitlines()
    start = lines.index(f"[{name}]") + 1
    end = next((number for number in range(start, len(lines)) if lines[number].startswith("[")), len(lines))
    return [line for line in lines[start:end] if line]
