"""Programs that speak LanguageTool's protocol, as their users have them, asked for what they find."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from serving import WATSON, Server

_LIBREOFFICE = Path(__file__).parent / "libreoffice_client.py"
# The Python that Debian's UNO belongs to.
_SYSTEM_PYTHON = "/usr/bin/python3"


def test_language_tool_python_shows_our_findings(server: Server) -> None:
    client = pytest.importorskip("language_tool_python", reason="it is in the extra `test`")
    with client.LanguageTool("en-US", remote_server=server.url) as tool:
        (match,) = tool.check(f"😀 {WATSON}")
        assert (match.matched_text, match.replacements) == ("her", ["his"])
        assert tool.correct(WATSON) == WATSON.replace("her", "his")
        tool.disabled_rules.add("PA001")
        assert tool.check(WATSON) == []


@pytest.mark.slow
def test_pylanguagetool_shows_our_findings(server: Server, tmp_path: Path) -> None:
    # In a folder of its own: it needs a module that newer versions of setuptools have no more.
    folder = tmp_path / "packages"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder]
    packages = ["pylanguagetool==0.11.0", "setuptools<81"]
    installed = subprocess.run([*install, *packages], capture_output=True, text=True, check=False)
    if installed.returncode != 0:
        pytest.skip("pylanguagetool cannot be installed: is there a network?")
    text = tmp_path / "letter.txt"
    text.write_text(WATSON, encoding="utf-8")
    program = "from pylanguagetool.cli import main; main()"
    command = [sys.executable, "-c", program, "-a", f"{server.url}v2/", "-l", "en-US", text]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    shown = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert '"her" refers to "Mr Watson": expected "his"' in shown.stdout, shown.stderr


def _missing() -> str | None:
    """Why LibreOffice cannot be asked; None where it can."""
    if shutil.which("soffice") is None:
        return "LibreOffice is not installed"
    if subprocess.run([_SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode != 0:
        return "python3-uno is not installed"
    return None


@pytest.mark.slow
def test_libreoffice_shows_our_findings_with_the_paragraph_before(server: Server, tmp_path: Path) -> None:
    reason = _missing() if Path(_SYSTEM_PYTHON).exists() else "there is no system Python"
    if reason is not None:
        pytest.skip(reason)
    first, second = WATSON.split(". ", 1)
    # Characters that mean something in a form, and one of two units: this LibreOffice encodes none of them.
    paragraphs = [f"At A & B + 50%25 😀 {first}.", second, "😀 The queen hurt himself."]
    command = [_SYSTEM_PYTHON, _LIBREOFFICE, tmp_path, f"{server.url}v2", *paragraphs]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.splitlines() == [
        "0: ",
        f"1: {second.index('her')} 3 'her' his",
        "2: 18 7 'himself' herself",
    ]
