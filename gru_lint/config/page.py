"""The settings in force for people (`gru-lint config`), and the schema for editors (schemas/gru-lint.json)."""

from __future__ import annotations

import json
import re
from typing import Final

from gru_lint.config.discovery import Configuration
from gru_lint.config.settings import Option, options
from gru_lint.sanitize import escape_json, escape_unprintable

# The public address of the schema; the first line of a gru-lint.toml names it for editors.
SCHEMA_URL: Final = "https://raw.githubusercontent.com/gru-lint/gru-lint/main/schemas/gru-lint.json"
_EXAMPLE = re.compile(r", such as (?P<example>.+)")


def configuration_page(configuration: Configuration, subject: str) -> str:
    """The configuration of the files in a folder as TOML, with the origin of each value in a comment.

    subject  the file or folder that it applies to, as the user named it
    """
    # Imported here: it takes a while, and other commands do not need it.
    import tomlkit

    rows = []
    for value in configuration.values():
        key = tomlkit.key(value.keys).as_string()
        # TOML has no null: a key that is not set stands in a comment.
        default = next(option.default_text for option in options() if option.key == value.keys[0]).replace("`", "")
        written = (
            f"{key} = {tomlkit.item(value.written).as_string()}" if value.origin != "default" else f"# {key}: {default}"
        )
        rows.append((escape_json(written), escape_unprintable(value.origin)))
    width = max(len(written) for written, _ in rows)
    lines = [f"{written:{min(width, 60)}}  # {origin}" for written, origin in rows]
    files = [source.name for source in reversed(configuration.sources) if source.text]
    chain = " extends ".join(files) or "no configuration file"
    return "\n".join([escape_unprintable(f"# {subject}: {chain}"), *lines, ""])


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
