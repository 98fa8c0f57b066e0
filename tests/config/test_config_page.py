"""What can be set, told in three ways: the schema, the page of keys, and `gru-lint config`, which is TOML again."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gru_lint.config.discovery import ConfigFinder
from gru_lint.config.page import configuration_page, keys_page, schema
from gru_lint.config.settings import SettingsError, options, read_settings

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_ROOT = Path(__file__).parents[2]
_DOCS = (_ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
_EXAMPLES = re.findall(r"```toml\n(.*?)```", _DOCS, re.DOTALL)


def validator() -> jsonschema.Draft7Validator:
    """What an editor holds a configuration file against."""
    document = json.loads(schema())
    jsonschema.Draft7Validator.check_schema(document)
    return jsonschema.Draft7Validator(document)


def test_the_published_schema_is_current() -> None:
    published = (_ROOT / "schemas" / "gru-lint.json").read_text(encoding="utf-8")
    assert published == schema(), "schemas/gru-lint.json is older than the code: scripts/generate"


def test_the_documentation_has_every_key() -> None:
    shown = re.search(r"<!-- keys -->\n(.*)<!-- end of keys -->", _DOCS, re.DOTALL)
    assert shown is not None
    assert shown[1].strip() == keys_page().strip(), "docs/configuration.md is older than the code: scripts/generate"


@pytest.mark.parametrize("example", _EXAMPLES)
def test_the_examples_of_the_documentation_can_be_read(example: str) -> None:
    table: dict[str, Any] = tomllib.loads(example)
    table = table.get("tool", {}).get("gru-lint") or table
    read_settings(table)
    validator().validate(table)


def test_the_examples_show_every_key() -> None:
    tables = [tomllib.loads(example) for example in _EXAMPLES]
    shown = {key for table in tables for key in (table.get("tool", {}).get("gru-lint") or table)}
    assert shown == {option.key for option in options()}, "docs/configuration.md: an example of every key"


@pytest.mark.parametrize(
    "table",
    [
        {"min-confidense": 1},
        {"min-confidence": 1.5},
        {"min-confidence": True},
        {"min-confidence": {"PA01": 1}},
        {"fix-confidence": {"all": "1"}},
        {"select": "PA001"},
        {"ignore": ["PA01"]},
        {"per-file-ignores": {"a": "PA001"}},
        {"severity": "grave"},
        {"severity": {"PA001": 1}},
        {"pronouns": ["they"]},
        {"pronouns": {"Alex": 1}},
        {"names": {"Robin": "they"}},
        {"exclude": "drafts"},
        {"exclude": [""]},
        {"languages": ["klingon"]},
        {"extension": {"mdx": "klingon"}},
        {"force-exclude": "yes"},
        {"respect-gitignore": 0},
        {"report-unused-ignores": None},
        {"extend": ""},
    ],
)
def test_the_schema_refuses_what_is_refused_when_it_is_read(table: dict[str, Any]) -> None:
    assert not validator().is_valid(table)
    with pytest.raises(SettingsError):
        read_settings(table)


def test_the_page_of_a_configuration_is_a_configuration(tmp_path: Path) -> None:
    table = {
        "select": ["PA001", "number-mismatch"],
        "min-confidence": {"PA001": 0.5, "all": 1},
        "per-file-ignores": {"a b/*.md": ["PA002"]},
        "pronouns": {'Zoë "Z" Kim': "they"},
        "force-exclude": True,
    }
    page = configuration_page(ConfigFinder(table, is_isolated=True).configuration_in(str(tmp_path)), "a.md")
    assert page.startswith("# a.md: no configuration file\n")
    assert tomllib.loads(page) == table
    for option in options():
        assert re.search(rf"^(# )?{option.key}\b", page, re.MULTILINE)
