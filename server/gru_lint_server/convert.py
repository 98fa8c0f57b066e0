"""Records to the protocol's types; the only place that counts as the client does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types

from gru_lint.lines import LineIndex
from gru_lint.records import Diagnostic, Span
from gru_lint_server.session import Document

SOURCE = "gru-lint"


class Positions:
    """The positions of a text in the units of an encoding: "utf-8", "utf-16" or "utf-32"."""

    def __init__(self, text: str, encoding: str) -> None:
        self._text = text
        self._encoding = encoding
        self._lines = LineIndex(text)

    def position(self, offset: int) -> types.Position:
        """The position of a code point."""
        row = self._lines.location(offset).row
        before = self._text[self._lines.line(row).start : offset]
        return types.Position(row - 1, _count_units(before, self._encoding))

    def range(self, span: Span) -> types.Range:
        """The range of a span."""
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """The code point at a position; past the end of a line or of the text, that end."""
        try:
            line = self._lines.line(position.line + 1)
        except IndexError:
            return len(self._text)
        text = self._text[line.start : line.end]
        if text.isascii() or self._encoding == types.PositionEncodingKind.Utf32:
            return line.start + min(position.character, len(text))
        n_units = 0
        for index, letter in enumerate(text):
            if n_units >= position.character:
                return line.start + index
            n_units += _count_units(letter, self._encoding)
        return line.end


def _count_units(text: str, encoding: str) -> int:
    if encoding == types.PositionEncodingKind.Utf32 or text.isascii():
        return len(text)
    # Half a surrogate pair can come in a message and is no reason to fail.
    if encoding == types.PositionEncodingKind.Utf8:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def changed_text(text: str, changes: Sequence[types.TextDocumentContentChangeEvent], encoding: str) -> str:
    """The text after a client's changes, each of which counts in the text that the one before left."""
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            positions = Positions(text, encoding)
            start, end = positions.offset(change.range.start), positions.offset(change.range.end)
            text = text[:start] + change.text + text[end:]
        else:
            text = change.text
    return text


def published_diagnostics(document: Document, encoding: str) -> list[types.Diagnostic]:
    """What the client shows of a document's findings."""
    positions = Positions(document.text, encoding)
    return [_diagnostic(finding, document.uri, positions) for finding in document.findings or ()]


def _diagnostic(finding: Diagnostic, uri: str, positions: Positions) -> types.Diagnostic:
    related = None
    if antecedent := finding.antecedent:
        location = types.Location(uri, positions.range(antecedent.span))
        related = [types.DiagnosticRelatedInformation(location, f'refers to "{antecedent.text}"')]
    return types.Diagnostic(
        range=positions.range(finding.span),
        severity=types.DiagnosticSeverity.Warning,
        code=finding.code,
        source=SOURCE,
        message=finding.message,
        related_information=related,
        data={"replacements": list(finding.replacements)},
    )


def quick_fixes(
    document: Document, params: types.CodeActionParams, encoding: str, *, versioned: bool
) -> list[types.CodeAction]:
    """One action for each replacement of the findings that a request means.

    versioned  whether the client can refuse an edit of a text that has changed since
    """
    if not _wants_quick_fixes(params.context.only):
        return []
    positions = Positions(document.text, encoding)
    return [
        action
        for finding in document.findings or ()
        if _means(params, diagnostic := _diagnostic(finding, document.uri, positions))
        for action in _actions(finding, diagnostic, document, versioned)
    ]


def _wants_quick_fixes(only: Sequence[types.CodeActionKind | str] | None) -> bool:
    # "quickfix" and the empty kind, which stands for all of them.
    return not only or types.CodeActionKind.QuickFix in only or types.CodeActionKind.Empty in only


def _means(params: types.CodeActionParams, diagnostic: types.Diagnostic) -> bool:
    # Editors send back a diagnostic without its source or data, or the whole document as the range:
    # where it starts and its code are all that can be relied on.
    if asked := params.context.diagnostics:
        wanted = (diagnostic.range.start, diagnostic.code)
        return any((other.range.start, other.code) == wanted for other in asked)
    return diagnostic.range.start <= params.range.end and params.range.start <= diagnostic.range.end


def _actions(
    finding: Diagnostic, diagnostic: types.Diagnostic, document: Document, versioned: bool
) -> Iterator[types.CodeAction]:
    written = document.text[finding.span.start : finding.span.end]
    for index, replacement in enumerate(finding.replacements):
        yield types.CodeAction(
            title=f'Replace "{written}" with "{replacement}"',
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic],
            is_preferred=index == 0,
            edit=_edit(document, types.TextEdit(diagnostic.range, replacement), versioned),
        )


def _edit(document: Document, edit: types.TextEdit, versioned: bool) -> types.WorkspaceEdit:
    if not versioned:
        return types.WorkspaceEdit(changes={document.uri: [edit]})
    identifier = types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, [edit])])
