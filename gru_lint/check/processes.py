"""Tasks in several processes, of which one may die without the others.

Two pools were tried before this one. `concurrent.futures` gives up all tasks where one process is killed. pebble's
pool ended the whole run where a process was killed before it had taken its first task, and left warnings about leaked
semaphores where the run was ended by a signal.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import connection, get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, Final, NamedTuple, TypeVar

from gru_lint.runtime.memory import collect_seldom

# After so many deaths no more process is started: the next one would die, too.
MAX_DEATHS: Final = 10
# Windows cannot wait for more at once.
MAX_PROCESSES: Final = 60
_CONTEXT: Final = get_context("spawn")
# How long to wait for the exit code of a process.
_JOIN_S: Final = 5.0

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")


class Died(NamedTuple):
    """The result of a task whose process died; its exit code is negative for a signal, None for a task not tried."""

    exit_code: int | None

    @property
    def reason(self) -> str:
        """How it died, in words."""
        if self.exit_code is None:
            return f"not tried after {MAX_DEATHS} processes had died"
        if self.exit_code >= 0:
            return f"its process ended with exit code {self.exit_code}"
        with suppress(ValueError):
            return f"its process was killed by {signal.Signals(-self.exit_code).name}"
        return f"its process was killed by signal {-self.exit_code}"


class _Worker(NamedTuple):
    process: SpawnProcess
    channel: Connection[Any, Any]


def n_cores() -> int:
    """How many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def each_in_processes(
    function: Callable[[TaskT], ResultT], tasks: Sequence[TaskT], n_processes: int
) -> Iterator[tuple[int, ResultT | Died]]:
    """The index of each task with its result, as they are done.

    function  of a module, so that another process can import it; must not raise

    A process takes one task after the other. Where it dies, its task has `Died` as its result, and another process
    takes over. However this ends, no process is left.
    """
    waiting = deque(range(len(tasks)))
    busy: dict[_Worker, int] = {}
    n_deaths = 0

    def give(worker: _Worker) -> None:
        busy[worker] = waiting.popleft()
        # Where the process is dead, receiving its answer fails.
        with suppress(OSError):
            worker.channel.send(tasks[busy[worker]])

    try:
        for _ in range(min(n_processes, len(tasks), MAX_PROCESSES)):
            give(_start(function))
        while busy:
            ready = connection.wait([worker.channel for worker in busy])
            for worker in [worker for worker in busy if worker.channel in ready]:
                index = busy.pop(worker)
                result: ResultT | Died
                try:
                    result = worker.channel.recv()
                except (EOFError, OSError):
                    n_deaths += 1
                    result = Died(_end(worker))
                    if waiting and n_deaths < MAX_DEATHS:
                        give(_start(function))
                else:
                    if waiting:
                        give(worker)
                    else:
                        _end(worker)
                yield index, result
        for index in waiting:
            yield index, Died(None)
    finally:
        for worker in busy:
            worker.process.kill()
        for worker in busy:
            _end(worker)


def _start(function: Callable[[Any], Any]) -> _Worker:
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_work, args=(theirs, function), daemon=True)
    with _without_interrupt():
        process.start()
    theirs.close()
    return _Worker(process, ours)


def _end(worker: _Worker) -> int | None:
    """Waits for a process to end; returns its exit code."""
    worker.channel.close()
    worker.process.join(_JOIN_S)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()
    code = worker.process.exitcode
    worker.process.close()
    return code


@contextmanager
def _without_interrupt() -> Iterator[None]:
    """Keeps Ctrl-C from processes that are started, even while they start: this process alone answers it."""
    if sys.platform == "win32":
        yield
        return
    # The resource tracker, if it were started with the first process, would unblock Ctrl-C.
    resource_tracker.ensure_running()
    old = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, old)


def begin_worker() -> None:
    """Makes this process one that leaves Ctrl-C to its parent, and ends as soon as that is gone."""
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _work(channel: Connection[Any, Any], function: Callable[[Any], Any]) -> None:
    """What a process does: one task after the other until the channel is closed."""
    begin_worker()
    with suppress(EOFError, OSError):
        while True:
            channel.send(function(channel.recv()))


def _end_with_parent() -> None:
    """Waits for the end of the process that started this one, and ends it."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
