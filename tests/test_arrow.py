"""Findings as an Arrow column: what becomes of each row, whatever it holds."""

from __future__ import annotations

from typing import Any

import pytest
from segments import segments

pa = pytest.importorskip("pyarrow", reason="needs the extra arrow")

from gru_lint import arrow, lint_text, read_settings  # noqa: E402
from gru_lint.linter import texts  # noqa: E402

_WRONG, _RIGHT = "The king hurt herself.", "The king hurt himself."


def lint(column: Any, **others: Any) -> tuple[list[Any], list[str | None]]:
    """The findings and the errors of a column of texts."""
    batch = pa.RecordBatch.from_pydict({"text": column, **others})
    context = "context" if "context" in others else None
    (found,) = arrow.lint_batches([batch], context=context)
    found.validate()
    return found["findings"].to_pylist(), found["error"].to_pylist()


def test_the_schema_is_published() -> None:
    schema = arrow.findings_schema(pa.schema([("id", pa.int64()), ("text", pa.string())]), "id")
    assert schema.names == ["id", "findings", "error"]
    assert schema.field("error").type == pa.string()
    assert schema.field("findings").type == pa.list_(arrow.FINDING)
    assert [(field.name, str(field.type), field.nullable) for field in arrow.FINDING] == [
        ("code", "string", False),
        ("rule", "string", False),
        ("start", "int32", False),
        ("end", "int32", False),
        ("word", "string", False),
        ("replacement", "string", True),
        ("antecedent", "string", True),
        ("confidence", "double", False),
        ("message", "string", False),
    ]


def test_a_finding_has_the_fields_of_the_library() -> None:
    ([[found]], _) = lint([_WRONG])
    (finding,) = lint_text(_WRONG)
    assert found == {
        "code": finding.code,
        "rule": finding.name,
        "start": finding.span.start,
        "end": finding.span.end,
        "word": "herself",
        "replacement": "himself",
        "antecedent": finding.antecedent.text if finding.antecedent else None,
        "confidence": finding.confidence,
        "message": finding.message,
    }


def test_rows_are_texts_of_their_own() -> None:
    given = segments(200, seed=6)
    findings, errors = lint(given)
    assert errors == [None] * 200
    assert [len(found) for found in findings] == [len(lint_text(text)) for text in given]


@pytest.mark.parametrize(
    ("column", "n_findings", "errors"),
    [
        (["", None, _WRONG], [0, None, 1], [None, "no text", None]),
        (pa.array([_WRONG.encode(), b"\xff she"]), [1, None], [None, "the text is not valid UTF-8 (byte 0)"]),
        (pa.array([b"\xc3 she", b"he"]).view(pa.string()), [None, 0], ["the text is not valid UTF-8 (byte 0)", None]),
        (pa.array([_WRONG, None], pa.large_string()), [1, None], [None, "no text"]),
        (pa.array([_WRONG, None], pa.string_view()), [1, None], [None, "no text"]),
        (pa.array([_WRONG, _WRONG]).dictionary_encode(), [1, 1], [None, None]),
        (pa.nulls(2), [None, None], ["no text", "no text"]),
        (pa.array([], pa.string()), [], []),
        (["She" * 7_000_000, _WRONG], [None, 1], ["the text is longer than 20 MB; split it", None]),
    ],
    ids=["null", "binary", "invalid-string", "large", "view", "dictionary", "nulls", "no-rows", "overlong"],
)
def test_every_row_has_findings_or_an_error(
    column: Any, n_findings: list[int | None], errors: list[str | None]
) -> None:
    findings, found_errors = lint(column)
    assert [None if found is None else len(found) for found in findings] == n_findings
    assert found_errors == errors


def test_what_stands_before_is_read_and_not_judged() -> None:
    text = "Later he called the bank, and he hurt himself."
    before = ["The queen hurt himself.", None, "", "A title", pa.scalar(None).as_py()]
    findings, _ = lint([text] * 5, context=before)
    whole = lint_text(f"{before[0]}\n{text}")
    own = [finding for finding in whole if finding.span.start >= len(before[0]) + 1]
    assert [found["start"] for found in findings[0]] == [finding.span.start - len(before[0]) - 1 for finding in own]
    assert all(text[found["start"] : found["end"]] == found["word"] for row in findings for found in row)
    assert findings[1] == findings[2] == findings[4]


def test_the_key_alone_is_kept() -> None:
    batch = pa.RecordBatch.from_pydict({"id": [7, 8], "text": [_WRONG, _RIGHT], "other": ["a", "b"]})
    (found,) = arrow.lint_batches([batch], key="id")
    assert found.schema.names == ["id", "findings", "error"]
    assert found["id"].to_pylist() == [7, 8]
    (found,) = arrow.lint_batches([batch], key=["other", "id"])
    assert found.schema.names == ["other", "id", "findings", "error"]
    (found,) = arrow.lint_batches([batch])
    assert found.schema.names == ["id", "text", "other", "findings", "error"]


def test_settings_hold_for_all_rows() -> None:
    batch = pa.RecordBatch.from_pydict({"text": [_WRONG]})
    (found,) = arrow.lint_batches([batch], settings=read_settings({"ignore": ["PA004"]}))
    assert found["findings"].to_pylist() == [[]]


@pytest.mark.parametrize(
    ("columns", "options", "message"),
    [
        ({"txt": ["a"]}, {}, 'there is no column "text"; did you mean "txt"?'),
        ({"text": [1]}, {}, 'the column "text" holds int64, not text'),
        ({"text": ["a"]}, {"key": "id"}, 'there is no column "id"; known is "text"'),
        ({"text": ["a"], "error": ["b"]}, {}, 'the column "error" is there already'),
        ({"text": ["a"]}, {"context": "before"}, 'there is no column "before"'),
    ],
)
def test_wrong_columns_are_named(columns: dict[str, Any], options: dict[str, Any], message: str) -> None:
    with pytest.raises(arrow.ColumnError) as raised:
        list(arrow.lint_batches([pa.RecordBatch.from_pydict(columns)], **options))
    assert message in str(raised.value)


def test_a_text_that_cannot_be_checked_is_named_and_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    real = texts.lint_texts

    def failing(judged: Any, **options: Any) -> Any:
        for text in judged:
            if "poison" in text:
                raise ZeroDivisionError("by a text")
            yield from real([text], **options)

    monkeypatch.setattr(texts, "lint_texts", failing)
    findings, errors = lint([_WRONG, "She drank poison.", _WRONG])
    assert errors == [None, "cannot be checked (ZeroDivisionError: by a text)", None]
    assert [found and len(found) for found in findings] == [1, None, 1]
