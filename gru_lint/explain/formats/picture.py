"""A picture: the passage in the colours of what hangs on each word, and below it the update gates of every word."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from gru_lint.explain.explanation import Explanation
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
    from PIL.ImageFont import FreeTypeFont, ImageFont

_WIDTH, _MARGIN, _LEADING = 1400, 48, 50
_GATES_HEIGHT, _LABELS_HEIGHT = 256, 150
# A bar of less would be no pixel wide.
_THINNEST = 0.002
_PAPER, _INK, _QUIET, _BAR = (252, 251, 248), (31, 29, 26), (102, 97, 90), (47, 111, 143)
_FOR, _AGAINST, _PRONOUN = (240, 147, 43), (74, 144, 217), (163, 41, 28)
_GATE: Final = np.array([20, 60, 90], np.float32)
Colour = tuple[int, int, int]


def render(explanation: Explanation, in_colour: bool) -> bytes:
    """A PNG. Raises `MissingPackageError`."""
    try:
        from PIL import Image, ImageDraw
    except ImportError:
        raise MissingPackageError('a picture needs Pillow: pip install "gru-lint[explain]"') from None
    # Drawn once to learn how long it is.
    height = _draw(ImageDraw.Draw(Image.new("RGB", (_WIDTH, 1))), explanation)
    n_words = len(explanation.trace.words)
    image = Image.new(
        "RGB", (_WIDTH, height + (_GATES_HEIGHT + _LABELS_HEIGHT + _LEADING + _MARGIN if n_words else 0)), _PAPER
    )
    draw = ImageDraw.Draw(image)
    _draw(draw, explanation)
    if n_words:
        gates = Image.fromarray(_gate_colours(explanation)).resize(
            (_WIDTH - 2 * _MARGIN, _GATES_HEIGHT), Image.Resampling.NEAREST
        )
        draw.text(
            (_MARGIN, height),
            "update gates: a column a word, a row a unit; dark writes, light keeps",
            _QUIET,
            _font(22),
        )
        image.paste(gates, (_MARGIN, height + _LEADING))
        labels = Image.new("RGB", (_LABELS_HEIGHT, _WIDTH), _PAPER)
        _draw_labels(ImageDraw.Draw(labels), explanation)
        image.paste(labels.rotate(90, expand=True), (0, height + _LEADING + _GATES_HEIGHT + 6))
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _draw(draw: ImageDraw, explanation: Explanation) -> int:
    """Draws all but the gates; returns how far down it has come."""
    draw.text((_MARGIN, _MARGIN), printable(explanation.place), _QUIET, _font(22))
    down = _wrapped(draw, verdict_line(explanation), _MARGIN + 34, 36) + 12
    for label, share in by_probability(explanation):
        draw.text((_MARGIN, down), label, _INK, _font(24))
        draw.text((_MARGIN + 330, down), f"{share:.2%}", _INK, _font(24), anchor="ra")
        if share >= _THINNEST:
            draw.rectangle((_MARGIN + 360, down + 6, _MARGIN + 360 + 500 * share, down + 22), _BAR)
        down += 36
    down = _passage(draw, explanation, down + 24)
    return _wrapped(draw, agreement_line(explanation), down + 12, 24) + 20


def _wrapped(draw: ImageDraw, text: str, down: int, size: int) -> int:
    """Draws text in as many lines as it needs; returns where the next one would be."""
    line = ""
    for word in printable(text).split():
        if line and draw.textlength(f"{line} {word}", _font(size)) > _WIDTH - 2 * _MARGIN:
            draw.text((_MARGIN, down), line, _INK, _font(size))
            down, line = down + round(1.4 * size), ""
        line = f"{line} {word}".strip()
    draw.text((_MARGIN, down), line, _INK, _font(size))
    return down + round(1.4 * size)


def _passage(draw: ImageDraw, explanation: Explanation, down: int) -> int:
    """Draws the words read; returns where the next line would be."""
    font, heat = _font(30), heat_steps(explanation)
    pronoun = explanation.judgement.anaphor.word_index
    across = float(_MARGIN)
    for piece in explanation.pieces():
        word = printable(piece.text)
        width = draw.textlength(word, font)
        if piece.before == "\n\n" and across > _MARGIN:
            across, down = float(_MARGIN), down + round(1.4 * _LEADING)
        across += draw.textlength(" ", font) if piece.before == " " and across > _MARGIN else 0
        if across > _MARGIN and across + width > _WIDTH - _MARGIN:
            across, down = float(_MARGIN), down + _LEADING
        if step := heat.get(piece.word_index, 0):
            draw.rounded_rectangle((across - 3, down - 3, across + width + 3, down + 38), 5, _mixed(step))
        is_pronoun = piece.word_index == pronoun
        draw.text((across, down), word, _PRONOUN if is_pronoun else _INK, font)
        if is_pronoun:
            draw.line((across, down + 38, across + width, down + 38), _PRONOUN, 3)
        across += width
    return down + _LEADING


def _mixed(step: int) -> Colour:
    red, green, blue = (
        round(paper + (full - paper) * 0.9 * abs(step) / N_STEPS)
        for paper, full in zip(_PAPER, _FOR if step > 0 else _AGAINST, strict=True)
    )
    return red, green, blue


def _gate_colours(explanation: Explanation) -> npt.NDArray[np.uint8]:
    """(H, t, 3) uint8: the units that are written least on top."""
    gates = explanation.trace.steps.update_gates.T
    gates = gates[np.argsort(gates.mean(axis=1), kind="stable")]
    paper = np.array(_PAPER, np.float32)
    colours: npt.NDArray[np.uint8] = np.rint(paper + gates[:, :, None] * (_GATE - paper)).astype(np.uint8)
    return colours


def _draw_labels(draw: ImageDraw, explanation: Explanation) -> None:
    """Draws the words below their columns, on a page that is turned to the left afterwards."""
    n_words = len(explanation.trace.words)
    column = (_WIDTH - 2 * _MARGIN) / n_words
    size = max(8, min(22, int(column)))
    for index in range(n_words):
        is_mark = explanation.window.starts[index] < 0
        # Marks stand between angle brackets, as the network has them.
        word = printable(explanation.window.words[index])
        draw.text(
            (_LABELS_HEIGHT - 4, _MARGIN + (index + 0.5) * column),
            word,
            _QUIET if is_mark else _INK,
            _font(size),
            anchor="rm",
        )


def _font(size: int) -> FreeTypeFont | ImageFont:
    """Pillow's own, which is the same on every machine."""
    from PIL import ImageFont

    return ImageFont.load_default(size)


FORMAT = ExplanationFormat("png", "a picture with the update gates, for slides and pages", render)
