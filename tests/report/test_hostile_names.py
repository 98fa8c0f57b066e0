"""Every report, with every hostile name as that of the file, in its text, and as why a file could not be checked."""

from __future__ import annotations

import json

import pytest
from hostile_names import HOSTILE, forged
from marked import marked_file, shown

from gru_lint.check.apply import diff_of
from gru_lint.report import all_formats
from gru_lint.sanitize import escape_json, escape_unprintable, escape_xml, printable, printable_page, quoted_path

_FORMATS = list(all_formats())
_WORDS = [" ".join(name.split()) for name in HOSTILE]


@pytest.mark.parametrize("format_name", _FORMATS)
def test_no_name_forges_a_report(format_name: str) -> None:
    for name in HOSTILE:
        report = shown(
            format_name, marked_file(name, "‹The king› hurt «herself».\n"), failures=(f"{name}: is no text",)
        )
        report.encode()
        # A page may have any letter, and no terminal shows it.
        assert format_name == "html" or not forged(report), (name, forged(report))


@pytest.mark.parametrize("format_name", _FORMATS)
def test_no_text_forges_a_report(format_name: str) -> None:
    for words in _WORDS:
        report = shown(format_name, marked_file("a.md", f"‹The {words}› {words} hurt «herself» {words}.\n"))
        assert format_name == "html" or not forged(report), (words, forged(report))


@pytest.mark.parametrize("format_name", ["concise", "full", "github", "json-lines"])
def test_a_name_adds_no_line(format_name: str) -> None:
    plain = shown(format_name, marked_file("a.md", "‹The king› hurt «herself».\n"))
    for name in HOSTILE:
        report = shown(format_name, marked_file(name, "‹The king› hurt «herself».\n"))
        assert report.count("\n") == plain.count("\n"), name


def test_what_is_escaped_is_the_same_document() -> None:
    from xml.etree import ElementTree

    for name in HOSTILE:
        assert json.loads(escape_json(json.dumps({name: name}, ensure_ascii=False))) == {name: name}
    for name in ("a\u202eb", "a\x85b", "##vso[a]", "\U000e0001"):
        root = ElementTree.fromstring(escape_xml(f'<a b="{name}">{name}</a>'))
        assert (root.text, root.get("b")) == (name, name)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_cannot_forge_a_hunk(name: str) -> None:
    diff = diff_of(name, "a\n", "b\n")
    assert [line[:4] for line in diff.splitlines()] == ["--- ", "+++ ", "@@ -", "-a", "+b"]
    assert not forged(diff.split("@@")[0])


@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        ("part one/a.md", "part one/a.md"),
        ("naïve/日本語.md", "naïve/日本語.md"),
        ("a\nb", '"a\\012b"'),
        ('a" b\\', '"a\\" b\\\\"'),
        ("caf\udce9", '"caf\\351"'),
        ("a\u202eb", '"a\\342\\200\\256b"'),
    ],
)
def test_paths_are_quoted_as_git_does(name: str, quoted: str) -> None:
    assert quoted_path(name) == quoted


@pytest.mark.parametrize("name", HOSTILE)
def test_every_way_to_show_a_name_is_safe(name: str) -> None:
    for shown_as in (f": {printable(name)}", f": {escape_unprintable(name)}"):
        assert not forged(shown_as)
        assert "\n" not in shown_as
    assert not forged(f": {printable_page(name)}".replace("\n", "\n: "))
    assert printable_page(f"\033[1m{name}\033[0m", in_colour=True).count("\033[") >= 2


def test_what_can_be_shown_is_shown_as_it_is() -> None:
    for text in ("naïve 日本語 😀 e\u0301", "C# and ## titles [a]", "a: b"):
        assert printable_page(text) == text
        assert printable(text) == text
