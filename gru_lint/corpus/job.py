"""A run over a corpus as it is asked for, and the folder of the parts that are done."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from gru_lint.arrow import ERROR, FINDINGS
from gru_lint.config.settings import Settings
from gru_lint.corpus.tables import TableError, column_names, kind_of, require

__all__ = ["FILE", "PART_ROWS", "ROW", "SOURCE_LANGUAGE", "Columns", "CorpusError", "Job"]

# Rows of a part: a few seconds of a core, so that a kill loses little and no core waits long for the last one.
PART_ROWS: Final = 8192
FILE: Final = pa.field("file", pa.string(), nullable=False)
ROW: Final = pa.field("row", pa.int64(), nullable=False)
SOURCE_LANGUAGE: Final = pa.field("source_lang", pa.string())
_ADDED: Final = (FILE, ROW, SOURCE_LANGUAGE, FINDINGS, ERROR)
_PLAN: Final = "_gru_lint.json"


class CorpusError(Exception):
    """A run that cannot be started or finished; the message is one line."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of the tables that are read; all but the first are carried along, and one may be named twice.

    key      identifies a row beyond its file and number
    context  what stands before the text, which is read and not judged
    source   the text in the language that it was translated from
    group    the summary is by its values, too
    """

    text: str = "text"
    key: str | None = None
    context: str | None = None
    source: str | None = None
    group: str | None = None

    @property
    def carried(self) -> tuple[str, ...]:
        """Each column once, that of the texts first."""
        named = (self.text, self.key, self.group, self.source, self.context)
        return tuple(dict.fromkeys(name for name in named if name is not None))


@dataclass(frozen=True)
class Job:
    """A run: tables in, findings out.

    output         a .parquet or .jsonl file, or a folder for the parts
    source_lang    the language of the source column, which is written beside it
    only_findings  whether rows without a finding are left out
    """

    inputs: tuple[Path, ...]
    output: Path
    columns: Columns
    source_lang: str | None = None
    only_findings: bool = False
    settings: Settings = field(default_factory=Settings)
    part_rows: int = PART_ROWS

    @property
    def is_folder(self) -> bool:
        """Whether the parts are what is asked for, and not one file of them."""
        return not self.output.name.endswith((".parquet", ".jsonl", ".jsonl.gz"))

    @property
    def folder(self) -> Path:
        """Where the parts lie."""
        return self.output if self.is_folder else self.output.with_name(f"{self.output.name}.parts")

    @cached_property
    def carried(self) -> pa.Schema:
        """The columns that are carried along: of Parquet as they are there, of other tables as text.

        Raises `TableError`, `CorpusError`.
        """
        schemas = {path: _schema(path, self.columns) for path in self.inputs}
        first, schema = next(iter(schemas.items()))
        for path, other in schemas.items():
            if other != schema:
                raise CorpusError(
                    f"{path}: its columns are of other types than those of {first}; check them one by one"
                )
        for added in _ADDED:
            if added.name in schema.names:
                raise CorpusError(f'the column "{added.name}" would be written twice: rename it')
        return schema

    @property
    def schema(self) -> pa.Schema:
        """The columns of a row of the output."""
        language = [SOURCE_LANGUAGE] if self.source_lang else []
        return pa.schema([FILE, ROW, *self.carried, *language, FINDINGS, ERROR])

    def part_file(self, number: int) -> Path:
        """Where a part lies when it is done."""
        return self.folder / f"part-{number:08}.parquet"

    def begin(self) -> None:
        """Makes the folder for the parts, or checks that an existing one is of the same run. Raises `CorpusError`."""
        plan = self.folder / _PLAN
        try:
            if plan.exists():
                # As bytes: a file that another program has put there may be no text.
                if plan.read_bytes() != self._plan():
                    raise CorpusError(
                        f"{self.folder}: holds the parts of another run (other inputs, options or settings); "
                        "remove it, or name another output"
                    )
                return
            if self.folder.is_dir() and any(self.folder.iterdir()):
                raise CorpusError(f"{self.folder}: is not empty and holds no run; move it away, or name another output")
            self.folder.mkdir(exist_ok=True)
            plan.write_bytes(self._plan())
        except OSError as error:
            raise CorpusError(
                f"{self.folder}: cannot be written ({error.strerror or error}); name an output where you may write"
            ) from None

    def end(self) -> None:
        """Removes the parts, once the output file is made of them."""
        for path in (*self.folder.glob("part-*"), self.folder / _PLAN):
            path.unlink()
        self.folder.rmdir()

    def _plan(self) -> bytes:
        """All that the parts depend on, as JSON: another run has another plan."""
        from gru_lint.model.weights import default_weights_path, read_version

        inputs = [[str(path.absolute()), path.stat().st_size, path.stat().st_mtime_ns] for path in self.inputs]
        asked = [repr(self.columns), self.source_lang, self.only_findings, repr(self.settings), self.part_rows]
        plan = json.dumps([read_version(default_weights_path()), asked, inputs], indent=1)
        return f"{plan}\n".encode()


def _schema(path: Path, columns: Columns) -> pa.Schema:
    """The types of the columns of a table that are carried along. Raises `TableError`."""
    if kind_of(path).format != "parquet":
        # An object of JSON Lines needs a text; it may leave out any other column.
        asked = (columns.text,) if kind_of(path).format == "jsonl" else columns.carried
        require(path, column_names(path), asked)
        return pa.schema([pa.field(name, pa.string()) for name in columns.carried])
    require(path, column_names(path), columns.carried)
    try:
        schema = pq.read_schema(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise TableError(f"{path}: cannot be read as Parquet ({error})") from None
    return pa.schema([pa.field(name, schema.field(name).type) for name in columns.carried])
