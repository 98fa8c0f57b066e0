"""Translations of gettext (PO): what is translated into English is prose; of a template (POT) what is to be translated.

A file into another language is silent: its header says so. Entries that are fuzzy or no longer used are not read.
Pygments tells the tokens apart; polib, which knows more of entries, does not say where their strings stand.
"""

from __future__ import annotations

import re
from functools import partial

from gru_lint.extract._base import CommentSyntax, Description, InputFormat, ProseMask
from gru_lint.extract._lexed import tokens

_LANGUAGE = re.compile(r'^"Language:[ \t]*([^\s"\\]*)', re.MULTILINE)
_ESCAPE = re.compile(r"\\[\s\S]")
_TRANSLATIONS = frozenset({"msgstr", "msgstr["})
_SOURCES = frozenset({"msgid", "msgid_plural"})
_COMMENTS = CommentSyntax("#", own_line=True)
_BEGIN_ENTRIES = frozenset({"msgid", "msgctxt"})
_LINE_FEED = "\\n"


def _translations(text: str) -> str:
    return _extract(text, _TRANSLATIONS, is_english=_is_english(text))


def _is_english(text: str) -> bool:
    """Whether the header names English, or no language."""
    language = _LANGUAGE.search(text)
    return not (language and language[1]) or re.match(r"en(?![a-z])|C\b", language[1], re.IGNORECASE) is not None


def _extract(text: str, read: frozenset[str], *, is_english: bool = True) -> str:
    """The strings of entries in use after some keywords."""
    from pygments.token import Comment, Keyword, Name, String

    mask = ProseMask(text)
    if not is_english:
        return mask.prose()
    keyword = source = ""
    is_fuzzy = False
    for start, end, kind in tokens(text, "po"):
        written = text[start:end]
        if kind is Name.Variable and written != "]":
            if written in _BEGIN_ENTRIES and keyword in _TRANSLATIONS:
                is_fuzzy = False
            keyword = written
            if keyword in _BEGIN_ENTRIES:
                source = ""
            if keyword in read:
                mask.end_paragraph(start)
        elif kind in Keyword or kind is Comment.Single:
            # A new entry begins.
            is_fuzzy = (is_fuzzy and keyword == "") or (kind is Keyword.Type and "fuzzy" in written)
            source = source if keyword == "" else ""
            keyword = ""
        elif kind is String and written.startswith('"'):
            if keyword == "msgid":
                source += written.strip()[1:-1]
            # The entry of an empty text is the header.
            if keyword in read and not is_fuzzy and source:
                _keep_string(text, start, end, mask)
        elif not written.strip() and written.count("\n") > 1:
            keyword, is_fuzzy = "", False
    return mask.prose()


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
    ),
    InputFormat(
        "pot",
        (".pot",),
        partial(_extract, read=_SOURCES),
        comments=_COMMENTS,
        description=Description(
            "templates of translations",
            read="`msgid` and `msgid_plural`, which are taken for English",
            not_read="the header, obsolete entries, comments",
        ),
    ),
)
