"""Edits of the project's configuration file that leave its formatting as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from gru_lint.config.discovery import FILE_NAMES
from gru_lint.config.source import outer_keys

# The file that is begun in a project without a configuration file.
_BEGUN = "gru-lint.toml"


class FileEdit(NamedTuple):
    """A configuration file before and after an edit; before is None where there is no such file yet."""

    path: Path
    before: str | None
    after: str


def ignoring(rule_code: str) -> Callable[[Any], None]:
    """The edit of our table after which a rule is ignored."""

    def edit(table: Any) -> None:
        ignored = table.get("ignore")
        if ignored is None:
            table["ignore"] = [rule_code]
        elif rule_code not in ignored:
            ignored.append(rule_code)

    return edit


def declaring(name: str, pronouns: str) -> Callable[[Any], None]:
    """The edit of our table after which a person's pronouns are declared."""

    def edit(table: Any) -> None:
        import tomlkit

        if "pronouns" not in table:
            table["pronouns"] = tomlkit.table()
        table["pronouns"][name] = pronouns

    return edit


def edited_project(
    start: Path, root: Path | None, read: Callable[[Path], str | None], edit: Callable[[Any], None]
) -> FileEdit | None:
    """The edit of the configuration file that holds for a path; None where it is no TOML, or has no place.

    root  where a file is begun if there is none above `start`
    read  the text of a file, as the editor has it; None where there is none
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    found = _nearest(start, read)
    if found is None and root is None:
        return None
    path, before = found or ((root or start) / _BEGUN, None)
    try:
        document = tomlkit.parse(before or "")
        table: Any = document
        *outer, last = outer_keys(path) or ("",)
        for key in outer:
            # A table that has none of its own keys needs no heading: [tool.gru-lint] alone is to be seen.
            table = table.setdefault(key, tomlkit.table(is_super_table=True))
        if last:
            table = table.setdefault(last, tomlkit.table())
        edit(table)
        after = tomlkit.dumps(document)
    except (TOMLKitError, TypeError, AttributeError, ValueError):
        return None
    return FileEdit(path, before, after)


def _nearest(start: Path, read: Callable[[Path], str | None]) -> tuple[Path, str] | None:
    """The file that holds for a path and its text; the nearest pyproject.toml where none has a table of ours."""
    begun: tuple[Path, str] | None = None
    for folder in start.parents:
        for name in FILE_NAMES:
            path = folder / name
            text = read(path)
            if text is None:
                continue
            if not outer_keys(path) or ("gru-lint" in text and _has_table(text)):
                return path, text
            begun = begun or (path, text)
    return begun


def _has_table(text: str) -> bool:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document: Any = tomlkit.parse(text)
        return "gru-lint" in document.get("tool", {})
    except (TOMLKitError, TypeError):
        return False
