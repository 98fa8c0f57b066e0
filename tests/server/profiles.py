"""What some editors say of themselves when they begin, as far as the server looks at it."""

from __future__ import annotations

from lsprotocol import types


def _edits(**more: object) -> types.WorkspaceEditClientCapabilities:
    return types.WorkspaceEditClientCapabilities(**more)  # type: ignore[arg-type]


CREATE = types.ResourceOperationKind.Create

VS_CODE = types.ClientCapabilities(
    general=types.GeneralClientCapabilities(position_encodings=["utf-16"]),
    workspace=types.WorkspaceClientCapabilities(
        workspace_edit=_edits(document_changes=True, resource_operations=[CREATE]),
        configuration=True,
        workspace_folders=True,
        did_change_configuration=types.DidChangeConfigurationClientCapabilities(dynamic_registration=True),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
        diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
    ),
    text_document=types.TextDocumentClientCapabilities(
        diagnostic=types.DiagnosticClientCapabilities(dynamic_registration=True),
        hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown, types.MarkupKind.PlainText]),
    ),
    window=types.WindowClientCapabilities(work_done_progress=True),
)
NEOVIM_0_11 = types.ClientCapabilities(
    general=types.GeneralClientCapabilities(position_encodings=["utf-8", "utf-16", "utf-32"]),
    workspace=types.WorkspaceClientCapabilities(
        workspace_edit=_edits(resource_operations=["rename", "create", "delete"]),
        configuration=True,
        workspace_folders=True,
        did_change_configuration=types.DidChangeConfigurationClientCapabilities(dynamic_registration=False),
    ),
    text_document=types.TextDocumentClientCapabilities(
        diagnostic=types.DiagnosticClientCapabilities(dynamic_registration=False),
        hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
    ),
    window=types.WindowClientCapabilities(work_done_progress=True),
)
NEOVIM_0_7 = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(workspace_edit=_edits(), configuration=True),
    text_document=types.TextDocumentClientCapabilities(),
)
EMACS = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(workspace_edit=_edits(document_changes=True), configuration=True),
    text_document=types.TextDocumentClientCapabilities(
        hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.PlainText])
    ),
)
PROFILES = {"VS Code": VS_CODE, "Neovim 0.11": NEOVIM_0_11, "Neovim 0.7": NEOVIM_0_7, "Emacs": EMACS}
