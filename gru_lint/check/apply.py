"""Fixes applied to files: shown as a diff, written, or asked about one finding at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import unified_diff
from typing import NamedTuple

from gru_lint.check.batch import CheckResult
from gru_lint.check.fixes import apply_edits, is_sure, without_touching_markup
from gru_lint.files.write import write_file
from gru_lint.records import Edit, Finding
from gru_lint.sanitize import quoted_path

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def diff_of(name: str, before: str, after: str) -> str:
    """What changes in a file, as `patch` and `git apply` read it; "" for nothing."""
    # `splitlines` would also split at characters that end no line for `patch`.
    shown = quoted_path(name)
    lines = unified_diff(_LINE.findall(before), _LINE.findall(after), shown, shown)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def write_fixed(checked: CheckResult) -> str | None:
    """Writes the fixed text of a file; returns a note for the user, if there is any.

    Raises `WriteError`, also where the file has changed since it was checked.
    """
    if checked.fixed is not None and checked.fixed.edits:
        return write_file(checked.task.path, checked.fixed.text.encode(), checked.text.encode())
    return None


class Decision(NamedTuple):
    """A person's answer about one finding.

    written  the word to write in its place; None to leave it
    to_all   whether all later findings are fixed without asking, as by --fix
    is_last  whether all later findings are left as they are
    """

    written: str | None = None
    to_all: bool = False
    is_last: bool = False


# Takes a finding, and a function that says whether a word can stand in its place without touching markup.
Ask = Callable[[Finding, Callable[[str], bool]], Decision]


class Questions:
    """Asks about the findings of one file after the other, and fixes those that the person wants fixed.

    Every answer is written before the next question, so that no answer is lost, however the run ends.
    """

    def __init__(self) -> None:
        self._last = Decision()
        self.n_fixed = 0
        # Notes for the user about the files that were written.
        self.notes: list[str] = []

    def fix(self, checked: CheckResult, ask: Ask) -> tuple[Finding, ...]:
        """Asks about each finding of a file; returns those that are left. Stops at the first `WriteError`."""
        edits: list[Edit] = []
        remaining = []
        content = checked.text.encode()
        for finding in checked.findings:
            edit = self._edit(checked, finding, ask, edits)
            if edit is None:
                remaining.append(finding)
                continue
            edits = sorted([*edits, edit])
            after = apply_edits(checked.text, edits).encode()
            if note := write_file(checked.task.path, after, content):
                self.notes.append(note)
            content = after
            self.n_fixed += 1
        return tuple(remaining)

    def _edit(self, checked: CheckResult, finding: Finding, ask: Ask, edits: Sequence[Edit]) -> Edit | None:
        span, settings = finding.span, checked.task.settings
        name = settings.effective_filename(checked.task.name)

        def fits(word: str) -> bool:
            kept = without_touching_markup(
                checked.text, name, sorted([*edits, Edit(span, word)]), text_keys=settings.text_keys
            )
            return len(kept) > len(edits)

        if self._last.is_last or any(edit.span.overlaps(span) for edit in edits):
            return None
        if self._last.to_all:
            word = finding.replacements[0] if is_sure(finding, checked.text, settings) else None
        else:
            self._last = ask(finding, fits)
            word = self._last.written
        return Edit(span, word) if word is not None and fits(word) else None


_HELP_WITHOUT = """\
  n  leave it as it is
  o  write another word
  q  leave this and everything that follows
"""
_HELP = f"""\
  y  write {{best}}
  a  write it, and whatever else --fix would write
{_HELP_WITHOUT}"""


def ask_person(
    finding: Finding, fits: Callable[[str], bool], read: Callable[[str], str], tell: Callable[[str], object]
) -> Decision:
    """A person's answer about a finding that was just shown; at the end of the input, all later findings are left.

    read  returns a line after a prompt; may raise EOFError
    tell  shows a text
    """
    offered = [word for word in finding.replacements if fits(word)]
    best = f'"{offered[0]}"' if offered else ""
    others = "".join(f"{number} {word}, " for number, word in enumerate(offered[1:], 2))
    question = f"Write {best} instead?" if offered else "No word is known that fits."
    choices = "y yes, n no, a all, " if offered else "n no, "
    by_number = {str(number): word for number, word in enumerate(offered, 1)}
    try:
        while True:
            answer = read(f"{question} [{choices}{others}o other, q quit] ").strip().lower()
            if answer in ("n", "no"):
                return Decision()
            if answer in ("q", "quit"):
                return Decision(is_last=True)
            if offered and answer in ("y", "yes"):
                return Decision(offered[0])
            if offered and answer in ("a", "all"):
                return Decision(offered[0], to_all=True)
            if answer in by_number:
                return Decision(by_number[answer])
            if answer in ("o", "other"):
                word = read("Write: ").strip()
                if word and fits(word):
                    return Decision(word)
                tell(f'"{word}" cannot be written there: one word that is no markup is wanted.\n')
            else:
                tell(_HELP.format(best=best) if offered else _HELP_WITHOUT)
    except EOFError:
        tell("\n")
        return Decision(is_last=True)
