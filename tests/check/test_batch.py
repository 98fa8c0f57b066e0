"""A batch of files: in order, each judged once, the same in one process and in several."""

from __future__ import annotations

from pathlib import Path

import pytest

from gru_lint.check import batch
from gru_lint.check.batch import CheckResult, FileTask, check_batch
from gru_lint.check.cache import FindingsCache
from gru_lint.config.settings import Settings, read_settings
from gru_lint.files.read import FileError

_SETTINGS = Settings()
_TEXTS = {
    "a.txt": "The king hurt herself.\n",
    "b.md": "The weather was fine.\n",
    "c.md": "The queen `hurt` himself.\n",
    "d.txt": "She left.\n" * 50,
    "e.txt": "The bishop burnt himself. The king hurt herself.\n",
}


@pytest.fixture
def tasks(tmp_path: Path) -> list[FileTask | FileError]:
    for name, text in _TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(b"\0\xff" * 100)
    found: list[FileTask | FileError] = [FileTask(path, path.name, _SETTINGS) for path in sorted(tmp_path.iterdir())]
    return [*found[:2], FileError("x: no such file or directory"), *found[2:]]


def shown(results: list[CheckResult | FileError]) -> list[tuple[str, list[str]] | str]:
    """The name of each file and what its findings stand on, or why it was not checked."""
    return [
        str(result)
        if isinstance(result, FileError)
        else (result.task.name, [result.text[found.span.start : found.span.end] for found in result.findings])
        for result in results
    ]


_WANTED = [
    ("a.txt", ["herself"]),
    ("b.md", []),
    "x: no such file or directory",
    "binary.txt: is a binary file, not text",
    ("c.md", ["himself"]),
    ("d.txt", []),
    ("e.txt", ["herself"]),
]


def test_results_come_in_the_order_of_the_tasks(tasks: list[FileTask | FileError]) -> None:
    assert shown(check_batch(tasks)) == _WANTED


def test_several_processes_find_the_same(
    tasks: list[FileTask | FileError], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(batch, "CHARACTERS_PER_PROCESS", 1)
    told: list[tuple[int, int]] = []
    before = FindingsCache(tmp_path / "cache")
    results = check_batch(tasks, before, 2, lambda *done: told.append(done))
    assert shown(results) == _WANTED
    assert told == [(n_done, 5) for n_done in range(1, 6)]
    assert shown(check_batch(tasks, before, 2)) == _WANTED
    before.close()


def test_what_was_found_is_not_looked_for_again(tasks: list[FileTask | FileError], tmp_path: Path) -> None:
    n_done: list[int] = []
    for n_wanted, changed in ((5, ""), (0, ""), (1, "a.txt"), (0, "")):
        if changed:
            (tmp_path / changed).write_text("The king hurt himself.\n", encoding="utf-8")
        n_done.clear()
        before = FindingsCache(tmp_path / "cache")
        results = check_batch(tasks, before, progress=lambda done, of: n_done.append(done))
        before.close()
        assert len(n_done) == n_wanted
        assert shown(results)[1:] == _WANTED[1:]
    assert shown(results)[0] == ("a.txt", [])


def test_a_text_is_fixed_though_its_findings_were_known(tmp_path: Path) -> None:
    path = tmp_path / "king.txt"
    path.write_text("The king hurt herself.", encoding="utf-8")
    before = FindingsCache(tmp_path / "cache")
    for wants_fixes in (False, True, True):
        (result,) = check_batch([FileTask(path, "king.txt", _SETTINGS, wants_fixes)], before)
        assert isinstance(result, CheckResult)
        assert result.text == "The king hurt herself."
        assert (result.fixed.text if result.fixed else None) == ("The king hurt himself." if wants_fixes else None)
    before.close()


def test_files_with_other_settings_stand_apart(tmp_path: Path) -> None:
    path = tmp_path / "king.txt"
    path.write_text("The king hurt herself.", encoding="utf-8")
    silent = read_settings({"ignore": ["PA004"]})
    before = FindingsCache(tmp_path / "cache")
    tasks = [FileTask(path, "king.txt", settings) for settings in (_SETTINGS, silent, _SETTINGS, silent)]
    for _ in range(2):
        assert [len(result.findings) for result in check_batch(tasks, before)] == [1, 0, 1, 0]  # type: ignore[union-attr]
    before.close()


def test_a_file_that_cannot_be_judged_is_told_of_and_the_rest_completes(
    tasks: list[FileTask | FileError], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lint(text: str, filename: str, settings: Settings) -> tuple[()]:
        if filename == "c.md":
            raise RecursionError("maximum recursion\ndepth exceeded")
        return ()

    monkeypatch.setattr(batch, "lint_text", lint)
    results = shown(check_batch(tasks))
    assert results[4] == (
        "c.md: cannot be checked (RecursionError: maximum recursion depth exceeded); please report this with the file"
    )
    assert [result[0] for result in results if isinstance(result, tuple)] == ["a.txt", "b.md", "d.txt", "e.txt"]
