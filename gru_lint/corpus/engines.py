"""The engines that distribute the parts of a corpus: processes of this machine, Dask, Spark."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from importlib import import_module
from itertools import islice
from multiprocessing import get_context
from typing import Any, Final

from gru_lint.check.processes import begin_worker
from gru_lint.corpus.job import CorpusError, Job
from gru_lint.corpus.parts import Done, Part, lint_part
from gru_lint.runtime.threads import use_one_thread

__all__ = ["ENGINES", "Engine"]

# The parts that wait for each worker, so that none waits for a part.
_PARTS_AHEAD: Final = 2
# The parts of a Spark job for each core: its last part leaves cores idle.
_PARTS_A_JOB: Final = 16

Engine = Callable[[Iterable[Part], Job, str | None, int], Generator[Done, None, None]]


def run_locally(parts: Iterable[Part], job: Job, address: str | None, n_workers: int) -> Generator[Done, None, None]:
    """The parts, as processes of this machine do them. Raises `CorpusError` where one of these is killed."""
    del address
    if n_workers == 1:
        yield from (lint_part(part, job) for part in parts)
        return
    use_one_thread()
    pool = ProcessPoolExecutor(n_workers, get_context("spawn"), begin_worker)
    try:
        yield from _as_done(parts, lambda part: pool.submit(lint_part, part, job), n_workers * (1 + _PARTS_AHEAD))
    except BrokenProcessPool:
        raise CorpusError(
            f"a process was killed, perhaps for want of memory; what is done lies in {job.folder}: "
            "run it again to go on, with fewer --workers"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def run_on_dask(parts: Iterable[Part], job: Job, address: str | None, n_workers: int) -> Generator[Done, None, None]:
    """The parts, as the workers of a Dask scheduler do them; without an address, those of a cluster on this machine.

    Raises `CorpusError`.
    """
    use_one_thread()
    try:
        # Its functions have no types.
        distributed: Any = import_module("distributed")
    except ImportError:
        raise CorpusError("--engine dask needs Dask: install gru-lint[dask]") from None
    cluster = None
    try:
        cluster = (
            None
            if address
            else distributed.LocalCluster(n_workers=n_workers, threads_per_worker=1, dashboard_address=None)
        )
        client = distributed.Client(address or cluster)
    except OSError as error:
        raise CorpusError(f"{address or 'Dask'}: no scheduler answers ({error})") from None
    try:
        n_ahead = max(1, sum(client.nthreads().values())) * (1 + _PARTS_AHEAD)
        waiting = distributed.as_completed()
        for part in parts:
            if waiting.count() >= n_ahead:
                yield next(waiting).result()
            waiting.add(client.submit(lint_part, part, job, pure=False))
        for future in waiting:
            yield future.result()
    finally:
        client.close()
        if cluster is not None:
            cluster.close()


def run_on_spark(parts: Iterable[Part], job: Job, address: str | None, n_workers: int) -> Generator[Done, None, None]:
    """The parts, as the executors of a Spark master do them; without a URL, that of spark-submit or this machine.

    Raises `CorpusError`.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        from pyspark import SparkConf
        from pyspark.sql import SparkSession
    except ImportError:
        raise CorpusError("--engine spark needs Spark: install gru-lint[spark]") from None
    known = SparkConf().get("spark.master", None)
    builder: Any = SparkSession.builder.appName("gru-lint corpus").master(address or known or f"local[{n_workers}]")
    try:
        session = builder.getOrCreate()
    # Py4J, PySpark and Java each have errors of their own.
    except Exception as error:
        raise CorpusError(f"Spark does not start ({' '.join(str(error).split())[:300]}); it needs Java 17") from None
    try:
        context = session.sparkContext
        rest = iter(parts)
        while wave := list(islice(rest, context.defaultParallelism * _PARTS_A_JOB)):
            for result in context.parallelize(wave, len(wave)).map(partial(_result_of, job=job)).collect():
                if isinstance(result, CorpusError):
                    raise result
                yield result
    finally:
        session.stop()


def _as_done(parts: Iterable[Part], submit: Callable[[Part], Future[Done]], n_ahead: int) -> Iterator[Done]:
    """The results of the parts in the order in which they are done; at most `n_ahead` are submitted at a time."""
    waiting: set[Future[Done]] = set()
    for part in parts:
        if len(waiting) >= n_ahead:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
        waiting.add(submit(part))
    while waiting:
        done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        yield from (future.result() for future in done)


def _result_of(part: Part, job: Job) -> Done | CorpusError:
    """The result of a part, or its error as a value: Spark wraps an exception in pages of Java."""
    try:
        return lint_part(part, job)
    except CorpusError as error:
        return error


ENGINES: Final[dict[str, Engine]] = {"local": run_locally, "dask": run_on_dask, "spark": run_on_spark}
