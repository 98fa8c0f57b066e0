"""What a repository can put in the place of a file that is read: each is told of in a line, and none is waited for."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gru_lint.config.discovery import ConfigError, ConfigFinder
from gru_lint.files.find import FoundFile, find_files, is_writable_link
from gru_lint.files.read import FileError, read_text
from gru_lint.regular_files import NotRegularError, TooLongError, leads_out, read_regular_file
from gru_lint.suppression.baseline import BaselineError, read_baseline

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes, devices and links as POSIX has them")

_SPECIAL: list[tuple[str, Callable[[Path], object], str]] = [
    ("pipe", os.mkfifo, "it is a pipe, not a regular file"),
    ("link to a device", lambda path: path.symlink_to("/dev/zero"), "it is a device, not a regular file"),
    ("link to a terminal", lambda path: path.symlink_to("/dev/tty"), "it is a device, not a regular file"),
    ("endless file", lambda path: _sparse(path, 2**40), "it is longer than"),
]
by_kind = pytest.mark.parametrize(("plant", "reason"), [pytest.param(*case[1:], id=case[0]) for case in _SPECIAL])


def _sparse(path: Path, n_bytes: int) -> None:
    with path.open("wb") as file:
        file.truncate(n_bytes)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with a text, and a file of the user's beside it."""
    (tmp_path / "secret.toml").write_text("", encoding="utf-8")
    (tmp_path / "secret.md").write_text("The king hurt herself.", encoding="utf-8")
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    (project / "docs").mkdir()
    (project / "docs" / "a.md").write_text("She left.", encoding="utf-8")
    return project


def found(folder: Path) -> list[str]:
    """The files that are found in a folder and why others are not, as they are told with names from there on."""
    results = find_files([folder], ConfigFinder())
    return [str(one.path if isinstance(one, FoundFile) else one).replace(f"{folder}/", "") for one in results]


@by_kind
def test_a_configuration_file(project: Path, plant: Callable[[Path], object], reason: str) -> None:
    plant(project / "gru-lint.toml")
    told = "it is a link that leads out of" if (project / "gru-lint.toml").is_symlink() else reason
    with pytest.raises(ConfigError, match=rf"gru-lint\.toml: cannot be read \({told}"):
        ConfigFinder().settings_for(project / "docs" / "a.md")
    with pytest.raises(ConfigError, match=rf"gru-lint\.toml: cannot be read \({reason}"):
        ConfigFinder({}, project / "gru-lint.toml")


@by_kind
def test_a_file_that_a_configuration_extends(project: Path, plant: Callable[[Path], object], reason: str) -> None:
    plant(project.parent / "base.toml")
    (project / "gru-lint.toml").write_text('extend = "../base.toml"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"base\.toml: cannot be read \({reason}"):
        ConfigFinder().settings_for(project / "a.md")


@by_kind
@pytest.mark.parametrize("name", [".gitignore", "docs/.gitignore", ".git/info/exclude"])
def test_an_ignore_file(project: Path, name: str, plant: Callable[[Path], object], reason: str) -> None:
    (project / ".git" / "info").mkdir()
    plant(project / name)
    told = f"it is a link that leads out of {project}" if (project / name).is_symlink() else reason
    lines = found(project)
    lines.remove("docs/a.md")
    assert len(lines) == 1
    assert re.fullmatch(rf"{re.escape(name)}: cannot be read \({re.escape(told)}.*\)", lines[0])


@by_kind
def test_the_file_that_says_where_git_keeps_its_own(
    project: Path, plant: Callable[[Path], object], reason: str
) -> None:
    (project / ".git").rmdir()
    plant(project / ".git")
    assert found(project) == ["docs/a.md"]


@by_kind
def test_a_baseline(project: Path, plant: Callable[[Path], object], reason: str) -> None:
    plant(project / "baseline.json")
    with pytest.raises(BaselineError, match=rf"baseline\.json: cannot be read \({reason}"):
        read_baseline(project / "baseline.json")


@by_kind
def test_a_text_that_is_named(project: Path, plant: Callable[[Path], object], reason: str) -> None:
    plant(project / "b.md")
    with pytest.raises(FileError, match=reason.replace("it is longer", "is longer")):
        read_text(project / "b.md")


def test_a_text_that_is_found_is_not_read_through_a_link_out_of_the_project(project: Path) -> None:
    (project / "docs" / "b.md").symlink_to("../../secret.md")
    (project / "docs" / "c.md").symlink_to("a.md")
    (project / "readme.md").symlink_to("docs/a.md")
    told = f"b.md: is a link that leads out of {project}; name the file to check it"
    assert found(project / "docs") == ["a.md", told]
    assert read_text(project / "docs" / "b.md") == "The king hurt herself."


def test_a_file_is_written_through_a_link_only_inside_what_was_named(project: Path) -> None:
    (project / "readme.md").write_text("She left.", encoding="utf-8")
    out, inside = project / "docs" / "b.md", project / "docs" / "c.md"
    out.symlink_to("../readme.md")
    inside.symlink_to("a.md")
    docs = project / "docs"
    for path, named, wanted in (
        (docs / "a.md", [docs], True),
        (inside, [docs], True),
        (out, [docs], False),
        (out, [project], True),
        (out, [docs, out], True),
    ):
        assert is_writable_link(path, named) is wanted, (path, named)


def test_a_configuration_is_read_through_a_link_only_inside_the_project(project: Path) -> None:
    (project / "docs" / "base.toml").write_text("min-confidence = 0.5\n", encoding="utf-8")
    (project / "gru-lint.toml").symlink_to("docs/base.toml")
    assert ConfigFinder().settings_for(project / "a.md").min_confidence
    (project / "docs" / "gru-lint.toml").symlink_to("../../secret.toml")
    with pytest.raises(ConfigError, match="it is a link that leads out of"):
        ConfigFinder().settings_for(project / "docs" / "a.md")
    # By its name it is asked for.
    ConfigFinder({}, project / "docs" / "gru-lint.toml")


def test_a_workspace_that_is_not_trusted_extends_nothing_outside_the_project(project: Path) -> None:
    (project / "base.toml").write_text("", encoding="utf-8")
    (project / "link.toml").symlink_to("../secret.toml")
    for extended, is_fine in (("base.toml", True), ("../secret.toml", False), ("~/base.toml", False)):
        (project / "gru-lint.toml").write_text(f'extend = "{extended}"\n', encoding="utf-8")
        finder = ConfigFinder(is_trusted=False)
        if is_fine:
            finder.settings_for(project / "a.md")
            continue
        with pytest.raises(ConfigError, match=r"gru-lint\.toml:1: extend: .* and the workspace is not trusted"):
            finder.settings_for(project / "a.md")
    (project / "gru-lint.toml").write_text('extend = "../secret.toml"\n', encoding="utf-8")
    ConfigFinder().settings_for(project / "a.md")
    for is_trusted in (True, False):
        (project / "gru-lint.toml").write_text('extend = "link.toml"\n', encoding="utf-8")
        with pytest.raises(ConfigError, match=r"leads out of|lies outside"):
            ConfigFinder(is_trusted=is_trusted).settings_for(project / "a.md")


@pytest.mark.parametrize(
    "text", ["a" + ".a" * 200_000 + " = 1", "[" + "a . " * 200_000 + "a]", '"a"' + '."a"' * 200_000]
)
def test_a_key_of_many_parts_is_not_parsed_for_minutes(project: Path, text: str) -> None:
    (project / "gru-lint.toml").write_text(f"\n{text}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"gru-lint\.toml:2: a key of more than 100 parts"):
        ConfigFinder().settings_for(project / "a.md")


def test_a_regular_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\r\n\0" * 4)
    assert read_regular_file(path, 12) == b"\r\n\0" * 4
    with pytest.raises(TooLongError):
        read_regular_file(path, 11)
    with pytest.raises(IsADirectoryError):
        read_regular_file(tmp_path, 11)
    with pytest.raises(FileNotFoundError):
        read_regular_file(tmp_path / "b", 11)


def test_a_link_leads_out_only_where_it_is_written_as_one_that_lies_inside(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "out").symlink_to("..")
    (tmp_path / "in" / "loop").symlink_to("loop")
    (tmp_path / "way").symlink_to("in")
    assert leads_out(tmp_path / "in" / "out" / "a", tmp_path / "in")
    assert not leads_out(tmp_path / "in" / "loop", tmp_path / "in")
    assert not leads_out(tmp_path / "way" / "a", tmp_path / "way")
    assert not leads_out(tmp_path / "a", tmp_path / "in")
    (tmp_path / "in" / "a").symlink_to("../b")
    (tmp_path / "b").write_bytes(b"")
    with pytest.raises(NotRegularError, match="leads out of"):
        read_regular_file(tmp_path / "in" / "a", 10, tmp_path / "in")
