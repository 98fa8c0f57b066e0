"""The folder that `gru-lint check` is run in."""

from __future__ import annotations

from pathlib import Path

import pytest
from check_runs import BOYS, KING


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "king.md").write_text(KING, encoding="utf-8")
    (tmp_path / "boys.md").write_text(BOYS, encoding="utf-8")
    return tmp_path
