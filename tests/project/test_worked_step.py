"""The worked step of docs/how-it-works.md has the numbers of the shipped weights."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_NUMBER = re.compile(r"-?\d+\.\d+")


def test_the_numbers_of_the_page_are_those_of_the_weights() -> None:
    script = runpy.run_path(str(_ROOT / "benchmarks" / "worked_step.py"))
    page = script["PAGE"].read_text(encoding="utf-8")
    written, wanted = page.split(script["START"])[1].split(script["END"])[0], script["section"]()
    assert _NUMBER.split(written) == _NUMBER.split(wanted), "run python benchmarks/worked_step.py"
    # Another machine may add in another order.
    found = [float(number) for number in _NUMBER.findall(written)]
    assert found == pytest.approx([float(number) for number in _NUMBER.findall(wanted)], abs=0.0021)
