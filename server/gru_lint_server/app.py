"""The language server: what it answers to each message, and how it is started."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from lsprotocol import types

from gru_lint import __version__
from gru_lint.records import Span
from gru_lint.threads import use_one_thread
from gru_lint_server import stdio
from gru_lint_server.actions import FIX_ALL, code_actions
from gru_lint_server.checks import Check
from gru_lint_server.configuration import SECTION
from gru_lint_server.documents import Document
from gru_lint_server.memory import share_one_arena
from gru_lint_server.navigation import hover_text, mentions_at, pronoun_at
from gru_lint_server.project_file import FILE_NAME
from gru_lint_server.server import CONFIGURATION_FILES, NAME, GruLintServer

CHECK_WORKSPACE = "gru-lint.checkWorkspace"
T = TypeVar("T")
Place = types.DefinitionParams | types.ReferenceParams | types.DocumentHighlightParams | types.HoverParams
# A client that can be asked to pull again gets what is found so far after this long.
_SECONDS_TO_FIRST_FINDINGS = 0.4


# The life of a session


def initialize(server: GruLintServer, params: types.InitializeParams) -> None:
    """Learns what the client sets from the beginning."""
    folders = [folder.uri for folder in params.workspace_folders or ()]
    server.configuration.folders = folders or ([params.root_uri] if params.root_uri else [])
    server.applies_everything = bool(params.client_info and params.client_info.name.lower().startswith("kate"))
    options: Any = params.initialization_options
    if isinstance(options, dict):
        server.configuration.take_options(None, options.get(SECTION, options))


async def initialized(server: GruLintServer, _params: types.InitializedParams) -> None:
    """Registers for what changes, and learns what is set."""
    server.judging.warm_up()
    registrations = []
    if server.can("workspace.did_change_watched_files.dynamic_registration"):
        watchers = [types.FileSystemWatcher(glob_pattern=CONFIGURATION_FILES)]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        registrations.append(types.Registration("gru-lint-files", method, options))
    if server.can("workspace.did_change_configuration.dynamic_registration"):
        section = types.DidChangeConfigurationRegistrationOptions(section=SECTION)
        method = types.WORKSPACE_DID_CHANGE_CONFIGURATION
        registrations.append(types.Registration("gru-lint-configuration", method, section))
    if registrations:
        server.client_register_capability(types.RegistrationParams(registrations))
    await server.configure()


# Documents


def did_open(server: GruLintServer, params: types.DidOpenTextDocumentParams) -> None:
    """Begins a document."""
    server.judging.close(params.text_document.uri)
    document = server.documents.put(server.begin(params.text_document))
    server.start_judging(document.uri)


def did_change(server: GruLintServer, params: types.DidChangeTextDocumentParams) -> None:
    """Takes over the new text of a document."""
    changed = params.text_document
    document = server.documents.document(changed.uri)
    if document is None:
        return
    positions, cursor = document.positions.changed(params.content_changes)
    document = server.documents.change(document, changed.version, positions, cursor)
    if server.configuration.options_of(document).run == "onType":
        server.start_judging(changed.uri)


def did_save(server: GruLintServer, params: types.DidSaveTextDocumentParams) -> None:
    """Shows the findings again, those of the sentence that was being written too, or judges what was not judged."""
    uri = params.text_document.uri
    if uri.endswith(f"/{FILE_NAME}"):
        _configuration_changed(server)
    document = server.documents.document(uri)
    if document is None:
        return
    was_judged = document.is_complete and uri not in server.failed
    document = server.documents.put(_replaced(document, was_judged))
    if was_judged:
        server.show(document)
    else:
        server.start_judging(uri)
    if server.configuration.options_of(document).leave_current_sentence or not was_judged:
        server.refresh()


def _replaced(document: Document, was_judged: bool) -> Document:
    from dataclasses import replace

    if was_judged:
        return replace(document, cursor=None)
    return replace(document, cursor=None, findings=None, is_complete=False)


def did_close(server: GruLintServer, params: types.DidCloseTextDocumentParams) -> None:
    """Forgets a document and takes its findings away."""
    uri = params.text_document.uri
    server.documents.close(uri)
    server.judging.close(uri)
    server.configuration.forget(uri)
    server.failed.discard(uri)
    server.clear(uri)


# Diagnostics that a client asks for


async def diagnostic(
    server: GruLintServer, params: types.DocumentDiagnosticParams
) -> types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport:
    """What is found in a document; of a long one, what is found so far, and the client is asked to pull again."""
    uri, known = params.text_document.uri, params.previous_result_id
    document = server.documents.document(uri)
    if document is None:
        return types.RelatedFullDocumentDiagnosticReport([])
    if not document.is_complete and server.configuration.options_of(document).run == "onSave" and known:
        # Until it is saved, what was found before stands where the client has moved it.
        return types.RelatedUnchangedDocumentDiagnosticReport(known)
    await _judged(server, uri)
    document = server.documents.document(uri)
    if document and document.findings is None and known:
        return types.RelatedUnchangedDocumentDiagnosticReport(known)
    diagnostics = server.diagnostics_of(document) if document else []
    result_id = server.reports.result_id(uri, diagnostics)
    if result_id == known:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id)
    return types.RelatedFullDocumentDiagnosticReport(diagnostics, result_id=result_id)


async def _judged(server: GruLintServer, uri: str) -> None:
    """Returns when a document is judged, or when what is found so far is to be shown."""
    await _configured(server)
    if not server.can("workspace.diagnostics.refresh_support"):
        await server.judging.finish(uri)
        return
    try:
        await asyncio.wait_for(server.judging.finish(uri), _SECONDS_TO_FIRST_FINDINGS)
    except asyncio.TimeoutError:
        server.run(_refresh_when_judged(server, uri))


async def _refresh_when_judged(server: GruLintServer, uri: str) -> None:
    await server.judging.finish(uri)
    server.refresh()


async def _configured(server: GruLintServer) -> None:
    await server.is_configured.wait()


async def workspace_diagnostic(
    server: GruLintServer, params: types.WorkspaceDiagnosticParams
) -> types.WorkspaceDiagnosticReport:
    """What is found in the files of the workspace and the open documents."""
    await _configured(server)
    known = {previous.uri: previous.value for previous in params.previous_result_ids}
    reports: list[types.WorkspaceDocumentDiagnosticReport] = []
    uris = dict.fromkeys(
        [*(document.uri for document in server.documents.all()), *await server.workspace_check.files()]
    )
    for uri in dict.fromkeys([*uris, *known]):
        document = server.documents.document(uri)
        if document:
            await server.judging.finish(uri)
            document = server.documents.document(uri)
        if document:
            diagnostics = server.diagnostics_of(document)
        elif uri in uris:
            diagnostics = await server.workspace_check.diagnostics(uri, server.encoding, server.report_failure)
        else:
            diagnostics = []
        version = document.version if document else None
        result_id = server.reports.result_id(uri, diagnostics)
        if known.get(uri) == result_id:
            reports.append(types.WorkspaceUnchangedDocumentDiagnosticReport(uri, result_id, version))
        else:
            reports.append(types.WorkspaceFullDocumentDiagnosticReport(uri, diagnostics, version, result_id=result_id))
    return types.WorkspaceDiagnosticReport(reports)


async def check_workspace(server: GruLintServer, *_arguments: object) -> int:
    """Checks every file of the workspace and shows what is found; returns how many findings there are."""
    await _configured(server)
    uris = await server.workspace_check.files()
    token = f"{NAME}-{next(server.progress_tokens)}"
    progress = server.work_done_progress
    is_shown = server.can("window.work_done_progress")
    if is_shown:
        await progress.create_async(token)
        progress.begin(token, types.WorkDoneProgressBegin("Checking pronouns", cancellable=True, percentage=0))
    n_found = 0
    try:
        for number, uri in enumerate(uris):
            if is_shown:
                if progress.tokens[token].cancelled():
                    break
                report = types.WorkDoneProgressReport(
                    message=f"{number + 1} of {len(uris)} files", percentage=100 * number // len(uris)
                )
                progress.report(token, report)
            if server.documents.document(uri):
                continue
            diagnostics = await server.workspace_check.diagnostics(uri, server.encoding, server.report_failure)
            n_found += len(diagnostics)
            if not server.pulls and not server.documents.document(uri):
                server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics))
    finally:
        if is_shown:
            progress.end(token, types.WorkDoneProgressEnd(message=f"{n_found} findings in {len(uris)} files"))
            progress.tokens.pop(token, None)
    server.refresh()
    return n_found


# What is set


def _configuration_changed(server: GruLintServer) -> None:
    server.configuration.read_files_again()
    server.judge_again()


async def did_change_configuration(server: GruLintServer, params: types.DidChangeConfigurationParams) -> None:
    """Learns what the client sets now."""
    settings: Any = params.settings
    if isinstance(settings, dict) and not server.can("workspace.configuration"):
        server.configuration.take_options(None, settings.get(SECTION, settings))
    await server.configure()


def did_change_watched_files(server: GruLintServer, params: types.DidChangeWatchedFilesParams) -> None:
    """Reads the configuration files again where one of them has changed; some clients tell of every file."""
    if any(change.uri.endswith(f"/{FILE_NAME}") for change in params.changes):
        _configuration_changed(server)


async def did_change_workspace_folders(server: GruLintServer, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Takes over the folders of the workspace, and what is set for them."""
    removed = {folder.uri for folder in params.event.removed}
    folders = [folder for folder in server.configuration.folders if folder not in removed]
    added = [folder.uri for folder in params.event.added]
    server.configuration.folders = list(dict.fromkeys([*folders, *added]))
    server.configuration.read_files_again()
    await server.configure()


# Questions about a place


async def code_action(server: GruLintServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What can be done about the findings at a place; nothing where the text has changed since the request."""
    uri = params.text_document.uri
    asked = server.documents.document(uri)
    if asked is None:
        return []
    await _configured(server)
    await server.judging.finish(uri)
    document = server.documents.document(uri)
    if document is None or document.positions is not asked.positions:
        return []
    settings = server.configuration.settings_of(document)
    findings = server.findings_of(document)
    actions = code_actions(document, findings, params, settings, server.client(), server.project(document))
    return [action for action in actions if action.is_preferred] if server.applies_everything else actions


async def _asked(server: GruLintServer, place: Place, question: Callable[[Check, int], T]) -> tuple[Document, T] | None:
    """The document of a place, and what its check answers; None where it has changed since, or is not open."""
    document = server.documents.document(place.text_document.uri)
    if document is None:
        return None
    offset = document.positions.offset(place.position)
    await _configured(server)
    if not document.is_complete:
        server.judging.start(document.uri)
    answer = await server.judging.ask(document.uri, lambda check: question(check, offset))
    newest = server.documents.document(place.text_document.uri)
    if answer is None or newest is None or newest.positions is not document.positions:
        return None
    return document, answer


async def definition(server: GruLintServer, params: types.DefinitionParams) -> types.Location | None:
    """Where the antecedent of a pronoun stands."""
    answer = await _asked(server, params, pronoun_at)
    document, pronoun = answer or (None, None)
    if document is None or pronoun is None or pronoun.antecedent is None:
        return None
    return types.Location(document.uri, document.positions.range(pronoun.antecedent.span))


async def references(server: GruLintServer, params: types.ReferenceParams) -> list[types.Location]:
    """Every mention of whom a pronoun, or a name, stands for."""
    document, mentions = await _mentions(server, params)
    return [types.Location(document.uri, place) for place in mentions] if document else []


async def document_highlight(
    server: GruLintServer, params: types.DocumentHighlightParams
) -> list[types.DocumentHighlight]:
    """Every mention of whom a pronoun, or a name, stands for."""
    _, mentions = await _mentions(server, params)
    return [types.DocumentHighlight(place, types.DocumentHighlightKind.Text) for place in mentions]


async def _mentions(server: GruLintServer, place: Place) -> tuple[Document | None, list[types.Range]]:
    answer = await _asked(server, place, mentions_at)
    if answer is None:
        return None, []
    document, spans = answer
    return document, [document.positions.range(span) for span in spans]


async def hover(server: GruLintServer, params: types.HoverParams) -> types.Hover | None:
    """Who a pronoun is taken for, and what the rules say."""
    answer = await _asked(server, params, pronoun_at)
    document, pronoun = answer or (None, None)
    if document is None or pronoun is None:
        return None
    hover_capability = server.client_capabilities.text_document and server.client_capabilities.text_document.hover
    formats = (hover_capability and hover_capability.content_format) or ()
    is_markdown = types.MarkupKind.Markdown in formats
    kind = types.MarkupKind.Markdown if is_markdown else types.MarkupKind.PlainText
    content = types.MarkupContent(kind, hover_text(pronoun, is_markdown))
    return types.Hover(content, document.positions.range(Span(pronoun.span.start, pronoun.span.end)))


_HANDLERS: dict[str, Callable[..., Any]] = {
    types.INITIALIZE: initialize,
    types.INITIALIZED: initialized,
    types.TEXT_DOCUMENT_DID_OPEN: did_open,
    types.TEXT_DOCUMENT_DID_CHANGE: did_change,
    types.TEXT_DOCUMENT_DID_SAVE: did_save,
    types.TEXT_DOCUMENT_DID_CLOSE: did_close,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: did_change_configuration,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: did_change_watched_files,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: did_change_workspace_folders,
    types.WORKSPACE_DIAGNOSTIC: workspace_diagnostic,
    types.TEXT_DOCUMENT_DEFINITION: definition,
    types.TEXT_DOCUMENT_REFERENCES: references,
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: document_highlight,
    types.TEXT_DOCUMENT_HOVER: hover,
}


def create_server() -> GruLintServer:
    """A server that knows every message of this module."""
    server = GruLintServer()
    for method, handler in _HANDLERS.items():
        server.feature(method)(handler)
    pulled = types.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=True, identifier="gru-lint")
    server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, pulled)(diagnostic)
    kinds = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL])
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)(code_action)
    server.command(CHECK_WORKSPACE)(check_workspace)
    return server


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT, such as 127.0.0.1:2087")
    return host.removeprefix("[").removesuffix("]"), int(port)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=NAME, description="The language server of gru-lint. An editor starts it and speaks to it."
    )
    transport = parser.add_mutually_exclusive_group()
    transport.add_argument("--stdio", action="store_true", help="speak over standard input and output (the default)")
    transport.add_argument(
        "--tcp", type=_address, metavar="HOST:PORT", help="wait there for one client; port 0 takes a free one"
    )
    transport.add_argument("--ws", type=_address, metavar="HOST:PORT", help="the same over a WebSocket")
    parser.add_argument("--version", action="version", version=f"{NAME} {__version__}")
    return parser


def main(arguments: Sequence[str] | None = None) -> None:
    """The entry point of the `gru-lint-server` script."""
    parser = _parser()
    options = parser.parse_args(arguments)
    # NumPy is first imported when the weights are read.
    use_one_thread()
    share_one_arena()
    # A message is read at once, even while a document is judged.
    sys.setswitchinterval(0.001)
    server = create_server()
    if options.tcp is None and options.ws is None:
        stdio.start(server)
        return
    # Says on standard error where it waits: with port 0 nobody else can know.
    logging.basicConfig(format="%(message)s")
    logging.getLogger("pygls.server").setLevel(logging.INFO)
    try:
        if options.tcp:
            server.start_tcp(*options.tcp)
        else:
            server.start_ws(*options.ws)
    except OSError as error:
        parser.exit(2, f"{NAME}: cannot wait there ({error.strerror or error})\n")
    except KeyboardInterrupt:
        parser.exit(130, f"{NAME}: interrupted\n")
