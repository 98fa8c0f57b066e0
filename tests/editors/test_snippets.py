"""What docs/editors.md tells a user to write: with it and nothing else, an editor shows both findings.

A test is skipped where its editor is not installed; Kate comes from Debian.
"""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest
from headless import PEOPLE, ROOT, SECONDS, TEXT, environment, run, wanted, wanted_neovim_0_11, wanted_vim_with_ale
from waiting import until

pytestmark = pytest.mark.slow
# Where Kate keeps its things, instead of the user's own.
_FOLDERS = {"CONFIG_HOME": "config", "DATA_HOME": "data", "CACHE_HOME": "cache", "RUNTIME_DIR": "run"}


def snippets(heading: str) -> list[str]:
    """The blocks of code below a heading of docs/editors.md."""
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    section = page.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [block.split("\n", 1)[1] for block in section.split("```")[1::2]]


def written(folder: Path, name: str, *parts: str) -> Path:
    """A file with some text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(parts), encoding="utf-8")
    return path


@pytest.mark.parametrize("number", [0, 1])
def test_neovim(server: Path, tmp_path: Path, number: int) -> None:
    editor = wanted_neovim_0_11()
    file = tmp_path / "notes.txt"
    script = written(
        tmp_path,
        "check.lua",
        snippets("Neovim")[number],
        f"vim.cmd.edit('{file}')",
        "local found = vim.wait(30000, function() return #vim.diagnostic.get(0) == 2 end, 20)",
        "vim.cmd(found and 'qall!' or 'cquit 1')",
    )
    run([editor, "--clean", "--headless", "-n", "-c", f"luafile {script}", "-c", "cquit 3"], server, file)


def test_emacs(server: Path, tmp_path: Path) -> None:
    editor = wanted("emacs")
    file = tmp_path / "notes.txt"
    script = written(
        tmp_path,
        "check.el",
        "(package-initialize)",
        *snippets("Emacs"),
        "(setq eglot-sync-connect 15)",
        f'(find-file "{file}")',
        # Emacs runs this hook after each command; without a screen there is none.
        "(run-hooks 'post-command-hook)",
        "(let ((end (+ (float-time) 30)))",
        "  (while (and (< (length (flymake-diagnostics)) 2) (< (float-time) end))",
        "    (accept-process-output nil 0.1) (flymake-start))",
        "  (kill-emacs (if (= (length (flymake-diagnostics)) 2) 0 1)))",
    )
    run([editor, "-q", "--batch", "-l", str(script)], server, file)


def test_vim_with_ale(server: Path, tmp_path: Path) -> None:
    editor = wanted_vim_with_ale()
    wanted("script")
    file, out = tmp_path / "notes.txt", tmp_path / "out.txt"
    settings = written(tmp_path, "vimrc", "set nocompatible", "filetype plugin on", "packadd! ale", *snippets("Vim"))
    check = written(
        tmp_path,
        "check.vim",
        "ALELint",
        "let s:i = 0",
        "while len(ale#engine#GetLoclist(bufnr(''))) < 2 && s:i < 400 | sleep 50m | let s:i += 1 | endwhile",
        f"call writefile([len(ale#engine#GetLoclist(bufnr('')))], '{out}')",
        "ALEStopAllLSPs",
        "qall!",
    )
    run(["script", "-qec", f"{editor} -N -u {settings} -S {check} {file}", "/dev/null"], server, file)
    assert out.read_text(encoding="utf-8") == "2\n"


def test_kate(server: Path, tmp_path: Path) -> None:
    editor = wanted("kate")
    file = written(tmp_path, "notes.txt", TEXT, PEOPLE)
    said = tmp_path / "said"
    # What Kate shows cannot be read without a screen; what it is told can.
    listening = written(tmp_path, "listening/gru-lint-server", "#!/bin/sh", f'"{server}" "$@" | tee "{said}"', "")
    listening.chmod(0o755)
    [settings] = snippets("Kate")
    written(tmp_path, "config/kate/lspclient/settings.json", settings)
    plugins = ["[Kate Plugins]", "lspclientplugin=true", "", "[lspclient]"]
    written(tmp_path, "config/katerc", *plugins, f"AllowedServerCommandLines={listening}", "")
    (tmp_path / "run").mkdir(mode=0o700)
    folders = {f"XDG_{name}": str(tmp_path / place) for name, place in _FOLDERS.items()}
    process = subprocess.Popen(
        [editor, "-n", "-b", str(file)],
        env=environment(listening, QT_QPA_PLATFORM="offscreen", HOME=str(tmp_path), **folders),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:

        def is_told(words: str, times: int) -> bool:
            assert process.poll() is None, f"Kate ended before it was told of {words}"
            return said.exists() and said.read_text(encoding="utf-8").count(words) >= times

        until(lambda: is_told('"code": "PA004"', 2), SECONDS)
        # Its outline: one entry for each person and each mention.
        until(lambda: is_told('"selectionRange"', 2), SECONDS)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(SECONDS)
