"""A change to a file is seen once, whoever made it and however; what the linter writes itself is none."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from gru_lint.check.cache_folder import DATABASE_NAME
from gru_lint.check.watch import WatchError, changes
from gru_lint.files.write import write_file

pytestmark = pytest.mark.slow


def is_seen_early(paths: list[Path], change: Callable[[], object], own: Path | None = None) -> bool:
    """Whether a change is seen, before a file beside it that surely is."""
    last = paths[0] / "last.txt" if paths[0].is_dir() else paths[0].parent / "last.txt"
    seen = changes(paths, own)
    next(seen)
    change()
    timer = threading.Timer(0.7, last.write_text, args=("x",))
    timer.start()
    next(seen)
    early = not last.exists()
    timer.join()
    seen.close()
    return early


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "docs" / "text.md"
    path.parent.mkdir()
    path.write_text("He left.", encoding="utf-8")
    return path


def _do(name: str, file: Path) -> Callable[[], object]:
    folder = file.parent
    return {
        "written": lambda: file.write_text("She left."),
        "replaced": lambda: write_file(file, b"She left."),
        "removed": file.unlink,
        "begun": lambda: (folder / "new.md").write_text("x"),
        "configured": lambda: (folder / ".gru-lint.toml").write_text("x"),
        "nothing": lambda: None,
        "read": file.read_bytes,
        "remembered": lambda: (folder / DATABASE_NAME).write_text("x"),
        "reported": lambda: write_file(folder / "report.html", b"x"),
    }[name]


@pytest.mark.parametrize(
    ("name", "is_seen"),
    [
        ("written", True),
        ("replaced", True),
        ("removed", True),
        ("begun", True),
        ("configured", True),
        ("nothing", False),
        ("read", False),
        ("remembered", False),
        ("reported", False),
    ],
)
def test_changes_are_seen(file: Path, name: str, is_seen: bool) -> None:
    assert is_seen_early([file.parent], _do(name, file), file.parent / "report.html") == is_seen


def test_a_single_file_is_watched_though_another_takes_its_place(file: Path) -> None:
    assert is_seen_early([file], _do("replaced", file))


def test_what_is_not_there_cannot_be_watched(tmp_path: Path) -> None:
    with pytest.raises(WatchError, match=r"cannot watch .*nowhere"):
        next(changes([tmp_path / "nowhere" / "text.md"]))
