"""`gru-lint explain`."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gru_lint.cli import _settings as given
from gru_lint.cli._command import Command
from gru_lint.cli._errors import fail, one_of
from gru_lint.cli._output import COLOURS, check_output_file, wants_colour, write_bytes, write_file, write_text
from gru_lint.explain.formats import MissingPackageError, all_formats

if TYPE_CHECKING:
    from gru_lint.config.settings import Settings
    from gru_lint.explain.explanation import Explanation
    from gru_lint.linter import Linter
    from gru_lint.records import Span

_PLACE = re.compile(r"(?P<file>.+):(?P<row>[0-9]{1,9}):(?P<column>[0-9]{1,9})", re.DOTALL)
_USAGE = "say FILE:LINE:COLUMN, as check shows it: draft.md:3:108"


def explain(
    place: Annotated[
        str | None,
        typer.Argument(metavar="FILE:LINE:COLUMN", help="Where the pronoun stands, as check shows it."),
    ] = None,
    *,
    text: Annotated[str | None, typer.Option(metavar="<text>", help="A text instead of a file.")] = None,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="<line>:<column>",
            help="Where in the text; without it, the first pronoun that is flagged or else the first.",
        ),
    ] = None,
    output_format: Annotated[
        str,
        typer.Option(help=f"How it is shown: {', '.join(all_formats())}.", **one_of("format", all_formats)),
    ] = "text",
    output_file: Annotated[
        Path | None,
        typer.Option("--output-file", "-o", metavar="<file>", help="Write it into this file."),
    ] = None,
    color: Annotated[
        str,
        typer.Option(help="Whether text is coloured: auto, always or never.", **one_of("value", lambda: COLOURS)),
    ] = "auto",
    config_file: given.ConfigFile = None,
    isolated: given.Isolated = False,
) -> None:
    """Show how one pronoun is judged, right or wrong, and what the network remembers there.

    Shown are the probability of each pronoun, its antecedent, and for every word before it how much it wrote into the
    network's memory, how much of that is left, and how much the judgement depends on it.
    """
    if output_file is not None:
        check_output_file(output_file)
    if output_format == "png" and output_file is None and sys.stdout is not None and sys.stdout.isatty():
        fail("a picture is no text for a terminal: say where it is to be written, -o picture.png")
    _show(_explanation(place, text, at, config_file, isolated=isolated), output_format, output_file, color)


def _explanation(
    place: str | None, text: str | None, at: str | None, config_file: Path | None, *, isolated: bool
) -> Explanation:
    # Imported here, like all below: other commands do not need it.
    from gru_lint.config.discovery import ConfigError
    from gru_lint.explain.attribution import NoGatesError
    from gru_lint.explain.explanation import PlaceError, explain_text, pronoun_at
    from gru_lint.files.read import FileError, read_text
    from gru_lint.linter import linter_for
    from gru_lint.model.weights_path import WeightsError

    if (place is None) == (text is None):
        fail(f"{_USAGE}; or give a text with --text")
    if place is not None and at is not None:
        fail("--at goes with --text; of a file, the place stands after its name")
    try:
        name, row_and_column = _parted(place) if place is not None else (None, at and _numbers(at))
        settings = _settings(name, config_file, isolated=isolated)
        written = read_text(Path(name), settings) if name is not None else text or ""
        linter = linter_for(settings)
        span = pronoun_at(linter, written, name, *row_and_column) if row_and_column else _first(linter, written)
        return explain_text(linter, written, name, span)
    except (ConfigError, FileError, NoGatesError, WeightsError) as error:
        fail(error)
    except PlaceError as error:
        fail(f"{place or at or 'the text'}: {error}")


def _settings(name: str | None, config_file: Path | None, *, isolated: bool) -> Settings:
    """The settings of a file; for a text, those of the working directory. Raises `ConfigError`."""
    from gru_lint.config.discovery import ConfigFinder

    finder = ConfigFinder({}, config_file, is_isolated=isolated)
    return finder.settings_for(name or "text.txt")


def _parted(place: str) -> tuple[str, tuple[int, int]]:
    """The file's name, which may hold colons, and the row and column."""
    found = _PLACE.fullmatch(place)
    if found is None:
        fail(f'"{place}" says no place; {_USAGE}')
    return found["file"], (int(found["row"]), int(found["column"]))


def _numbers(written: str) -> tuple[int, int]:
    found = _PLACE.fullmatch(f"text:{written}")
    if found is None or found["file"] != "text":
        fail(f'"{written}" is no place in a text; say a line and a column, such as 3:108')
    return int(found["row"]), int(found["column"])


def _first(linter: Linter, text: str) -> Span:
    """The first pronoun that is flagged, or else the first that is judged. Raises `PlaceError`."""
    from gru_lint.explain.explanation import PlaceError, judged_pronouns

    flagged = next(linter.all_findings(text, None), None)
    if flagged is not None:
        return flagged.span
    judged = judged_pronouns(linter, text, None)
    if not judged:
        raise PlaceError("no pronoun of it is judged")
    return judged[0]


def _show(explanation: Explanation, output_format: str, output_file: Path | None, color: str) -> None:
    shown_as = all_formats()[output_format]
    render = shown_as.render
    in_colour = shown_as.render_coloured is not None and wants_colour(color, output_file)
    if shown_as.render_coloured is not None and in_colour:
        render = shown_as.render_coloured
    try:
        content = render(explanation)
    except MissingPackageError as error:
        fail(error)
    if output_file is not None:
        write_file(output_file, content)
    elif shown_as.render_coloured is not None and isinstance(content, str):
        write_text(content, in_colour=in_colour)
    else:
        write_bytes(content)


COMMAND = Command(
    explain,
    """\
gru-lint explain draft.md:3:108                                     a pronoun of a file, where check has it
gru-lint explain --text "Mary lost his hat."                        the pronoun of a text
gru-lint explain draft.md:3:108 --output-format html -o page.html   the same as a page
""",
)
