"""Translations of gettext (PO): what is translated into English is prose; of a template (POT) what is to be translated.

A file into another language is silent: its header says so. Entries that are fuzzy or no longer used are not read.
Pygments tells the tokens apart; polib, which knows more of entries, does not say where their strings stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from typing import NamedTuple

from gru_lint.extract._base import CommentSyntax, Description, InputFormat, ProseMask
from gru_lint.extract._blocks import TO_THE_END, BlockReader, Cut
from gru_lint.extract._lexed import has_long_line, tokens

_LANGUAGE = re.compile(r'^"Language:[ \t]*([^\s"\\]*)', re.MULTILINE)
_ESCAPE = re.compile(r"\\[\s\S]")
_TRANSLATIONS = frozenset({"msgstr", "msgstr["})
_SOURCES = frozenset({"msgid", "msgid_plural"})
_COMMENTS = CommentSyntax("#", own_line=True)
_BEGIN_ENTRIES = frozenset({"msgid", "msgctxt"})
_LINE_FEED = "\\n"
# Between two entries: a blank line, unless a string follows, which belongs to the entry before it.
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n(?=#|msg)")
_REACH = len("msg")


class _State(NamedTuple):
    """What is known between two tokens.

    is_english  whether the file is a translation into English
    keyword     the last one of the entry; empty before the first
    has_source  whether the entry translates anything: that of an empty text is the header
    is_fuzzy    whether the entry is marked as a guess
    """

    is_english: bool = True
    keyword: str = ""
    has_source: bool = False
    is_fuzzy: bool = False


def _translations(text: str) -> str:
    return _extract(text, _TRANSLATIONS, _State(_is_english(text)))[0]


def _sources(text: str) -> str:
    return _extract(text, _SOURCES, _State())[0]


def _is_english(text: str) -> bool:
    """Whether the header names English, or no language."""
    # Asked at each key: where there is no header, all of the text is searched, for a bare word ten times as fast.
    language = _LANGUAGE.search(text) if "Language:" in text else None
    return not (language and language[1]) or re.match(r"en(?![a-z])|C\b", language[1], re.IGNORECASE) is not None


def _extract(text: str, read: frozenset[str], state: _State) -> tuple[str, _State]:
    """The strings of entries in use after some keywords, and the state after them."""
    from pygments.token import Comment, Keyword, Name, String

    mask = ProseMask(text)
    if not state.is_english:
        return mask.prose(), state
    is_english, keyword, has_source, is_fuzzy = state
    for start, end, kind in tokens(text, "po"):
        written = text[start:end]
        if kind is Name.Variable and written != "]":
            if written in _BEGIN_ENTRIES and keyword in _TRANSLATIONS:
                is_fuzzy = False
            keyword = written
            if keyword in _BEGIN_ENTRIES:
                has_source = False
            if keyword in read:
                mask.end_paragraph(start)
        elif kind in Keyword or kind is Comment.Single:
            # A new entry begins.
            is_fuzzy = (is_fuzzy and keyword == "") or (kind is Keyword.Type and "fuzzy" in written)
            has_source = has_source and keyword == ""
            keyword = ""
        elif kind is String and written.startswith('"'):
            if keyword == "msgid":
                has_source = has_source or written.strip() != '""'
            # The entry of an empty text is the header.
            if keyword in read and not is_fuzzy and has_source:
                _keep_string(text, start, end, mask)
        elif not written.strip() and written.count("\n") > 1:
            keyword, is_fuzzy = "", False
    return mask.prose(), _State(is_english, keyword, has_source, is_fuzzy)


def _keep_string(text: str, start: int, end: int, mask: ProseMask) -> None:
    """What stands between the quotes; a sentence goes on over the end of a line of the file."""
    before = text.rfind("\n", 0, start)
    if before >= 0 and not text[before + 1 : start].strip():
        mask.run_on(before, start)
    opened, closed = text.find('"', start, end), text.rfind('"', start, end)
    mask.keep(opened + 1, closed)
    for escape in _ESCAPE.finditer(text, opened + 1, closed):
        mask.blank(*escape.span())
        if escape[0] == _LINE_FEED and text.startswith(_LINE_FEED, escape.end()):
            mask.end_paragraph(escape.start())


def _blocks(read: frozenset[str], context: Callable[[str], _State]) -> BlockReader:
    """A block is an entry, or a few without a blank line between them."""

    def cuts(text: str, start: int, state: Hashable) -> list[Cut]:
        assert isinstance(state, _State)
        blank = _BLANK_LINE.search(text, start)
        end = blank.end() if blank else len(text)
        if has_long_line(text[start:end]):
            return [Cut(len(text), TO_THE_END, state)]
        return [Cut(end, _REACH, _extract(text[start:end], read, state)[1])]

    def extract(block: str, state: Hashable, _: frozenset[str]) -> str:
        assert isinstance(state, _State)
        return _extract(block, read, state)[0]

    return BlockReader(cuts, extract, context=context)


FORMATS = (
    InputFormat(
        "po",
        (".po",),
        _translations,
        comments=_COMMENTS,
        description=Description(
            "translations",
            read="`msgstr` of entries in use, where the header's `Language` is English or missing",
            not_read="`msgid`, fuzzy and obsolete entries, comments; every file into another language",
        ),
        blocks=_blocks(_TRANSLATIONS, lambda text: _State(_is_english(text))),
    ),
    InputFormat(
        "pot",
        (".pot",),
        _sources,
        comments=_COMMENTS,
        description=Description(
            "templates of translations",
            read="`msgid` and `msgid_plural`, which are taken for English",
            not_read="the header, obsolete entries, comments",
        ),
        blocks=_blocks(_SOURCES, lambda _: _State()),
    ),
)
