"""What the project says of itself in several places: its version, address, Pythons and public names."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

import gru_lint
from gru_lint.rules._page import HOME_URL

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_ROOT = Path(__file__).parents[2]
_PROJECT: dict[str, Any] = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
_README = (_ROOT / "README.md").read_text(encoding="utf-8")
_PYTHONS = [
    known[1]
    for classifier in _PROJECT["classifiers"]
    if (known := re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", classifier))
]


def test_the_version_stands_in_one_place_and_the_extension_has_the_same() -> None:
    assert _PROJECT["dynamic"] == ["version"]
    for name in ("package.json", "package-lock.json"):
        extension = json.loads((_ROOT / "vscode-client" / name).read_text(encoding="utf-8"))
        assert extension["version"] == gru_lint.__version__, f"vscode-client/{name}: npm version {gru_lint.__version__}"


@pytest.mark.parametrize("changelog", ["CHANGELOG.md", "vscode-client/CHANGELOG.md"])
def test_the_newest_section_of_a_changelog_is_this_version_or_unreleased(changelog: str) -> None:
    text = (_ROOT / changelog).read_text(encoding="utf-8")
    newest = re.search(r"^## \[?([^\]\s]+)", text, re.MULTILINE)
    assert newest is not None
    assert newest[1] in ("Unreleased", gru_lint.__version__)


def test_the_project_has_one_address() -> None:
    urls = [*_PROJECT["urls"].values(), *re.findall(r"https://github\.com/gru-lint/[\w-]+", _README)]
    assert urls
    for url in urls:
        assert url == HOME_URL or url.startswith(f"{HOME_URL}/"), "gru_lint/rules/_page.py holds the address"


def test_the_links_of_the_readme_work_on_pypi_and_lead_to_files() -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$", _README, re.MULTILINE)
    assert len(targets) > 15
    named = set(re.findall(r"\[([\w./-]+\.\w+)\](?!:)", _README))
    assert named <= set(re.findall(r"^\[([^\]]+)\]: ", _README, re.MULTILINE)), "give it an address at the end"
    for target in map("".join, targets):
        assert target.startswith("https://"), f"{target}: PyPI shows the README without the repository around it"
        if target.startswith(f"{HOME_URL}/blob/main/"):
            place = target.removeprefix(f"{HOME_URL}/blob/main/").partition("#")[0]
            assert (_ROOT / place).exists(), target


def test_the_pythons_are_those_that_the_documents_name() -> None:
    assert _PROJECT["requires-python"] == f">={_PYTHONS[0]}"
    for page in ("README.md", "docs/index.md"):
        assert f"Python {_PYTHONS[0]} to {_PYTHONS[-1]}" in (_ROOT / page).read_text(encoding="utf-8"), page


def test_the_library_is_what_its_page_says() -> None:
    page = (_ROOT / "docs" / "library.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)", page, re.MULTILINE)
    assert sorted(listed) == sorted(gru_lint.__all__), "docs/library.md has a row for each name of gru_lint.__all__"
    for name in gru_lint.__all__:
        assert hasattr(gru_lint, name)
