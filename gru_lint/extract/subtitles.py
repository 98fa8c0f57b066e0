r"""Subtitles (SRT, VTT, ASS): the cues are prose, one text over all of them; numbers, times, tags and notes are not.

What is said by different speakers is not read together, and the label that names one is not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from functools import partial
from typing import NamedTuple

from gru_lint.extract._base import ENTRY, CommentSyntax, Description, InputFormat, ProseMask
from gru_lint.extract._blocks import BlockReader, Cut, lines_from
from gru_lint.extract._people import speaker_label

_TIMES = re.compile(r"[ \t]*(?:\d+:)?\d+:\d\d[,.]\d+[ \t]+-->")
_TAG = re.compile(r"</?[A-Za-z\d][^<>\n]{0,200}>|\{\\?[A-Za-z\\][^{}\n]{0,200}\}|\\[Nnh]")
_SPEAKER_MARK = re.compile(r"[ \t]*(?:-|>>)[ \t]*")
_VOICE = re.compile(r"[ \t]*<v(?:\.[^\s<>]{0,80})?[ \t]+([^<>\n]{1,200})>")
# Dialogue: layer, start, end, style, name, three margins, effect, text.
_DIALOGUE = re.compile(r"Dialogue:(?:[^,\r\n]*,){4}(?P<name>[^,\r\n]*),(?:[^,\r\n]*,){4}(?P<text>[^\r\n]*)")
_DRAWING = re.compile(r"\{[^{}\n]*\\p[1-9]")


class _Before(NamedTuple):
    """What came before some cues.

    end    where the last line of the cue before them ended; -1 where there is none
    voice  who spoke
    """

    end: int = -1
    voice: str = ""


_NOTHING = _Before()


def _extract(text: str, cue_lines: Callable[[str], Iterator[tuple[int, int, str]]], before: _Before = _NOTHING) -> str:
    mask = ProseMask(text)
    last_end, last_voice = before
    for start, end, voice in cue_lines(text):
        if last_end >= 0:
            # A sentence goes on from cue to cue.
            mask.run_on(last_end, start)
        if named := _VOICE.match(text, start, end):
            voice = named[1].strip()
        mark = _SPEAKER_MARK.match(text, start, end)
        label = speaker_label(text, mark.end() if mark else start, end)
        if (mark and mark.end() > start) or label or (voice and voice != last_voice):
            mask.mark(start - 1, ENTRY)
        if mark and mark.end() > start:
            mask.mark(start, ENTRY)
        last_voice = voice or last_voice
        begin = label.end() if label else mark.end() if mark else start
        mask.keep(begin, end)
        last_end = end
        mask.blank_matches(_TAG.finditer(text, start, end))
    return mask.prose()


def _cue_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each line of a cue, which goes from its times to a blank line; the speaker is not known."""
    is_cue = False
    for start, _, line in lines_from(text, 0):
        if not line.strip():
            is_cue = False
        elif _TIMES.match(line):
            is_cue = True
        elif is_cue:
            yield start, start + len(line), ""


def _dialogue_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of the text of each ASS event that is no drawing, and who speaks it."""
    for start, _, line in lines_from(text, 0):
        event = _DIALOGUE.match(line)
        if event and not _DRAWING.search(event["text"]):
            yield start + event.start("text"), start + event.end("text"), event["name"].strip()


def _before(state: Hashable) -> _Before:
    return state if isinstance(state, _Before) else _NOTHING


def _cuts(text: str, start: int, state: Hashable) -> list[Cut]:
    """A block ends with the last line of a cue, before its line end."""
    is_cue = False
    voice = _before(state).voice
    end = 0
    for here, after, line in lines_from(text, start):
        if not line.strip():
            if end:
                return [Cut(end, after - end, state=_Before(0, voice))]
            is_cue = False
        elif _TIMES.match(line):
            is_cue, end = True, 0
        elif is_cue:
            end = here + len(line)
            if named := _VOICE.match(line):
                voice = named[1].strip() or voice
    return [Cut(len(text))]


_BLOCKS = BlockReader(_cuts, lambda block, state, _: _extract(block, _cue_lines, _before(state)), before="")


def _description(title: str) -> Description:
    return Description(
        title,
        read="the cues, as one text: a sentence goes on from cue to cue, but not from one speaker to the next",
        not_read="numbers, times, tags, notes, styles, names of speakers",
    )


_subtitles = partial(_extract, cue_lines=_cue_lines)

FORMATS = (
    InputFormat("srt", (".srt",), _subtitles, description=_description("SubRip subtitles"), blocks=_BLOCKS),
    InputFormat(
        "vtt",
        (".vtt",),
        _subtitles,
        comments=CommentSyntax("NOTE", own_line=True),
        description=_description("WebVTT subtitles"),
        blocks=_BLOCKS,
    ),
    InputFormat(
        "ass",
        (".ass", ".ssa"),
        partial(_extract, cue_lines=_dialogue_lines),
        description=_description("ASS and SSA subtitles"),
    ),
)
