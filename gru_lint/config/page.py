"""What can be set, and what is: for people (`gru-lint config`) and for editors (schemas/gru-lint.json)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from gru_lint.config.discovery import Configuration
from gru_lint.config.settings import Option, options

# Where the schema can be read by everybody, as an editor is told in the first line of a gru-lint.toml.
SCHEMA_URL: Final = "https://raw.githubusercontent.com/gru-lint/gru-lint/main/schemas/gru-lint.json"
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_EXAMPLE = re.compile(r", such as (?P<example>.+)")


def configuration_page(configuration: Configuration, subject: str) -> str:
    """What holds for the files of a folder, as TOML; after each value stands where it comes from.

    subject  what it holds for, as the user named it
    """
    rows = []
    for value in configuration.values():
        key = ".".join(map(_key, value.keys))
        # TOML has no word for nothing: what is left as it is stands in a comment.
        default = next(option.default_text for option in options() if option.key == value.keys[0]).replace("`", "")
        written = f"{key} = {_toml(value.written)}" if value.origin != "default" else f"# {key}: {default}"
        rows.append((written, value.origin))
    width = max(len(written) for written, _ in rows)
    lines = [f"{written:{min(width, 60)}}  # {origin}" for written, origin in rows]
    files = [source.name for source in reversed(configuration.sources) if source.text]
    told = " extends ".join(files) or "no configuration file"
    return "\n".join([f"# {subject}: {told}", *lines, ""])


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        entries = ", ".join(f"{_key(key)} = {_toml(entry)}" for key, entry in value.items())
        return f"{{{entries}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


def keys_page() -> str:
    """Every key that can be set, as a table in Markdown."""
    rows = [
        f"| `{option.key}` | {_cell(option)} | {option.description} | {option.default_text} |\n" for option in options()
    ]
    return f"| key | value | what it does | default |\n| --- | --- | --- | --- |\n{''.join(rows)}"


def _cell(option: Option) -> str:
    return _EXAMPLE.sub(r", such as `\g<example>`", option.kind.expected)


def schema() -> str:
    """The JSON Schema of a gru-lint.toml, or of the table [tool.gru-lint] in a pyproject.toml; ends in a newline."""
    properties = {option.key: {"description": _description(option)} | option.kind.schema() for option in options()}
    document = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": SCHEMA_URL,
        "title": "gru-lint",
        "description": "Configuration of gru-lint, which finds pronouns that do not agree.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _description(option: Option) -> str:
    text = f"{option.description[0].upper()}{option.description[1:]}. Default: {option.default_text}."
    return text.replace("`", "")
