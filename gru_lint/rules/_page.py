"""The documentation of rules as text, Markdown and JSON, for `gru-lint rule`, docs/rules.md and reports."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from textwrap import indent, wrap
from typing import Any, Final

from gru_lint.rules._base import Rule

HOME_URL: Final = "https://github.com/gru-lint/gru-lint"
# The published docs/rules.md; editors link each finding to its heading there.
PAGE_URL: Final = f"{HOME_URL}/blob/main/docs/rules.md"
# Columns at which text for the terminal is wrapped.
_WIDTH = 100
_DECLARED = "In the examples, pyproject.toml says:"
_CONTENTS = """\
# Rules

Written by `gru-lint rule --all --output-format markdown`; do not edit. In the examples, «» mark what is flagged.

| code | rule | flags |
| --- | --- | --- |
"""


def format_names() -> tuple[str, ...]:
    """The names of the formats: "text", "markdown", "json"."""
    return tuple(_RENDERERS)


def render(rules: Sequence[Rule], format_name: str) -> str:
    """The documentation of some rules in one of `format_names()`; ends in a newline."""
    return _RENDERERS[format_name](rules)


def _sections(rule: Rule) -> Iterator[tuple[str, Sequence[str]]]:
    """Each heading with its lines; empty sections are left out."""
    # The comments of an example would be comments on the page, too.
    quote = "" if rule.extension == ".txt" else "`"
    for heading, lines in (
        ("Flags", [f"{quote}{example}{quote}" for example in rule.flags]),
        ("Lets pass", [f"{quote}{example}{quote}" for example in rule.passes]),
        ("Not flagged", rule.not_flagged),
        ("Known problems", rule.known_problems),
    ):
        if lines:
            yield heading, lines


def _toml(rule: Rule) -> str:
    """The configuration that the examples of a rule need."""
    lines = (f'"{name}" = "{pronouns}"\n' for name, pronouns in rule.declared.items())
    return f"[tool.gru-lint.pronouns]\n{''.join(lines)}"


def _text(rules: Sequence[Rule]) -> str:
    return "\n".join(_text_page(rule) for rule in rules)


def _text_page(rule: Rule) -> str:
    blocks = [f"{rule.code} {rule.name}\n{rule.summary}.\n", _wrapped(rule.why)]
    if rule.declared:
        blocks.append(f"{_DECLARED}\n{indent(_toml(rule), '    ')}")
    for heading, lines in _sections(rule):
        items = (indent(_wrapped(line, _WIDTH - 4), "    ").replace("    ", "  - ", 1) for line in lines)
        blocks.append(f"{heading}:\n{''.join(items)}")
    return "\n".join(blocks)


def _wrapped(text: str, width: int = _WIDTH) -> str:
    return "".join(f"{line}\n" for line in wrap(text, width))


def _markdown(rules: Sequence[Rule]) -> str:
    pages = "\n".join(_markdown_page(rule) for rule in rules)
    if len(rules) == 1:
        return pages
    rows = (f"| [{rule.code}](#{anchor(rule)}) | {rule.name} | {rule.summary} |\n" for rule in rules)
    return f"{_CONTENTS}{''.join(rows)}\n{pages}"


def _markdown_page(rule: Rule) -> str:
    blocks = [f"## {rule.code} {rule.name}\n", f"{rule.summary}. {rule.why}\n"]
    if rule.declared:
        blocks.append(f"{_DECLARED}\n\n```toml\n{_toml(rule)}```\n")
    blocks += [f"### {heading}\n\n{_items(lines)}" for heading, lines in _sections(rule)]
    return "\n".join(blocks)


def _items(lines: Iterable[str]) -> str:
    return "".join(f"- {line}\n" for line in lines)


def anchor(rule: Rule) -> str:
    """The anchor of a rule's heading on the page, as GitHub and most editors make it."""
    return f"{rule.code} {rule.name}".lower().replace(" ", "-")


def page_url(rule: Rule) -> str:
    """The address of a rule's documentation."""
    return f"{PAGE_URL}#{anchor(rule)}"


def _json(rules: Sequence[Rule]) -> str:
    return json.dumps([_object(rule) for rule in rules], ensure_ascii=False, indent=2) + "\n"


def _object(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "summary": rule.summary,
        "why": rule.why,
        "declared": dict(rule.declared),
        "flags": list(rule.flags),
        "passes": list(rule.passes),
        "not_flagged": list(rule.not_flagged),
        "known_problems": list(rule.known_problems),
    }


_RENDERERS: Final[dict[str, Callable[[Sequence[Rule]], str]]] = {"text": _text, "markdown": _markdown, "json": _json}
