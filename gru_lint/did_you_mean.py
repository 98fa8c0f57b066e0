"""Suggestions for unknown names."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(written: str, known: Iterable[str]) -> str | None:
    """The known name that is nearest to what was written; None where none is near."""
    # Imported here, since it is needed for mistakes only.
    from difflib import get_close_matches

    names = {name.lower(): name for name in known}
    near = get_close_matches(written.lower(), names, n=1)
    return names[near[0]] if near else None


def hint(written: str, known: Iterable[str]) -> str:
    """The end of an error message: the nearest of the known names, or all of them where none is near.

    >>> hint("min-confidense", ["min-confidence", "pronouns"])
    'did you mean "min-confidence"?'
    >>> hint("colour", ["min-confidence", "pronouns"])
    'known are "min-confidence" and "pronouns"'
    """
    names = list(known)
    near = nearest(written, names)
    if near is not None:
        return f'did you mean "{near}"?'
    *others, last = (f'"{name}"' for name in names)
    return f"known are {', '.join(others)} and {last}" if others else f"known is {last}"
