"""Antecedents: the entities of a window, ranked for each of its pronouns.

The score of an entity combines the network's links with the salience features of Lappin and Leass 1994: frequency,
distance, grammatical role. Their weights are round numbers, chosen on the validation rows of GAP; results are reported
on other rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from gru_lint.english.lexicon import Lexicon
from gru_lint.english.pronouns import CLASSES, N_ORDINARY_CLASSES, REFLEXIVE_FORMS
from gru_lint.model.encoders import WindowStates
from gru_lint.model.entities import Entities, Ints, find_entities
from gru_lint.model.heads import CLASS_INDEX, SMALLEST_PROBABILITY, Heads, Predictions
from gru_lint.records import Mention, Window
from gru_lint.segment.windows import find_anaphors

Floats = npt.NDArray[np.floating[Any]]

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
# A mention within the first words of its sentence counts as its topic.
_OPENING_WORDS = 2
# From this probability on, the written form is taken to be right.
_PLAUSIBLE = 0.05
_PLURAL = CLASSES.index("plural")
# Masculine and feminine, the first of `CLASSES`.
_N_GENDERS = 2


class AntecedentResolver:
    """Says what the pronouns of windows refer to, by what the heads predict of the states of whole windows."""

    def __init__(self, heads: Heads, lexicon: Lexicon) -> None:
        self._heads = heads
        self._lexicon = lexicon

    def likeliest(
        self, window: Window, states: WindowStates, word_indices: Collection[int]
    ) -> dict[int, Mention | None]:
        """The mention to show as antecedent of each of some pronouns, by their word indices."""
        return {
            index: likeliest_mention(len(window.words), index, entities, weights)
            for index, entities, weights in self._entity_weights(window, states)
            if index in word_indices
        }

    def candidates(self, window: Window, states: WindowStates, least: float) -> tuple[tuple[Mention, ...], ...]:
        """For each judged pronoun, the mentions that it may refer to; see `ranked_mentions`."""
        return tuple(
            ranked_mentions(len(window.words), index, entities, weights, least)
            for index, entities, weights in self._entity_weights(window, states)
            if window.first_judged <= index < window.end_judged
        )

    def _entity_weights(
        self, window: Window, states: WindowStates
    ) -> Iterator[tuple[int, Entities, tuple[Floats, Floats, Floats]]]:
        """The word index of each pronoun of a window, with the entities and the weights that rank them for it."""
        # Those of the context, too: a chain of mentions may lead through them.
        anaphors = find_anaphors(window, first=1)
        (predictions,) = self._heads.predictions([states], [anaphors])
        by_mention = predictions.by_mention
        entities = find_entities(window.words, predictions.mentions, self._lexicon)
        meant = meant_classes(predictions, [anaphor.form for anaphor in anaphors])
        walks = antecedent_links(predictions, meant)
        for row, anaphor in enumerate(anaphors):
            agreement = by_mention[row, :, meant[row]]
            if anaphor.form in REFLEXIVE_FORMS:
                agreement = in_own_clause(entities, anaphor.word_index, agreement)
            if meant[row] == _PLURAL:
                agreement = of_several(entities, agreement)
            weights = predictions.links[row], walks[row]
            if meant[row] < N_ORDINARY_CLASSES:
                # "My brothers … they": who looks at "my" means them, and not the speaker.
                links, walk = (np.bincount(entities.phrases, shares, len(agreement)) for shares in weights)
                weights = links, walk
            yield anaphor.word_index, entities, (*weights, agreement)


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


def of_several(entities: Entities, agreement: Floats) -> Floats:
    """(M,): the agreement of each mention with a plural, for which being named does not count."""
    is_named = np.append(entities.is_name, False)[entities.entity_of]
    without: Floats = np.where(is_named, np.exp(-RANKING["it is named"]), 1.0) * agreement
    return without


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
