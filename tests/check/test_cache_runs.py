"""`gru-lint check` with what it remembers, as a user runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from check_runs import KING, check, start


@pytest.fixture
def caches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the caches of a user lie who has checked nothing yet."""
    return tmp_path_factory.mktemp("caches")


in_xdg_cache_home = pytest.mark.skipif(sys.platform == "win32", reason="Windows asks the system for the folder")


@in_xdg_cache_home
def test_findings_are_remembered_for_each_project_until_they_are_cleaned(folder: Path, caches: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.gru-lint]\n", encoding="utf-8")
    (folder / "docs").mkdir()
    (folder / "docs" / "king.md").write_text(KING, encoding="utf-8")
    first = check(cwd=folder / "docs", code=1, caches=caches)
    (cache,) = (caches / "gru-lint").iterdir()
    assert check(cwd=folder / "docs", code=1, caches=caches) == first
    check(cwd=folder, code=1, caches=caches)
    assert list((caches / "gru-lint").iterdir()) == [cache]
    with start("clean", cwd=folder / "docs", caches=caches) as process:
        assert process.communicate()[0] == f"Removed {cache}.\n"
    assert not cache.exists()
    check("--no-cache", cwd=folder, code=1, caches=caches)
    elsewhere = caches / "elsewhere"
    check("--cache-dir", str(elsewhere), "docs", cwd=folder, code=1, caches=caches)
    assert (elsewhere / "CACHEDIR.TAG").exists()
    assert not cache.exists()


@in_xdg_cache_home
def test_a_configuration_that_is_not_wanted_does_not_say_where(folder: Path, caches: Path) -> None:
    (folder / "gru-lint.toml").write_text("broken = \n", encoding="utf-8")
    check("--isolated", cwd=folder, code=1, caches=caches)
    assert len(list((caches / "gru-lint").iterdir())) == 1


@in_xdg_cache_home
def test_a_cache_that_a_repository_brings_is_neither_read_nor_removed_and_mentioned_once(
    folder: Path, caches: Path
) -> None:
    brought = folder / ".gru_lint_cache"
    brought.mkdir()
    (brought / "findings-1.sqlite3").write_text("planted", encoding="utf-8")
    told = f"gru-lint: {brought}: is of an earlier version and not read any more; you can remove it\n"
    check(cwd=folder, code=1, err=told, caches=caches)
    check(cwd=folder, code=1, caches=caches)
    with start("clean", cwd=folder, caches=caches) as process:
        process.communicate()
    assert [path.name for path in brought.iterdir()] == ["findings-1.sqlite3"]


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX has them")
def test_a_folder_for_the_cache_that_is_not_fit_is_refused_and_left_alone(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (folder / "way").symlink_to(outside)
    (folder / "link").symlink_to(".")
    (folder / "gru-lint.toml").write_text("", encoding="utf-8")
    for name, reason in (
        ("way/cache", "leads out of the project by a link; name the folder itself"),
        ("link", "is a link; the cache needs a folder of its own"),
        ("king.md", "is not a folder; the cache needs one of its own"),
        (".", "holds 'boys.md', which gru-lint did not put there; name an empty folder for the cache"),
    ):
        check("--cache-dir", name, cwd=folder, code=2, out="", err=f"gru-lint: {name}: {reason}\n")
    assert list(outside.iterdir()) == []
    assert (folder / "gru-lint.toml").exists()


@pytest.mark.skipif(shutil.which("git") is None, reason="makes a repository with git")
def test_a_folder_that_a_project_may_bring_along_is_no_cache(folder: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=folder, check=True)

    def is_refused(reason: str) -> None:
        check("--cache-dir", ".cache/ours", cwd=folder, code=2, out="", err=f"gru-lint: .cache/ours: {reason}\n")

    is_refused(f"may have come with the project in {folder}; name one outside, or begin a repository there")
    git("init", "--quiet")
    git("add", "king.md")
    for _ in range(2):
        check("--cache-dir", ".cache/ours", cwd=folder, code=1)
    assert (folder / ".cache" / "ours" / "findings-2.sqlite3").exists()
    of_repository = f"may have come with the repository in {folder}; name one that is not in it"
    git("add", "--force", ".cache/ours/findings-2.sqlite3")
    is_refused(of_repository)
    git("reset", "--quiet")
    check("--cache-dir", ".cache/ours", cwd=folder, code=1)
    # It holds the end of a path only.
    git("update-index", "--index-version", "4")
    is_refused(of_repository)


@in_xdg_cache_home
def test_a_cache_of_the_user_that_is_not_fit_is_done_without(folder: Path, caches: Path) -> None:
    check(cwd=folder, code=1, caches=caches)
    (cache,) = (caches / "gru-lint").iterdir()
    (cache / "mine.txt").write_text("mine", encoding="utf-8")
    reason = "holds 'mine.txt', which gru-lint did not put there; name an empty folder for the cache"
    check(cwd=folder, code=1, err=f"gru-lint: {cache}: {reason}; nothing is cached\n", caches=caches)


def test_what_is_remembered_needs_neither_numpy_nor_spacy(folder: Path) -> None:
    check(cwd=folder, code=1)
    program = (
        "import sys\nfrom gru_lint.cli import main\ntry:\n    main()\n"
        "except SystemExit:\n    print(sorted({'numpy', 'spacy', 'rich', 'torch'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program, "check", "--output-format", "concise"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert result.stdout.endswith("Found 2 findings in 2 files.\n[]\n")
