"""Which files a path means: what is looked for in a folder, what is left out, and what cannot be read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from gru_lint.config.discovery import ConfigFinder
from gru_lint.files.find import FoundFile, find_files, read_found
from gru_lint.files.read import FileError

_OURS = "[tool.gru-lint]\n"


def tree(root: Path, files: str | Sequence[str], **contents: str) -> None:
    """Makes files with some prose; contents are those of a .gitignore or a pyproject.toml, folder and name by "_"."""
    for name in files.split() if isinstance(files, str) else files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("She left.\n", encoding="utf-8")
    names = {"ignore": ".gitignore", "config": "pyproject.toml", "exclude": ".git/info/exclude"}
    for called, content in contents.items():
        *folders, name = called.split("_")
        path = root.joinpath(*folders, names[name])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def found(root: Path, *named: str, **command_line: object) -> str:
    """The files that are found below a folder, or of those that are named in it, as slashed names in one line."""
    config = ConfigFinder({key.replace("_", "-"): value for key, value in command_line.items()})
    results = list(find_files([root / name for name in named] or [root], config))
    shown = []
    for result in results:
        if isinstance(result, FoundFile):
            shown.append(Path(os.path.relpath(result.path, root)).as_posix())
        elif "no text files" not in str(result):
            shown.append(str(result).replace(str(root), "ROOT"))
    return " ".join(shown)


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ("b.md a.txt c/d.md", "a.txt b.md c/d.md"),
        ("z.md a/b.md a/b/c.md a.b/c.md", "z.md a/b.md a/b/c.md a.b/c.md"),
        ("a.md image.png noextension", "a.md"),
        ("A.MD", "A.MD"),
        (".hidden.md .git/a.md .x/a.md node_modules/a.md venv/a.md a.md", "a.md"),
        ("a/node_modules/b.md a/c.md", "a/c.md"),
        ("venv.md", "venv.md"),
    ],
)
def test_what_is_looked_for_in_a_folder(tmp_path: Path, files: str, wanted: str) -> None:
    tree(tmp_path, files)
    assert found(tmp_path) == wanted


@pytest.mark.parametrize(
    ("ignore", "files", "wanted"),
    [
        ("drafts/", "drafts/a.md b.md", "b.md"),
        ("/drafts", "drafts/a.md c/drafts/a.md", "c/drafts/a.md"),
        ("*.md\n!keep.md", "a.md keep.md c/keep.md", "keep.md c/keep.md"),
        ("drafts/\n!drafts/a.md", "drafts/a.md b.md", "b.md"),
        ("drafts/*\n!drafts/a.md", "drafts/a.md drafts/b.md", "drafts/a.md"),
        ("**/old/**", "a/old/b.md a/new.md", "a/new.md"),
        ("a[0-9].md", "a1.md ab.md", "ab.md"),
        ("# no.md\n\\#b.md", "#b.md no.md", "no.md"),
        ("!\nb.md", "a.md b.md", "a.md"),
        ("", "a.md", "a.md"),
    ],
)
def test_gitignore_is_respected(tmp_path: Path, ignore: str, files: str, wanted: str) -> None:
    tree(tmp_path, files, ignore=ignore)
    assert found(tmp_path) == wanted
    assert len(found(tmp_path, respect_gitignore=False).split()) == len(files.split())


def test_gitignore_of_inner_folders_goes_before_that_of_outer_ones(tmp_path: Path) -> None:
    tree(tmp_path, "a.md x/a.md x/b.md x/y/a.md", ignore="a.md\n", x_ignore="!/a.md\nb.md\n", x_y_ignore="")
    assert found(tmp_path) == "x/a.md"


def test_gitignore_above_holds_up_to_the_root_of_the_repository(tmp_path: Path) -> None:
    tree(tmp_path, "repository/book/a.md repository/book/b.md", ignore="a.md\n", repository_ignore="b.md\n")
    book = tmp_path / "repository" / "book"
    assert found(book) == "a.md b.md"
    (tmp_path / "repository" / ".git").mkdir()
    assert found(book) == "a.md"


def test_the_file_info_exclude_is_respected(tmp_path: Path) -> None:
    tree(tmp_path, "a.md b.md", exclude="a.md\n")
    assert found(tmp_path) == "b.md"


def test_a_linked_working_tree_has_the_info_exclude_of_its_repository(tmp_path: Path) -> None:
    tree(tmp_path, "linked/a.md linked/b.md", exclude="a.md\n")
    own = tmp_path / ".git" / "worktrees" / "linked"
    own.mkdir(parents=True)
    (own / "commondir").write_text("../..\n", encoding="utf-8")
    (tmp_path / "linked" / ".git").write_text(f"gitdir: {own}\n", encoding="utf-8")
    assert found(tmp_path / "linked") == "b.md"


@pytest.mark.parametrize(
    ("keys", "files", "wanted"),
    [
        ('exclude = ["drafts/"]', "drafts/a.md b.md", "b.md"),
        ('exclude = ["*.old.md", "x/y"]', "a.old.md x/a.md x/y/a.md", "x/a.md"),
        ('exclude = ["/a.md"]', "a.md x/a.md", "x/a.md"),
        ('exclude = ["*.md", "!b.md"]', "a.md b.md", "b.md"),
        ('exclude = ["!.github/"]', ".github/a.md .x/a.md", ".github/a.md"),
        ('languages = ["plaintext"]', "a.md b.txt", "b.txt"),
        ("languages = []", "a.md b.txt", ""),
        ('extension = {mdx = "markdown"}', "a.mdx b.MDX c.md", "a.mdx b.MDX c.md"),
        ('languages = []\nextension = {".mdx" = "markdown"}', "a.mdx c.md", "a.mdx"),
    ],
)
def test_the_configuration_says_what_is_looked_for(tmp_path: Path, keys: str, files: str, wanted: str) -> None:
    tree(tmp_path, files, config=_OURS + keys)
    assert found(tmp_path) == wanted


def test_patterns_are_relative_to_the_file_that_holds_them(tmp_path: Path) -> None:
    tree(
        tmp_path,
        "a.md x/a.md x/y/a.md z/a.md",
        config=f'{_OURS}exclude = ["/x/a.md"]',
        z_config=f'{_OURS}exclude = ["/a.md"]',
    )
    assert found(tmp_path) == "a.md x/y/a.md"
    assert found(tmp_path / "x") == "y/a.md"


@pytest.mark.parametrize("keys", ['exclude = ["drafts/"]', ""])
def test_what_is_named_is_checked_though_it_is_left_out(tmp_path: Path, keys: str) -> None:
    tree(tmp_path, "drafts/a.md drafts/b.md c.md notes", config=_OURS + keys, ignore="drafts/\n")
    (tmp_path / ".git").mkdir()
    assert found(tmp_path) == "c.md"
    assert found(tmp_path, "drafts/a.md", "notes") == "drafts/a.md notes"
    assert found(tmp_path, "drafts") == "drafts/a.md drafts/b.md"
    assert found(tmp_path, "drafts/a.md", "drafts", "notes", force_exclude=True) == "notes"


def test_a_file_comes_once_whatever_leads_to_it(tmp_path: Path) -> None:
    tree(tmp_path, "a.md x/b.md")
    (tmp_path / "link.md").symlink_to("a.md")
    (tmp_path / "y").symlink_to("x", target_is_directory=True)
    assert found(tmp_path, "a.md", ".", "x/b.md", "a.md", "y") == "a.md x/b.md"


def test_loops_of_links_end(tmp_path: Path) -> None:
    tree(tmp_path, "a.md x/b.md")
    (tmp_path / "x" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "loop.md").symlink_to("loop.md")
    assert found(tmp_path) == "a.md loop.md x/b.md"
    with pytest.raises(FileError, match=r"loop\.md: cannot be read \("):
        read_found(FoundFile(tmp_path / "loop.md", is_named=False))
    assert found(tmp_path, "loop").startswith("ROOT/loop: ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    tree(tmp_path, "a.md")
    os.mkfifo(tmp_path / "b.md")
    assert found(tmp_path) == "a.md"


def test_what_cannot_be_read_is_told_in_a_line_each_and_the_rest_is_found(tmp_path: Path) -> None:
    tree(tmp_path, "a.md")
    assert found(tmp_path, "none.md", "a.md") == "ROOT/none.md: no such file or directory a.md"


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root can read every folder")
def test_a_folder_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    tree(tmp_path, "a/b.md c/d.md")
    (tmp_path / "a").chmod(0)
    try:
        assert found(tmp_path) == "ROOT/a: cannot be read (Permission denied) c/d.md"
    finally:
        (tmp_path / "a").chmod(0o755)


def test_a_folder_that_is_not_there_any_more_is_told_of(tmp_path: Path) -> None:
    tree(tmp_path, "a.md b/c.md d/e.md")
    walk = find_files([tmp_path], ConfigFinder())
    assert next(walk) == FoundFile(tmp_path / "a.md", is_named=False)
    (tmp_path / "b" / "c.md").unlink()
    (tmp_path / "b").rmdir()
    told, last = walk
    assert str(told) == f"{tmp_path / 'b'}: cannot be read (No such file or directory)"
    assert last == FoundFile(tmp_path / "d" / "e.md", is_named=False)


def test_a_binary_file_is_told_of_only_where_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "archive.md"
    path.write_bytes(b"PK\x03\x04\x14\0\0\0\x08\0\xff\xfe")
    assert read_found(FoundFile(path, is_named=False)) is None
    with pytest.raises(FileError, match=r"archive\.md: is a binary file, not text"):
        read_found(FoundFile(path))
