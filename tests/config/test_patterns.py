"""Patterns mean what git means by them, and no pattern makes matching slow."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import FrameType

import pytest

from gru_lint.config.patterns import Pattern, PatternList, last_match, matches_file

_PIECES = (
    "a b ab abc * * ** / / / ? [ab] [!a] [a-c] [^b-] []x] [[:alpha:]] [a \\* \\a .md *.md **/ /** ! # - [z-a] "
    "[[:digit:][:punct:]] ] [a\\]] [--0] [[:none:]] [[:x] \\"
).split()
_PIECES.append(" ")
_NAMES = ["a", "b", "ab", "abc", "b.md", "a.md", "-", "]", "x y", "aab"]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of folders in folders."""
    if shutil.which("git") is None:
        pytest.skip("git is not here to compare with")
    root = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    chosen = random.Random(7)

    def fill(folder: Path, depth: int) -> None:
        for name in chosen.sample(_NAMES, 5):
            path = folder / name
            if depth < 3 and not name.endswith(".md") and chosen.random() < 0.5:
                path.mkdir()
                fill(path, depth + 1)
            else:
                path.write_text("", encoding="utf-8")

    fill(root, 0)
    return root


def ignored_by_git(repository: Path, names: list[str]) -> set[str]:
    """Those of some files and folders that git ignores."""
    command = ["git", "-c", "core.ignoreCase=false", "-c", "core.excludesFile=", "check-ignore", "--no-index"]
    told = subprocess.run(
        [*command, "--stdin", "-z"], cwd=repository, input="\0".join(names), capture_output=True, text=True
    )
    return set(told.stdout.split("\0")) - {""}


def ignored(lines: list[str], paths: dict[str, bool]) -> set[str]:
    """Those that the lines exclude, or a folder that they lie in."""
    patterns = PatternList(tuple(lines))
    found = set()
    for path, is_folder in paths.items():
        names = path.split("/")
        ways = (("/".join(names[:n]), n < len(names) or is_folder) for n in range(1, len(names) + 1))
        if any(patterns.last_match(way, is_folder=is_way_folder) for way, is_way_folder in ways):
            found.add(path)
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_random_patterns_mean_what_git_means_by_them(repository: Path) -> None:
    found = (path for path in repository.rglob("*") if ".git" not in path.parts)
    paths = {path.relative_to(repository).as_posix(): path.is_dir() for path in found}
    chosen, n_ignored = random.Random(11), 0
    for _ in range(150):
        lines = ["".join(chosen.choices(_PIECES, k=chosen.randint(1, 7))) for _ in range(chosen.randint(1, 3))]
        (repository / ".gitignore").write_text("\n".join(lines) + "\n", encoding="utf-8")
        wanted = ignored_by_git(repository, list(paths))
        assert ignored(lines, paths) == wanted, lines
        n_ignored += len(wanted)
    assert n_ignored > 1_000


@pytest.mark.parametrize(
    ("line", "path", "is_folder", "wanted"),
    [
        ("é?.md", "x/éà.md", False, True),
        ("a\u2028b", "a\u2028b", False, True),
        ("drafts/", "drafts", False, None),
        ("drafts/", "drafts", True, True),
        ("*.md ", "a.md", False, True),
        ("a\\ ", "a ", False, True),
        ("a\\\\ ", "a\\", False, True),
        ("!*.md", "a.md", False, False),
        ("a/**", "a", True, None),
        ("a/**", "a/b/c", False, True),
        ("**/c", "c", False, True),
        ("a/**/c", "a/c", False, True),
        ("a/**/c", "a/b/b/c", False, True),
        ("foo**/bar", "foo/x/bar", False, True),
        ("*a*a*b", "aab", False, True),
        ("a*a", "a", False, None),
    ],
)
def test_a_line_of_gitignore(line: str, path: str, is_folder: bool, wanted: bool | None) -> None:
    assert PatternList((line,)).last_match(path, is_folder=is_folder) is wanted


def test_a_pattern_for_files_also_means_what_lies_in_a_folder_of_that_name(tmp_path: Path) -> None:
    inside = str(tmp_path / "drafts" / "a" / "b.md")
    for text, wanted in (("drafts/", True), ("a", True), ("/a", False), ("!drafts", False), ("!notes", True)):
        assert matches_file(Pattern(text, str(tmp_path)), inside) is wanted, text


def n_steps(work: Callable[[], object]) -> int:
    """How many lines of Python some work runs; what C does for a line is at most the length of the path."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Callable[..., object]:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


_HOSTILE: list[tuple[Callable[[int], str], Callable[[int], str]]] = [
    (lambda n: "*a" * n + "b", lambda n: "a" * n),
    (lambda n: "*a" * n + "*b", lambda n: "a" * n),
    (lambda n: "*?" * n + "b", lambda n: "a" * n),
    (lambda n: "*[ab]" * n + "c", lambda n: "ab" * n),
    (lambda n: "?*" * n + "b", lambda n: "a" * n),
    (lambda n: "/" + "*a" * n + "b/c", lambda n: "a" * n + "/c"),
    (lambda n: "**/" * n + "b", lambda n: "a/" * n + "c"),
    (lambda n: "**/a/" * n + "b", lambda n: "a/" * n + "c"),
    (lambda n: "**/*a*/" * n + "b", lambda n: "a/" * n + "c"),
    (lambda n: "/*" * n + "/b", lambda n: "a/" * n + "c"),
    (lambda n: "[" * n, lambda n: "a" * n),
    (lambda n: "\\" * n, lambda n: "a" * n),
    (lambda n: "[[:alpha:]" * n, lambda n: "a" * n),
    (lambda n: "!" + "*a" * n + "b", lambda n: "a" * n),
]


@pytest.mark.parametrize(("pattern", "path"), _HOSTILE)
def test_twice_the_stars_are_twice_the_work(pattern: Callable[[int], str], path: Callable[[int], str]) -> None:
    steps = [
        n_steps(lambda n=n: PatternList((pattern(n),)).last_match(path(n), is_folder=False)) for n in (100, 200, 400)
    ]
    assert max(after / before for before, after in pairwise(steps)) <= 2.6, steps


def test_twice_as_many_patterns_are_twice_the_work(tmp_path: Path) -> None:
    def match(n: int) -> object:
        patterns = tuple(Pattern(f"*a*{number}*", str(tmp_path)) for number in range(n))
        return last_match(patterns, str(tmp_path / "b.md"), is_folder=False)

    assert n_steps(lambda: match(400)) <= 2.6 * n_steps(lambda: match(200))


def test_a_pattern_that_took_longer_than_anybody_waits_is_matched_at_once(tmp_path: Path) -> None:
    pattern = Pattern("*a" * 5_000 + "b", str(tmp_path))
    assert last_match((pattern,), str(tmp_path / ("a" * 200)), is_folder=False) is None
    assert not matches_file(pattern, str(tmp_path / "docs" / ("a" * 200)))
