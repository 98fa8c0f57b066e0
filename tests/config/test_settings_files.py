"""Which file's settings hold for which text."""

from __future__ import annotations

from pathlib import Path

import pytest
from settings_runs import run, write

from gru_lint.config.discovery import ConfigFinder
from gru_lint.config.settings import read_settings

_KING = "The king hurt herself.\n"
_HALF = read_settings({"min-confidence": 0.5})


@pytest.mark.parametrize(
    "config",
    ["", "[tool.other]\nkey = 1\n", "this is no TOML [", "# gru-lint is run in CI\n", '[project]\nname = "gru-lint"\n'],
    ids=["empty", "other", "broken", "comment", "project"],
)
def test_a_file_without_our_table_is_passed_over(tmp_path: Path, config: str) -> None:
    write(tmp_path, config="[tool.gru-lint]\nmin-confidence = 0.5\n")
    write(tmp_path / "inner", config=config)
    assert ConfigFinder().settings_for(tmp_path / "inner" / "text.md") == _HALF


def test_the_nearest_table_holds_alone(tmp_path: Path) -> None:
    write(tmp_path, config="[tool.gru-lint]\nmin-confidence = 0.5\n")
    write(tmp_path / "inner", config='\ufeff[tool.gru-lint.pronouns]\n"Alex Kim" = "they"\n')
    finder = ConfigFinder()
    inner = finder.settings_for(tmp_path / "inner" / "deep" / "text.md")
    assert (inner.min_confidence, len(inner.pronouns)) == ((), 1)
    assert finder.settings_for(tmp_path / "text.md") == _HALF
    assert finder.settings_for(tmp_path / "other" / "text.md").pronouns == ()


def test_each_file_is_checked_under_its_own_settings(tmp_path: Path) -> None:
    write(tmp_path / "quiet", config="[tool.gru-lint]\nmin-confidence = 1.0\n", king=_KING)
    write(
        tmp_path / "strict", config='[tool.gru-lint.pronouns]\n"Alex Kim" = "they"\n', alex="Alex Kim hurt herself.\n"
    )
    write(tmp_path / "plain", king=_KING)
    code, out, err = run(tmp_path)
    assert (code, err) == (1, "")
    found = [line.split(": ")[:2] for line in out.splitlines()[:-1]]
    names = [(str(Path(place.split(":")[0]).relative_to(tmp_path)), message[:5]) for place, message in found]
    assert names == [(str(Path("plain/king.txt")), "PA004"), (str(Path("strict/alex.txt")), "PA005")]


def test_standard_input_takes_the_settings_of_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "quiet", config="[tool.gru-lint]\nmin-confidence = 1.0\n")
    monkeypatch.chdir(tmp_path)
    assert run("-", stdin=_KING)[0] == 1
    assert run("-", "--stdin-filename", "quiet/draft.md", stdin=_KING)[0] == 0
    monkeypatch.chdir(tmp_path / "quiet")
    assert run("-", stdin=_KING)[0] == 0


def test_the_command_line_goes_before_the_file(tmp_path: Path) -> None:
    config = "[tool.gru-lint]\nmin-confidence = {PA004 = 1.0, all = 1.0}\n"
    write(tmp_path, config=config, king=_KING)
    assert run(tmp_path)[0] == 0
    assert run("--min-confidence", "0.9", tmp_path)[0] == 1


@pytest.mark.parametrize("written", ["1.5", "-1", "high", "nan", ""])
def test_a_confidence_on_the_command_line_is_a_number_from_0_to_1(tmp_path: Path, written: str) -> None:
    write(tmp_path, king=_KING)
    code, out, err = run(f"--min-confidence={written}", tmp_path)
    assert (code, out) == (2, "")
    assert "is not a number from 0 to 1" in " ".join(err.replace("│", "").split())
