"""Long and strange input: findings with right offsets, bounded memory, no crash; broken weights in one line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gru_lint import lint_text
from gru_lint.segment.sentences import split_sentences
from gru_lint.segment.windows import split_windows

_ROOT = Path(__file__).parents[2]
_ERROR = "The king hurt herself. "


def check(text: str, offset: int) -> None:
    """The one finding in a text stands on "herself" at this offset."""
    (finding,) = lint_text(text)
    assert (finding.span.start, text[finding.span.start : finding.span.end]) == (offset, "herself")


@pytest.mark.parametrize(
    "before",
    [
        "(" * 20_000 + " ",
        "word " * 2_000 + ". ",
        "x" * 100_000 + " ",
        "a.b." * 5_000 + " ",
        "\n" * 50_000,
        "- \n" * 5_000 + "\n",
        "\u200b\u202e\u0301" * 2_000 + " ",
        "中文" * 20_000 + " ",
        "\0 " * 5_000,
    ],
    ids=["brackets", "no-stop", "one-word", "dots", "blank", "list", "invisible", "chinese", "nul"],
)
def test_what_stands_before_does_not_move_the_finding(before: str) -> None:
    check(f"{before}\n\n{_ERROR}", len(before) + 2 + _ERROR.index("herself"))


def test_a_window_is_bounded_however_long_the_paragraph_is() -> None:
    text = "She said that he and it and they " * 3_000
    windows = list(split_windows(split_sentences(text), 192))
    assert max(window.end_judged for window in windows) <= 192
    assert max(window.n_lookahead for window in windows) <= 40
    assert sum(window.end_judged - window.first_judged for window in windows) == len(text.split())


_PROGRAM = """
import json, re, sys
from pathlib import Path
from gru_lint import lint_text
text = open(sys.argv[1], encoding="utf-8").read()
found = lint_text(text)
words = {text[f.span.start : f.span.end] for f in found}
# Not getrusage: a process inherits the peak of the one that started it, here of the whole test run.
(peak_kib,) = re.findall(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps([len(found), sorted(words), int(peak_kib) // 1024]))
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc")
@pytest.mark.parametrize(
    ("text", "n_findings"),
    [
        (("The weather was fine and the road was long. " * 20 + _ERROR) * 115, 115),
        ("the weather was fine and the road was long " * 11_000 + ". " + _ERROR, 1),
        ("A long line without any stop or any person in it " * 200_000, 0),
    ],
    ids=["paragraph-of-100000-words", "sentence-of-100000-words", "line-of-10-mb"],
)
def test_memory_stays_bounded(tmp_path: Path, text: str, n_findings: int) -> None:
    path = tmp_path / "long.txt"
    path.write_text(text, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "OMP_NUM_THREADS": "1"}
    result = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(path)], capture_output=True, text=True, check=True, env=environment
    )
    found, words, peak_mib = json.loads(result.stdout)
    assert words in ([], ["herself"])
    assert found == n_findings
    assert peak_mib < 400


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "the weights are missing"), (b"PK\x03\x04 half a file", "not a weights file"), (b"", "not a weights file")],
    ids=["missing", "broken", "empty"],
)
def test_broken_weights_are_named_in_one_line(tmp_path: Path, content: bytes | None, message: str) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "training")
    shutil.copytree(_ROOT / "gru_lint", tmp_path / "gru_lint", ignore=ignored)
    weights = tmp_path / "model_weights" / "agreement-gru.npz"
    if content is not None:
        weights.parent.mkdir()
        weights.write_bytes(content)
    text = tmp_path / "king.txt"
    text.write_text(_ERROR, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-m", "gru_lint", "check", str(text)]
    result = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"gru-lint: {weights}: {message}")
    assert result.stderr.count("\n") == 1
