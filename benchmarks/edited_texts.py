"""The texts that are edited in the benchmark of the server: invented ones, in every format."""

from __future__ import annotations

import random
import textwrap

_LONGEST_SUBTITLE = 42


def written_in(language: str, text: str) -> str:
    """A text as somebody would write it in a format, with a mark here and there."""
    titles = {"markdown": "## %d", "org": "* %d", "asciidoc": "== %d", "typst": "= %d", "latex": "\\section{%d}"}
    words = {
        "markdown": "*letter*",
        "org": "/letter/",
        "asciidoc": "_letter_",
        "typst": "_letter_",
        "latex": "\\emph{letter}",
        "restructuredtext": "*letter*",
        "html": "<em>letter</em>",
    }
    around = {
        "html": "<p>%s</p>",
        "po": '#: a.c:%d\nmsgid "%d"\nmsgstr "%s"',
        "srt": "%d\n00:00:01,000 --> 00:00:02,000\n%s",
        "vtt": "%d\n00:01.000 --> 00:02.000\n%s",
    }
    blocks = []
    paragraphs = text.split("\n\n")
    if language in ("srt", "vtt"):
        paragraphs = [cue for paragraph in paragraphs for cue in _cues(paragraph)]
    for number, paragraph in enumerate(paragraphs):
        if number % 20 == 0 and language in titles:
            blocks.append(titles[language] % number)
        form = around.get(language, "%s")
        written = paragraph.replace("letter", words.get(language, "letter"))
        blocks.append(form % (*[number] * form.count("%d"), written))
    whole = {
        "html": "<html lang=en><body>\n%s\n</body></html>\n",
        "latex": "\\documentclass{book}\n\\begin{document}\n%s\n\\end{document}\n",
        "vtt": "WEBVTT\n\n%s\n",
    }
    return whole.get(language, "%s\n") % "\n\n".join(blocks)


def _cues(paragraph: str) -> list[str]:
    """A paragraph as subtitles: two short lines each, whose sentences go on from one to the next."""
    lines = textwrap.wrap(paragraph, _LONGEST_SUBTITLE)
    return ["\n".join(lines[start : start + 2]) for start in range(0, len(lines), 2)]


def composed_text(n_words: int) -> str:
    """Paragraphs of invented prose where there is no text at hand."""
    chance = random.Random(1)
    subjects = "Mary,Mr Watson,The captain,She,He,They,The old dog,It,Noor,The children".split(",")
    rests = (
        "walked along the harbour until the lamps were lit;said that the letter had never come;"
        "found her hat on the stairs;lost his keys on the way to the station;looked at them for a long time"
    ).split(";")
    paragraphs: list[str] = []
    n_found = 0
    while n_found < n_words:
        sentences = [f"{chance.choice(subjects)} {chance.choice(rests)}." for _ in range(chance.randrange(1, 9))]
        paragraphs.append(" ".join(sentences))
        n_found += len(paragraphs[-1].split())
    return "\n\n".join(paragraphs)


def cells_of(text: str) -> list[str]:
    """A Markdown text in cells of a thousand words or so."""
    blocks = text.split("\n\n")
    return ["\n\n".join(blocks[start : start + 25]) for start in range(0, len(blocks), 25)]


def beginning_of(text: str, n_words: int) -> str:
    """As many of the first paragraphs of a text as have so many words."""
    paragraphs = text.split("\n\n")
    n_found = 0
    for number, paragraph in enumerate(paragraphs, 1):
        n_found += len(paragraph.split())
        if n_found >= n_words:
            return "\n\n".join(paragraphs[:number])
    return text
