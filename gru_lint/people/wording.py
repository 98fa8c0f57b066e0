"""How a name is written where another stood: short forms, titles, capitals and the s after an apostrophe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gru_lint.english.pronouns import AgreementClass
from gru_lint.english.titles import title_for
from gru_lint.people.names import Name
from gru_lint.records import Edit, Span

_APOSTROPHES = "'’"


class Wording(NamedTuple):
    """The edits of one name of a text, and why somebody should look at them, as the end of "look at this one: …"."""

    edits: tuple[Edit, ...]
    doubt: str | None = None


class NewName(NamedTuple):
    """What somebody is called, and what that person is called now.

    old, new  words without titles
    titles    of the new name; empty where the old ones stay, or follow the pronouns
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    titles: tuple[str, ...] = ()


def reworded(
    name: Name, new_name: NewName | None, text: str, *, changes_pronouns: bool, gender: AgreementClass | None
) -> Wording:
    """The edits that make a name of a text somebody's new one.

    new_name          None where only the pronouns change
    changes_pronouns  whether titles follow the gender
    """
    words, doubt = (name.words, None) if new_name is None else _new_words(name.words, new_name)
    titles: tuple[str, ...] | None = name.titles
    if new_name is not None and new_name.titles and name.titles:
        titles = new_name.titles
    elif changes_pronouns:
        others = [title_for(title, gender) for title in name.titles]
        titles = tuple(other for other in others if other)
        if len(titles) < len(others):
            titles, doubt = name.titles, "no title is known that fits"
    edits = [
        *_edits(name.titles, name.title_spans, titles or (), is_alone=name.words == words),
        *_edits(name.words, name.spans, words, is_alone=True),
    ]
    if new_name is not None and edits and (ending := _possessive(text, name.span.end, words)):
        edits.append(ending)
    return Wording(tuple(edits), doubt)


def _new_words(words: tuple[str, ...], new_name: NewName) -> tuple[tuple[str, ...], str | None]:
    """The words of a name after the change, and why they may be others."""
    old, new, _ = new_name
    usual = tuple(word.capitalize() if len(word) > 1 and word.isupper() else word for word in words)
    for first in range(len(words) - len(old) + 1):
        if usual[first : first + len(old)] == old or words[first : first + len(old)] == old:
            replaced = words[first : first + len(old)]
            if len(old) == len(new):
                written = [_spelled_as(before, after) for before, after in zip(replaced, new, strict=True)]
            else:
                written = [_spelled_as(replaced[0], after) for after in new]
            return (*words[:first], *written, *words[first + len(old) :]), None
    if len(old) == 1:
        return words, None
    if len(old) == len(new):
        known = dict(zip(old, new, strict=True))
        return tuple(_spelled_as(word, known.get(plain, word)) for word, plain in zip(words, usual, strict=True)), None
    if len(new) == 1:
        # Mary Watson becomes Cher: so does Mary, and nobody knows what becomes of Mrs Watson.
        is_first = usual == old[: len(usual)]
        return new, None if is_first else "only a family name stood here"
    if usual == old[-len(usual) :]:
        return (new[1:] if len(old) == len(usual) + 1 else new[-1:]), None
    if usual == old[: len(usual)]:
        return (new[:1] if len(usual) == 1 else new[:-1]), None
    return words, None


def _spelled_as(before: str, after: str) -> str:
    return after.upper() if len(before) > 1 and before.isupper() else after


def _edits(before: Sequence[str], spans: Sequence[Span], after: Sequence[str], *, is_alone: bool) -> list[Edit]:
    """Word by word where there are as many of them, else all at once."""
    if len(before) == len(after):
        return [
            Edit(span, written) for word, span, written in zip(before, spans, after, strict=True) if word != written
        ]
    if not before or not is_alone:
        return []
    return [Edit(Span(spans[0].start, spans[-1].end), " ".join(after))]


def _possessive(text: str, end: int, words: Sequence[str]) -> Edit | None:
    """The s that a new name needs where the old one ended in s: James' hat, Mary's hat."""
    mark, following = text[end : end + 1], text[end + 1 : end + 2]
    old_ends_in_s = text[end - 1 : end].lower() == "s"
    is_possessive = mark != "" and mark in _APOSTROPHES and following == " " and text[end + 2 : end + 3].isalpha()
    opened = text.rfind("\n", 0, end)
    is_quoted = any(f" {quote}" in text[opened + 1 : end] for quote in ("'", "‘"))
    if is_possessive and old_ends_in_s and not is_quoted and not words[-1].lower().endswith("s"):
        return Edit(Span(end, end + 1), f"{mark}s")
    return None
