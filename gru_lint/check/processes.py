"""Work in several processes, of which one may die without the others."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from contextlib import contextmanager, suppress
from multiprocessing import connection, get_context, parent_process, resource_tracker
from typing import Final, NamedTuple, TypeVar

# Where so many processes have died, the next would, too.
MAX_DEATHS: Final = 10
# Windows waits for so many at once.
MAX_PROCESSES: Final = 60

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")


class Died(NamedTuple):
    """What becomes of a task whose process died; the exit code is negative for a signal, None where none was tried."""

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

    A process takes one task at a time and lives for all of them. One that dies is told of in the place of its
    result, and another takes over. However this ends, no process is left.
    """
    # Imported here: a run that needs one process need not wait for it.
    from pebble import ProcessExpired, ProcessPool

    if not tasks:
        return
    n_workers = min(n_processes, len(tasks), MAX_PROCESSES)
    pool = ProcessPool(n_workers, initializer=_end_with_parent, context=get_context("spawn"))
    n_deaths = 0
    try:
        with _without_interrupt():
            index_of: dict[Future[ResultT], int] = {
                pool.schedule(function, [task]): index for index, task in enumerate(tasks)
            }
        for future in as_completed(index_of):
            result: ResultT | Died
            try:
                result = future.result()
            except ProcessExpired as error:
                result = Died(error.exitcode)
                n_deaths += 1
            yield index_of.pop(future), result
            if n_deaths == MAX_DEATHS:
                break
        for index in index_of.values():
            yield index, Died(None)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


@contextmanager
def _without_interrupt() -> Iterator[None]:
    """Ctrl-C is for this process alone: those that are started within never see it, not even while they start."""
    if sys.platform == "win32":
        yield
        return
    # Started along with the first process, it would let Ctrl-C through again.
    resource_tracker.ensure_running()
    old = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, old)


def _end_with_parent() -> None:
    """Ends this process when the one that started it is gone, however that came."""

    def wait() -> None:
        parent = parent_process()
        if parent is not None:
            connection.wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
