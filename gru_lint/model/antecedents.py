"""Antecedents: the mentions of a window grouped into entities, and the entities ranked for each pronoun.

The score of an entity combines the network's links with the salience features of Lappin and Leass 1994: frequency,
distance, grammatical role. Their weights are round numbers, chosen on the validation rows of GAP; results are reported
on other rows.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gru_lint.english.lexicon import Lexicon
from gru_lint.english.mentions import is_apposition, mention_bounds, mention_roles
from gru_lint.english.pronouns import CLASS_OF_FORM
from gru_lint.model.heads import CLASS_INDEX, SMALLEST_PROBABILITY, Predictions
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
# Below this probability a pronoun has no antecedent: one that is shown should be likelier right than wrong.
_MIN_PROBABILITY = 0.5
# Added to probabilities before their logarithm.
_SMALLEST = 1e-4
# How much a mention in another sentence is worth to a reflexive.
_OUTSIDE = 0.01
_WEIGHTS = np.array(list(RANKING.values()))
_SENTENCE_ENDS = frozenset(".!?")
# A mention within the first words of its sentence counts as its topic.
_OPENING_WORDS = 2
# From this probability on, the written form is taken to be right.
_PLAUSIBLE = 0.05
# Masculine and feminine, the first of `CLASSES`.
_N_GENDERS = 2
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
    ends          word indices at which sentences end, word 0 first
    is_subject    (M,), whether a verb seems to follow the mention
    after_preposition  (M,)
    """

    mentions: Ints
    bounds: tuple[tuple[int, int], ...]
    entity_of: Ints
    ends_in_name: npt.NDArray[np.bool_]
    is_name: npt.NDArray[np.bool_]
    is_bare: npt.NDArray[np.bool_]
    ends: Ints
    is_subject: npt.NDArray[np.bool_]
    after_preposition: npt.NDArray[np.bool_]


def find_entities(words: Sequence[str], mentions: Ints, lexicon: Lexicon) -> Entities:
    """The entities of a window; mentions of one name belong together, short forms and appositions included."""
    bounds = [mention_bounds(words, head, lexicon) for head in mentions.tolist()]
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
        np.array([0, *(index for index, word in enumerate(words) if word in _SENTENCE_ENDS)]),
        *mention_roles(words, bounds),
    )


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


def features_of(n_words: int, position: int, entities: Entities, links: Floats, walks: Floats) -> Floats:
    """(K, F): the features of `RANKING` for every entity and the pronoun at a position in a window of T words.

    links, walks  (M,), probabilities of each mention: by the links alone, and by `antecedent_links`
    """
    n_entities = len(entities.is_name)
    # "Myself" is a mention of the speaker, but not its own antecedent.
    others = np.flatnonzero((entities.entity_of >= 0) & (entities.mentions != position))
    entity, head = entities.entity_of[others], entities.mentions[others]
    comes_before = head < position
    counts = np.bincount(entity[comes_before], minlength=n_entities)
    distance = np.where(comes_before, position - head, head - position + n_words)
    nearest = np.full(n_entities, 2 * n_words)
    np.minimum.at(nearest, entity, distance)
    only_after = nearest >= n_words
    sentence = np.searchsorted(entities.ends, [position, *head.tolist()])
    first_word = np.array([entities.bounds[index][0] for index in others.tolist()])
    opens = first_word - entities.ends[sentence[1:] - 1] - 1 <= _OPENING_WORDS
    is_nearest = distance == nearest[entity]
    is_subject = entities.is_subject[others]

    def at_nearest(holds: npt.NDArray[np.bool_]) -> Floats:
        return np.bincount(entity[is_nearest & holds], minlength=n_entities).astype(np.float64)

    return np.stack(
        [
            np.log(np.bincount(entity, links[others], minlength=n_entities) + _SMALLEST),
            np.log(np.bincount(entity, walks[others], minlength=n_entities) + _SMALLEST),
            np.log1p(counts),
            np.log(np.where(only_after, nearest - n_words, nearest)),
            at_nearest(sentence[1:] == sentence[0]),
            only_after,
            entities.is_name,
            at_nearest(opens),
            entities.is_bare,
            at_nearest(is_subject),
            at_nearest(entities.after_preposition[others]),
            np.log1p(np.bincount(entity[comes_before & is_subject], minlength=n_entities)),
        ],
        axis=1,
    )


def in_own_clause(entities: Entities, position: int, agreement: Floats) -> Floats:
    """(M,): the agreement of each mention with a reflexive at a position, whose antecedent stands in its own clause.

    A sentence stands for the clause. What is outside is not ruled out: "He left. And hurt himself."
    """
    sentences = np.searchsorted(entities.ends, np.append(entities.mentions, position))
    return np.where(sentences[:-1] == sentences[-1], agreement, _OUTSIDE * agreement)


def likeliest_mention(
    n_words: int,
    position: int,
    entities: Entities,
    weights: tuple[Floats, Floats, Floats],
) -> Mention | None:
    """The mention to show as antecedent of the pronoun at a position; None where no entity is likely enough.

    weights  (M,) each: links, walks, and the agreement of each mention with the expected class

    It is the likeliest mention of the likeliest entity: of those before the pronoun, or after it if none comes before.
    """
    ranked = ranked_mentions(n_words, position, entities, weights, least=_MIN_PROBABILITY)
    return ranked[0] if ranked else None


def ranked_mentions(
    n_words: int, position: int, entities: Entities, weights: tuple[Floats, Floats, Floats], least: float
) -> tuple[Mention, ...]:
    """A mention of each entity that the pronoun at a position may refer to, the likeliest first.

    weights  see `likeliest_mention`
    least    entities with a lower probability are left out
    """
    if not len(entities.is_name):
        return ()
    links, walks, agreement = weights
    is_mention = entities.entity_of >= 0
    fits = np.zeros(len(entities.is_name))
    np.maximum.at(fits, entities.entity_of[is_mention], agreement[is_mention])
    scores = features_of(n_words, position, entities, links, walks) @ _WEIGHTS
    scores += np.log(fits + _SMALLEST)
    scores -= scores.max()
    probabilities = np.exp(scores) / np.exp(scores).sum()
    order = np.argsort(-probabilities, kind="stable")
    ranked = []
    for best in order[probabilities[order] >= least].tolist():
        mentions = np.flatnonzero((entities.entity_of == best) & (entities.mentions != position))
        if not len(mentions):
            continue
        before = mentions[entities.mentions[mentions] < position]
        shown = before if len(before) else mentions
        # "Mrs Watson, his wife, …": the name says best who is meant.
        if entities.ends_in_name[shown].any():
            shown = shown[entities.ends_in_name[shown]]
        first, end = entities.bounds[int(shown[np.argmax(links[shown] + walks[shown])])]
        entity = tuple(entities.bounds[index] for index in mentions.tolist())
        ranked.append(Mention(first, end, float(probabilities[best]), entity))
    return tuple(ranked)


def antecedent_links(predictions: Predictions, meant: Ints) -> Floats:
    """(P, M): how likely each mention is the antecedent of each pronoun, where pronouns lead on to their antecedents.

    meant  (P,), the class ĉ of each pronoun's antecedent

    Mention i has the weight l_i q_i(ĉ), normalised. Where it is a pronoun, its weight is handed on to its own
    antecedents: a random walk, which ends at a name or a noun. With the weights split into N (pronoun to noun) and R
    (pronoun to pronoun), the walk ends with the probabilities (I − R)⁻¹ N. Rows sum to at most 1: some walks never end.
    """
    rows = np.arange(len(meant))
    weights: Floats = predictions.links * predictions.by_mention[rows, :, meant]
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), SMALLEST_PROBABILITY)
    columns = np.searchsorted(predictions.mentions, predictions.positions)
    to_pronouns = weights[:, columns]
    to_nouns = weights
    to_nouns[:, columns] = 0.0
    walks = np.eye(len(rows), dtype=np.float32) * np.float32(1 + 1e-4) - to_pronouns
    links: Floats = np.linalg.solve(walks, to_nouns)
    return links


def meant_classes(predictions: Predictions, forms: Sequence[str]) -> Ints:
    """(P,): the class of each antecedent: that of the written form where it may be right, else the likeliest.

    Where he and she together are likelier than any other class, it is the likelier of the two: a name that may be a
    man's or a woman's is still a person's.
    """
    written: Ints = np.array([CLASS_INDEX[form] for form in forms], np.int64)
    may_be_right = predictions.classes[np.arange(len(written)), written] >= _PLAUSIBLE
    is_person = predictions.classes[:, :_N_GENDERS].sum(axis=1) > predictions.classes[:, _N_GENDERS:].max(axis=1)
    gender = predictions.classes[:, :_N_GENDERS].argmax(axis=1)
    likeliest: Ints = np.where(is_person, gender, predictions.classes.argmax(axis=1))
    return np.where(may_be_right, written, likeliest)


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
