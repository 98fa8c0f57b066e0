"""What `--fix`, `--diff` and `--interactive` do with the findings."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from gru_lint.check.apply import Decision, Questions, ask_person, diff_of, write_fixed
from gru_lint.check.batch import CheckResult
from gru_lint.cli._errors import fail, print_error
from gru_lint.cli._output import write_bytes, write_text
from gru_lint.files.find import STANDARD_INPUT, is_writable_link
from gru_lint.files.write import WriteError, remove_leftovers
from gru_lint.records import Finding
from gru_lint.report import CheckedFile, Report, all_formats, counted


class Fixed(NamedTuple):
    """Files after fixing with the findings that are left, and how many were fixed.

    failures  why files could not be written, a line each
    """

    files: tuple[CheckedFile, ...]
    n_fixed: int
    failures: tuple[str, ...] = ()


def show_diff(checked: Sequence[CheckResult]) -> int:
    """Shows what `--fix` would change; returns how many findings it would fix."""
    n_fixed = 0
    for entry in checked:
        if entry.fixed:
            show_hunks(diff_of(entry.task.name, entry.text, entry.fixed.text))
            n_fixed += len(entry.fixed.edits)
    return n_fixed


def show_hunks(diff: str) -> None:
    """Writes a diff: unaltered for programs, without characters that move the cursor for people."""
    if sys.stdout is not None and sys.stdout.isatty():
        write_text(diff)
    elif os.environ.get("GITHUB_ACTIONS") == "true":
        # In its log, a line of the text could be a command. git and patch ignore lines before the header.
        mark = secrets.token_hex(16)
        write_bytes(f"::stop-commands::{mark}\n{diff}::{mark}::\n")
    else:
        write_bytes(diff)


def write_fixes(checked: Sequence[CheckResult], named: Sequence[Path]) -> Fixed:
    """Writes the fixes that need no question; the text of standard input goes to standard output.

    named  the files and folders that the user named; no link in them is written through that leads out of them
    """
    files, failures, n_fixed = [], [], 0
    _remove_leftovers(checked)
    for entry in checked:
        task, fixed = entry.task, entry.fixed
        try:
            if task.path == STANDARD_INPUT and task.content is not None:
                write_bytes(fixed.text if fixed else task.content.decode())
            else:
                if fixed:
                    check_link(task.path, named)
                if note := write_fixed(entry):
                    print_error(note)
        except WriteError as error:
            print_error(error)
            failures.append(str(error))
            fixed = None
        files.append(entry.file(fixed.text, fixed.remaining) if fixed else entry.file())
        n_fixed += len(fixed.edits) if fixed else 0
    return Fixed(tuple(files), n_fixed, tuple(failures))


def check_link(path: Path, named: Sequence[Path]) -> None:
    """Raises `WriteError` for a link that was found in a folder and leads out of it."""
    if not is_writable_link(path, named):
        raise WriteError(
            f"{path}: is a link out of the folder that was named; nothing was written, name the file itself"
        )


def _remove_leftovers(checked: Sequence[CheckResult]) -> None:
    """Removes the temporary files that killed runs have left beside the files."""
    for folder in {entry.task.path.resolve().parent for entry in checked if entry.task.path != STANDARD_INPUT}:
        remove_leftovers(folder)


def fix_by_asking(checked: Sequence[CheckResult], named: Sequence[Path], *, in_colour: bool) -> Fixed:
    """Asks about one finding after the other. Ctrl-C raises KeyboardInterrupt; every answer is written by then."""
    if sys.stdin is None:
        fail("--interactive asks, and standard input is closed")
    files, failures = [], []
    questions = Questions()
    _remove_leftovers(checked)
    for entry in checked:
        remaining: Sequence[Finding] | None = None
        if entry.task.is_packed:
            files.append(entry.file())
            continue
        try:
            if entry.findings:
                check_link(entry.task.path, named)
            remaining = questions.fix(entry, _asking(entry, in_colour=in_colour))
        except WriteError as error:
            print_error(error)
            failures.append(str(error))
        except KeyboardInterrupt:
            write_text(f"\n{_count(questions.n_fixed)}\n")
            raise
        files.append(entry.file(findings=remaining))
    for note in questions.notes:
        print_error(note)
    return Fixed(tuple(files), questions.n_fixed, tuple(failures))


def _asking(entry: CheckResult, *, in_colour: bool) -> Callable[[Finding, Callable[[str], bool]], Decision]:
    """Shows a finding and asks what is to be done about it."""

    def ask(finding: Finding, fits: Callable[[str], bool]) -> Decision:
        report = Report((entry.file(findings=(finding,)),), Path(), in_colour=in_colour)
        write_text(all_formats()["full"].render(report).rstrip("\n") + "\n", in_colour=in_colour)
        answer = ask_person(finding, fits, input, write_text)
        write_text("\n")
        return answer

    return ask


def _count(n_fixed: int) -> str:
    return f"Fixed {counted(n_fixed, 'finding')}."
