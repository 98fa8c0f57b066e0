"""`gru-lint rename`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gru_lint.cli import _settings as given
from gru_lint.cli._command import Command
from gru_lint.cli._errors import fail, print_error, write_error
from gru_lint.cli._output import write_bytes

if TYPE_CHECKING:
    from gru_lint.people.rename import Renaming

_KEPT = "keep"


def rename(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The text; - is standard input.")],
    *,
    old: Annotated[
        str,
        typer.Option("--from", metavar="<name>", help="Who is renamed, as the text has the name: Mary, Mrs Watson."),
    ],
    new: Annotated[
        str | None, typer.Option("--to", metavar="<name>", help="The new name; without it only pronouns change.")
    ] = None,
    pronouns: Annotated[
        str | None,
        typer.Option(
            metavar="<pronouns>",
            help="The pronouns afterwards: he, she, they, xe/xem, or keep. By default those that go with the new name, "
            "if others go with the old one.",
        ),
    ] = None,
    unsure: Annotated[
        bool, typer.Option("--unsure", help="Change what should be looked at, too, and not only list it.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change, and write nothing.")] = False,
    config_file: given.ConfigFile = None,
    isolated: given.Isolated = False,
) -> None:
    """Give somebody another name or other pronouns throughout a text.

    The name changes wherever it stands, short forms and titles with it, and every pronoun that is judged to be that
    person's. What is uncertain is left as it is and listed, with whose it might be.
    """
    if new is None and pronouns in (None, _KEPT):
        fail('say what changes: a new name, --to "Martin", or --pronouns they')
    text = _read(file)
    renaming = _renaming(file, text, old, new, pronouns, config_file, isolated=isolated)
    after = renaming.text_after(text, unsure=unsure)
    if diff:
        # Imported here, as all below: other commands need not wait for it.
        from gru_lint.check.apply import diff_of
        from gru_lint.cli._fixing import show_hunks

        show_hunks(diff_of(str(file), text, after))
    else:
        _write(file, text, after)
    _report(file, text, renaming, "Would change" if diff else "Changed", unsure=unsure)


def _read(file: Path) -> str:
    from gru_lint.extract import format_of
    from gru_lint.files.find import STANDARD_INPUT
    from gru_lint.files.read import MAX_BYTES, FileError, decode, read_text

    if format_of(str(file)).unpack is not None:
        fail(f"{file}: is no text that can be changed in its place; save it as text first")
    try:
        if file != STANDARD_INPUT:
            return read_text(file)
        if sys.stdin is None:
            fail("standard input is closed")
        return decode(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input")
    except FileError as error:
        fail(error)


def _renaming(
    file: Path, text: str, old: str, new: str | None, pronouns: str | None, config_file: Path | None, *, isolated: bool
) -> Renaming:
    from gru_lint.config.discovery import ConfigError, ConfigFinder
    from gru_lint.files.find import STANDARD_INPUT
    from gru_lint.linter import linter_for
    from gru_lint.model.weights_path import WeightsError
    from gru_lint.people.chains import read_chains
    from gru_lint.people.rename import RenameError, find_person, pronouns_for, read_name, words_of
    from gru_lint.people.rename import rename as rename_person

    name = "text.txt" if file == STANDARD_INPUT else str(file)
    try:
        # Errors in the names are reported before the text is read.
        for written in (old, new):
            if written is not None:
                read_name(written)
        sets = pronouns_for(pronouns) if pronouns not in (None, _KEPT) and pronouns else None
        settings = ConfigFinder({}, config_file, is_isolated=isolated).settings_for(name)
        chains = read_chains(linter_for(settings), text, name, words_of(old))
        person = find_person(chains, old)
        return rename_person(chains, person, old if new else None, new, sets, keeps_pronouns=pronouns == _KEPT)
    except RenameError as error:
        fail(f"{file}: {error}")
    except (ConfigError, WeightsError) as error:
        fail(error)


def _write(file: Path, text: str, after: str) -> None:
    from gru_lint.files.find import STANDARD_INPUT
    from gru_lint.files.write import WriteError, write_file

    if file == STANDARD_INPUT:
        write_bytes(after)
        return
    if after == text:
        return
    try:
        if note := write_file(file, after.encode(), text.encode()):
            print_error(note)
    except WriteError as error:
        fail(error)


def _report(file: Path, text: str, renaming: Renaming, did: str, *, unsure: bool) -> None:
    """Writes to standard error how much has changed and what is to be looked at: standard output may be the text."""
    from gru_lint.lines import LineIndex
    from gru_lint.report import counted

    lines = LineIndex(text)
    doubtful = [change for change in renaming.changes if change.doubt is not None]
    for change in doubtful:
        row, column = lines.location(change.span.start)
        written = change.span.of(text)
        print_error(f'{file}:{row}:{column}: look at this one: "{written}" → "{change.edit.written}" {change.doubt}')
    n_changed = len(renaming.changes) - (0 if unsure else len(doubtful))
    left = "" if unsure or not doubtful else f"; {len(doubtful):,} to be looked at, which --unsure changes, too"
    write_error(f"{did} {counted(n_changed, 'word')}{left}.\n")


COMMAND = Command(
    rename,
    """\
gru-lint rename book.md --from Mary --to Martin --diff       what would change; nothing is written
gru-lint rename book.md --from "Mary Watson" --to "Sky Webb" --pronouns they
gru-lint rename letter.md --from "Mr Kim" --pronouns she     the name stays
""",
)
