"""When documents are judged: off the event loop, one at a time, and never a text that is already older."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from gru_lint.linter import default_linter
from gru_lint.pronouns import has_pronoun
from gru_lint.records import Diagnostic
from gru_lint_server.session import Document, Session


class Judging:
    """Judges the newest text of each document of a session.

    publish  called on the event loop with each judged document, unless it has changed meanwhile
    report   called on the event loop with a document that could not be judged, and why
    """

    def __init__(
        self,
        session: Session,
        publish: Callable[[Document], None],
        report: Callable[[Document, Exception], None],
    ) -> None:
        self._session = session
        self._publish = publish
        self._report = report
        # One thread: a second would wait for the same interpreter.
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="judging")
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def start(self, uri: str) -> None:
        """Sees to it that the newest text of a document gets judged."""
        # A task that is under way goes on until it has judged the newest text.
        if uri not in self._tasks:
            self._tasks[uri] = asyncio.get_running_loop().create_task(self._judge(uri))

    async def finish(self, uri: str) -> None:
        """Returns when nothing is left to judge in a document."""
        if task := self._tasks.get(uri):
            await asyncio.wait({task})

    def stop(self) -> None:
        """Drops what waits; what runs ends once its document is closed."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    async def _judge(self, uri: str) -> None:
        loop = asyncio.get_running_loop()
        try:
            while (document := self._session.document(uri)) and document.findings is None:
                try:
                    findings = await loop.run_in_executor(self._worker, self._findings, document)
                except Exception as error:
                    # An older text matters no more: the newer one gets its own try.
                    if self._session.is_current(document):
                        self._report(document, error)
                        return
                else:
                    judged = self._session.add_findings(document, findings)
                    if judged:
                        self._publish(judged)
        finally:
            del self._tasks[uri]

    def _findings(self, document: Document) -> tuple[Diagnostic, ...]:
        """The findings in a document; some are missing where it has changed meanwhile. Runs in the worker."""
        found: list[Diagnostic] = []
        if not self._session.is_current(document) or not has_pronoun(document.text):
            return ()
        linter = default_linter()
        for window, judgements in linter.judge(document.text, document.filename):
            if not self._session.is_current(document):
                break
            for judgement in judgements:
                found.extend(linter.findings(document.text, window, judgement))
        return tuple(found)
