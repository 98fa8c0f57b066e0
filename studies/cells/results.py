"""What a study has found so far, in one file: a row a run, on a line of its own."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from gru_lint.files.write import write_file

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Results:
    """The figures of a study.

    about      command, date, machine and what was the same for all runs
    nearest    the baseline's figures
    shipped    those of the network that is shipped, which had another budget; empty where it was not measured
    rows       one for each run: see `row_key` and `measuring`
    """

    about: dict[str, Any] = field(default_factory=dict)
    nearest: dict[str, Any] = field(default_factory=dict)
    shipped: dict[str, Any] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()

    def row(self, name: str, seed: int, steps: int) -> Row | None:
        """The row of a run, if it has been measured."""
        return next((row for row in self.rows if row_key(row) == (name, seed, steps)), None)

    def of(self, name: str, steps: int) -> list[Row]:
        """The rows of a configuration, one a seed."""
        return [row for row in self.rows if (row["name"], row["steps"]) == (name, steps)]


def row_key(row: Row) -> tuple[str, int, int]:
    """What a run is known by: configuration, seed, steps."""
    return row["name"], row["seed"], row["steps"]


def with_row(results: Results, row: Row) -> Results:
    """The results with a row more, in place of an older one of the same run."""
    others = [other for other in results.rows if row_key(other) != row_key(row)]
    return Results(results.about, results.nearest, results.shipped, (*others, row))


def read_results(path: Path) -> Results:
    """What was written; nothing yet where there is no file. Raises ValueError for another kind of file."""
    if not path.exists():
        return Results()
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Results(found["about"], found["nearest"], found["shipped"], tuple(found["rows"]))
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: not the results of a study ({error})") from None


def write_results(results: Results, path: Path) -> None:
    """Writes the file whole: a kill leaves the last one."""
    heads = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in asdict(results).items() if name != "rows"]
    rows = ",\n".join(json.dumps(row) for row in results.rows)
    text = "{" + ",\n".join([*heads, f'"rows": [\n{rows}\n]']) + "}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, text.encode())
