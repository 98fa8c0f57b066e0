"""What was found before: the same for the same file, another for any other, and never a fault of its own."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gru_lint.check import cache
from gru_lint.check.cache import Content, FindingsCache
from gru_lint.check.cache_folder import DATABASE_NAME, remove_cache_folder
from gru_lint.config.settings import Settings, read_settings
from gru_lint.records import Antecedent, Finding, Span

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_CONTENT = Content.of("The king 👑 hurt herself.".encode())
_FOUND = (
    Finding("PA004", "reflexive-mismatch", "„é“", Span(16, 23), ("himself", "x"), Antecedent("👑", Span(0, 1)), 0.9),
    Finding("PA001", "gender-mismatch", "", Span(1, 2), (), None, 1.0),
)
_NAME, _SETTINGS = "docs/king.md", Settings()


# What is required besides, and decides nothing of what is found.
_OTHER_PACKAGES = frozenset(
    "jinja2 packaging platformdirs psutil pygls rich threadpoolctl tomlkit typer watchfiles".split()
)


def remembered(folder: Path, content: Content = _CONTENT, name: str = _NAME, settings: Settings = _SETTINGS) -> object:
    """What another run finds in the folder."""
    before = FindingsCache(folder)
    try:
        return before.findings(content, name, settings)
    finally:
        before.close()


def remember(folder: Path, found: tuple[Finding, ...] = _FOUND, content: Content = _CONTENT) -> None:
    before = FindingsCache(folder)
    before.remember(content, _NAME, _SETTINGS, found)
    before.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    remember(tmp_path / "deep" / "cache")
    return tmp_path / "deep" / "cache"


def test_what_was_found_comes_back_and_nothing_is_known_of_the_rest(folder: Path) -> None:
    assert remembered(folder) == _FOUND
    assert remembered(folder, name="elsewhere/king.md") == _FOUND
    for other in (
        remembered(folder, Content.of(b"other")),
        remembered(folder, name="king.tex"),
        remembered(folder, settings=read_settings({"min-confidence": 0.5})),
        remembered(folder, settings=read_settings({"pronouns": {"King": "she"}})),
    ):
        assert other is None


def test_a_file_without_findings_is_remembered_too(folder: Path) -> None:
    remember(folder, (), Content.of(b""))
    assert remembered(folder, Content.of(b"")) == ()


def test_other_weights_or_another_version_know_nothing_of_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("default_weights_path", lambda: folder / ".gitignore"),
        ("__version__", "0.0.1"),
        ("_installed_packages", lambda: ["spacy-0.0.1.dist-info"]),
    ):
        with monkeypatch.context() as patch:
            cache._stamp.cache_clear()
            patch.setattr(cache, name, value)
            assert remembered(folder) is None
        cache._stamp.cache_clear()
    assert remembered(folder) == _FOUND


def test_keys_are_the_same_in_every_process() -> None:
    program = """
from gru_lint.config.settings import read_settings
from gru_lint.check.cache import _settings_digest
settings = read_settings({"pronouns": {"Alex": "he/they", "Noor": "xe/xem"}, "ignore": ["PA001", "PA002"]})
print(_settings_digest(settings).hex())
"""
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "123"
    }
    assert len(digests) == 1
    assert len(digests.pop().strip()) == 32


def test_neither_git_nor_backups_take_the_folder(folder: Path) -> None:
    assert (folder / ".gitignore").read_text() == "*\n"
    assert (folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")


def _database(folder: Path) -> Path:
    (path,) = folder.glob("*.sqlite3")
    return path


def _spoil_middle(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:] = os.urandom(len(content) - 100)
    path.write_bytes(content)


def _other_table(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE found (something TEXT)")


def _other_rows(rows: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with sqlite3.connect(path) as connection:
            (key,) = connection.execute("SELECT key FROM found").fetchone()
            connection.execute("UPDATE found SET findings = ?, checksum = ?", (rows, cache._checksum(key, rows)))

    return write


def _row_of_another_key(path: Path) -> None:
    """A row of another file, found empty, in the place of this one."""
    with sqlite3.connect(path) as connection:
        other = cache._checksum(b"another", "[]")
        connection.execute("UPDATE found SET findings = ?, checksum = ?", ("[]", other))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"not a database" * 100),
        lambda path: path.write_bytes(path.read_bytes()[:1000]),
        _spoil_middle,
        _other_table,
        _other_rows("["),
        _other_rows("{}"),
        _other_rows("[1]"),
        _other_rows('[["PA001", "n", "m", [3, 900], [], null, 1]]'),
        _other_rows('[["PA001", "n", "m", [3, 1], [], null, 1]]'),
        _other_rows('[["PA001", "n", "m", ["a", "b"], [], null, 1]]'),
        _other_rows('[["PA001", "n", "m", [0, 1], [7], null, 1]]'),
        _other_rows('[["PA001", "n", "m", [0, 1], [], ["x", -1, 2], 1]]'),
        _other_rows("[" * 100_000),
        _other_rows('[["PA001", "n", "m", [0, true], [], null, 1]]'),
        _other_rows('[["PA001", "n", "m", [0, 1.5], [], null, 1]]'),
        _other_rows('[["PA001", "n", "m", [0, 1], [], null, NaN]]'),
        _other_rows('[["PA001", "n", "m", [0, 1], [], null, 1e999]]'),
        _other_rows('[["PA001", "n", "m", [0, 1], [], null, true]]'),
        _other_rows('[["PA001", "n", "m", [0, 1], "ab", null, 1]]'),
        _other_rows('[["PA001", "n", "m", [0, 1], [], [], 1]]'),
        _row_of_another_key,
    ],
)
def test_what_is_broken_is_forgotten_and_begun_again(folder: Path, spoil: Callable[[Path], object]) -> None:
    spoil(_database(folder))
    before = FindingsCache(folder)
    assert before.findings(_CONTENT, _NAME, _SETTINGS) is None
    before.remember(_CONTENT, _NAME, _SETTINGS, _FOUND)
    before.close()
    assert remembered(folder) == _FOUND


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_cannot_be_a_cache_is_done_without(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "cache"
    if kind == "file":
        place.write_text("mine", encoding="utf-8")
    else:
        (place / DATABASE_NAME).mkdir(parents=True)
    remember(place)
    assert remembered(place) is None
    assert kind == "folder" or place.read_text() == "mine"


def test_a_file_that_another_process_holds_is_not_waited_for_long(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_TIMEOUT_S", 0.05)
    holder = sqlite3.connect(_database(folder), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert remembered(folder) is None
    remember(folder)
    holder.execute("ROLLBACK")
    holder.close()
    assert remembered(folder) == _FOUND


_PROGRAM = """
import sys
from pathlib import Path
from gru_lint.config.settings import Settings
from gru_lint.check.cache import Content, FindingsCache
for number in range(60):
    before = FindingsCache(Path(sys.argv[1]))
    for one in range(5):
        content = Content.of(f"{sys.argv[2]} {number} {one}".encode())
        before.remember(content, "a", Settings(), ())
    before.close()
"""


def test_two_processes_at_once_forget_nothing(tmp_path: Path) -> None:
    started = [subprocess.Popen([sys.executable, "-c", _PROGRAM, str(tmp_path), name]) for name in "ab"]
    assert [process.wait(60) for process in started] == [0, 0]
    before = FindingsCache(tmp_path)
    for name in "ab":
        for number in range(60):
            for one in range(5):
                content = Content.of(f"{name} {number} {one}".encode())
                assert before.findings(content, "a", Settings()) == ()
    before.close()


def test_what_nobody_asks_for_is_forgotten_after_a_month(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = cache.time.time()
    for days, asked in ((20, True), (45, True), (90, False), (121, False)):
        monkeypatch.setattr(cache.time, "time", lambda days=days: now + 86400 * days)
        if asked:
            assert remembered(folder) == _FOUND
        remember(folder, (), Content.of(str(days).encode()))
    assert remembered(folder) is None


def test_cleaning_removes_what_is_ours_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    assert remove_cache_folder(folder)
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
    assert not remove_cache_folder(folder)
    remember(tmp_path / "other")
    assert remove_cache_folder(tmp_path / "other")
    assert not (tmp_path / "other").exists()
    assert not remove_cache_folder(tmp_path / "nowhere")


def test_every_package_that_decides_what_is_found_is_in_the_key() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = {re.split(r"[^\w-]", line)[0] for line in project["dependencies"]}
    assert required - _OTHER_PACKAGES <= cache._PACKAGES, (
        "if it decides what is found, it belongs to _PACKAGES of check/cache.py, else to _OTHER_PACKAGES here"
    )
    assert not _OTHER_PACKAGES & cache._PACKAGES
