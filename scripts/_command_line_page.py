"""docs/cli.md, out of what `--help` shows; `scripts/generate` writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer
from typer.main import get_command

from gru_lint.cli import application

_INTRODUCTION = """\
# Command line

Written by `scripts/generate` from what `gru-lint --help` shows; do not edit. [reports.md](reports.md) tells
what the output formats are for, [configuration.md](configuration.md) what can be set in a file.
"""
_HEADING = re.compile(r"\[bold\](.*?)\[/bold\]")
# Lines of two columns, as the help has them for exit codes and examples.
_COLUMNS = re.compile(r"\S.*? {2,}\S")


def page() -> str:
    """The whole page as Markdown."""
    group: Any = get_command(application)
    context = typer.Context(group, info_name="gru-lint")
    blocks = [_INTRODUCTION, *_blocks(group, context)]
    for name, command in sorted(group.commands.items()):
        blocks.append(f"## gru-lint {name}\n")
        blocks += _blocks(command, typer.Context(command, info_name=name, parent=context))
    return "\n".join(blocks)


def _blocks(command: Any, context: typer.Context) -> Iterator[str]:
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"```text\n{context.command_path} {usage}\n```\n"
    yield from _prose(command.help)
    panels: dict[str, list[Any]] = {}
    for parameter in command.params:
        kind = "Arguments" if parameter.param_type_name == "argument" else "Options"
        panels.setdefault(parameter.rich_help_panel or kind, []).append(parameter)
    for panel, parameters in panels.items():
        rows = "".join(_row(parameter) for parameter in parameters)
        yield f"| {panel.lower()} | |\n| --- | --- |\n{rows}"
    yield from _prose(command.epilog or "")


def _row(parameter: Any) -> str:
    """A line of the table: how it is written, what it does, what holds without it."""
    names = sorted(parameter.opts, key=len)
    if parameter.param_type_name == "argument":
        written = parameter.metavar or parameter.name
    else:
        written = ", ".join(names) + (f" {parameter.metavar}" if parameter.metavar else "")
    shown = parameter.show_default if isinstance(parameter.show_default, str) else parameter.default
    default = f" Default: {shown}." if isinstance(shown, str) and shown else ""
    return f"| `{written}` | {parameter.help}{default} |\n"


def _prose(text: str) -> Iterator[str]:
    """The paragraphs of a help text; those in columns keep their lines."""
    for paragraph in text.strip().split("\n\n"):
        heading = _HEADING.fullmatch(paragraph.strip())
        if heading:
            yield f"**{heading[1]}**\n"
        elif all(map(_COLUMNS.match, paragraph.splitlines())) and paragraph:
            yield f"```text\n{paragraph}\n```\n"
        elif paragraph:
            yield f"{' '.join(paragraph.split())}\n"
