"""Accepting all present findings: by suppression comments in the texts, or by a baseline file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from gru_lint.check.add_ignores import with_ignores
from gru_lint.check.batch import unread_lines
from gru_lint.check.check import CheckOptions
from gru_lint.cli._errors import COULD_NOT_CHECK, FOUND_NOTHING, FOUND_SOMETHING, fail, print_error
from gru_lint.cli._fixing import check_link
from gru_lint.cli._output import write_text
from gru_lint.extract import noting_unread
from gru_lint.files.find import STANDARD_INPUT, find_files, read_found
from gru_lint.files.read import FileError
from gru_lint.files.write import WriteError, remove_leftovers, write_file
from gru_lint.report import CheckedFile, counted
from gru_lint.sanitize import escape_unprintable
from gru_lint.suppression.baseline import Baseline, BaselineError, new_baseline, read_baseline


def add_ignores(options: CheckOptions) -> int:
    """Writes suppression comments for all findings, and says for which it could not; returns the exit code."""
    if STANDARD_INPUT in options.paths:
        fail("--add-ignores writes files: it cannot write standard input")
    n_silenced = n_files = 0
    code = FOUND_NOTHING
    config = options.finder()
    cleaned: set[Path] = set()
    for found in find_files(options.paths, config):
        try:
            if isinstance(found, FileError):
                raise found
            text = read_found(found)
            if text is None:
                continue
            name = str(found.path)
            if (folder := found.path.resolve().parent) not in cleaned:
                cleaned.add(folder)
                remove_leftovers(folder)
            settings = config.settings_for(name)
            with noting_unread() as noted:
                adopted = with_ignores(text, name, settings)
            # Only the first reading is of the file as it is; later ones are of the text with comments.
            for line in unread_lines(noted[:1], text, settings):
                print_error(f"{name}:{line}")
                code = COULD_NOT_CHECK
            if adopted.text != text:
                check_link(found.path, options.paths)
                if note := write_file(found.path, adopted.text.encode(), expected=text.encode()):
                    print_error(note)
                n_files += 1
        except (FileError, WriteError) as error:
            print_error(error)
            code = COULD_NOT_CHECK
            continue
        for note in adopted.notes:
            print_error(f"{name}: {note}")
        if adopted.n_left:
            code = max(code, FOUND_SOMETHING)
        n_silenced += adopted.n_silenced
    write_text(f"Silenced {counted(n_silenced, 'finding')} in {counted(n_files, 'file')}.\n")
    return code


def without_accepted(files: Iterable[CheckedFile], path: Path) -> list[CheckedFile]:
    """The files with the findings that a baseline does not accept."""
    baseline = _read(path)
    left = [replace(file, findings=baseline.new(file.filename, file.text, file.findings)) for file in files]
    if baseline.n_gone:
        gone = "is" if baseline.n_gone == 1 else "are"
        print_error(
            f"{path}: {counted(baseline.n_gone, 'accepted finding')} {gone} gone; write it again to forget them"
        )
    return left


def write_baseline(files: Iterable[CheckedFile], path: Path) -> str:
    """Accepts all findings, and keeps those accepted in other files that still exist; returns a line that says so."""
    baseline = _read(path) if path.exists() else new_baseline(path)
    baseline.forget_missing()
    for file in files:
        baseline.accept(file.filename, file.text, file.findings)
    try:
        return f"Accepted {counted(baseline.write(path), 'finding')} in {escape_unprintable(str(path))}.\n"
    except WriteError as error:
        fail(error)


def _read(path: Path) -> Baseline:
    try:
        return read_baseline(path)
    except BaselineError as error:
        fail(error)
