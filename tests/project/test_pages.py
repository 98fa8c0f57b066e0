"""Pages for people who program: every block of Python on them runs, and says what the page says that it does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_PAGES = ("README.md", "docs/library.md", "docs/walk-through.md")


def _program(page: str) -> str:
    """The blocks of a page, one after the other, as its reader would type them."""
    text = (_ROOT / page).read_text(encoding="utf-8")
    return "\n".join(re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize("page", _PAGES)
def test_the_blocks_of_a_page_run(page: str, tmp_path: Path) -> None:
    program = _program(page)
    assert program
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
    )
    assert result.returncode == 0, result.stderr
