"""What is accepted as it is: robust against lines that move, and nothing else passes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gru_lint import lint_text
from gru_lint.suppression.baseline import BaselineError, new_baseline, read_baseline

_KING = "The king hurt herself on the stairs."
_QUEEN = "The queen hurt himself."


def left(folder: Path, accepted: str, text: str, filename: str = "a.md") -> list[str]:
    """The words that are found in a text after another text's findings were accepted, written and read."""
    path = folder / "baseline.json"
    baseline = new_baseline(path)
    baseline.accept(str(folder / "a.md"), accepted, lint_text(accepted))
    baseline.write(path)
    found = read_baseline(path).new(str(folder / filename), text, lint_text(text))
    return [text[one.span.start : one.span.end] for one in found]


@pytest.mark.parametrize(
    ("accepted", "text", "wanted"),
    [
        (_KING, _KING, []),
        (_KING, f"It rained.\n\nIt snowed.\n\n{_KING}\n\nIt rained.", []),
        (f"It rained.\n\n{_KING}", f"{_KING}\n\nIt snowed.", []),
        (_KING, _KING.replace(" hurt", "\nhurt").replace(" on", "\r\non"), []),
        (_KING, f"{_KING}\n\n{_QUEEN}", ["himself"]),
        (f"{_KING}\n\n{_QUEEN}", f"{_QUEEN}\n\n{_KING}", []),
        (_KING, f"{_KING}\n\n{_KING}", ["herself"]),
        (f"{_KING}\n\n{_KING}", _KING, []),
        (_KING, _KING.replace("king", "prince"), ["herself"]),
        ("It rained.", _KING, ["herself"]),
        (_KING, "It rained.", []),
    ],
)
def test_only_what_is_new_is_left(tmp_path: Path, accepted: str, text: str, wanted: list[str]) -> None:
    assert left(tmp_path, accepted, text) == wanted


def test_what_is_accepted_in_one_file_is_new_in_another(tmp_path: Path) -> None:
    assert left(tmp_path, _KING, _KING, "b.md") == ["herself"]


def test_names_are_relative_to_the_file_wherever_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    baseline = new_baseline(Path("../baseline.json"))
    baseline.accept("a.md", _KING, lint_text(_KING))
    assert baseline.write(Path("../baseline.json")) == 1
    monkeypatch.chdir(tmp_path)
    assert read_baseline(Path("baseline.json")).new("in/a.md", _KING, lint_text(_KING)) == ()


def test_what_is_gone_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    baseline = new_baseline(path)
    for name in ("a.md", "b.md"):
        baseline.accept(str(tmp_path / name), f"{_KING}\n\n{_QUEEN}", lint_text(f"{_KING}\n\n{_QUEEN}"))
    assert baseline.write(path) == 4
    read = read_baseline(path)
    read.new(str(tmp_path / "a.md"), _KING, lint_text(_KING))
    assert read.n_gone == 1


def test_the_file_is_for_people_too_and_is_the_same_each_time(tmp_path: Path) -> None:
    written = []
    for names in ("ab", "ba"):
        path = tmp_path / "baseline.json"
        baseline = new_baseline(path)
        for name in names:
            baseline.accept(str(tmp_path / name), _KING, lint_text(_KING))
        baseline.accept(str(tmp_path / "clean"), "It rained.", ())
        baseline.write(path)
        written.append(path.read_text(encoding="utf-8"))
    assert written[0] == written[1]
    assert list(json.loads(written[0])["findings"]) == ["a", "b"]
    assert 'PA004 \\"herself\\"' in written[0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no such file; write it with --write-baseline "),
        (b"", "is no baseline; write it again with --write-baseline "),
        (b"\xff", "is no baseline; "),
        (b"[]", "is no baseline; "),
        (b'{"format": 1}', "is no baseline; "),
        (b'{"format": 1, "findings": []}', "is no baseline; "),
        (b'{"format": 1, "findings": {"a": 3}}', "is no baseline; "),
        (b'{"format": 2, "findings": {}}', "is of format 2, and this version reads 1"),
        (b"[" * 100_000, "is no baseline; "),
    ],
)
def test_what_is_no_baseline_is_told_in_one_line(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "baseline.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BaselineError) as raised:
        read_baseline(path)
    assert str(raised.value).startswith(f"{path}: {message}")
