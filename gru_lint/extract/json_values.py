"""JSON: values of keys that are set are prose, and those of translations into English (ARB, en.json); nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable

from gru_lint.extract._base import TEXT_END, Description, InputFormat, ProseMask, ValuePath, blanks
from gru_lint.extract._json import json_strings, keep_string
from gru_lint.extract._values import blank_markup

_LOCALE = re.compile(r'"@@locale"\s*:\s*"([^"]*)"')


def _extract_values(text: str, is_prose: Callable[[ValuePath], bool]) -> str:
    mask = ProseMask(text)
    for string in json_strings(text):
        if is_prose(string.path):
            keep_string(text, string, mask, TEXT_END)
            blank_markup(text, string.start, string.end, mask)
    return mask.prose()


def _extract_translations(text: str) -> str:
    """Of an application resource bundle, all values but what begins with @, which says something of them."""
    locale = _LOCALE.search(text)
    is_english = locale is None or locale[1].lower().startswith("en")
    return _extract_values(text, lambda path: is_english and not str(path[0]).startswith("@") if path else False)


FORMATS = (
    InputFormat(
        "json",
        (".json",),
        blanks,
        is_document=False,
        holds_data=True,
        extract_values=_extract_values,
        description=Description(
            "JSON",
            read="values of translations into English (`en.json`, `locales/en/home.json`), or of the keys that "
            "`text-keys` names, each a text of its own; where it is named",
            not_read="keys, all other values",
        ),
    ),
    InputFormat(
        "arb",
        (".arb",),
        _extract_translations,
        description=Description(
            "translations of Flutter (ARB)",
            read="values, each a text of its own, where `@@locale` is English or missing",
            not_read="keys, what begins with `@`, the forms of `plural` and `select`",
        ),
    ),
)
