"""A bar on a terminal while many files are judged."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Fewer files are done before a bar could be read.
_N_FILES = 20


@contextmanager
def progress_bar(*, is_wanted: bool) -> Iterator[Callable[[int, int], None] | None]:
    """The function to call with how many of how many files are done; None where nobody would see the bar."""
    if not is_wanted or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    # Imported here: it takes a tenth of a second, which a pipe need not pay for.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("checking"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        shown = bar.add_task("", total=None, visible=False)

        def update(n_done: int, n_files: int) -> None:
            bar.update(shown, completed=n_done, total=n_files, visible=n_files >= _N_FILES)

        yield update


@contextmanager
def rows_bar(*, is_wanted: bool) -> Iterator[Callable[[int, int | None], None] | None]:
    """The function to call with how many of how many rows are done; None where nobody would see the bar."""
    if not is_wanted or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.completed:,} rows"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[rate]} rows/s"),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        shown = bar.add_task("", total=None, rate="-")

        def update(n_done: int, n_rows: int | None) -> None:
            bar.update(shown, completed=n_done, total=n_rows)
            speed = bar.tasks[0].speed
            bar.update(shown, rate=f"{speed:,.0f}" if speed else "-")

        yield update
