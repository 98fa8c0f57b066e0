"""One HTML page for people and for editors: it holds all it needs, runs no script and asks nothing of the network.

What comes from texts is escaped by `escape_html` and stands in elements and quoted attributes, nowhere else. Its policy
allows the one style sheet that it holds, by its digest, and nothing else.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from string import Template
from typing import Final

from gru_lint import __version__
from gru_lint.explain.attribution import WordTrace
from gru_lint.explain.explanation import Explanation
from gru_lint.explain.formats._base import (
    ExplanationFormat,
    agreement_line,
    by_probability,
    heat_steps,
    signed,
    verdict_line,
    weighed_line,
)
from gru_lint.sanitize import escape_html

_STYLE: Final = Path(__file__).with_suffix(".css")
_PAGE: Final = Template("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-$digest'; img-src data:">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>gru-lint: $title</title>
<style>$style</style>
</head>
<body>
<header>
<p class="tool">gru-lint explain, $place</p>
<h1>$verdict</h1>
</header>
<main>
<h2>Expected here</h2>
$probabilities
<h2>What is remembered</h2>
$memory
</main>
<footer class="quiet">Written by gru-lint $version.</footer>
</body>
</html>
""")
_KEY: Final = (
    '<p class="quiet key"><span class="for-7">speaks for {expected}</span><span class="against-7">speaks for {other}'
    "</span><span>underlined: the mention on which most hangs</span></p>\n"
)
_MEASURES: Final = (
    "“Meant” and “tells the class” are what the two attentions give a mention. “Wrote” is the length of what a word "
    "wrote into the memory, “survived” how much of that is left beside the pronoun, and “share” its part of the memory "
    "there."
)


def render(explanation: Explanation, in_colour: bool) -> str:
    """The whole page."""
    style = "\n" + _STYLE.read_text(encoding="utf-8")
    return _PAGE.substitute(
        digest=b64encode(sha256(style.encode()).digest()).decode(),
        style=style,
        title=escape_html(f"“{explanation.written}”"),
        place=f"<bdi>{escape_html(explanation.place)}</bdi>",
        verdict=escape_html(verdict_line(explanation)),
        probabilities=_probabilities(explanation),
        memory="".join(_memory(explanation)),
        version=__version__,
    )


def _probabilities(explanation: Explanation) -> str:
    rows = (
        (
            escape_html(label),
            f"{share:.2%}",
            f'<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
            f'<rect width="{100 * share:.2f}" height="8"/></svg>',
        )
        for label, share in by_probability(explanation)
    )
    return _table(("agreement class", "probability", ""), rows)


def _memory(explanation: Explanation) -> Iterator[str]:
    trace = explanation.trace
    yield f'<div class="passage">{_passage(explanation)}</div>\n'
    if trace.mentions:
        yield _KEY.format(expected=trace.expected, other=trace.other)
    yield f'<p class="agreement">{escape_html(agreement_line(explanation))}</p>\n'
    if not trace.mentions:
        return
    yield f"<h2>Whom it may mean</h2>\n{_mentions(explanation)}"
    yield f'<p class="quiet">{escape_html(weighed_line(explanation))} {_MEASURES}</p>\n'
    yield f"<details><summary>Every word</summary>\n{_words(explanation)}</details>\n"


def _passage(explanation: Explanation) -> str:
    """The words read, each in the colour of what hangs on it."""
    heat = heat_steps(explanation)
    leading = explanation.trace.leading()
    led = range(leading[0].first_word, leading[0].end_word) if leading else range(0)
    pronoun = explanation.judgement.anaphor.word_index
    shown = "<p>"
    for piece in explanation.pieces():
        shown += "</p>\n<p>" if piece.before == "\n\n" and shown != "<p>" else piece.before.strip("\n")
        word = escape_html(piece.text)
        if piece.word_index == pronoun:
            shown += f"<strong>{word}</strong>"
        elif piece.word_index > pronoun:
            shown += word
        else:
            shown += _word(word, explanation.trace.words[piece.word_index], heat, piece.word_index in led)
    return f"{shown}</p>"


def _word(word: str, trace: WordTrace, heat: dict[int, int], is_led: bool) -> str:
    step = heat[trace.word_index]
    names = [f"{'for' if step > 0 else 'against'}-{abs(step)}"] if step else []
    if is_led:
        names.append("leading")
    title = (
        f"by the gates {signed(trace.by_gates)}, left out {signed(trace.by_occlusion)}; {trace.survived:.0%} survived"
    )
    shown_as = f' class="{" ".join(names)}"' if names else ""
    return f'<span{shown_as} title="{title}">{word}</span>'


def _mentions(explanation: Explanation) -> str:
    rows = (
        (
            escape_html(explanation.phrase(mention.first_word, mention.end_word)),
            f"{mention.links:.1%}",
            f"{mention.evidence:.1%}",
            signed(mention.by_gates),
            signed(mention.by_occlusion),
        )
        for mention in sorted(explanation.trace.mentions, key=lambda mention: -abs(mention.by_gates))
    )
    return _table(("mention", "meant", "tells the class", "by the gates", "left out"), rows)


def _words(explanation: Explanation) -> str:
    rows = (
        (
            escape_html(explanation.window.words[word.word_index]),
            f"{word.wrote:.2f}",
            f"{word.survived:.1%}",
            f"{word.share:.1%}",
            signed(word.by_gates),
            signed(word.by_occlusion),
        )
        for word in explanation.trace.words
    )
    return _table(("word", "wrote", "survived", "share", "by the gates", "left out"), rows)


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table of cells that are HTML already."""
    head = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    body = "".join(
        "<tr>"
        + "".join(f'<td class="drawn">{cell}</td>' if "<svg" in cell else f"<td>{cell}</td>" for cell in row)
        + "</tr>\n"
        for row in rows
    )
    return f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table></div>\n'


FORMAT = ExplanationFormat("html", "one page, for people and for editors", render)
