"""Diagnostics that a client pulls: of a document, of the workspace, or by the command that checks all of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence

from lsprotocol import types

from gru_lint_server.documents import canonical
from gru_lint_server.server import GruLintServer
from gru_lint_server.work_progress import work_progress

# A client that can be asked to pull again gets the findings so far after this long.
_SECONDS_TO_FIRST_FINDINGS = 0.4
# How often the report of a workspace is sent in part, to a client that takes partial results.
_SECONDS_BETWEEN_PARTS = 0.2
_CHECKING = "Checking pronouns"


async def diagnostic(
    server: GruLintServer, params: types.DocumentDiagnosticParams
) -> types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport:
    """What is found in a document; of a long one, what is found so far, and the client is asked to pull again."""
    uri, known = params.text_document.uri, params.previous_result_id
    await server.is_configured.wait()
    document = server.documents.document(uri)
    if document is None:
        return types.RelatedFullDocumentDiagnosticReport([])
    uri = document.uri
    if known and not document.is_complete and not server.scheduler.is_due(uri):
        # It is judged when it is saved; until then the client keeps the diagnostics, moved along with the text.
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
    if not server.supports("workspace.diagnostics.refresh_support"):
        await server.scheduler.finish(uri)
        return
    with contextlib.suppress(asyncio.TimeoutError):
        await asyncio.wait_for(server.scheduler.judge_edited(uri), _SECONDS_TO_FIRST_FINDINGS)
    if server.scheduler.is_due(uri) and uri not in server.refreshed_later:
        server.refreshed_later.add(uri)
        server.spawn(_refresh_when_judged(server, uri))


async def _refresh_when_judged(server: GruLintServer, uri: str) -> None:
    """Asks for another pull once all of a document is judged, if there is anything new to report."""
    await server.scheduler.rest(uri)
    server.refreshed_later.discard(uri)
    document = server.documents.document(uri)
    if document and not server.reports.is_last(uri, server.diagnostics_of(document)):
        server.refresh()


async def workspace_diagnostic(
    server: GruLintServer, params: types.WorkspaceDiagnosticParams
) -> types.WorkspaceDiagnosticReport:
    """What is found in the open documents and the files of the workspace; in parts, where the client takes them."""
    await server.is_configured.wait()
    loop, token = asyncio.get_running_loop(), params.partial_result_token
    reports: list[types.WorkspaceDocumentDiagnosticReport] = []
    sent_at = loop.time()
    async with work_progress(server, params.work_done_token, _CHECKING) as work:
        n_files = 0
        async for report in _workspace_reports(server, params.previous_result_ids):
            n_files += 1
            reports.append(report)
            if loop.time() - sent_at <= _SECONDS_BETWEEN_PARTS:
                continue
            sent_at = loop.time()
            work.report(f"{n_files} files")
            if token is not None:
                server.progress(types.ProgressParams(token, types.WorkspaceDiagnosticReportPartialResult(reports)))
                reports = []
    if token is not None and reports:
        # After the first part everything comes in parts.
        server.progress(types.ProgressParams(token, types.WorkspaceDiagnosticReportPartialResult(reports)))
        reports = []
    return types.WorkspaceDiagnosticReport(reports)


async def _workspace_reports(
    server: GruLintServer, previous: Sequence[types.PreviousResultId]
) -> AsyncIterator[types.WorkspaceDocumentDiagnosticReport]:
    """A report of each open document, of each file, and of each that the client knows and that is gone."""
    known = {canonical(one.uri): one for one in previous}
    opened = [canonical(document.uri) for document in server.documents.shown()]
    files = await server.workspace_check.files()
    found = set(opened) | set(files)
    for uri in dict.fromkeys([*opened, *files, *known]):
        document = server.documents.document(uri)
        if document:
            await server.scheduler.finish(document.uri)
            document = server.documents.document(uri)
        if document:
            diagnostics = server.diagnostics_of(document)
        else:
            diagnostics = await server.workspace_check.diagnostics(uri) if uri in found else []
        before = known.get(uri)
        spelled = before.uri if before else server.documents.spelling(uri)
        spelled = document.uri if document else spelled
        version = document.version if document else None
        result_id = server.reports.result_id(uri, diagnostics)
        if before and before.value == result_id:
            yield types.WorkspaceUnchangedDocumentDiagnosticReport(spelled, result_id, version)
        else:
            yield types.WorkspaceFullDocumentDiagnosticReport(spelled, diagnostics, version, result_id=result_id)


async def check_workspace(server: GruLintServer, token: types.ProgressToken | None) -> int:
    """Checks every file of the workspace and shows what is found; returns how many findings there are."""
    await server.is_configured.wait()
    uris = await server.workspace_check.files()
    if not server.pulls:
        server.shown_files.begin(uris)
    n_found = 0
    async with work_progress(server, token, _CHECKING, is_begun_by_us=True, is_counted=True) as work:
        for number, uri in enumerate(uris):
            if work.is_cancelled:
                break
            work.report(f"{number + 1} of {len(uris)} files", 100 * number // len(uris))
            if opened := server.documents.document(uri):
                n_found += await _count_in_document(server, opened.uri)
                continue
            diagnostics = await server.workspace_check.diagnostics(uri)
            n_found += len(diagnostics)
            if not server.pulls:
                server.shown_files.show(uri, diagnostics)
        work.result = f"{n_found} findings in {len(uris)} files"
    server.refresh()
    return n_found


async def _count_in_document(server: GruLintServer, uri: str) -> int:
    """How many findings an open document has; they are shown anyway."""
    await server.scheduler.finish(uri)
    document = server.documents.document(uri)
    return len(server.findings_of(document)) if document else 0
