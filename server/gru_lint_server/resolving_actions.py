"""Code actions whose edits are made when one is chosen: the data they carry, and how it leads back to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from lsprotocol import types

from gru_lint.config.settings import Settings
from gru_lint.records import Finding
from gru_lint_server.actions import EditCapabilities, Project, code_actions, requested_kinds
from gru_lint_server.documents import Document


def with_data(document: Document, params: types.CodeActionParams, actions: Iterable[types.CodeAction]) -> None:
    """Gives the actions that answer a request the data by which `resolved` finds them again."""
    start, end = params.range.start, params.range.end
    data = {
        "uri": document.uri,
        "version": document.version,
        "range": [start.line, start.character, end.line, end.character],
        "asked": [[one.range.start.line, one.range.start.character, one.code] for one in params.context.diagnostics],
        "only": None if params.context.only is None else list(requested_kinds(params)),
    }
    for action in actions:
        action.data = {**data, "place": _place(action)}


def request_of(data: Any) -> types.CodeActionParams | None:
    """The request to which an action with such data was an answer; None where the data is not ours."""
    try:
        start, end = (types.Position(*data["range"][edge : edge + 2]) for edge in (0, 2))
        asked = [
            types.Diagnostic(types.Range(place := types.Position(line, character), place), "", code=code)
            for line, character, code in data["asked"]
        ]
        return types.CodeActionParams(
            types.TextDocumentIdentifier(data["uri"]),
            types.Range(start, end),
            types.CodeActionContext(asked, data.get("only")),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def resolved(
    document: Document,
    findings: Collection[Finding],
    action: types.CodeAction,
    settings: Settings,
    client: EditCapabilities,
    project: Project,
) -> types.CodeAction:
    """An action with its edit; without one where the text has changed since it was offered."""
    data: Any = action.data
    params = request_of(data)
    if params is None or data["version"] != document.version:
        return action
    whole = client._replace(resolves=False)
    for known in code_actions(document, findings, params, settings, whole, project):
        if (known.title, known.kind) == (action.title, action.kind) and _place(known) == data["place"]:
            action.edit = known.edit
    return action


def _place(action: types.CodeAction) -> list[int]:
    """Where the finding begins that an action is about; empty for one about all of them."""
    starts = [one.range.start for one in action.diagnostics or ()]
    return [starts[0].line, starts[0].character] if starts else []
