"""Changes of the workspace: its settings, its folders and its files."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from gru_lint_server.configuration import SECTION
from gru_lint_server.server import GruLintServer
from gru_lint_server.shown_files import concerns_files


async def did_change_configuration(server: GruLintServer, params: types.DidChangeConfigurationParams) -> None:
    """Takes over the changed settings of a client."""
    settings: Any = params.settings
    if isinstance(settings, dict) and not server.supports("workspace.configuration"):
        server.configuration.take_options(None, settings.get(SECTION, settings))
    await server.configure()


def did_change_watched_files(server: GruLintServer, params: types.DidChangeWatchedFilesParams) -> None:
    """Follows files that changed on disk; some clients report every file, whatever was registered."""
    if any(change.uri.endswith(".toml") for change in params.changes):
        server.read_configuration_files_again()
    elif any(concerns_files(change.uri) and not server.documents.document(change.uri) for change in params.changes):
        server.refresh()
    server.shown_files.changed(params.changes)


async def did_change_workspace_folders(server: GruLintServer, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Takes over the changed folders, and asks for their settings."""
    removed = {folder.uri for folder in params.event.removed}
    folders = [folder for folder in server.configuration.folders if folder not in removed]
    added = [folder.uri for folder in params.event.added]
    server.configuration.folders = list(dict.fromkeys([*folders, *added]))
    server.configuration.read_files_again()
    await server.configure()
