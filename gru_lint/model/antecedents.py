"""Antecedents: what each pronoun of a window refers to, by what the network predicts of the states of whole windows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from gru_lint.english.lexicon import Lexicon
from gru_lint.english.pronouns import N_ORDINARY_CLASSES, REFLEXIVE_FORMS
from gru_lint.model.candidates import Candidates, Shares, candidates_of, in_own_clause, slot_of
from gru_lint.model.cells import Floats
from gru_lint.model.encoders import WindowStates
from gru_lint.model.entities import Ints, find_entities
from gru_lint.model.heads import CLASS_INDEX, SMALLEST_PROBABILITY, Heads, MentionLayers, Predictions
from gru_lint.model.ranking import read_ranking
from gru_lint.records import Mention, Window
from gru_lint.segment.windows import find_anaphors

# Below this probability a pronoun has no antecedent, not even for the rules: it should be likelier right than wrong.
_MIN_PROBABILITY = 0.5
# From this probability on, the written form is taken to be right.
_PLAUSIBLE = 0.05
# Masculine and feminine, the first of `CLASSES`.
_N_GENDERS = 2
# Somebody who is named so many words before a pronoun may be meant by it.
_NEARBY_WORDS = 20


class Resolution(NamedTuple):
    """What a pronoun refers to; see `Judgement`."""

    antecedent: Mention | None
    nearby: tuple[float, ...]


class AntecedentResolver:
    """Says what the pronouns of windows refer to."""

    def __init__(self, heads: Heads, lexicon: Lexicon) -> None:
        self._heads = heads
        self._lexicon = lexicon
        self._ranking = read_ranking()

    def likeliest(
        self,
        window: Window,
        states: WindowStates,
        word_indices: Collection[int],
        layers: MentionLayers | None = None,
    ) -> dict[int, Resolution]:
        """The likeliest antecedent of each of some pronouns, by their word indices; None where none is likely.

        layers  see `Heads.predictions`
        """
        return {
            candidates.slot.position: Resolution(
                next(iter(self._ranking.mentions(candidates, _MIN_PROBABILITY)), None),
                candidates.agreement_nearby(_NEARBY_WORDS),
            )
            for candidates in self.candidates(window, states, word_indices, layers)
        }

    def mentions(self, window: Window, states: WindowStates, least: float) -> tuple[tuple[Mention, ...], ...]:
        """For each judged pronoun, the mentions that it may refer to; see `Ranking.mentions`."""
        return tuple(
            self._ranking.mentions(candidates, least)
            for candidates in self.candidates(window, states, range(window.first_judged, window.end_judged))
        )

    def candidates(
        self,
        window: Window,
        states: WindowStates,
        word_indices: Collection[int],
        layers: MentionLayers | None = None,
    ) -> Iterator[Candidates]:
        """The entities of a window as antecedents of each of some pronouns, by their word indices."""
        # Those of the context, too: a chain of mentions may lead through them.
        anaphors = find_anaphors(window, first=1)
        (predictions,) = self._heads.predictions([states], [anaphors], layers)
        by_mention = predictions.by_mention
        entities = find_entities(window.words, predictions.mentions, self._lexicon)
        meant = meant_classes(predictions, [anaphor.form for anaphor in anaphors])
        walks = antecedent_links(predictions, meant)
        for row, anaphor in enumerate(anaphors):
            if anaphor.word_index not in word_indices:
                continue
            agreement = by_mention[row, :, meant[row]]
            if anaphor.form in REFLEXIVE_FORMS:
                agreement = in_own_clause(entities, anaphor.word_index, agreement)
            links, evidence, walk = predictions.links[row], predictions.evidence[row], walks[row]
            if meant[row] < N_ORDINARY_CLASSES:
                # "My brothers … they": who looks at "my" means them, and not the speaker.
                links, evidence, walk = (
                    np.bincount(entities.phrases, own, len(agreement)) for own in (links, evidence, walk)
                )
            slot = slot_of(window.words, anaphor, int(meant[row]), predictions.cases[row])
            shares = Shares(links, evidence, walk, agreement, by_mention[row])
            yield candidates_of(window.words, slot, entities, shares)


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
