"""Editors without a screen: where they are, and what they print."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TEXT = "The queen hurt himself.\n\nThe king hurt herself.\n"
PEOPLE = "Mary met John. She was late, and he scolded her.\n"
SECONDS = 90


def wanted(*names: str) -> str:
    """The path of an editor; without it the test is skipped."""
    for name in names:
        beside = Path(sys.executable).with_name(name)
        if found := shutil.which(name) or (str(beside) if beside.exists() else None):
            return found
    pytest.skip(f"{names[0]} is not installed")


def wanted_neovim_0_11() -> str:
    """The path of a Neovim that pulls diagnostics; without it the test is skipped."""
    path = os.environ.get("NEOVIM_0_11")
    if not path:
        pytest.skip("NEOVIM_0_11 does not say where a Neovim that pulls is")
    return path


def wanted_vim_with_ale() -> str:
    """The path of a Vim that has ALE; without it the test is skipped."""
    editor = wanted("vim.nox")
    if not Path("/usr/share/vim/vimfiles/pack/dist-bundle/opt/ale").exists():
        pytest.skip("vim-ale is not installed")
    return editor


def environment(server: Path, **more: str) -> dict[str, str]:
    """The variables of an editor, which finds the server by its name."""
    path = os.pathsep.join([str(server.parent), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path, "LSP_SERVER": str(server), "TERM": "xterm", **more}


def run(command: list[str], server: Path, text_file: Path, *, text: str = TEXT, **more: str) -> str:
    """What an editor prints; its text file holds two findings, or what a test is about."""
    text_file.write_text(text, encoding="utf-8")
    done = subprocess.run(
        command,
        env=environment(server, **more),
        cwd=text_file.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    output = done.stdout + done.stderr
    assert done.returncode == 0, output
    return output
