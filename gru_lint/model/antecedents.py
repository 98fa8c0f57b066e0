"""Antecedents: the mentions of a window grouped into entities, and the entities ranked for each pronoun.

The score of an entity combines the network's links with salience features of Lappin and Leass 1994: frequency,
distance, grammatical role. Their round weights were chosen on GAP's validation rows; results are reported on others.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gru_lint.english.lexicon import Lexicon
from gru_lint.english.mentions import mention_bounds, mention_roles
from gru_lint.english.pronouns import CLASS_OF_FORM
from gru_lint.records import Mention

Floats = npt.NDArray[np.floating[Any]]
Ints = npt.NDArray[np.int64]

# The features of an entity with their weights, beside the logarithm of its agreement with the expected class.
RANKING = {
    "log of its share of the links": 0.5,
    "log of its share of the walks": 0.5,
    "log of its mentions before the pronoun": 0.25,
    "log of the words to the nearest": -0.5,
    "that one stands in the same sentence": 1.0,
    "all come after the pronoun": -1.0,
    "it is named": 2.5,
    "the nearest opens its sentence": 0.25,
    "it is a noun without a determiner": -1.0,
    "the nearest is a subject": 1.0,
    "the nearest follows a preposition": -0.5,
    "log of how often it is a subject": 0.5,
}
# Below this probability no antecedent is given.
_MIN_ANTECEDENT = 0.35
_NEARLY_NOTHING = 1e-4
_WEIGHTS = np.array(list(RANKING.values()))
_SENTENCE_ENDS = frozenset(".!?")
# A mention this near to the beginning of its sentence counts as its topic.
_OPENING_WORDS = 2
# The forms of the speaker and of the hearer, each of which is one entity.
_PERSONS = {
    form: (person,)
    for person, forms in {
        "i": "i me my mine myself",
        "you": "you your yours yourself",
        "we": "we us our ours ourselves",
    }.items()
    for form in forms.split()
}
_NOBODY = frozenset(["who", "whose", "whom"])


@dataclass(frozen=True, slots=True)
class Entities:
    """The K persons and things of a window, each mentioned once or more.

    mentions      (M,) word indices of the candidates, as the network has them
    bounds        first and end word of each mention
    entity_of     (M,) which entity each mention belongs to; -1 for pronouns and for the window's mark
    is_name       (K,), whether a name is part of it: "Mr Watson", "Mary's brother"
    is_bare       (K,), whether it is one word and no name: a noun, or a verb that looks like one ("could help her")
    ends          where sentences end, word 0 first
    is_subject    (M,), whether a verb seems to follow the mention
    after_preposition  (M,)
    """

    mentions: Ints
    bounds: tuple[tuple[int, int], ...]
    entity_of: Ints
    is_name: npt.NDArray[np.bool_]
    is_bare: npt.NDArray[np.bool_]
    ends: Ints
    is_subject: npt.NDArray[np.bool_]
    after_preposition: npt.NDArray[np.bool_]


def find_entities(words: Sequence[str], mentions: Ints, lexicon: Lexicon) -> Entities:
    """The entities of a window; mentions of one name belong together, short forms included."""
    bounds = [mention_bounds(words, head, lexicon) for head in mentions.tolist()]
    texts = [tuple(words[first:end]) for first, end in bounds]
    names = {text for text in texts if lexicon.is_name_like(text[-1])}
    numbers: dict[tuple[str, ...], int] = {}
    entity_of = []
    is_name, is_bare = [], []
    for number, text in enumerate(texts):
        # "His wife" is an entity of its own, "his" is not.
        alone = text[0].lower() if len(text) == 1 else ""
        if number == 0 or alone in _NOBODY or (alone in CLASS_OF_FORM and alone not in _PERSONS):
            entity_of.append(-1)
            continue
        whole = _PERSONS.get(alone) or (_whole_name(text, names) if text in names else text)
        if whole not in numbers:
            numbers[whole] = len(numbers)
            is_name.append(any(lexicon.is_name_like(word) for word in text))
            is_bare.append(len(text) == 1 and not is_name[-1] and alone not in _PERSONS)
        entity_of.append(numbers[whole])
    return Entities(
        mentions,
        tuple(bounds),
        np.array(entity_of, np.int64),
        np.array(is_name, np.bool_),
        np.array(is_bare, np.bool_),
        np.array([0, *(index for index, word in enumerate(words) if word in _SENTENCE_ENDS)]),
        *mention_roles(words, bounds),
    )


def features_of(n_words: int, position: int, entities: Entities, links: Floats, walks: Floats) -> Floats:
    """(K, F): the features of `RANKING` for every entity and the pronoun at a position in a window of T words.

    links, walks  (M,), probabilities of each mention: by itself, and by walks from pronouns to names
    """
    n_entities = len(entities.is_name)
    # "Myself" is a mention of the speaker, but not its own antecedent.
    known = np.flatnonzero((entities.entity_of >= 0) & (entities.mentions != position))
    entity, head = entities.entity_of[known], entities.mentions[known]
    comes_before = head < position
    counts = np.bincount(entity[comes_before], minlength=n_entities)
    distance = np.where(comes_before, position - head, head - position + n_words)
    nearest = np.full(n_entities, 2 * n_words)
    np.minimum.at(nearest, entity, distance)
    only_after = nearest >= n_words
    sentence = np.searchsorted(entities.ends, [position, *head.tolist()])
    first_word = np.array([entities.bounds[index][0] for index in known.tolist()])
    opens = first_word - entities.ends[sentence[1:] - 1] - 1 <= _OPENING_WORDS
    is_nearest = distance == nearest[entity]
    is_subject = entities.is_subject[known]

    def at_nearest(is_so: npt.NDArray[np.bool_]) -> Floats:
        return np.bincount(entity[is_nearest & is_so], minlength=n_entities).astype(np.float64)

    return np.stack(
        [
            np.log(np.bincount(entity, links[known], minlength=n_entities) + _NEARLY_NOTHING),
            np.log(np.bincount(entity, walks[known], minlength=n_entities) + _NEARLY_NOTHING),
            np.log1p(counts),
            np.log(np.where(only_after, nearest - n_words, nearest)),
            at_nearest(sentence[1:] == sentence[0]),
            only_after,
            entities.is_name,
            at_nearest(opens),
            entities.is_bare,
            at_nearest(is_subject),
            at_nearest(entities.after_preposition[known]),
            np.log1p(np.bincount(entity[comes_before & is_subject], minlength=n_entities)),
        ],
        axis=1,
    )


def likeliest_mention(
    n_words: int,
    position: int,
    entities: Entities,
    weights: tuple[Floats, Floats, Floats],
) -> Mention | None:
    """The mention to show as antecedent of the pronoun at a position; None where no entity is likely enough.

    weights  (M,) each: links, walks, and the agreement of each mention with the expected class

    It is the likeliest mention of the likeliest entity before the pronoun, or after it if none comes before.
    """
    ranked = ranked_mentions(n_words, position, entities, weights, least=_MIN_ANTECEDENT)
    return ranked[0] if ranked else None


def ranked_mentions(
    n_words: int, position: int, entities: Entities, weights: tuple[Floats, Floats, Floats], least: float
) -> tuple[Mention, ...]:
    """A mention of each entity that the pronoun at a position may refer to, the likeliest first.

    weights  see `likeliest_mention`
    least    the probability of an entity that is worth naming; what is likeliest is left out, too, where it is less
    """
    if not len(entities.is_name):
        return ()
    links, walks, agreement = weights
    known = entities.entity_of >= 0
    fits = np.zeros(len(entities.is_name))
    np.maximum.at(fits, entities.entity_of[known], agreement[known])
    scores = features_of(n_words, position, entities, links, walks) @ _WEIGHTS
    scores += np.log(fits + _NEARLY_NOTHING)
    scores -= scores.max()
    probabilities = np.exp(scores) / np.exp(scores).sum()
    order = np.argsort(-probabilities, kind="stable")
    ranked = []
    for best in order[probabilities[order] >= least].tolist():
        own = np.flatnonzero((entities.entity_of == best) & (entities.mentions != position))
        if not len(own):
            continue
        before = own[entities.mentions[own] < position]
        shown = before if len(before) else own
        first, end = entities.bounds[int(shown[np.argmax(links[shown] + walks[shown])])]
        entity = tuple(entities.bounds[index] for index in own.tolist())
        ranked.append(Mention(first, end, float(probabilities[best]), entity))
    return tuple(ranked)


def _whole_name(name: tuple[str, ...], names: Collection[tuple[str, ...]]) -> tuple[str, ...]:
    """The longest of some names that `name` begins or ends: "Watson" is short for "John Watson".

    The name itself where it is short for none, or for two different people (Mr Watson, Mrs Watson).
    """
    longer = [other for other in names if _is_short_for(name, other)]
    longest = max(longer, key=len, default=name)
    if any(other != longest and not _is_short_for(other, longest) for other in longer):
        return name
    return _whole_name(longest, names) if longer else name


def _is_short_for(name: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return len(name) < len(other) and name in (other[: len(name)], other[-len(name) :])
