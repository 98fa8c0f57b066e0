"""The queue of texts: one thread judges, and takes what waits for it together."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeVar

from gru_lint.config.settings import Settings
from gru_lint.linter import lint_each, linter_for
from gru_lint.records import Finding

T = TypeVar("T")
# The most characters that are judged together; a new text waits for no more.
_BATCH_CHARACTERS: Final = 100_000


class QueueFullError(Exception):
    """The queue is full."""


class JudgingError(Exception):
    """A text that cannot be checked; the message says which kind of error that was, and nothing of the text."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A text that waits, or some other work for the thread.

    size  in characters
    """

    work: tuple[str, Settings] | Callable[[], object]
    answer: asyncio.Future[object]
    size: int


class JudgingQueue:
    """Judges texts in one thread, those together that have waited together.

    max_waiting  texts that may wait; `QueueFullError` for the next one
    """

    def __init__(self, max_waiting: int) -> None:
        self._max_waiting = max_waiting
        self._waiting: deque[_Asked] = deque()
        self._has_work = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="gru-lint-judge")
        self._task: asyncio.Task[None] | None = None
        self.n_batches = self.n_texts = 0

    async def findings(self, text: str, settings: Settings) -> tuple[Finding, ...]:
        """The findings in a text. Raises `QueueFullError` and `JudgingError`."""
        found = await self._asked((text, settings), len(text))
        assert isinstance(found, tuple)
        return found

    async def run(self, function: Callable[[], T], size: int) -> T:
        """The result of a function that is called in the thread. Raises `QueueFullError` and what the function does."""
        return await self._asked(function, size)  # type: ignore[return-value]

    async def _asked(self, work: tuple[str, Settings] | Callable[[], object], size: int) -> object:
        if len(self._waiting) >= self._max_waiting:
            raise QueueFullError
        asked = _Asked(work, asyncio.get_running_loop().create_future(), size)
        self._waiting.append(asked)
        self._has_work.set()
        return await asked.answer

    def start(self, settings: Settings) -> None:
        """Begins to judge; what judging needs is loaded in the meantime."""
        self._thread.submit(_warm_up, settings)
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Judges no more; what waits is given up."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        for asked in self._waiting:
            asked.answer.cancel()
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._has_work.wait()
            batch = self._next_batch()
            if not batch:
                self._has_work.clear()
                continue
            answers = await loop.run_in_executor(self._thread, _results_of, [asked.work for asked in batch])
            for asked, answer in zip(batch, answers, strict=True):
                # The client may have gone.
                if asked.answer.done():
                    continue
                if isinstance(answer, Exception):
                    asked.answer.set_exception(answer)
                else:
                    asked.answer.set_result(answer)

    def _next_batch(self) -> list[_Asked]:
        """What is done next: other work by itself, or the texts that wait and are judged by the same settings."""
        while self._waiting and self._waiting[0].answer.done():
            self._waiting.popleft()
        if not self._waiting:
            return []
        first = self._waiting.popleft()
        if not isinstance(first.work, tuple):
            return [first]
        batch, size, left = [first], first.size, deque[_Asked]()
        for asked in self._waiting:
            fits = isinstance(asked.work, tuple) and asked.work[1] == first.work[1]
            if fits and size + asked.size <= _BATCH_CHARACTERS:
                batch.append(asked)
                size += asked.size
            else:
                left.append(asked)
        self._waiting = left
        self.n_batches += 1
        self.n_texts += len(batch)
        return batch


def _warm_up(settings: Settings) -> None:
    # The first text would wait for the tokenizer.
    for _ in linter_for(settings).judge("She slept."):
        pass


def _results_of(works: Sequence[tuple[str, Settings] | Callable[[], object]]) -> list[object]:
    """The result of each work in order: findings, what a function returned, or the exception; see `_next_batch`."""
    first = works[0]
    if not isinstance(first, tuple):
        try:
            return [first()]
        except Exception as error:
            return [error]
    texts = [work[0] for work in works if isinstance(work, tuple)]
    return [
        JudgingError(f"cannot be checked ({type(found).__name__})") if isinstance(found, Exception) else found
        for found in lint_each(texts, settings=first[1])
    ]
