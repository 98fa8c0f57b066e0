"""Prose out of files: one module a format, found by what it says of itself.

A module gives the fields of `InputFormat` as constants, such as `LANGUAGE` and `EXTENSIONS`, and its functions by
their names: `extract_prose`, and `unpack` where its files hold bytes. One that reads several formats has `FORMATS`.

`extract_prose` returns a text of the same length, so that offsets never move. What is not prose has become blanks, or
one of MARKS: PARAGRAPH_END between two blocks, others to say what is read together (`_base.py`). A line end stays, or
has become a mark where a block ends without a blank line, or a blank where the text goes on over it.
A library that one format needs is imported in its `extract_prose`, so that reading other files does not wait for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
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
from gru_lint.extract._unread import describe_unread, noting_unread, worth_reporting
from gru_lint.extract._values import value_filter
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
    "worth_reporting",
]

_PLAIN = "plaintext"
# The marks that no text may bring along; a paragraph separator of Unicode means in any text what it means here.
_RESERVED = "".join(MARKS).replace(PARAGRAPH_END, "")
_RESERVED_MARK = re.compile(f"[{_RESERVED}]")
_FUNCTIONS = ("extract_prose", "unpack")


@cache
def formats() -> dict[str, InputFormat]:
    """Every format that is read, by the name that editors have for it."""
    return {one.language: one for module in discover(__name__, __path__) for one in _formats_in(module)}


def _formats_in(module: ModuleType) -> tuple[InputFormat, ...]:
    if hasattr(module, "FORMATS"):
        return tuple(module.FORMATS)
    members = {name: name if name in _FUNCTIONS else name.upper() for name in (one.name for one in fields(InputFormat))}
    given = {name: getattr(module, member) for name, member in members.items() if hasattr(module, member)}
    return (InputFormat(**given),)


@cache
def _by_extension() -> dict[str, InputFormat]:
    return {extension: one for one in formats().values() for extension in one.extensions}


@cache
def _by_name() -> dict[str, InputFormat]:
    return {name: one for one in formats().values() for name in one.names}


def known_extensions() -> frozenset[str]:
    """The extensions of texts that are looked for in a folder."""
    known = (one for one in formats().values() if one.is_document and one.unpack is None)
    return frozenset(extension for one in known for extension in one.extensions)


def packed_extensions() -> frozenset[str]:
    """The extensions of files that are unpacked and are looked for in a folder; none where lxml is not installed."""
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
    if known.extract_values and (is_prose := value_filter(filename, text_keys)):
        return known.extract_values(text, is_prose)
    return known.extract_prose(text)


def without_marks(text: str) -> str:
    """The text with blanks for characters that are marks here: they would say what is read together, or not judged."""
    return _RESERVED_MARK.sub(" ", text) if any(mark in text for mark in _RESERVED) else text
