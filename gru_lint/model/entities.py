"""Entities: the mentions of a window that stand for the same person or thing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gru_lint.english.lexicon import Lexicon
from gru_lint.english.mentions import is_apposition, mention_bounds
from gru_lint.english.pronouns import CLASS_OF_FORM
from gru_lint.english.surroundings import Surroundings, surroundings

Ints = npt.NDArray[np.int64]

# The speaker, the hearer and "we": each is one entity, whatever the form.
_PARTICIPANTS = {
    form: (person,)
    for person, forms in {
        "i": "i me my mine myself",
        "you": "you your yours yourself",
        "we": "we us our ours ourselves",
    }.items()
    for form in forms.split()
}
_POSSESSIVES = frozenset(["my", "our", "your"])
_RELATIVES = frozenset(["who", "whose", "whom"])


@dataclass(frozen=True, slots=True)
class Entities:
    """The K persons and things of a window, each mentioned once or more.

    mentions      (M,) word indices of the candidates, as the network has them
    bounds        first and end word of each mention
    entity_of     (M,) which entity each mention belongs to; -1 for pronouns and for the window's mark
    ends_in_name  (M,), whether the last word of the mention is a name's
    is_name       (K,), whether a name is part of it: "Mr Watson", "Mary's brother"
    is_bare       (K,), whether it is a single word and no name: a noun, or a verb taken for one ("could help her")
    is_participant (K,), whether it is I, you or we
    phrases       (M,) the mention that each belongs to: "my" to "my brothers", any other to itself
    around        where the mentions stand, and in which roles
    """

    mentions: Ints
    bounds: tuple[tuple[int, int], ...]
    entity_of: Ints
    ends_in_name: npt.NDArray[np.bool_]
    is_name: npt.NDArray[np.bool_]
    is_bare: npt.NDArray[np.bool_]
    is_participant: npt.NDArray[np.bool_]
    phrases: Ints
    around: Surroundings


def find_entities(words: Sequence[str], mentions: Ints, lexicon: Lexicon) -> Entities:
    """The entities of a window; mentions of one name belong together, short forms and appositions included."""
    bounds = _bounds(words, mentions.tolist(), lexicon)
    texts = [tuple(words[first:end]) for first, end in bounds]
    ends_in_name = [lexicon.is_name_like(text[-1]) for text in texts]
    names = {text for text, is_one in zip(texts, ends_in_name, strict=True) if is_one}
    keys = [None, *(_key(text, names) for text in texts[1:])]
    named = _named_by_apposition(words, bounds, keys, ends_in_name)
    numbers: dict[tuple[str, ...], int] = {}
    entity_of = []
    is_name, is_bare = [], []
    for text, key in zip(texts, keys, strict=True):
        if key is None:
            entity_of.append(-1)
            continue
        key = named.get(key, key)
        if key not in numbers:
            numbers[key] = len(numbers)
            is_name.append(any(lexicon.is_name_like(word) for word in (*key, *text)))
            is_bare.append(len(text) == 1 and not is_name[-1] and text[0].lower() not in _PARTICIPANTS)
        entity_of.append(numbers[key])
    return Entities(
        mentions,
        tuple(bounds),
        np.array(entity_of, np.int64),
        np.array(ends_in_name, np.bool_),
        np.array(is_name, np.bool_),
        np.array(is_bare, np.bool_),
        np.array([key in _PARTICIPANTS.values() for key in numbers], np.bool_),
        np.array(_phrases(words, bounds)),
        surroundings(words, bounds),
    )


def _bounds(words: Sequence[str], heads: Sequence[int], lexicon: Lexicon) -> list[tuple[int, int]]:
    """The first and end word of each mention; a name behind a title that needs it is the same one: "Mrs Grey"."""
    bounds: list[tuple[int, int]] = []
    for head in heads:
        is_within = bounds and bounds[-1][1] > head
        bounds.append(bounds[-1] if is_within else mention_bounds(words, head, lexicon))
    return bounds


def _phrases(words: Sequence[str], bounds: Sequence[tuple[int, int]]) -> list[int]:
    """For each mention its number, or for a "my", "our" or "your" that of what it determines: "my brothers"."""
    phrases: dict[int, int] = {}
    for number, (first, end) in enumerate(bounds):
        if end > first + 1 and words[first].lower() in _POSSESSIVES:
            phrases.setdefault(first, number)
    return [phrases.get(first, number) if end == first + 1 else number for number, (first, end) in enumerate(bounds)]


def _key(text: tuple[str, ...], names: Collection[tuple[str, ...]]) -> tuple[str, ...] | None:
    """What the mentions of one entity share: the whole name, or the words of a noun phrase; None for a pronoun."""
    single = text[0].lower() if len(text) == 1 else ""
    if single in _PARTICIPANTS:
        return _PARTICIPANTS[single]
    # "His wife" is an entity of its own; "his" is not one.
    if single in _RELATIVES or single in CLASS_OF_FORM:
        return None
    return _whole_name(text, names) if text in names else text


def _named_by_apposition(
    words: Sequence[str],
    bounds: Sequence[tuple[int, int]],
    keys: Sequence[tuple[str, ...] | None],
    ends_in_name: Sequence[bool],
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The names of those that a text describes beside it, by their descriptions: "Mrs Watson, his wife, …"."""
    number_by_end = {end: number for number, (_, end) in enumerate(bounds)}
    named = {}
    for second, (begin, _) in enumerate(bounds):
        first = number_by_end.get(begin - 1, 0)
        if ends_in_name[first] != ends_in_name[second] and is_apposition(words, bounds[first], bounds[second]):
            description, name = (keys[second], keys[first]) if ends_in_name[first] else (keys[first], keys[second])
            if description is not None and name is not None:
                named[description] = name
    return named


def _whole_name(name: tuple[str, ...], names: Collection[tuple[str, ...]]) -> tuple[str, ...]:
    """The longest of some names that `name` begins or ends: "Watson" is short for "John Watson".

    The name itself where it is short for none, or for two different people (Mr Watson, Mrs Watson).
    """
    longer = [other for other in names if _is_short_for(name, other)]
    longest = max(longer, key=len, default=name)
    names_several = any(other != longest and not _is_short_for(other, longest) for other in longer)
    return name if not longer or names_several else _whole_name(longest, names)


def _is_short_for(name: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return len(name) < len(other) and name in (other[: len(name)], other[-len(name) :])
