"""Suppression comments: `<!-- gru-lint: ignore PA001 -->`, in the comment syntax of the text's format.

    gru-lint: ignore PA001, number-mismatch     beside text: on this line; alone: in the paragraph that follows
    gru-lint: ignore-line PA001                 on the line that follows a comment which stands alone
    gru-lint: off PA001                         from here on, to
    gru-lint: on PA001                          here, or the end of the file
    gru-lint: ignore-file PA001                 in the whole file

Without codes or names, a comment is for every rule. A reason may follow after a colon or two dashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from gru_lint.config.settings import Settings
from gru_lint.did_you_mean import hint, nearest
from gru_lint.extract import CommentSyntax, format_of
from gru_lint.lines import BLANK_LINE, end_of_line, start_of_line
from gru_lint.records import Finding, Span
from gru_lint.rules import UnknownRuleError, rule_called

MARK: Final = "gru-lint:"
_COMMANDS: Final = ("ignore", "ignore-line", "ignore-file", "off", "on")
_RULE = re.compile(r"[,\s]*(?P<rule>[^\W\d_][\w-]*)")
_NEXT_BLOCK = re.compile(r"\s*")
_UNUSED, _UNKNOWN = "IG001", "IG002"


class Word(NamedTuple):
    """A word of a comment and where it stands."""

    text: str
    span: Span


class Comment(NamedTuple):
    """A suppression comment; `rules` as they are written."""

    span: Span
    command: Word
    rules: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Suppression:
    """A stretch of text in which a rule, or every rule, is suppressed; and the word of the comment that does so."""

    start: int
    end: int
    rule: str | None
    word: Word

    def covers(self, finding: Finding) -> bool:
        """Whether it suppresses a finding. A bare `ignore` does not suppress findings about comments."""
        is_meant = self.rule == finding.name or (self.rule is None and not is_about_comments(finding))
        return is_meant and self.start <= finding.span.start < self.end


@dataclass(frozen=True, slots=True)
class Suppressions:
    """The suppressions of a text, and findings about comments with unknown words; false where there are neither."""

    found: tuple[_Suppression, ...] = ()
    unknown: tuple[Finding, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.found or self.unknown)

    def covers(self, finding: Finding) -> bool:
        """Whether any comment of the text suppresses a finding."""
        return any(suppression.covers(finding) for suppression in self.found)

    def touch(self, start: int, end: int) -> bool:
        """Whether any comment of the text may suppress a finding in a stretch of it."""
        return any(suppression.start < end and start < suppression.end for suppression in self.found)


_NONE: Final = Suppressions()


class Silencing:
    """Silences the findings in a text, and notes which comments do."""

    def __init__(self, suppressions: Suppressions) -> None:
        self._suppressions = suppressions
        self._unused = dict.fromkeys(suppressions.found)

    def is_silenced(self, finding: Finding) -> bool:
        """Whether any comment suppresses a finding; notes each that does."""
        covering = [suppression for suppression in self._suppressions.found if suppression.covers(finding)]
        for suppression in covering:
            self._unused.pop(suppression, None)
        return bool(covering)

    def about_comments(self, settings: Settings, *, is_complete: bool) -> Iterator[Finding]:
        """The findings about the comments themselves.

        is_complete  whether all findings were asked about; else it cannot be known yet which comments silence nothing
        """
        about_comments = list(self._suppressions.unknown)
        if settings.report_unused_ignores and is_complete:
            about_comments += [
                _unused(own) for own in self._unused if own.rule is None or settings.is_enabled(own.rule)
            ]
        for finding in about_comments:
            if settings.is_enabled(finding.name) and not self._suppressions.covers(finding):
                yield finding


def without_suppressed(
    findings: Iterable[Finding], text: str, filename: str | None, settings: Settings
) -> Iterator[Finding]:
    """The findings that no comment of the text silences, then those about the comments themselves.

    findings  all of the rules about the text
    """
    silencing = Silencing(find_suppressions(text, filename))
    yield from (finding for finding in findings if not silencing.is_silenced(finding))
    yield from silencing.about_comments(settings, is_complete=True)


def is_about_comments(finding: Finding) -> bool:
    """Whether a finding is about a suppression comment and not about the text."""
    return finding.code in (_UNUSED, _UNKNOWN)


def comment_syntax(filename: str | None) -> CommentSyntax | None:
    """How the format of a file writes comments; None where it has none, as plain text."""
    return format_of(filename).comments


def find_suppressions(text: str, filename: str | None) -> Suppressions:
    """The suppressions of a text; `filename` gives its comment syntax."""
    syntax = comment_syntax(filename)
    if syntax is None or MARK not in text:
        return _NONE
    comments = tuple(find_comments(text, syntax))
    return Suppressions(tuple(_suppressions(text, comments)), tuple(_unknown(comments)))


def find_comments(text: str, syntax: CommentSyntax) -> Iterator[Comment]:
    """The suppression comments of a text, in order."""
    if MARK not in text:
        return
    end_mark = rf"\s*{re.escape(syntax.end)}" if syntax.end else r"(?=[\r\n]|$)"
    comment = re.compile(
        rf"{re.escape(syntax.start)}\s*{MARK}[^\S\r\n]*(?P<command>[\w-]+)(?P<rest>[^\r\n]*?){end_mark}", re.MULTILINE
    )
    for match in comment.finditer(text):
        rules, here = [], match.start("rest")
        while found := _RULE.match(text, here, match.end("rest")):
            rules.append(Word(found["rule"], Span(*found.span("rule"))))
            here = found.end()
        yield Comment(Span(*match.span()), Word(match["command"], Span(*match.span("command"))), tuple(rules))


def _suppressions(text: str, comments: Iterable[Comment]) -> Iterator[_Suppression]:
    off: list[tuple[str | None, Word]] = []
    starts: dict[Word, int] = {}
    for comment in comments:
        command = comment.command.text
        if command not in _COMMANDS:
            continue
        named = [(_name(word), word) for word in comment.rules] if comment.rules else [(None, comment.command)]
        named = [(name, word) for name, word in named if name is not None or not comment.rules]
        if command == "off":
            off += named
            starts.update((word, comment.span.end) for _, word in named)
        elif command == "on":
            # A bare `off` ends at a bare `on`.
            ended = [(name, word) for name, word in off if not comment.rules or name in dict(named)]
            off = [entry for entry in off if entry not in ended]
            for name, word in ended:
                yield _Suppression(starts[word], comment.span.start, name, word)
        else:
            start, end = _stretch(text, comment)
            for name, word in named:
                yield _Suppression(start, end, name, word)
    for name, word in off:
        yield _Suppression(starts[word], len(text) + 1, name, word)


def _stretch(text: str, comment: Comment) -> tuple[int, int]:
    """The stretch in which a comment suppresses findings."""
    if comment.command.text == "ignore-file":
        return 0, len(text) + 1
    start, end = comment.span.start, comment.span.end
    line_start = start_of_line(text, start)
    line_end = end_of_line(text, end)
    if (text[line_start:start] + text[end:line_end]).strip():
        return line_start, line_end
    blanks = _NEXT_BLOCK.match(text, line_end)
    start = blanks.end() if blanks else line_end
    if comment.command.text == "ignore-line":
        return start, end_of_line(text, start)
    blank_line = BLANK_LINE.search(text, start)
    return start, blank_line.start() if blank_line else len(text)


def _name(word: Word) -> str | None:
    try:
        return rule_called(word.text).name
    except UnknownRuleError:
        return None


def _unknown(comments: Iterable[Comment]) -> Iterator[Finding]:
    """The findings about unknown commands and rules in comments."""
    for comment in comments:
        command = comment.command
        # "gru-lint: see the README" is an ordinary remark.
        if command.text not in _COMMANDS:
            if nearest(command.text, _COMMANDS):
                yield _about(_UNKNOWN, command, f'unknown command "{command.text}"; {hint(command.text, _COMMANDS)}')
            continue
        for word in comment.rules:
            try:
                rule_called(word.text)
            except UnknownRuleError as error:
                yield _about(_UNKNOWN, word, str(error))


def _unused(suppression: _Suppression) -> Finding:
    word = suppression.word
    if suppression.rule is None:
        return _about(_UNUSED, word, "this comment silences nothing; remove it")
    return _about(_UNUSED, word, f'"{word.text}" has nothing to silence here; remove it')


def _about(code: str, word: Word, message: str) -> Finding:
    return Finding(code, rule_called(code).name, message, word.span, (), None, 1.0)
