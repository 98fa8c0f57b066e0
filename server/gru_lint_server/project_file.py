"""Edits of the project's configuration file that leave its formatting as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from gru_lint.config_files import FILE_NAME


class FileEdit(NamedTuple):
    """A configuration file before and after an edit; before is None where there is no such file yet."""

    path: Path
    before: str | None
    after: str


def ignoring(rule_code: str) -> Callable[[Any], None]:
    """The edit of the table [tool.gru-lint] after which a rule is ignored."""

    def edit(table: Any) -> None:
        ignored = table.get("ignore")
        if ignored is None:
            table["ignore"] = [rule_code]
        elif rule_code not in ignored:
            ignored.append(rule_code)

    return edit


def declaring(name: str, pronouns: str) -> Callable[[Any], None]:
    """The edit of the table [tool.gru-lint] after which a person's pronouns are declared."""

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

    nearest: tuple[Path, str] | None = None
    for folder in start.parents:
        path = folder / FILE_NAME
        text = read(path)
        if text is None:
            continue
        nearest = nearest or (path, text)
        if "gru-lint" in text and _has_table(text):
            nearest = path, text
            break
    if nearest is None and root is None:
        return None
    path, before = nearest or ((root or start) / FILE_NAME, None)
    try:
        document = tomlkit.parse(before or "")
        # A table that has none of its own keys needs no heading: [tool.gru-lint] alone is to be seen.
        tool = document.setdefault("tool", tomlkit.table(is_super_table=True))
        if "gru-lint" not in tool:
            tool["gru-lint"] = tomlkit.table()
        edit(tool["gru-lint"])
        after = tomlkit.dumps(document)
    except (TOMLKitError, TypeError, AttributeError, ValueError):
        return None
    return FileEdit(path, before, after)


def _has_table(text: str) -> bool:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document: Any = tomlkit.parse(text)
        return "gru-lint" in document.get("tool", {})
    except (TOMLKitError, TypeError):
        return False
