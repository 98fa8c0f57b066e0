"""Requests for code actions: about findings, and about the pronouns of the person at a place."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from gru_lint.files.read import MAX_BYTES
from gru_lint.regular_files import read_regular_file
from gru_lint_server.actions import Project, code_actions
from gru_lint_server.documents import Document, path_of
from gru_lint_server.renaming import pronoun_actions, resolve_pronouns, wants_pronouns
from gru_lint_server.resolving_actions import request_of, resolved, with_data
from gru_lint_server.server import GruLintServer


async def code_action(server: GruLintServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    """The code actions for the findings in a range, and for the pronouns of the person who is named there."""
    about_findings = await _about_findings(server, params)
    if not wants_pronouns(server, params) or server.applies_all_actions:
        return about_findings
    return [*about_findings, *await pronoun_actions(server, params)]


async def resolve_action(server: GruLintServer, action: types.CodeAction) -> types.CodeAction:
    """An action with its edit."""
    is_about_person = isinstance(action.data, dict) and "pronouns" in action.data
    return await (resolve_pronouns if is_about_person else _resolve_about_finding)(server, action)


async def _about_findings(server: GruLintServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    """The code actions for the findings in a range; none where the text has changed since the request."""
    uri = params.text_document.uri
    asked = server.documents.document(uri)
    if asked is None:
        return []
    await server.is_configured.wait()
    await server.scheduler.finish(asked.uri)
    document = server.documents.document(uri)
    if document is None or document.positions is not asked.positions:
        return []
    settings = server.configuration.settings_of(document)
    findings = server.findings_of(document)
    actions = code_actions(
        document, findings, params, settings, server.edit_capabilities, _project_of(server, document)
    )
    if server.resolves_edits:
        with_data(document, params, actions)
    return [action for action in actions if action.is_preferred] if server.applies_all_actions else actions


async def _resolve_about_finding(server: GruLintServer, action: types.CodeAction) -> types.CodeAction:
    """An action about a finding with its edit; without one where the text has changed since it was offered."""
    params = request_of(action.data)
    if params is None:
        return action
    await server.scheduler.finish(params.text_document.uri)
    document = server.documents.document(params.text_document.uri)
    if document is None or not document.is_complete:
        return action
    settings, findings = server.configuration.settings_of(document), server.findings_of(document)
    return resolved(document, findings, action, settings, server.edit_capabilities, _project_of(server, document))


def _project_of(server: GruLintServer, document: Document) -> Project:
    """Access to the configuration file that holds for a document."""
    configuration = server.configuration
    folder = configuration.folder_of(document.file)
    root = path_of(folder) if folder else None

    def read(path: Path) -> str | None:
        if opened := server.documents.document(path.as_uri()):
            return opened.text
        try:
            # Line ends are the file's own.
            return read_regular_file(path, MAX_BYTES).decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def version(path: Path) -> int | None:
        opened = server.documents.document(path.as_uri())
        return opened.version if opened else None

    declared = configuration.options_of(document).settings.pronouns
    return Project(configuration.place_of(document.file), Path(root) if root else None, read, version, declared)
