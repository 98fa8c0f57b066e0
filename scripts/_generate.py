"""What is made of the code: docs/rules.md, docs/cli.md, the schema, and parts of other files between two marks.

`scripts/generate` writes all of it; tests/project/test_generated.py says what is older than the code.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from gru_lint.config.page import keys_page, schema
from gru_lint.explain.formats import all_formats as explanation_formats
from gru_lint.extract import InputFormat, formats, known_extensions
from gru_lint.report import all_formats as report_formats
from gru_lint.rules import all_rules
from gru_lint.rules._page import render
from scripts._command_line_page import page as command_line_page

_ROOT = Path(__file__).parents[1]


def generated_files() -> dict[str, str]:
    """Each file as it should be, by its place in the repository."""
    return {
        "docs/rules.md": render(all_rules(), "markdown"),
        "docs/cli.md": command_line_page(),
        "docs/configuration.md": _with_part("docs/configuration.md", "keys", keys_page()),
        "docs/formats.md": _with_part("docs/formats.md", "formats", _formats_table()),
        "docs/reports.md": _with_part("docs/reports.md", "formats", _reports_table()),
        "docs/explain.md": _with_part("docs/explain.md", "formats", _explanations_table()),
        "README.md": _with_part("README.md", "rules", _rules_table()),
        "schemas/gru-lint.json": schema(),
        ".pre-commit-hooks.yaml": _hooks(),
        "vscode-client/package.json": _extension(),
    }


def _read(place: str) -> str:
    return (_ROOT / place).read_text(encoding="utf-8")


def _with_part(place: str, name: str, part: str) -> str:
    """A file with what stands between `<!-- name -->` and `<!-- end of name -->` written again."""
    before, mark, rest = _read(place).partition(f"<!-- {name} -->\n")
    _, end, after = rest.partition(f"<!-- end of {name} -->")
    if not (mark and end):
        raise ValueError(f"{place} has no marks <!-- {name} --> and <!-- end of {name} -->")
    return f"{before}{mark}\n{part.strip()}\n\n{end}{after}"


def _described() -> Iterator[InputFormat]:
    return (known for known in formats().values() if known.is_document or known.description)


def _formats_table() -> str:
    rows = ["| format | files | read | not read | a comment that silences |", "| --- | --- | --- | --- | --- |"]
    for known in sorted(_described(), key=lambda known: known.language):
        if known.description is None:
            raise ValueError(f"the module of {known.language} has no DESCRIPTION")
        title, read, not_read = known.description
        files = " ".join(f"`{name}`" for name in (*known.extensions, *known.names))
        rows.append(f"| {title} (`{known.language}`) | {files} | {read} | {not_read} | {_comment(known)} |")
    rows.append(
        "| programs | see below | comments and docstrings | code and strings | as the language writes comments |"
    )
    return "\n".join(rows)


def _comment(known: InputFormat) -> str:
    syntax = known.comments
    if syntax is None:
        return "none"
    written = f"`{f'{syntax.start} gru-lint: … {syntax.end}'.strip()}`"
    return written if syntax.can_be_added else f"{written}; `--add-ignores` writes none"


def _rules_table() -> str:
    rows = [
        f"| {rule.code} | {rule.name} | {rule.summary} |" for rule in all_rules() if rule.judge or rule.judges_forms
    ]
    return "\n".join(["| code | rule | flags |", "| --- | --- | --- |", *rows])


def _reports_table() -> str:
    rows = [f"| [{known.name}](#{known.name}) | {known.summary} |" for known in report_formats().values()]
    return "\n".join(["| format | what it is |", "| --- | --- |", *rows])


def _explanations_table() -> str:
    rows = [f"| `{name}` | {known.summary} |" for name, known in sorted(explanation_formats().items())]
    return "\n".join(["| `--output-format` | what it is |", "| --- | --- |", *rows])


def _hooks() -> str:
    names = "|".join(sorted(extension[1:] for extension in known_extensions()))
    return re.sub(
        r"^  files: .*$", lambda _: rf"  files: \.({names})$", _read(".pre-commit-hooks.yaml"), flags=re.MULTILINE
    )


def _extension() -> str:
    package = json.loads(_read("vscode-client/package.json"))
    checked = sorted(known.language for known in formats().values() if known.in_editors)
    contributes = package["contributes"]
    setting = contributes["configuration"]["properties"]["gruLint.languages"]
    setting["default"] = checked
    # Its cells have languages of their own.
    texts = (known for known in formats().values() if known.is_document and known.unpack is None)
    documents = {known.language for known in texts} - {"jupyter"}
    others = ", ".join(f"`{language}`" for language in sorted(documents.difference(checked)))
    setting["markdownDescription"] = (
        "The [identifiers](https://code.visualstudio.com/docs/languages/identifiers) of the languages whose files are "
        f"checked. The other formats that gru-lint reads are {others}. Add `python` or `javascript`, for instance, to "
        "have comments checked. Notebooks are checked where `markdown` is. A change restarts the server."
    )
    for item in contributes["menus"]["editor/context"]:
        item["when"] = f"resourceLangId =~ /^({'|'.join(checked)})$/"
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Writes what differs."""
    for place, text in generated_files().items():
        if _read(place) != text:
            (_ROOT / place).write_text(text, encoding="utf-8", newline="\n")
            sys.stdout.write(f"wrote {place}\n")


if __name__ == "__main__":
    main()
