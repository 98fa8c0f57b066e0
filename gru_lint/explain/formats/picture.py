"""A picture: the text coloured by how much the judgement depends on each word, and the update gates of every word."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from gru_lint.explain.formats._base import (
    N_STEPS,
    ExplanationFormat,
    MissingPackageError,
    agreement_line,
    by_probability,
    heat_steps,
    verdict_line,
)
from gru_lint.sanitize import printable

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

    from gru_lint.explain.explanation import Explanation

# No window fills a page of this height; what is left over is cut off.
_WIDTH, _TALLEST, _MARGIN = 1400, 6000, 48
_GATES_HEIGHT, _LABELS_HEIGHT = 256, 150
_PAPER, _INK, _QUIET, _BAR = (252, 251, 248), (31, 29, 26), (102, 97, 90), (47, 111, 143)
_FOR, _AGAINST, _PRONOUN, _GATE = (240, 147, 43), (74, 144, 217), (163, 41, 28), (20, 60, 90)
_CAPTION: Final = "update gates: a column a word, a row a unit; dark writes, light keeps"
Colour = tuple[int, int, int]


def render(explanation: Explanation) -> bytes:
    """A PNG. Raises `MissingPackageError`."""
    # Imported here, as Pillow: it takes its time.
    import numpy as np

    try:
        from PIL import Image, ImageDraw
    except ImportError:
        raise MissingPackageError('a picture needs Pillow: pip install "gru-lint[explain]"') from None
    image = Image.new("RGB", (_WIDTH, _TALLEST), _PAPER)
    draw = ImageDraw.Draw(image)
    down = _flow(draw, [(explanation.place, _QUIET, _PAPER)], _MARGIN, 22)
    down = _flow(draw, _plain(verdict_line(explanation)), down, 36) + 12
    for label, probability in by_probability(explanation.judgement):
        draw.rectangle((_MARGIN + 360, down + 6, _MARGIN + 360 + 500 * probability, down + 22), _BAR)
        _flow(draw, [(f"{probability:7.2%}  {label}", _INK, _PAPER)], down, 24)
        down += 36
    down = _flow(draw, _passage(explanation), down + 24, 30)
    down = _flow(draw, _plain(agreement_line(explanation)), down + 12, 24) + 20
    gates = explanation.trace.steps.update_gates.T
    n_words = gates.shape[1]
    if n_words:
        down = _flow(draw, [(_CAPTION, _QUIET, _PAPER)], down, 22) + 12
        # (H, t, 3): the units that write least on top.
        share = gates[np.argsort(gates.mean(axis=1), kind="stable"), :, None]
        colours = np.rint(np.array(_PAPER) + share * (np.array(_GATE) - _PAPER)).astype(np.uint8)
        size = (_WIDTH - 2 * _MARGIN, _GATES_HEIGHT)
        image.paste(Image.fromarray(colours).resize(size, Image.Resampling.NEAREST), (_MARGIN, down))
        column = size[0] / n_words
        # Written from the left on a page of its own, which is then turned upright.
        labels = Image.new("RGB", (_LABELS_HEIGHT, _WIDTH), _PAPER)
        for index, word in enumerate(explanation.window.words[:n_words]):
            colour = _QUIET if explanation.window.starts[index] < 0 else _INK
            place = (_LABELS_HEIGHT - 4, _MARGIN + (index + 0.5) * column)
            size_of_font = max(8, min(22, int(column)))
            ImageDraw.Draw(labels).text(place, printable(word), colour, font_size=size_of_font, anchor="rm")
        image.paste(labels.rotate(90, expand=True), (0, down + _GATES_HEIGHT + 6))
        down += _GATES_HEIGHT + _LABELS_HEIGHT + _MARGIN
    written = io.BytesIO()
    image.crop((0, 0, _WIDTH, down)).save(written, "PNG", optimize=True)
    return written.getvalue()


def _flow(draw: ImageDraw, words: Iterable[tuple[str, Colour, Colour]], down: int, size: int) -> int:
    """Draws words in lines, each with its colour and background; returns where the next line would be.

    A word that begins with a blank stands apart from the one before.
    """
    across = float(_MARGIN)
    for word, colour, background in words:
        across += 0.3 * size if word[:1].isspace() and across > _MARGIN else 0
        text = printable(word).strip()
        width = draw.textlength(text, font_size=size)
        if across > _MARGIN and across + width > _WIDTH - _MARGIN:
            across, down = float(_MARGIN), down + round(1.6 * size)
        if background != _PAPER:
            draw.rounded_rectangle((across - 3, down - 3, across + width + 3, down + 1.25 * size), 5, background)
        draw.text((across, down), text, colour, font_size=size)
        across += width
    return down + round(1.6 * size)


def _plain(text: str) -> Iterable[tuple[str, Colour, Colour]]:
    return ((f" {word}", _INK, _PAPER) for word in text.split())


def _passage(explanation: Explanation) -> Iterable[tuple[str, Colour, Colour]]:
    """The words read, coloured."""
    heat, pronoun = heat_steps(explanation), explanation.judgement.anaphor.word_index
    for piece in explanation.pieces():
        step = heat.get(piece.word_index, 0)
        yield f"{piece.before}{piece.text}", _PRONOUN if piece.word_index == pronoun else _INK, _mixed(step)


def _mixed(step: int) -> Colour:
    full, share = _FOR if step > 0 else _AGAINST, 0.9 * abs(step) / N_STEPS
    red, green, blue = (round(paper + (end - paper) * share) for paper, end in zip(_PAPER, full, strict=True))
    return red, green, blue


FORMAT = ExplanationFormat("png", "a picture with the update gates, for slides and pages", render)
