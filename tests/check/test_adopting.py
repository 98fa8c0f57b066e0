"""The command line on an old text: options that go before the configuration, comments, baselines, `gru-lint config`."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gru_lint.cli import application

_KING, _QUEEN = "The king hurt herself.\n", "The queen hurt himself.\n"


def run(root: Path, command: str, stdin: str = "") -> tuple[int, str]:
    """The exit code and all that is written, with the folder as ROOT; words beginning with @ are paths in it."""
    arguments = [str(root / word[1:]) if word.startswith("@") else word for word in command.split()]
    if arguments[0] == "check":
        arguments[1:1] = ["--output-format", "concise"]
    result = CliRunner().invoke(application, arguments, input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output.replace(str(root), "ROOT")


def write(root: Path, **texts: str) -> None:
    """Writes Markdown files, or "config": gru-lint.toml."""
    for name, text in texts.items():
        (root / ("gru-lint.toml" if name == "config" else f"{name}.md")).write_bytes(text.encode())


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ("", "king queen"),
        ("--select PA001", ""),
        ("--select PA001,PA004", "king queen"),
        ("--select PA001 --select reflexive-mismatch", "king queen"),
        ("--ignore PA004", ""),
        ("--exclude king.md", "draft queen"),
        ("--exclude king.md,queen.md --no-ignore", "draft"),
        ("--isolated", "draft king queen"),
        ("--no-ignore", "draft king queen"),
        ("--config @other.toml", "draft"),
        ("--extension text:markdown", "king queen"),
    ],
)
def test_options_go_before_the_configuration(tmp_path: Path, options: str, wanted: str) -> None:
    write(tmp_path, king=_KING, queen=_QUEEN, draft=_KING, config='exclude = ["draft.md"]\n')
    (tmp_path / "other.toml").write_text('exclude = ["king.md", "queen.md"]\n', encoding="utf-8")
    _, shown = run(tmp_path, f"check {options} @.")
    found = [line.split(".md:")[0].removeprefix("ROOT/") for line in shown.splitlines() if " PA004 " in line]
    assert found == wanted.split()


def test_an_extension_is_read_as_a_language(tmp_path: Path) -> None:
    (tmp_path / "a.page").write_text(f"`{_KING.strip()}`\n\n{_QUEEN}", encoding="utf-8")
    code, shown = run(tmp_path, "check --extension page:markdown @.")
    assert (code, shown.count("PA004")) == (1, 1)
    assert run(tmp_path, "check --extension page @.")[1].count("PA004") == 2


def test_a_file_that_is_excluded_is_left_out_where_that_is_forced(tmp_path: Path) -> None:
    write(tmp_path, king=_KING, config='exclude = ["king.md"]\n')
    assert run(tmp_path, "check @king.md")[0] == 1
    assert run(tmp_path, "check --force-exclude @king.md") == (0, "No findings in 0 files.\n")
    assert run(tmp_path, "check --force-exclude --stdin-filename @king.md -", stdin=_KING)[0] == 0


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("check --select PA01 @.", 'gru-lint: command line: unknown rule "PA01"; did you mean "PA001"?\n'),
        ("check --extension mdx:markdwon @.", 'gru-lint: command line: unknown language "markdwon"; did you mean '),
        (
            "check --config @none.toml @.",
            "gru-lint: ROOT/none.toml: no such file, or it has no table [tool.gru-lint]\n",
        ),
        ("check --baseline @none.json @.", "gru-lint: ROOT/none.json: no such file; write it with --write-baseline "),
        (
            "check --add-ignores --baseline @a.json @.",
            "gru-lint: --baseline, --write-baseline and --add-ignores exclude ",
        ),
        ("check --add-ignores -", "gru-lint: --add-ignores writes files: it cannot write standard input\n"),
        ("config --ignore PA01 @.", 'gru-lint: command line: unknown rule "PA01"; did you mean "PA001"?\n'),
    ],
)
def test_what_cannot_be_is_told_in_one_line(tmp_path: Path, command: str, message: str) -> None:
    write(tmp_path, king=_KING)
    code, shown = run(tmp_path, command)
    assert code == 2
    assert shown.startswith(message)
    assert shown.count("\n") == 1


def test_comments_are_added_and_a_check_afterwards_is_clean(tmp_path: Path) -> None:
    write(tmp_path, king=f"\ufeff{_KING}\r\n".replace("\n", "\r\n"), clean="It rained.\n", queen=_QUEEN)
    king = tmp_path / "king.md"
    king.chmod(0o640)
    before = (tmp_path / "clean.md").stat().st_mtime_ns
    assert run(tmp_path, "check --add-ignores @.") == (0, "Silenced 2 findings in 2 files.\n")
    assert king.read_bytes().startswith(b"\xef\xbb\xbfThe king hurt herself. <!-- gru-lint: ignore PA004 -->\r")
    assert stat.S_IMODE(king.stat().st_mode) == 0o640
    assert (tmp_path / "clean.md").stat().st_mtime_ns == before
    assert run(tmp_path, "check --report-unused-ignores @.") == (0, "No findings in 3 files.\n")
    assert run(tmp_path, "check --add-ignores @.") == (0, "Silenced 0 findings in 0 files.\n")


def test_what_no_comment_can_silence_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "king.txt").write_text(_KING, encoding="utf-8")
    code, shown = run(tmp_path, "check --add-ignores @.")
    assert code == 1
    assert shown.startswith("gru-lint: ROOT/king.txt: line 1 cannot be silenced by a comment: see --write-baseline\n")
    assert (tmp_path / "king.txt").read_text(encoding="utf-8") == _KING


def test_a_baseline_accepts_what_is_there_and_no_more(tmp_path: Path) -> None:
    write(tmp_path, king=_KING, queen=_QUEEN)
    accepted = (0, "Accepted 2 findings in ROOT/accepted.json.\n")
    assert run(tmp_path, "check --write-baseline @accepted.json @.") == accepted
    assert run(tmp_path, "check --baseline @accepted.json @.") == (0, "No findings in 2 files.\n")
    write(tmp_path, king=f"It rained.\n\n{_KING}\n{_QUEEN}")
    code, shown = run(tmp_path, "check --baseline @accepted.json @.")
    assert (code, shown.count("PA004")) == (1, 1)
    assert "king.md:5:" in shown


def test_what_is_gone_from_a_baseline_is_told_of_and_forgotten(tmp_path: Path) -> None:
    write(tmp_path, king=_KING, queen=_QUEEN, duke=_KING.replace("king", "duke"))
    run(tmp_path, "check --write-baseline @accepted.json @.")
    write(tmp_path, king="It rained.\n")
    (tmp_path / "duke.md").unlink()
    code, shown = run(tmp_path, "check --baseline @accepted.json @king.md")
    assert (code, "1 accepted finding is gone; write it again" in shown) == (0, True)
    # What is accepted in other files is kept, as long as they exist.
    assert run(tmp_path, "check --write-baseline @accepted.json @king.md")[1].startswith("Accepted 1 finding in ")
    assert run(tmp_path, "check --baseline @accepted.json @.")[0] == 0


def test_a_baseline_is_not_written_over_another_file(tmp_path: Path) -> None:
    write(tmp_path, king=_KING)
    code, shown = run(tmp_path, "check --write-baseline @king.md @king.md")
    assert (code, "is no baseline" in shown) == (2, True)
    assert (tmp_path / "king.md").read_bytes() == _KING.encode()


def test_what_is_set_for_a_file_is_shown(tmp_path: Path) -> None:
    write(tmp_path, config='severity.PA001 = "hint"\n')
    code, shown = run(tmp_path, "config --min-confidence 0.5 @in/a.md")
    assert code == 0
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert lines[0] == "# ROOT/in/a.md: ROOT/gru-lint.toml"
    assert 'severity.PA001 = "hint" # ROOT/gru-lint.toml:1' in lines
    assert "min-confidence = 0.5 # command line" in lines
    assert "# ignore: none # default" in lines
