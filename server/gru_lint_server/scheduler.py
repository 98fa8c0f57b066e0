"""Scheduling: documents are judged off the event loop, in short steps, and never in an outdated version."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple, TypeVar

from gru_lint.config.settings import Settings
from gru_lint.linter import may_hold_findings
from gru_lint.records import Finding, Span, Unread
from gru_lint.runtime.memory import freeze_gc
from gru_lint.runtime.stepwise import Stepwise
from gru_lint.sanitize import escape_unprintable
from gru_lint_server.document_check import DocumentCheck
from gru_lint_server.documents import Document, Documents
from gru_lint_server.linters import Linters
from gru_lint_server.placed_findings import PlacedFindings

T = TypeVar("T")
_log = logging.getLogger(__name__)
# How often the findings so far in a long document are shown while the rest is judged.
_SECONDS_BETWEEN_SHOWN = 0.5
# So long after an edit, windows that are not edited but near it are judged again: meanwhile people mostly type on.
_SECONDS_OF_REST = 0.5
# How long a question about a whole document is worked on at once: a keystroke in another one waits no longer.
_SECONDS_OF_A_STEP = 0.03


class _Found(NamedTuple):
    """What is found in a document after a step, whether all of it is judged, and whether what is left can wait."""

    findings: PlacedFindings
    is_complete: bool
    can_wait: bool


class Scheduler:
    """Judges the newest text of each document; of several, the one that was edited last goes first.

    settings_at  the settings of a document, by its URI
    show         called on the event loop with each document of which more, or all, is judged
    report       called on the event loop with a document that could not be judged, and why
    """

    def __init__(
        self,
        documents: Documents,
        settings_at: Callable[[str], Awaitable[Settings]],
        show: Callable[[Document], None],
        report: Callable[[Document, Exception], None],
    ) -> None:
        self._documents = documents
        self._settings_at = settings_at
        self._show = show
        self._report = report
        # One thread: a second would wait for the same interpreter.
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="judging")
        self._linters = Linters()
        self._checks: dict[str, DocumentCheck] = {}
        # Documents with something to judge; the last goes first.
        self._due: dict[str, None] = {}
        self._visible: dict[str, Span] = {}
        self._waiting: dict[str, asyncio.Event] = {}
        # When the rest of an edited document is judged, that can wait; and those of which only such a rest is left.
        self._rest_at: dict[str, float] = {}
        self._resting: set[str] = set()
        self._something_due = asyncio.Event()
        self._shown_at: dict[str, float] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self, uri: str, *, is_edited: bool = False) -> None:
        """Has the newest text of a document judged.

        is_edited  whether its text has changed: then what can wait is judged when nothing changes for a while, or
                   someone waits for all of it
        """
        uri = self._documents.file_of(uri)
        self._due.pop(uri, None)
        self._due[uri] = None
        self._hurry(uri)
        loop = asyncio.get_running_loop()
        if is_edited:
            self._rest_at[uri] = loop.time() + _SECONDS_OF_REST
        if self._task is None:
            self._task = loop.create_task(self._work())

    def _hurry(self, uri: str) -> None:
        """Has the rest of a document judged at once."""
        self._rest_at.pop(uri, None)
        self._resting.discard(uri)
        self._something_due.set()

    def set_visible(self, uri: str, visible: Span) -> None:
        """Takes over which part of a document is on the screen: it is judged before the rest."""
        uri = self._documents.file_of(uri)
        self._visible[uri] = visible
        self._shown_at.pop(uri, None)

    def warm_up(self) -> None:
        """Reads the weights and the tokenizer before the first document needs them."""
        self._worker.submit(_read_everything, self._linters)

    def is_due(self, uri: str) -> bool:
        """Whether something is left to judge in a document, and will be judged."""
        uri = self._documents.file_of(uri)
        return uri in self._due

    async def finish(self, uri: str) -> None:
        """Returns when nothing is left to judge in a document, as soon as can be."""
        uri = self._documents.file_of(uri)
        while uri in self._due:
            self._hurry(uri)
            await self._woken(uri)

    async def judge_edited(self, uri: str) -> None:
        """Returns when nothing is left to judge in a document but what can wait."""
        uri = self._documents.file_of(uri)
        while uri in self._due and uri not in self._resting:
            await self._woken(uri)

    async def rest(self, uri: str) -> None:
        """Returns when nothing is left to judge in a document, in its own time."""
        uri = self._documents.file_of(uri)
        while uri in self._due:
            await self._woken(uri)

    async def _woken(self, uri: str) -> None:
        """Returns when a document is done, closed, or has only a rest left."""
        await self._waiting.setdefault(uri, asyncio.Event()).wait()

    async def ask(self, uri: str, question: Callable[[DocumentCheck], T]) -> T | None:
        """What the finished check of a document answers; None where it is not open or could not be judged."""
        finished = await self._finished(uri)
        if finished is None:
            return None
        document, check = finished
        answer = await asyncio.get_running_loop().run_in_executor(self._worker, question, check)
        return answer if self._documents.is_current(document) else None

    async def ask_in_steps(self, uri: str, question: Callable[[DocumentCheck], Stepwise[T]]) -> T | None:
        """The same for a question that takes long: between two steps, other documents are judged.

        A text that is judged again meanwhile, or saved, is asked again; one that changes has no answer.
        """
        while True:
            finished = await self._finished(uri)
            if finished is None:
                return None
            document, check = finished
            work, answer = question(check), None
            while answer is None and self._documents.is_current(document):
                answer = await asyncio.get_running_loop().run_in_executor(self._worker, _step_of, work)
            newest = self._documents.document(document.uri)
            if answer and self._documents.is_current(document):
                return answer[0]
            if newest is None or newest.positions is not document.positions:
                return None

    async def _finished(self, uri: str) -> tuple[Document, DocumentCheck] | None:
        """A document once all of it is judged, with its check; None where it is not open or could not be judged."""
        await self.finish(uri)
        uri = self._documents.file_of(uri)
        document, check = self._documents.document(uri), self._checks.get(uri)
        return (document, check) if document and document.is_complete and check else None

    def unread_of(self, document: Document) -> tuple[Unread, ...]:
        """Where a document was not read though there are pronouns in it; nothing as long as it is not judged."""
        check = self._checks.get(document.file)
        return check.unread if check and document.is_complete else ()

    async def check_file(
        self, text: str, filename: str, settings: Settings
    ) -> tuple[tuple[Finding, ...], tuple[Unread, ...]]:
        """The findings in a file that is not open, and where it was not read; open documents go first."""
        check: DocumentCheck | None = None
        while True:
            while self._task:
                await asyncio.wait({self._task})
            check, findings = await asyncio.get_running_loop().run_in_executor(
                self._worker, self._check_file, check, text, filename, settings
            )
            if findings is not None:
                return findings, check.unread if check else ()

    def close(self, uri: str) -> None:
        """Forgets what is known of a document."""
        self._due.pop(uri, None)
        self._hurry(uri)
        self._checks.pop(uri, None)
        self._shown_at.pop(uri, None)
        self._visible.pop(uri, None)
        self._wake(uri)

    def stop(self) -> None:
        """Drops what waits; what runs ends with its step."""
        self._due.clear()
        self._something_due.set()
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _wake(self, uri: str) -> None:
        if event := self._waiting.pop(uri, None):
            event.set()

    async def _work(self) -> None:
        try:
            while self._due:
                uri = await self._next_due()
                if uri is None:
                    continue
                document = self._documents.document(uri)
                if document is None or document.is_complete:
                    self._done(uri)
                else:
                    await self._judge_safely(document)
        finally:
            self._task = None

    async def _next_due(self) -> str | None:
        """The document to work on; None once one may have come, after a wait until there is something to do."""
        loop = asyncio.get_running_loop()
        self._something_due.clear()
        uri = next((uri for uri in reversed(self._due) if uri not in self._resting), None)
        if uri is None:
            next_rest, uri = min((self._rest_at[uri], uri) for uri in self._resting)
            if next_rest > loop.time():
                with contextlib.suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(self._something_due.wait(), next_rest - loop.time())
                return None
            self._hurry(uri)
        return uri

    def _done(self, uri: str) -> None:
        self._due.pop(uri, None)
        self._hurry(uri)
        self._wake(uri)

    async def _judge_safely(self, document: Document) -> None:
        try:
            await self._judge(document)
        except Exception:
            # A result that cannot be shown must not keep other documents waiting.
            _log.exception("%s: the findings could not be shown", escape_unprintable(document.filename))
            self._done(document.uri)

    async def _judge(self, document: Document) -> None:
        loop = asyncio.get_running_loop()
        try:
            settings = await self._settings_at(document.uri)
            waits = document.uri in self._rest_at
            found = await loop.run_in_executor(self._worker, partial(self._check, document, settings, waits=waits))
        except Exception as error:
            # What it made of this document may be half done.
            self._checks.pop(document.uri, None)
            # An older text matters no more: the newer one gets its own try.
            if failed := self._documents.add_findings(document, PlacedFindings(), is_complete=True):
                self._done(document.uri)
                self._report(failed, error)
            return
        if self._documents.document(document.uri) is None:
            self.close(document.uri)
            return
        now = loop.time()
        # Where nothing is found yet there is nothing to show, and no wait for what is found next.
        shows = found.findings and now - self._shown_at.get(document.uri, 0.0) >= _SECONDS_BETWEEN_SHOWN
        if not (found.is_complete or found.can_wait or shows):
            return
        if judged := self._documents.add_findings(document, found.findings, is_complete=found.is_complete):
            self._shown_at[document.uri] = now
            if found.is_complete:
                self._done(document.uri)
            elif found.can_wait and document.uri in self._rest_at:
                self._resting.add(document.uri)
                self._wake(document.uri)
            self._show(judged)
            if found.is_complete and (check := self._checks.get(document.uri)):
                self._worker.submit(check.prepare)

    def _check(self, document: Document, settings: Settings, *, waits: bool) -> _Found:
        """The findings in a document so far. Runs in the worker."""
        check = self._checks.get(document.uri)
        visible = self._visible.get(document.uri)
        check, is_complete = self._step(
            check, document.text, document.filename, settings, visible, document.positions.parts, waits=waits
        )
        if check is None:
            return _Found(PlacedFindings(), is_complete=True, can_wait=False)
        self._checks[document.uri] = check
        return _Found(check.findings(), is_complete, check.can_wait)

    def _check_file(
        self, check: DocumentCheck | None, text: str, filename: str, settings: Settings
    ) -> tuple[DocumentCheck | None, tuple[Finding, ...] | None]:
        """The check of a file after one more step, and its findings once it is complete. Runs in the worker."""
        check, is_complete = self._step(check, text, filename, settings)
        if not is_complete:
            return check, None
        return check, tuple(check.findings()) if check else ()

    def _step(
        self,
        check: DocumentCheck | None,
        text: str,
        filename: str,
        settings: Settings,
        visible: Span | None = None,
        parts: Sequence[int] = (),
        *,
        waits: bool = False,
    ) -> tuple[DocumentCheck | None, bool]:
        """The check of a text after one more step, begun where there is none, and whether it is complete.

        A text without a word that could be judged needs no check.
        """
        if check is None:
            if not may_hold_findings(text, settings):
                return None, True
            check = DocumentCheck(self._linters, filename)
        return check, check.step(text, settings, visible, parts, waits=waits)


def _step_of(work: Stepwise[T]) -> tuple[T] | None:
    """A little more of some work: its result in a tuple, or None as long as there is none. Runs in the worker."""
    until = time.monotonic() + _SECONDS_OF_A_STEP
    try:
        next(work)
        while time.monotonic() < until:
            next(work)
    except StopIteration as done:
        return (done.value,)
    return None


def _read_everything(linters: Linters) -> None:
    check = DocumentCheck(linters, "warm-up.txt")
    check.step("He left.", Settings())
    freeze_gc()
