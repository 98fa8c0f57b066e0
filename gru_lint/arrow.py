"""Findings of the texts in Arrow record batches: what Spark, Dask, Polars, DuckDB and others hand to a function.

Needs the extra `arrow`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import pyarrow as pa

from gru_lint.config.settings import Settings
from gru_lint.did_you_mean import hint
from gru_lint.files.read import MAX_BYTES
from gru_lint.linter import lint_each, may_hold_findings
from gru_lint.model.weights_path import WeightsError
from gru_lint.records import Finding

__all__ = ["ERROR", "FINDING", "FINDINGS", "NO_TEXT", "ColumnError", "findings_schema", "lint_batches"]

# A finding; offsets count code points of the text, the end is excluded. Fields may be added at the end.
FINDING: Final = pa.struct(
    [
        pa.field("code", pa.string(), nullable=False),
        pa.field("rule", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("word", pa.string(), nullable=False),
        pa.field("replacement", pa.string()),
        pa.field("antecedent", pa.string()),
        pa.field("confidence", pa.float64(), nullable=False),
        pa.field("message", pa.string(), nullable=False),
    ]
)
# The columns that are added: exactly one of the two is null in each row.
FINDINGS: Final = pa.field("findings", pa.list_(FINDING))
ERROR: Final = pa.field("error", pa.string())
NO_TEXT: Final = "no text"
# A context that ends like this is a sentence; else it is a title or a list item, after which a paragraph begins.
_SENTENCE_END = re.compile(r"""[.!?…:;,]["'”’»)\]]*\s*$""")


class ColumnError(ValueError):
    """A column that is not there or holds no text; the message is one line."""


class _Row(NamedTuple):
    """A row to lint.

    text   its context and its own text
    start  where in `text` its own text starts
    error  why there is nothing to lint, else None
    """

    text: str
    start: int = 0
    error: str | None = None


def findings_schema(schema: pa.Schema, key: str | Sequence[str] | None = None) -> pa.Schema:
    """The schema of what `lint_batches` yields for batches of a schema. Raises `ColumnError`."""
    names = schema.names if key is None else [key] if isinstance(key, str) else key
    kept = [_field(schema, name) for name in names]
    for added in (FINDINGS, ERROR):
        if added.name in names:
            raise ColumnError(f'the column "{added.name}" is there already; name those to keep, or rename it')
    return pa.schema([*kept, FINDINGS, ERROR])


def lint_batches(
    batches: Iterable[pa.RecordBatch],
    text: str = "text",
    key: str | Sequence[str] | None = None,
    context: str | None = None,
    settings: Settings | None = None,
) -> Iterator[pa.RecordBatch]:
    """Each batch with the findings of its texts: the columns to keep, then `FINDINGS` and `ERROR`.

    text      the column with the texts, each of which is a text of its own
    key       the columns to keep, by default all
    context   a column with what stands before each text, such as the segment before it: it is read, and not judged
    settings  thresholds and declared pronouns

    A row without text, or with one that is not valid UTF-8, has null as its findings and says so in `ERROR`.
    Raises `ColumnError` and `WeightsError`.
    """
    for batch in batches:
        schema = findings_schema(batch.schema, key)
        rows = list(_rows(batch, text, context, settings or Settings()))
        findings, errors = _lint(rows, settings or Settings())
        kept = [batch.column(batch.schema.get_field_index(name)) for name in schema.names[:-2]]
        added = [pa.array(findings, FINDINGS.type), pa.array(errors, ERROR.type)]
        yield pa.RecordBatch.from_arrays([*kept, *added], schema=schema)


def _field(schema: pa.Schema, name: str) -> pa.Field:
    """The column of a name. Raises `ColumnError`."""
    index = schema.get_field_index(name)
    if index < 0:
        wrong = "there are several columns" if name in schema.names else "there is no column"
        raise ColumnError(f'{wrong} "{name}"; {hint(name, schema.names)}')
    return schema.field(index)


def _rows(batch: pa.RecordBatch, text: str, context: str | None, settings: Settings) -> Iterator[_Row]:
    texts = _contents(batch, text)
    contexts = _contents(batch, context) if context is not None else [None] * len(texts)
    for content, before in zip(texts, contexts, strict=True):
        if content is None:
            yield _Row("", error=NO_TEXT)
        elif len(content) > MAX_BYTES:
            yield _Row("", error=f"the text is longer than {MAX_BYTES // 1_000_000} MB; split it")
        else:
            try:
                written = content.decode()
            except UnicodeDecodeError as error:
                yield _Row("", error=f"the text is not valid UTF-8 (byte {error.start})")
                continue
            # The context may be damaged; it is not needed where there is nothing to judge.
            given = before.decode(errors="replace").strip() if before and may_hold_findings(written, settings) else ""
            if given:
                given += "\n" if _SENTENCE_END.search(given) else "\n\n"
            yield _Row(given + written, len(given))


def _contents(batch: pa.RecordBatch, name: str) -> list[bytes | None]:
    """The bytes of a column's texts, which Arrow does not promise to be UTF-8. Raises `ColumnError`."""
    column = batch.column(batch.schema.get_field_index(_field(batch.schema, name).name))
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_null(column.type):
        return [None] * len(column)
    is_text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    is_bytes = pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type)
    is_view = column.type in (pa.string_view(), pa.binary_view())
    if not (is_text or is_bytes or is_view):
        raise ColumnError(f'the column "{name}" holds {column.type}, not text')
    contents: list[bytes | None] = column.cast(pa.binary_view() if is_view else pa.large_binary()).to_pylist()
    return contents


def _lint(rows: Sequence[_Row], settings: Settings) -> tuple[list[list[dict[str, Any]] | None], list[str | None]]:
    """The findings of each row, None where there is an error, and the errors. Raises `WeightsError`."""
    findings: list[list[dict[str, Any]] | None] = []
    errors: list[str | None] = []
    # One text that raises must not end the run over millions of others: it gets an error.
    for row, found in zip(rows, lint_each([row.text for row in rows], settings=settings), strict=True):
        if isinstance(found, WeightsError):
            raise found
        if isinstance(found, Exception):
            error: str | None = f"cannot be checked ({type(found).__name__}: {found})"
            own = None
        else:
            error = row.error
            own = [_finding(row, one) for one in found if one.span.start >= row.start] if error is None else None
        findings.append(own)
        errors.append(error)
    return findings, errors


def _finding(row: _Row, finding: Finding) -> dict[str, Any]:
    """The fields of `FINDING`; offsets from where the row's own text begins."""
    span = finding.span
    return {
        "code": finding.code,
        "rule": finding.name,
        "start": span.start - row.start,
        "end": span.end - row.start,
        "word": span.of(row.text),
        "replacement": finding.replacements[0] if finding.replacements else None,
        "antecedent": finding.antecedent.text if finding.antecedent else None,
        "confidence": finding.confidence,
        "message": finding.message,
    }
