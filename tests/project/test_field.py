"""What the README says of other linters is what `benchmarks/field_facts.py` asks them for."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_readme_shows_the_table_that_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import field_facts

    assert field_facts.table() in (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(len(cells) == len(field_facts.TOOLS) for _, cells, _ in field_facts.ROWS)
