"""The server of this checkout, as an editor starts it."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from headless import ROOT


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """The command of the server of this checkout, in a folder of its own."""
    script = tmp_path / "bin" / "gru-lint-server"
    script.parent.mkdir()
    paths = os.pathsep.join([str(ROOT), str(ROOT / "server")])
    script.write_text(
        f'#!/bin/sh\nPYTHONPATH="{paths}" exec "{sys.executable}" -P -m gru_lint_server "$@"\n', encoding="utf-8"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script
