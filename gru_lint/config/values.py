"""The form of a kind of value: how it is read, refused, merged and described.

Values of files, of editors and of the command line are all read here, and refused in the same words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

Keys = tuple[str, ...]
Schema = dict[str, Any]
T = TypeVar("T")


class SettingsError(Exception):
    """A key or a value that cannot be used; the message is one line.

    keys  those that lead to it, outermost first
    """

    def __init__(self, keys: Keys, message: str) -> None:
        # A key may hold a line end.
        super().__init__(" ".join(message.split()))
        self.keys = keys


@dataclass(frozen=True, slots=True)
class ValueKind(Generic[T]):
    """What a key can hold, and how its values are read and merged.

    expected       in words, after "must be"
    schema         in JSON Schema; made when it is asked for, since it names every rule and language
    read           the value that was written, with the keys that lead to it. Raises `SettingsError`
    merge          (lower, upper): the value in force; upper wins by default
    normalise_key  for a table whose entries are merged one by one: the canonical spelling of a key
    """

    expected: str
    schema: Callable[[], Schema]
    read: Callable[[object, Keys], T]
    merge: Callable[[T, T], T] = lambda _lower, upper: upper
    normalise_key: Callable[[str], str] | None = None


def wrong(keys: Keys, value: object, expected: str) -> SettingsError:
    """The error for a value of another kind."""
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return SettingsError(keys, f"{'.'.join(keys) or 'gru-lint'} must be {expected}, not {shown}")


def read_table(value: object, keys: Keys) -> Mapping[str, object]:
    """A value that must be a table. Raises `SettingsError`."""
    if not isinstance(value, Mapping):
        raise wrong(keys, value, "a table of keys")
    return value


def read_confidence(value: object, keys: Keys) -> float:
    """A value that must be a confidence. Raises `SettingsError`."""
    # A bool is an int, too; NaN fails the comparison.
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise wrong(keys, value, CONFIDENCE)
    return float(value)


CONFIDENCE: Final = "a number from 0 to 1"
CONFIDENCE_SCHEMA: Final[Schema] = {"type": "number", "minimum": 0, "maximum": 1}


def strings(value: object, keys: Keys, expected: str) -> tuple[str, ...]:
    """A value that must be a list of strings. Raises `SettingsError`."""
    if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
        raise wrong(keys, value, expected)
    return tuple(value)


def one_of(value: object, keys: Keys, known: tuple[T, ...]) -> T:
    """A value that must be one of several. Raises `SettingsError`."""
    for item in known:
        if value == item:
            return item
    raise wrong(keys, value, f"one of {', '.join(map(str, known))}")


def table_schema(entry: Schema) -> Schema:
    """The schema of a table whose entries are of one kind."""
    return {"type": "object", "additionalProperties": entry}


def merged(lower: Iterable[tuple[Any, Any]], upper: Iterable[tuple[Any, Any]]) -> tuple[tuple[Any, Any], ...]:
    """The entries of two tables; those of the upper override those of the lower."""
    return tuple({**dict(lower), **dict(upper)}.items())
