"""Prose out of every format: what is read, that nothing moves, and that an error is found where it stands."""

from __future__ import annotations

import re

import pytest
from format_samples import SAMPLES

from gru_lint import lint_text
from gru_lint.extract import PARAGRAPH_END, extract_prose, format_of, formats, languages

_WORD = re.compile(r"(?<![a-z])(?:yes|no)(?![a-z])", re.IGNORECASE)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_prose_is_read_and_nothing_else(name: str, line_end: str) -> None:
    text = SAMPLES[name].replace("\n", line_end)
    prose = extract_prose(text, name)
    assert len(prose) == len(text)
    wanted = [match.start() for match in _WORD.finditer(text) if match[0].lower() == "yes"]
    assert [match.start() for match in _WORD.finditer(prose)] == wanted


def test_every_format_says_what_it_reads() -> None:
    extensions = [extension for one in formats().values() for extension in one.extensions]
    assert len(extensions) == len(set(extensions))
    assert all(extension == extension.lower() and extension.startswith(".") for extension in extensions)
    assert all(languages().values())
    assert len(formats()) > 70


def test_every_document_has_a_sample() -> None:
    sampled = {format_of(name).language for name in SAMPLES} | {"markdown", "plaintext"}
    missing = {known.language for known in formats().values() if known.is_document and known.unpack is None} - sampled
    assert not missing, (
        "tests/extract/document_samples.py or record_samples.py: a text whose words are yes in prose, else no"
    )


def test_every_language_is_read_by_a_lexer_that_exists() -> None:
    for one in formats().values():
        assert len(one.extract_prose("# x // y\n")) == 9


_BEGIN, _GOES_ON = (
    "Mr Watson",
    " goes on a business trip every Wednesday. He always takes a flight to New York, and on ",
)
_END = "every trip {} wife wishes him good luck."


def _watson(begin: str, *more: str, line: str = "\n") -> str:
    return begin.replace("Mr Watson", _BEGIN) + _GOES_ON + line + _END.format("her") + "".join(more)


_WATSONS = {
    "a.md": _watson("**Mr Watson**"),
    "b.md": _watson("> - [Mr Watson](https://a.example)", line="\n>   "),
    "a.txt": _watson("Mr Watson"),
    "a.tex": _watson("\\begin{document}\n\\textbf{Mr Watson}", "\n\\end{document}", line="% her\n"),
    "a.rst": _watson(".. note::\n\n   **Mr Watson**", line="\n   "),
    "a.adoc": _watson("* *Mr Watson*"),
    "a.org": _watson("- *Mr Watson*", line="\n  "),
    "a.html": _watson("<ul><li><em>Mr Watson</em>"),
    "a.typ": _watson("- *Mr Watson*", line="\n  "),
    "a.po": _watson('msgid "x"\nmsgstr "Mr Watson', '"\n', line='"\n"'),
    "COMMIT_EDITMSG": _watson("Mr Watson", line="\n# her\n"),
    "a.srt": _watson(
        "1\n00:00:01,000 --> 00:00:02,000\n<i>Mr Watson</i>", line="\n\n2\n00:00:03,000 --> 00:00:04,000\n"
    ),
    "a.vtt": _watson("WEBVTT\n\n00:01.000 --> 00:02.000\n<i>Mr Watson</i>", line="\n\n00:03.000 --> 00:04.000\n"),
    "a.ipynb": _watson('{"cells": [{"cell_type": "markdown", "source": ["**Mr Watson**', '"]}]}', line='\\n",\n "'),
    "a.py": _watson("# Mr Watson", line="\n# "),
    "b.py": _watson('def f():\n    """Mr Watson', '\n    """\n', line="\n    "),
    "a.js": _watson("/**\n * Mr Watson", "\n */\n", line="\n * "),
    "a.c": _watson("// Mr Watson", line="\n// "),
    "a.sh": _watson("# Mr Watson", line="\n# "),
}


@pytest.mark.parametrize("name", _WATSONS)
def test_a_finding_stands_where_the_word_stands(name: str) -> None:
    text = _WATSONS[name]
    (finding,) = lint_text(text, filename=name)
    assert text[finding.span.start : finding.span.end] == "her"
    assert text[finding.span.end :].startswith(" wife")
    assert finding.replacements == ("his",)
    assert finding.antecedent is not None
    assert text[finding.antecedent.span.start : finding.antecedent.span.end] == "Mr Watson"


@pytest.mark.parametrize(
    ("name", "written", "shown"),
    [
        ("a.md", "**Mr** *Okafor*", "Mr Okafor"),
        ("a.md", "Mr&nbsp;Watson", "Mr Watson"),
        ("a.html", "<abbr>Mr.</abbr> Darnley", "Mr. Darnley"),
        ("a.typ", "Mr~Okafor", "Mr Okafor"),
        ("a.md", "**Kim's** brother", "Kim's brother"),
        ("a.md", "Mr\n> Watson", "Mr Watson"),
    ],
)
def test_no_markup_is_shown_within_the_antecedent(name: str, written: str, shown: str) -> None:
    (finding,) = lint_text(
        f"> {written} hurt herself." if ">" in written[:4] else f"{written} hurt herself.", filename=name
    )
    assert finding.antecedent is not None
    assert finding.antecedent.text == shown


_BESIDE = {name: format_of(name).comments for name in ("a.md", "a.tex", "a.html", "a.typ", "a.py", "a.js", "a.sql")}


@pytest.mark.parametrize("name", _BESIDE)
def test_a_comment_of_the_format_silences(name: str) -> None:
    syntax = _BESIDE[name]
    assert syntax is not None
    start = "# " if name == "a.py" else "// " if name == "a.js" else "-- " if name == "a.sql" else ""
    comment = f"{syntax.start} gru-lint: ignore PA004 {syntax.end}".rstrip()
    assert lint_text(f"{start}The king hurt herself.\n", filename=name)
    assert not lint_text(f"{start}The king hurt herself. {comment}\n", filename=name)


@pytest.mark.parametrize("name", ["a.rst", "a.adoc", "a.org", "COMMIT_EDITMSG"])
def test_a_comment_with_a_line_of_its_own_silences(name: str) -> None:
    syntax = format_of(name).comments
    assert syntax is not None
    assert not lint_text(f"{syntax.start} gru-lint: ignore PA004\n\nThe king hurt herself.\n", filename=name)


def test_a_translation_into_another_language_is_silent() -> None:
    text = 'msgid ""\nmsgstr "Language: de\\n"\n"Language: de\\n"\n\nmsgid "x"\nmsgstr "The king hurt herself."\n'
    assert not extract_prose(text, "a.po").strip()
    assert extract_prose(text.replace("de\\n", "en\\n"), "a.po").split() == ["The", "king", "hurt", "herself."]


def test_a_sentence_goes_on_over_cues_and_translations_lines() -> None:
    for name in ("a.srt", "a.vtt", "a.po", "COMMIT_EDITMSG"):
        prose = extract_prose(_WATSONS[name], name)
        within = prose[prose.index("Watson") : prose.index("luck")]
        assert "\n\n" not in within.replace(" ", "")
        assert PARAGRAPH_END not in within


def test_a_missing_comma_between_two_cells_makes_no_prose_of_code() -> None:
    cells = [
        '{"cell_type": "markdown", "source": ["Yes.\\n", "Yes."]}',
        '{"cell_type": "code", "source": ["no"]}',
        '{"source": "Yes.", "cell_type": "markdown"}',
    ]
    prose = extract_prose(f'{{"cells": [{" ".join(cells)}]}}', "merged.ipynb")
    assert "no" not in prose
    assert prose.count("Yes.") == 3
