"""Edits of one text as the protocol's edits of a workspace."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types

AnyTextEdit = types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit


def workspace_edit(
    uri: str, version: int | None, edits: Sequence[types.TextEdit], *, versioned: bool, is_new: bool = False
) -> types.WorkspaceEdit:
    """The edit of a workspace that changes one text.

    version    of the text that is edited; None where it is not open
    versioned  whether the client takes edits of one version, and refuses them once the text has changed
    is_new     whether there is no such file yet
    """
    if not versioned:
        return types.WorkspaceEdit(changes={uri: list(edits)})
    edited = text_document_edit(uri, version, edits)
    return types.WorkspaceEdit(document_changes=[types.CreateFile(uri), edited] if is_new else [edited])


def text_document_edit(uri: str, version: int | None, edits: Sequence[AnyTextEdit]) -> types.TextDocumentEdit:
    """Edits of one version of a text."""
    identifier = types.OptionalVersionedTextDocumentIdentifier(uri, version)
    return types.TextDocumentEdit(identifier, list(edits))
