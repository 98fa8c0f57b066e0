"""Text to sentences: spaCy's English tokenizer and sentence ends, paragraph by paragraph."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from gru_lint.extract import PARAGRAPH_END
from gru_lint.records import Sentence

if TYPE_CHECKING:
    from spacy.language import Language

# spaCy's tokenizer is slow on a long run without blanks; such runs are not words anyway.
_LONGEST_WORD = 200
# A paragraph is tokenized in pieces of about this many characters, so that memory stays bounded.
_PIECE_LENGTH = 20_000
# A paragraph ends at a blank line, or where an extractor says so.
_PARAGRAPH = re.compile(rf"[^\s{PARAGRAPH_END}](?:[^\n{PARAGRAPH_END}]+|\n(?![^\S\n]*\n))*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_OVERLONG = re.compile(rf"\S{{{_LONGEST_WORD},}}")
# Longer sentences (lists, tables, verse without stops) are cut, so that a window can hold them.
MAX_SENTENCE_WORDS = 96


@cache
def _pipeline() -> Language:
    # spaCy imports torch whenever it is installed, which doubles the start and is of no use here.
    hidden = {name: None for name in ("torch", "tensorflow", "mxnet", "cupy") if name not in sys.modules}
    sys.modules.update(hidden)  # type: ignore[arg-type]  # None: "import of torch halted"
    try:
        import spacy
    finally:
        for name in hidden:
            del sys.modules[name]
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def split_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text in order; a blank line ends a paragraph, a paragraph ends a sentence."""
    for paragraph in _PARAGRAPH.finditer(text):
        opens_paragraph = True
        for start, end in _cut_at_blanks(text, paragraph.start(), paragraph.end()):
            for words, starts in _split_piece(text[start:end], start):
                yield Sentence(words, starts, opens_paragraph)
                opens_paragraph = False


def _cut_at_blanks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces of a paragraph that a tokenizer can hold, cut at a blank where there is one."""
    while end - start > _PIECE_LENGTH:
        limit = start + _PIECE_LENGTH
        blank = max(text.rfind(" ", start, limit), text.rfind("\n", start, limit))
        cut = blank + 1 if blank > start else limit
        yield start, cut
        start = cut
    yield start, end


def _split_piece(piece: str, offset: int) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    # Half a character (a lone surrogate) and overlong runs are replaced at the same length: offsets do not move.
    piece = _SURROGATE.sub("\ufffd", piece)
    if _OVERLONG.search(piece):
        piece = _OVERLONG.sub(lambda run: " " * len(run.group()), piece)
    document = _pipeline()(piece)
    words: list[str] = []
    starts: list[int] = []
    for token in document:
        if (token.is_sent_start and words) or len(words) == MAX_SENTENCE_WORDS:
            yield tuple(words), tuple(starts)
            words, starts = [], []
        if not token.is_space:
            words.append(token.text)
            starts.append(offset + token.idx)
    if words:
        yield tuple(words), tuple(starts)
