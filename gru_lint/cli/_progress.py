"""A bar on a terminal while many files, or the rows of tables, are judged."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

# Fewer files are done before a bar could be read.
_N_FILES = 20


@contextmanager
def progress_bar(
    unit: Literal["files", "rows"], *, is_wanted: bool
) -> Iterator[Callable[[int, int | None], None] | None]:
    """The function to call with the number done and the number of all; None where no terminal shows the bar."""
    if not is_wanted or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    # Imported here: it takes a tenth of a second, which a pipe need not pay for.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = {
        "files": (TextColumn("checking"), BarColumn(), MofNCompleteColumn()),
        "rows": (
            TextColumn("{task.completed:,} rows"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TextColumn("{task.fields[rate]} rows/s"),
        ),
    }
    remaining = TimeRemainingColumn(elapsed_when_finished=True)
    with Progress(*columns[unit], remaining, console=Console(stderr=True), transient=True) as bar:
        shown = bar.add_task("", total=None, visible=unit == "rows", rate="-")

        def update(n_done: int, n_all: int | None) -> None:
            is_visible = unit == "rows" or (n_all or 0) >= _N_FILES
            bar.update(shown, completed=n_done, total=n_all, visible=is_visible)
            speed = bar.tasks[0].speed
            bar.update(shown, rate=f"{speed:,.0f}" if speed else "-")

        yield update
