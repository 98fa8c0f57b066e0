"""Subtitles (SRT and VTT): the cues are prose, one text over all of them; numbers, times, tags and notes are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gru_lint.extract._base import CommentSyntax, Description, InputFormat, ProseMask

_TIMES = re.compile(r"[ \t]*(?:\d+:)?\d+:\d\d[,.]\d+[ \t]+-->")
_TAG = re.compile(r"</?[A-Za-z\d][^<>\n]{0,200}>|\{\\?[A-Za-z\\][^{}\n]{0,200}\}")
_SPEAKER_MARK = re.compile(r"[ \t]*(?:-|>>)[ \t]*")
_NOTE = re.compile(r"(?:NOTE|STYLE|REGION|WEBVTT)(?![^\s])")
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


def extract_prose(text: str) -> str:
    """The prose of subtitles; see `gru_lint.extract`."""
    mask = ProseMask(text)
    last_end = -1
    for start, end in _cue_lines(text):
        if last_end >= 0:
            # A sentence goes on from cue to cue.
            mask.run_on(last_end, start)
        mark = _SPEAKER_MARK.match(text, start, end)
        if mark and mark.end() > start:
            mask.end_paragraph(start)
            start = mark.end()
        mask.keep(start, end)
        last_end = end
        for tag in _TAG.finditer(text, start, end):
            mask.blank(*tag.span())
    return mask.prose()


def _cue_lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines of all cues: those after times, up to a blank line."""
    is_cue = is_note = False
    for line in _LINE.finditer(text):
        if not line[1].strip():
            is_cue = is_note = False
        elif _TIMES.match(line[1]):
            is_cue, is_note = True, False
        elif not is_cue and _NOTE.match(line[1]):
            is_note = True
        elif is_cue and not is_note:
            yield line.span(1)


def _description(title: str) -> Description:
    return Description(
        title,
        read="the cues, as one text: a sentence goes on from cue to cue",
        not_read="numbers, times, tags, notes, styles",
    )


FORMATS = (
    InputFormat("srt", (".srt",), extract_prose, description=_description("SubRip subtitles")),
    InputFormat(
        "vtt",
        (".vtt",),
        extract_prose,
        comments=CommentSyntax("NOTE", own_line=True),
        description=_description("WebVTT subtitles"),
    ),
)
