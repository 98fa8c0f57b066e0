"""Files with settings beside them, and runs of `gru-lint check` over them."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from gru_lint.cli import application


def write(folder: Path, **files: str) -> None:
    """Writes files into a folder; "config" is its pyproject.toml, any other name a text."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / ("pyproject.toml" if name == "config" else f"{name}.txt")
        path.write_text(text, encoding="utf-8")


def run(*arguments: str | Path, stdin: str = "") -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `gru-lint check`, a finding a line."""
    command = ["check", "--output-format", "concise", *map(str, arguments)]
    result = CliRunner().invoke(application, command, input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr
