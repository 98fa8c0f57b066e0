"""Whom a text speaks to: "Mary, have you seen his car?" is said to Mary, and speaks of somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from gru_lint.english.naming import bounds_sentence, last_named_before
from gru_lint.english.noun_phrases import DETERMINERS, PHRASE_ENDS
from gru_lint.english.pronouns import WINDOW_MARKS
from gru_lint.english.verb_forms import slot_of_word

# A sentence that begins with one of these before a name speaks to somebody; others may stand beside it.
_GREETINGS: Final = frozenset(
    """
        hi hey hello dear dearest thanks thank sorry welcome congratulations cheers goodbye bye morning afternoon
        evening night look listen
        """.split()
)
_BEFORE_NAMES: Final = _GREETINGS | frozenset(
    "oh ah ok okay well yes yeah no nope please so right sure now great good my you again and but".split()
)
_QUOTES: Final = frozenset('"“”‘«»``') | {"''", "``"}
_BEHIND_NAMES: Final = frozenset(",!?…—–-")
_SECOND_PERSON: Final = frozenset("you your yours yourself yourselves".split())
_RELATIVES: Final = frozenset("who whom whose which that".split())
# With one of these behind the comma a clause begins that has another subject, a question or a request.
_BEGIN_CLAUSE: Final = frozenset(
    """
        i you we they he she it there here what where when why how please let do does did is are was were have has had
        can could will would shall should may might must don't
        """.split()
)
# Requests that are no verbs to `slot_of_word`, since they are mostly something else.
_REQUESTS: Final = frozenset(
    """
        open close play call give tell look come go bring take put turn read write wait stop help hand pass ask send be
        check show let answer leave meet remember forward watch try keep hold thank sit stand run walk move hurry
        """.split()
)
_BEFORE_APPOSITIONS: Final = frozenset((word,) for word in DETERMINERS)
# How far behind a name an apposition ends: "Mary, the new head of the school, …".
_LONGEST_APPOSITION: Final = 8


def is_addressed(words: Sequence[str], index: int, name: str | None) -> bool:
    """Whether the text speaks to somebody where it names them last before a pronoun at an index, or else behind it.

    words  of a window
    name   as the text names them; None for whoever is named last
    """
    place = last_named_before(words, index, name or _last_capitalized(words[1:index]))
    if place is None:
        rest = tuple(takewhile(lambda word: not bounds_sentence(word), words[index:]))
        place = last_named_before(words, index + len(rest), name or _last_capitalized(rest))
    return place is not None and _is_vocative(words, *place)


def _last_capitalized(words: Sequence[str]) -> str:
    """The last word with a capital that may be a name; empty for none."""
    return next((word for word in reversed(words) if word[0].isupper() and word.lower() not in PHRASE_ENDS), "")


def _is_vocative(words: Sequence[str], first: int, end: int) -> bool:
    start = first
    while start > 1 and not _bounds(words[start - 1]):
        start -= 1
    stop = end
    while stop < len(words) and not _bounds(words[stop]):
        stop += 1
    before, after = _lower(words[start:first]), _lower(words[end:stop])
    mark = words[stop] if stop < len(words) else ""
    speaks = not _SECOND_PERSON.isdisjoint((*before, *after)) or _is_request(before[:2])
    opening = frozenset(word for word in before if word.isalpha())
    if _BEFORE_NAMES.issuperset(opening):
        greets = not _GREETINGS.isdisjoint(opening)
        # "Good morning, Emily."; "Emma!"; "Anna: he is here"; "Hi Anna, he is here"; "Anna, open his letter".
        if not after:
            return greets or mark in ("!", "?")
        if after[0] == ":":
            return words[start - 1] in WINDOW_MARKS
        return after[0] in _BEHIND_NAMES and (greets or _begins_clause(after[1:], speaks=speaks))
    if before[-1] != "," or not speaks:
        return False
    # "Have you seen his car, Mary?"; "Come here, Mary, and look", and not "You know my sister, Mary, …".
    return not after or (after[0] == "," and before[-3:-2] not in _BEFORE_APPOSITIONS)


def _begins_clause(after: Sequence[str], *, speaks: bool) -> bool:
    """Whether what follows a name and a comma says something to the one who is named.

    An apposition is closed by another comma and has no verb: "Mary, your sister, …".
    """
    if not after:
        return True
    opens = after[0]
    if opens in _RELATIVES or (opens in DETERMINERS and _closes_without_verb(after[1:_LONGEST_APPOSITION])):
        return False
    return speaks or opens in _BEGIN_CLAUSE or _is_request(after)


def _closes_without_verb(phrase: Sequence[str]) -> bool:
    for word in phrase:
        slot = slot_of_word(word)
        if word == "," or (slot is not None and slot[0] != "verb or noun"):
            return word == ","
    return False


def _is_request(words: Sequence[str]) -> bool:
    """Whether a clause begins with a verb that has no subject: "come here"."""
    if not words:
        return False
    slot = slot_of_word(words[0])
    return words[0] in _REQUESTS or (slot is not None and slot[0] in ("verb", "do") and slot[1] == "plural")


def _lower(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.lower().replace("’", "'") for word in words)


def _bounds(word: str) -> bool:
    return bounds_sentence(word) or word in _QUOTES
