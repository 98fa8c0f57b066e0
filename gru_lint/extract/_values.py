"""Which values of data are prose: those of the keys that are set, or all of a file of translations into English."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePath

from gru_lint.extract._base import ProseMask, ValuePath

# en.json, app_en_GB.yml, messages.en.json; locales/en/home.json.
_ENGLISH = re.compile(r"(?:.*[._-])?en(?:[_-][a-z]{2,4})?", re.IGNORECASE)
_MOST_FOLDERS = 3
# A choice between texts in ICU's message format: one of its alternatives will be shown.
_CHOICE = re.compile(r"\{[ \t]*[\w.]+[ \t]*,[ \t]*(?:select|plural|selectordinal)[ \t]*,")
_BRACE = re.compile(r"[{}]")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")


def value_filter(filename: str | None, text_keys: Sequence[str]) -> Callable[[ValuePath], bool] | None:
    """What says whether the value at a path is prose; None where no value of the file is.

    text_keys  keys whose values are prose: the name of a key, or names with dots between them, * for any
    """
    if text_keys:
        return lambda path: _is_named(path, text_keys)
    return (lambda _path: True) if filename and _is_english_by_name(filename) else None


def _is_named(path: ValuePath, text_keys: Sequence[str]) -> bool:
    names = [name for name in path if isinstance(name, str)]
    whole = ".".join(names)
    return any(fnmatchcase(whole if "." in key else names[-1] if names else "", key) for key in text_keys)


def _is_english_by_name(filename: str) -> bool:
    path = PurePath(filename)
    return any(_ENGLISH.fullmatch(name) for name in (path.stem, *path.parts[-1 - _MOST_FOLDERS : -1]))


def blank_markup(text: str, start: int, end: int, mask: ProseMask) -> None:
    """Blanks what is no prose in a value: tags; and choices, whose last brace stays and marks a placeholder."""
    mask.blank_matches(_TAG.finditer(text, start, end))
    here = start
    while choice := _CHOICE.search(text, here, end):
        depth, here = 0, end
        for brace in _BRACE.finditer(text, choice.start(), end):
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                here = brace.end()
                break
        mask.blank(choice.start(), here - 1)
