"""Prose out of files: one module a format, found by what it says of itself.

Each module has

    LANGUAGE       the name that editors have for the format
    EXTENSIONS     of its files, in lower case with their dot; the first stands for all
    NAMES          of files that are of this format whatever their extension; may be absent
    COMMENTS       how it writes comments; absent where it has none
    DESCRIPTION    what docs/formats.md says of it
    IN_EDITORS     whether an editor checks it unless told otherwise; may be absent
    IS_DOCUMENT    whether it is looked for in folders; may be absent
    HOLDS_DATA     whether a file of it often holds no prose; may be absent
    MAY_BE_ENCODED  whether words may stand in it as others, as in Base64; may be absent
    extract_prose  which takes a text and returns one of the same length
    BLOCKS         how a text is read block by block while it is edited (`_blocks`); may be absent
    unpack         which takes a file's bytes and returns their text, where they are no text; absent where they are

or `FORMATS`, where one module reads many. What is not prose has become blanks, or one of MARKS: PARAGRAPH_END between
two blocks, others to say what is read together (`_base.py`). A line end stays, or has become a mark where a block ends
without a blank line, or a blank where the text goes on over it. So offsets never move.
A library that a format needs is imported in `extract_prose`: nobody waits for it who reads other files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import PurePath
from types import ModuleType

from gru_lint.documents.parsing import is_installed
from gru_lint.extract._base import (
    ENTRIES_END,
    ENTRY,
    MARKS,
    PARAGRAPH_END,
    PART,
    QUOTED,
    TEXT_END,
    CommentSyntax,
    InputFormat,
)
from gru_lint.extract._incremental import IncrementalProse
from gru_lint.extract._unread import describe_unread, noting_unread, worth_telling
from gru_lint.extract._values import values_wanted
from gru_lint.plugins import discover

__all__ = [
    "ENTRIES_END",
    "ENTRY",
    "MARKS",
    "PARAGRAPH_END",
    "PART",
    "QUOTED",
    "TEXT_END",
    "CommentSyntax",
    "IncrementalProse",
    "InputFormat",
    "describe_unread",
    "extract_prose",
    "format_of",
    "formats",
    "is_known",
    "known_extensions",
    "languages",
    "noting_unread",
    "packed_extensions",
    "without_marks",
    "worth_telling",
]

_PLAIN = "plaintext"
_NOT_OWN = "".join(MARKS).replace(PARAGRAPH_END, "")
_NOT_OWN_MARK = re.compile(f"[{_NOT_OWN}]")


@cache
def formats() -> dict[str, InputFormat]:
    """Every format that is read, by the name that editors have for it."""
    found = (one for module in discover(__name__, __path__) for one in _formats_in(module))
    return {one.language: one for one in found}


def _formats_in(module: ModuleType) -> tuple[InputFormat, ...]:
    if hasattr(module, "FORMATS"):
        return tuple(module.FORMATS)
    names, comments = getattr(module, "NAMES", ()), getattr(module, "COMMENTS", None)
    return (
        InputFormat(
            module.LANGUAGE,
            module.EXTENSIONS,
            module.extract_prose,
            names,
            comments,
            description=module.DESCRIPTION,
            in_editors=getattr(module, "IN_EDITORS", False),
            is_document=getattr(module, "IS_DOCUMENT", True),
            holds_data=getattr(module, "HOLDS_DATA", False),
            may_be_encoded=getattr(module, "MAY_BE_ENCODED", False),
            blocks=getattr(module, "BLOCKS", None),
            unpack=getattr(module, "unpack", None),
        ),
    )


@cache
def _by_extension() -> dict[str, InputFormat]:
    return {extension: one for one in formats().values() for extension in one.extensions}


@cache
def _by_name() -> dict[str, InputFormat]:
    return {name: one for one in formats().values() for name in one.names}


def known_extensions() -> frozenset[str]:
    """The extensions of texts that are looked for in a directory."""
    known = (one for one in formats().values() if one.is_document and one.unpack is None)
    return frozenset(extension for one in known for extension in one.extensions)


def packed_extensions() -> frozenset[str]:
    """The extensions of files that are no texts and are looked for in a directory, where what unpacks them is there."""
    known = (one for one in formats().values() if one.unpack is not None)
    return frozenset(extension for one in known for extension in one.extensions) if is_installed() else frozenset()


@cache
def languages() -> dict[str, tuple[str, ...]]:
    """The extensions of each language that is read, by the name that editors have for it; the first stands for all."""
    return {language: one.extensions for language, one in formats().items()}


def is_known(filename: str) -> bool:
    """Whether a file's name says how it is read."""
    path = PurePath(filename)
    return path.name in _by_name() or path.suffix.lower() in _by_extension()


def format_of(filename: str | None) -> InputFormat:
    """The format of a file by its name; an unknown or missing one is plain text."""
    path = PurePath(filename or "")
    return _by_name().get(path.name) or _by_extension().get(path.suffix.lower()) or formats()[_PLAIN]


def extract_prose(text: str, filename: str | None, text_keys: Sequence[str] = ()) -> str:
    """The prose of a text by its file's name; an unknown or missing one is plain text.

    text_keys  in data such as JSON, the keys whose values are prose; see `_values.py`
    """
    text = without_marks(text)
    known = format_of(filename)
    if known.extract_values and (is_prose := values_wanted(filename, text_keys)):
        return known.extract_values(text, is_prose)
    return known.extract_prose(text)


def without_marks(text: str) -> str:
    """The text with blanks for marks of its own, which would say what is read together, or not judged."""
    return _NOT_OWN_MARK.sub(" ", text) if any(mark in text for mark in _NOT_OWN) else text
