"""The options that override configuration files, and those that choose which file is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from gru_lint.config.settings import SettingsError, read_confidence

_RULES, _FILES, _CONFIGURATION = "Rules", "Files", "Configuration"


def _read_confidence(written: str) -> float:
    try:
        return read_confidence(float(written), ("--min-confidence",))
    except (ValueError, SettingsError):
        raise typer.BadParameter(f"{written!r} is not a number from 0 to 1") from None


MinConfidence = Annotated[
    float | None,
    typer.Option(
        parser=_read_confidence,
        metavar="<0..1>",
        help="The least confidence of findings that are shown, of every rule; overrides calibration and configuration.",
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="<rules>",
        help="Enable these rules only: PA001,PA004, or all of PA.",
        rich_help_panel=_RULES,
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="<rules>", help="Disable these rules.", rich_help_panel=_RULES),
]
UnusedIgnores = Annotated[
    bool,
    typer.Option("--report-unused-ignores", help="Report comments that silence nothing.", rich_help_panel=_RULES),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude",
        metavar="<patterns>",
        help="Leave out of folders what these patterns match, written as in .gitignore; replaces what is configured.",
        rich_help_panel=_FILES,
    ),
]
ForceExclude = Annotated[
    bool,
    typer.Option(
        "--force-exclude", help="Leave out what is excluded or ignored even where it is named.", rich_help_panel=_FILES
    ),
]
NoIgnore = Annotated[
    bool,
    typer.Option("--no-ignore", help="Read also what is excluded, or ignored by git.", rich_help_panel=_FILES),
]
Extension = Annotated[
    list[str] | None,
    typer.Option(
        "--extension",
        metavar="<extension>:<language>",
        help="Look for files of another extension and read them as a language: mdx:markdown.",
        rich_help_panel=_FILES,
    ),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="<file>",
        help="Use this configuration file for everything, instead of the nearest.",
        rich_help_panel=_CONFIGURATION,
    ),
]
Isolated = Annotated[
    bool, typer.Option("--isolated", help="Look for no configuration file.", rich_help_panel=_CONFIGURATION)
]


def command_line_keys(
    *,
    min_confidence: float | None,
    select: Sequence[str] | None,
    ignore: Sequence[str] | None,
    unused_ignores: bool = False,
    exclude: Sequence[str] | None = None,
    force_exclude: bool = False,
    no_ignore: bool = False,
    extension: Sequence[str] | None = None,
) -> dict[str, object]:
    """The keys of a configuration file that the options above set; an option that is not given sets none."""
    keys: dict[str, object] = {}
    if no_ignore:
        keys |= {"respect-gitignore": False, "exclude": []}
    for key, listed in (("select", select), ("ignore", ignore), ("exclude", exclude)):
        if listed:
            keys[key] = [item.strip() for written in listed for item in written.split(",")]
    if extension:
        pairs = (written.partition(":") for written in extension)
        keys["extension"] = {called: language or "plaintext" for called, _, language in pairs}
    if min_confidence is not None:
        keys["min-confidence"] = min_confidence
    if unused_ignores:
        keys["report-unused-ignores"] = True
    if force_exclude:
        keys["force-exclude"] = True
    return keys
