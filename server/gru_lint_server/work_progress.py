"""Work-done progress of requests that take long, under the client's token or one that the server creates."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from lsprotocol import types

from gru_lint_server.connection import NAME, Connection


class WorkProgress:
    """The progress of one request; without a token, nothing is reported."""

    def __init__(self, server: Connection, token: types.ProgressToken | None) -> None:
        self._server = server
        self._token = token
        # The message at the end.
        self.result: str | None = None

    def report(self, message: str, percentage: int | None = None) -> None:
        """Reports how far it is."""
        if self._token is not None:
            report = types.WorkDoneProgressReport(message=message, percentage=percentage)
            self._server.work_done_progress.report(self._token, report)

    @property
    def is_cancelled(self) -> bool:
        """Whether the user has cancelled it."""
        return self._token is not None and self._server.work_done_progress.tokens[self._token].cancelled()


@asynccontextmanager
async def work_progress(
    server: Connection,
    token: types.ProgressToken | None,
    title: str,
    *,
    is_begun_by_us: bool = False,
    is_counted: bool = False,
) -> AsyncIterator[WorkProgress]:
    """The progress of a request while it is answered.

    token           the client's; None where it gave none
    is_begun_by_us  whether the server creates a token then, for a client that supports this
    is_counted      whether a percentage is reported
    """
    progress = server.work_done_progress
    if token is None and is_begun_by_us and server.supports("window.work_done_progress"):
        token = f"{NAME}-{next(server.progress_tokens)}"
        await progress.create_async(token)
    work = WorkProgress(server, token)
    if token is None:
        yield work
        return
    percentage = 0 if is_counted else None
    progress.begin(token, types.WorkDoneProgressBegin(title, cancellable=is_begun_by_us, percentage=percentage))
    try:
        yield work
    finally:
        progress.end(token, types.WorkDoneProgressEnd(message=work.result))
        progress.tokens.pop(token, None)
