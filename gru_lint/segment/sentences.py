"""Sentences of a text, paragraph by paragraph, by spaCy's English tokenizer and sentencizer."""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from gru_lint.extract import ENTRIES_END, ENTRY, MARKS, PARAGRAPH_END, PART, QUOTED, TEXT_END
from gru_lint.records import Sentence

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# spaCy's tokenizer is slow on long runs without blanks, which are no words anyway.
_LONGEST_WORD = 200
# A longer paragraph is tokenized in pieces. Of the places where one may end, that is chosen before which the characters
# have the least hash: whatever is written elsewhere, pieces that begin at different places soon end at the same one,
# so that an edit leaves those behind it as they are.
_SHORTEST_PIECE = 1_000
LONGEST_PIECE = 4_000
_N_HASHED = 64
# Surely the end of a sentence, where a piece ends if it can: but for these two, no abbreviation looks like this.
_SENTENCE_END = re.compile(r"[a-z]{4}(?<!Messrs)(?<!Calif)[.!?]\s+(?=[A-Z])")
_WORD_END = re.compile(r"\S\s+(?=\S)")
# A paragraph ends at a blank line, or where an extractor says so.
_MARKS = "".join(MARKS)
_PARAGRAPH = re.compile(rf"[^\s{_MARKS}](?:[^\n{_MARKS}]+|\n(?![^\S\n]*\n))*")
_BOUNDARIES = re.compile(f"[{TEXT_END}{ENTRY}{PART}{ENTRIES_END}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_OVERLONG = re.compile(rf"\S{{{_LONGEST_WORD},}}")
# "Between you and I.": to the tokenizer, "I." is an initial or a number, as it is in "Elizabeth I."
_SPEAKER_AT_END = re.compile(
    r"(?<![^\W_])(?:and|or|nor|than|as|is|was|not|am|do|did|have|can|will) (I\.)(?=[\s\"'”’)]|$)"
)
_SPEAKERS = "speaker_at_end"
# Longer sentences (lists, tables, verse without full stops) are cut, so that a window can hold them.
MAX_SENTENCE_WORDS = 96
# The tokenizer keeps every distinct word that it meets. A server runs for days: with so many it is made anew.
_MAX_KNOWN_WORDS = 50_000


@cache
def _pipeline() -> Language:
    with _without_what_is_not_needed():
        import spacy
    from spacy.attrs import IS_PUNCT, IS_SPACE  # type: ignore[import-not-found]  # compiled, without a stub
    from spacy.language import Language

    nlp = spacy.blank("en")
    Language.component(_SPEAKERS, func=_part_speakers_from_stops)
    nlp.add_pipe(_SPEAKERS)
    nlp.add_pipe("sentencizer")
    # What else spaCy would say of each new word (is it an address, what is its shape?) takes most of its time.
    getters = nlp.vocab.lex_attr_getters  # type: ignore[attr-defined]  # spaCy's stub lacks it
    for attribute in getters.keys() - {IS_PUNCT, IS_SPACE}:
        del getters[attribute]
    return nlp


@contextmanager
def _without_what_is_not_needed() -> Iterator[None]:
    """Lets spaCy be imported without other libraries that would take longer than all else and are not used.

    It imports torch where it is installed, and for the function `spacy.info` all of its command line, which downloads
    models. Whoever imports these later gets them.
    """
    hidden: dict[str, ModuleType | None] = dict.fromkeys(("torch", "tensorflow", "mxnet", "cupy"))
    commands, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    info.__dict__["info"] = _spacy_info
    hidden |= {"spacy.cli": commands, "spacy.cli.info": info}
    hidden = {name: module for name, module in hidden.items() if name not in sys.modules}
    sys.modules.update(hidden)  # type: ignore[arg-type]  # None: "import of torch halted"
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def _spacy_info(*arguments: Any, **options: Any) -> Any:
    """`spacy.info`, for who asks for it in a program that uses this library too."""
    from spacy.cli.info import info

    return info(*arguments, **options)


def _part_speakers_from_stops(document: Doc) -> Doc:
    """Makes two tokens of an "I." that ends a sentence."""
    ends = [match.start(1) for match in _SPEAKER_AT_END.finditer(document.text)]
    if ends:
        tokens = [token for token in document if token.idx in ends and token.text == "I."]
        with document.retokenize() as retokenizer:
            for token in tokens:
                retokenizer.split(token, ["I", "."], heads=[(token, 0), (token, 1)])
    return document


class Opening(NamedTuple):
    """How a piece begins; see `Sentence`.

    opens_paragraph  whether no word of its paragraph comes before it
    """

    opens_paragraph: bool
    boundary: str = ""
    is_quoted: bool = False

    def going_on(self) -> Opening:
        """How the next piece of the same paragraph begins."""
        return Opening(opens_paragraph=False, is_quoted=self.is_quoted)


class Piece(NamedTuple):
    """A paragraph, or as much of one as is tokenized together.

    opening  how it begins
    """

    start: int
    end: int
    opening: Opening


def split_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text in order; a blank line ends a paragraph, a paragraph ends a sentence."""
    pending: Opening | None = None
    for piece in find_pieces(text):
        opening = opening_after(pending, piece.opening)
        sentences = read_piece(text[piece.start : piece.end], opening)
        for sentence in sentences:
            yield sentence_at(sentence, piece.start)
        pending = None if sentences else opening


def opening_after(pending: Opening | None, opening: Opening) -> Opening:
    """How a piece begins after another that began with `pending` and holds no sentence."""
    if pending is None or not pending.opens_paragraph:
        return opening
    boundary = _strongest(pending.boundary + opening.boundary)
    return Opening(opens_paragraph=True, boundary=boundary, is_quoted=opening.is_quoted)


def find_pieces(text: str, start: int = 0, opening: Opening | None = None) -> Iterator[Piece]:
    """The pieces of a text from an offset on, at which one of them starts.

    opening  of that piece; by default, that of a piece with nothing before it
    """
    here = start
    for paragraph in _PARAGRAPH.finditer(text, start):
        if opening is None:
            before = text[here : paragraph.start()]
            opening = Opening(
                opens_paragraph=True,
                boundary=_strongest(before),
                is_quoted=before.rfind(QUOTED) > before.rfind(PARAGRAPH_END),
            )
        for first, end in _cut(text, paragraph.start(), paragraph.end()):
            yield Piece(first, end, opening)
            opening = opening.going_on()
        here, opening = paragraph.end(), None


def _strongest(marks: str) -> str:
    """The boundary that several marks make together; see `Sentence.boundary`."""
    found = "".join(_BOUNDARIES.findall(marks))
    if TEXT_END in found:
        return TEXT_END
    entry, end = found.rfind(ENTRY), found.rfind(ENTRIES_END)
    if entry > end:
        return ENTRY + (PART if PART in found[entry:] else "")
    return ENTRIES_END if end >= 0 else found[:1]


def read_piece(text: str, opening: Opening) -> tuple[Sentence, ...]:
    """The sentences of a piece; their words start where they do in `text`."""
    sentences = []
    for words, starts in _split_piece(text):
        sentences.append(Sentence(words, starts, *opening))
        opening = opening.going_on()
    return tuple(sentences)


def sentence_at(sentence: Sentence, offset: int) -> Sentence:
    """The same sentence with all starts moved by an offset."""
    starts = tuple([start + offset for start in sentence.starts])
    return Sentence(sentence.words, starts, sentence.opens_paragraph, sentence.boundary, sentence.is_quoted)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces of a paragraph that are short enough for the tokenizer; none starts with a blank.

    Where one ends depends on nothing but the LONGEST_PIECE characters from its start on.
    """
    while end - start > _SHORTEST_PIECE:
        limit = min(end, start + LONGEST_PIECE)
        cut = _least(_SENTENCE_END, text, start + _SHORTEST_PIECE, limit)
        if cut is None:
            if limit == end:
                break
            # Lower case, lists, a verse without stops: sentences that nobody has marked.
            cut = _least(_WORD_END, text, start + _SHORTEST_PIECE, limit) or limit
        yield start, cut
        while cut < end and text[cut].isspace():
            cut += 1
        start = cut
    if start < end:
        yield start, end


def _least(pattern: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    """Where the match in a stretch of text ends before which the characters have the least hash; None without any."""

    def hash_before(match: re.Match[str]) -> int:
        return zlib.crc32(text[max(0, match.start() - _N_HASHED) : match.start()].encode("utf-8", "surrogatepass"))

    least = min(pattern.finditer(text, start, end), key=hash_before, default=None)
    return least.end() if least else None


def _split_piece(piece: str) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    # Half a character (a lone surrogate) and overlong runs are replaced at the same length: offsets do not move.
    piece = _SURROGATE.sub("\ufffd", piece)
    if _OVERLONG.search(piece):
        piece = _OVERLONG.sub(lambda run: " " * len(run.group()), piece)
    pipeline = _pipeline()
    if len(pipeline.vocab) > _MAX_KNOWN_WORDS:
        _pipeline.cache_clear()
    # To ask spaCy for the text of a document takes as long as to tokenize it.
    document = pipeline(piece, disable=() if _SPEAKER_AT_END.search(piece) else (_SPEAKERS,))
    words: list[str] = []
    starts: list[int] = []
    for token in document:
        if (token.is_sent_start and words) or len(words) == MAX_SENTENCE_WORDS:
            yield tuple(words), tuple(starts)
            words, starts = [], []
        if not token.is_space:
            # Words recur: one copy of each is kept.
            words.append(sys.intern(token.text))
            starts.append(token.idx)
    if words:
        yield tuple(words), tuple(starts)
