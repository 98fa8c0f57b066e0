"""`gru-lint config`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from gru_lint.cli import _settings as given
from gru_lint.cli._command import Command
from gru_lint.cli._errors import fail
from gru_lint.cli._output import write_bytes, write_text
from gru_lint.config.discovery import ConfigError, ConfigFinder
from gru_lint.config.page import configuration_page, keys_page, schema


def config(
    file: Annotated[
        Path,
        typer.Argument(help="A file, which need not exist, or a folder.", show_default="the current directory"),
    ] = Path(),
    *,
    show_keys: Annotated[bool, typer.Option("--keys", help="Show every key that can be set, as Markdown.")] = False,
    show_schema: Annotated[bool, typer.Option("--schema", help="Show the JSON Schema of the configuration.")] = False,
    min_confidence: given.MinConfidence = None,
    select: given.Select = None,
    ignore: given.Ignore = None,
    report_unused_ignores: given.UnusedIgnores = False,
    exclude: given.Exclude = None,
    force_exclude: given.ForceExclude = False,
    no_ignore: given.NoIgnore = False,
    extension: given.Extension = None,
    config_file: given.ConfigFile = None,
    isolated: given.Isolated = False,
) -> None:
    """Show what is set for a file, and where each value comes from.

    The options are those of check, so that it can be seen what they change.
    """
    if show_schema:
        write_bytes(schema())
        return
    if show_keys:
        write_text(keys_page())
        return
    keys = given.command_line_keys(
        min_confidence=min_confidence,
        select=select,
        ignore=ignore,
        unused_ignores=report_unused_ignores,
        exclude=exclude,
        force_exclude=force_exclude,
        no_ignore=no_ignore,
        extension=extension,
    )
    try:
        finder = ConfigFinder(keys, config_file, is_isolated=isolated)
        absolute = Path(os.path.abspath(file))  # noqa: PTH100
        folder = absolute if file.is_dir() else absolute.parent
        write_text(configuration_page(finder.configuration_in(str(folder)), str(file)))
    except ConfigError as error:
        fail(error)


COMMAND = Command(
    config,
    """\
gru-lint config                    what is set in this folder
gru-lint config chapters/one.md    what is set for a file
gru-lint config --keys             what can be set
""",
)
