"""The study's page: its tables are written between marks, its plots beside it; the prose is left as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from gru_lint.files.write import write_file
from studies.cells.figures import plot_study
from studies.cells.results import Results
from studies.cells.study_tables import study_tables


def write_report(results: Results, page: Path) -> None:
    """Writes tables into the page and plots into images/ beside it. Raises ValueError where a place has no table."""
    if not results.rows:
        raise ValueError(f"{page}: there are no results yet; run the study first")
    write_file(page, with_tables(page.read_text(encoding="utf-8"), results).encode())
    plot_study(results, page.parent / "images")


def with_tables(text: str, results: Results) -> str:
    """The page with the tables of these results, each between <!-- study: its name --> and <!-- end -->."""
    tables = {table.name: table.markdown() for table in study_tables(results)}
    return filled(text, "study", {**tables, "about": _about(results)})


def filled(text: str, mark: str, parts: Mapping[str, str]) -> str:
    """The page with each part between <!-- mark: its name --> and <!-- end -->.

    Raises ValueError for a name that there is no part of.
    """

    def part(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in parts:
            raise ValueError(f"{name}: no such table; there are {', '.join(sorted(parts))}")
        return f"<!-- {mark}: {name} -->\n\n{parts[name]}\n<!-- end -->"

    return re.sub(rf"<!-- {mark}: ([\w-]+) -->\n.*?<!-- end -->", part, text, flags=re.DOTALL)


def _about(results: Results) -> str:
    about = results.about
    return (
        f"`{about['command']}`, {about['date']}, {about['machine']}. Batches of {about['batch_words']:,} words, "
        f"learning rate {about['learning_rate']:g} falling to zero.\n"
    )
