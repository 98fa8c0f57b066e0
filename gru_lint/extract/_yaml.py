"""Where the values of a YAML text stand, as PyYAML reports it, event by event: nothing is built or run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gru_lint.extract._base import PARAGRAPH_END, ProseMask, TimeBudget, ValuePath
from gru_lint.extract._unread import TOO_SLOW, give_up

_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r?\n|.)")


class Scalar(NamedTuple):
    """A value of a YAML text.

    path   the keys and the places in lists under which it stands
    style  how it is written: "'", '"', "|", ">", or None without any mark
    """

    path: ValuePath
    start: int
    end: int
    style: str | None


def scalars(text: str) -> Iterator[Scalar]:
    """The values of a text in order; none after a fault."""
    import yaml

    # For each open collection: the key of a mapping or the place in a list, and whether a key comes next.
    path: list[str | int] = []
    awaits_key: list[bool] = []
    budget = TimeBudget(len(text))

    def is_value() -> bool:
        if not path:
            return True
        if isinstance(path[-1], int):
            path[-1] += 1
            return True
        awaits_key[-1] = not awaits_key[-1]
        return awaits_key[-1]

    here = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            here = event.end_mark.index
            if budget.is_over():
                give_up(here, len(text), TOO_SLOW)
                return
            if isinstance(event, yaml.ScalarEvent):
                if is_value():
                    yield Scalar(tuple(path), event.start_mark.index, here, event.style)
                else:
                    path[-1] = event.value
            elif isinstance(event, yaml.CollectionStartEvent):
                is_value()
                path.append(-1 if isinstance(event, yaml.SequenceStartEvent) else "")
                awaits_key.append(True)
            elif isinstance(event, yaml.CollectionEndEvent):
                path.pop()
                awaits_key.pop()
            elif isinstance(event, yaml.AliasEvent):
                is_value()
    except (yaml.YAMLError, RecursionError):
        give_up(here, len(text), "it is no YAML")


def keep_scalar(text: str, scalar: Scalar, mask: ProseMask, origin: int = 0, mark: str = PARAGRAPH_END) -> None:
    """Keeps the words of a value, with a mark before them and the end of a paragraph after them.

    origin  where the text of the values begins in `text`
    """
    start, end = origin + scalar.start, origin + scalar.end
    mask.mark(start - 1, mark)
    if scalar.style in ("|", ">"):
        start = text.find("\n", start, end)
        if start < 0:
            return
    elif scalar.style in ("'", '"'):
        start, end = start + 1, end - 1
    mask.keep(start, end)
    if scalar.style == '"':
        mask.blank_matches(_ESCAPE.finditer(text, start, end))
    elif scalar.style == "'":
        for quote in re.finditer("''", text[start:end]):
            mask.blank(start + quote.start(), start + quote.start() + 1)
    mask.end_paragraph(min(end, len(text) - 1))
