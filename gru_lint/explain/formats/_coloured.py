"""The text for a terminal, drawn with rich: words coloured by how much the judgement depends on each, and tables."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from gru_lint.explain.explanation import Explanation
from gru_lint.explain.formats._base import (
    N_STEPS,
    agreement_line,
    by_probability,
    heat_steps,
    measures_line,
    mention_row,
    strongest_mentions,
    strongest_words,
    verdict_line,
    word_row,
)
from gru_lint.sanitize import printable

_N_ROWS = 6
_WIDEST = 100
_BAR = 24
# Backgrounds on which black is readable, whatever the terminal's own colours are.
_FAINT, _FOR, _AGAINST = (255, 247, 235), (245, 140, 30), (80, 150, 230)


def terminal_text(explanation: Explanation, *, in_colour: bool) -> str:
    """The lines; they end in a newline."""
    written = io.StringIO()
    console = Console(
        file=written,
        force_terminal=in_colour,
        color_system="truecolor" if in_colour else None,
        width=min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST),
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    for block in _blocks(explanation, in_colour=in_colour):
        console.print(block)
        console.print()
    lines = (line.rstrip() for line in written.getvalue().rstrip("\n").split("\n"))
    return "\n".join(lines) + "\n"


def _blocks(explanation: Explanation, *, in_colour: bool) -> list[RenderableType]:
    head = Text(printable(explanation.place), "bold").append(f": {printable(verdict_line(explanation))}", "not bold")
    blocks: list[RenderableType] = [
        head,
        _probabilities(explanation),
        Padding(_passage(explanation, in_colour=in_colour), (0, 2)),
    ]
    if explanation.trace.mentions:
        blocks += [_mentions(explanation), _words(explanation), Text(measures_line(explanation))]
    return [*blocks, Text(printable(agreement_line(explanation)))]


def _probabilities(explanation: Explanation) -> Table:
    table = _table("expected here", "probability", "")
    for label, probability in by_probability(explanation.judgement):
        table.add_row(Text(label), f"{probability:.2%}", "█" * round(probability * _BAR))
    return table


def _passage(explanation: Explanation, *, in_colour: bool) -> Text:
    """The words read so far, coloured; without colours the pronoun stands between «»."""
    heat = heat_steps(explanation)
    pronoun = explanation.judgement.anaphor.word_index
    shown = Text()
    for piece in explanation.pieces():
        shown.append(piece.before)
        word = printable(piece.text)
        if piece.word_index == pronoun:
            shown.append(word if in_colour else f"«{word}»", "bold underline")
        else:
            shown.append(word, _style(heat.get(piece.word_index, 0)))
    return shown


def _style(step: int) -> Style:
    if step == 0:
        return Style.null()
    strong = _FOR if step > 0 else _AGAINST
    red, green, blue = (
        round(faint + (full - faint) * abs(step) / N_STEPS) for faint, full in zip(_FAINT, strong, strict=True)
    )
    return Style(color="black", bgcolor=f"rgb({red},{green},{blue})")


def _mentions(explanation: Explanation) -> Table:
    table = _table("mention", "meant", "tells the class", "by the gates", "left out")
    for mention in strongest_mentions(explanation, _N_ROWS):
        _add_row(table, mention_row(explanation, mention))
    return table


def _words(explanation: Explanation) -> Table:
    table = _table("word", "wrote", "survived", "share of the state", "by the gates", "left out")
    for word in strongest_words(explanation, _N_ROWS):
        _add_row(table, word_row(explanation, word))
    return table


def _add_row(table: Table, row: Sequence[str]) -> None:
    """Adds a row whose first cell is words of the text."""
    table.add_row(Text(printable(row[0])), *row[1:])


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2), header_style="bold")
    for number, heading in enumerate(headings):
        is_text = number == 0 or not heading
        table.add_column(heading, justify="left" if is_text else "right", overflow="ellipsis", no_wrap=True)
    return table
