"""Candidates: what speaks for each entity of a window as the antecedent of one pronoun, as numbers.

The network's attentions, and the salience of Lappin and Leass 1994 ("An algorithm for pronominal anaphora resolution"):
how often and how near somebody is mentioned, in which grammatical role, and whether that role is the pronoun's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from gru_lint.english.noun_phrases import determines_noun_phrase
from gru_lint.english.pronouns import BEGIN, CASES, CASES_OF_FORM, CLASSES, Case
from gru_lint.model.entities import Entities, Ints
from gru_lint.records import Anaphor

Floats = npt.NDArray[np.floating[Any]]
# The kinds of pronouns, each with weights of its own; reflexives of the first and second person are of the first kind.
Kind = Literal["he or she", "it", "they"]
_KIND_OF_CLASS: dict[str, Kind] = {"neuter": "it", "plural": "they"}
# Added to probabilities before their logarithm.
_SMALLEST = 1e-4
# From this agreement on, an entity counts as one that stands between the pronoun and another.
_AGREES = 0.3
_FARTHEST_SENTENCE = 5
# How much a mention in another sentence is worth to a reflexive.
_OUTSIDE = 0.01


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a pronoun.

    case  the one that stands there
    """

    position: int
    kind: Kind
    case: Case


@dataclass(frozen=True, slots=True)
class Shares:
    """What the network says of the M mentions of a window for one pronoun, (M,) each.

    links, evidence  the attentions
    walks            of the links, followed on from pronouns to their antecedents; see `antecedent_links`
    agreement        of each mention with the class of the antecedent
    classes          (M, C), the class of each mention by its own words
    """

    links: Floats
    evidence: Floats
    walks: Floats
    agreement: Floats
    classes: Floats


@dataclass(frozen=True, slots=True)
class Candidates:
    """The entities of a window as antecedents of one pronoun.

    others    the mentions that may be the antecedent: neither the pronoun, nor what it is part of
    features  (K,) by their names
    nobody    what speaks for none of them, likewise
    exists    (K,), whether one of these mentions is the entity's
    """

    slot: Slot
    entities: Entities
    shares: Shares
    others: Ints
    features: dict[str, npt.NDArray[Any]]
    nobody: dict[str, float]
    exists: npt.NDArray[np.bool_]

    def matrix(self) -> Floats:
        """(K, F): the features as columns."""
        return np.stack(list(self.features.values()), axis=1).astype(np.float64)

    def mentions_of(self, entity: int) -> Ints:
        """The mentions of an entity that may be the pronoun's antecedent."""
        own: Ints = self.others[self.entities.entity_of[self.others] == entity]
        return own

    def agreement_nearby(self, n_words: int) -> tuple[float, ...]:
        """For each class, how well that of some mentions agrees that agrees best.

        Of those in the pronoun's paragraph, at most so many words before it.
        """
        position, place = self.slot.position, self.entities.mentions[self.others]
        paragraphs = self.entities.around.paragraphs
        is_near = (place < position) & (place >= position - n_words) & (paragraphs[place] == paragraphs[position])
        best: list[float] = self.shares.classes[self.others[is_near]].max(axis=0, initial=0.0).tolist()
        return tuple(best)

    def shown_mention(self, entity: int) -> int:
        """The mention that says best who an entity is: one before the pronoun, if any is, and by name, if any is."""
        mentions = self.mentions_of(entity)
        before = mentions[self.entities.mentions[mentions] < self.slot.position]
        shown = before if len(before) else mentions
        # "Mrs Watson, his wife, …": the name says best who is meant.
        if self.entities.ends_in_name[shown].any():
            shown = shown[self.entities.ends_in_name[shown]]
        return int(shown[np.argmax(self.shares.links[shown] + self.shares.walks[shown])])


def slot_of(words: Sequence[str], anaphor: Anaphor, meant: int, cases: Floats) -> Slot:
    """The place of a pronoun, given the class of its antecedent and the probabilities of its cases."""
    index, forms = anaphor.word_index, CASES_OF_FORM[anaphor.form]
    case = forms[0]
    if anaphor.form == "her":
        case = "determiner" if determines_noun_phrase(words, index) else "object"
    elif len(forms) > 1 and case == "subject":
        case = "subject" if cases[CASES.index("subject")] >= cases[CASES.index("object")] else "object"
    return Slot(index, _KIND_OF_CLASS.get(CLASSES[meant], "he or she"), case)


def in_own_clause(entities: Entities, position: int, agreement: Floats) -> Floats:
    """(M,): the agreement of each mention with a reflexive at a position, whose antecedent stands in its own clause.

    A sentence stands for the clause. What is outside is not ruled out: "He left. And hurt himself."
    """
    sentences = entities.around.sentences
    return np.where(sentences[entities.mentions] == sentences[position], agreement, _OUTSIDE * agreement)


def candidates_of(words: Sequence[str], slot: Slot, entities: Entities, shares: Shares) -> Candidates:
    """The entities of a window as antecedents of the pronoun in a slot.

    Of what is said of its nearest mention, that is the last one before the pronoun, or the first after it.
    """
    n_entities, position, around = len(entities.is_name), slot.position, entities.around
    others = _others(entities, position)
    entity, head = entities.entity_of[others], entities.mentions[others]
    comes_before = head < position

    def count(which: npt.NDArray[Any]) -> Ints:
        return np.bincount(entity[which], minlength=n_entities)

    def share(of_mentions: Floats) -> Floats:
        total: Floats = np.bincount(entity, of_mentions[others], n_entities).astype(np.float64)
        return total

    agreement = np.zeros(n_entities)
    np.maximum.at(agreement, entity, shares.agreement[others])
    n_before, n_after = count(comes_before), count(~comes_before)
    is_before = n_before > 0
    # The rows of mentions come in the order of the words: of those after the pronoun the first is set last.
    nearest = np.zeros(n_entities, np.int64)
    nearest[entity[~comes_before][::-1]] = others[~comes_before][::-1]
    nearest[entity[comes_before]] = others[comes_before]
    at = entities.mentions[nearest]
    sentences_between = around.sentences[position] - around.sentences[at]
    in_sentence = sentences_between == 0
    clauses_between = np.where(in_sentence & is_before, around.clauses[position] - around.clauses[at], 0)
    pronouns_between = is_before * (around.pronouns[position - 1] - around.pronouns[at])
    in_clause = in_sentence & is_before & (clauses_between == 0)
    # Where each entity was mentioned last, if it agrees: those stand between which were mentioned later.
    last = np.where(is_before, at, -1)
    n_between = ((last > last[:, None]) & (agreement >= _AGREES)).sum(axis=1)
    n_subjects, n_ruled = (
        count(comes_before & around.is_subject[others]),
        count(comes_before & around.after_preposition[others]),
    )
    longest = np.zeros(n_entities)
    np.maximum.at(
        longest,
        entity,
        np.array([entities.bounds[index][1] - entities.bounds[index][0] for index in others.tolist()], float),
    )
    subject, object_ = around.is_subject[nearest], around.is_object[nearest]
    opens, ruled = around.opens[nearest], around.after_preposition[nearest]
    is_subject, is_object = slot.case == "subject", slot.case == "object"
    is_reflexive, is_possessive = slot.case == "reflexive", slot.case in ("determiner", "possessive")
    opens_anew = is_subject & (around.places[position] <= 1) & (sentences_between == 1)
    walks = share(shares.walks)
    features = {
        "log of its share of the links": np.log(share(shares.links) + _SMALLEST),
        "log of its share of the walks": np.log(walks + _SMALLEST),
        "log of its share of the evidence": np.log(share(shares.evidence) + 10 * _SMALLEST),
        "log of its agreement with the class": np.log(agreement + _SMALLEST),
        "log of its mentions before": np.log1p(n_before),
        "log of its mentions after": np.log1p(n_after),
        "share of its mentions as a subject": n_subjects / np.maximum(n_before, 1),
        "share of its mentions after a preposition": n_ruled / np.maximum(n_before, 1),
        "log of the words to the nearest": np.log(np.maximum(np.abs(position - at), 1)),
        "log of the clauses to the nearest": np.log1p(np.abs(clauses_between)),
        "sentences to the nearest": is_before * np.clip(sentences_between, 0, _FARTHEST_SENTENCE),
        "log of those that agree between": np.log1p(n_between),
        "none that agrees stands between": is_before & (agreement >= _AGREES) & (n_between == 0),
        "log of the pronouns to the nearest": np.log1p(pronouns_between),
        "in the same sentence": in_sentence & is_before,
        "in the same paragraph": is_before & (around.paragraphs[at] == around.paragraphs[position]),
        "in the same clause as a subject": in_clause & is_subject,
        "in the same clause as an object": in_clause & is_object,
        "in the same clause as a reflexive": in_clause & is_reflexive,
        "in the same sentence as a reflexive": in_sentence & is_before & is_reflexive,
        "the subject before a reflexive": in_sentence & is_before & subject & is_reflexive & (pronouns_between == 0),
        "the subject whose object the pronoun is": in_clause & is_object & subject,
        "all come after the pronoun": ~is_before,
        "all after it, one in its sentence": ~is_before & in_sentence,
        "one is quoted, the other not": around.is_quoted[at] != around.is_quoted[position],
        "it is named": entities.is_name,
        "it is I, you or we": entities.is_participant,
        "it is a noun without a determiner": entities.is_bare,
        "log of the words of its longest mention": np.log1p(longest),
        "the nearest is definite": around.is_definite[nearest],
        "the nearest is indefinite": around.is_indefinite[nearest],
        "the nearest opens its sentence": opens,
        "the nearest is a subject": subject,
        "the nearest is an object": object_,
        "the nearest is a possessor": around.is_possessor[nearest],
        "the nearest is joined by and": around.is_joined[nearest],
        "the nearest stands before a comma": around.before_comma[nearest],
        "the nearest follows a preposition": ruled,
        "the nearest follows of": around.after_of[nearest],
        "the nearest follows with": around.after_with[nearest],
        "the nearest follows by": around.after_by[nearest],
        "the nearest follows in, at or from": around.in_place[nearest],
        "subject, as the pronoun is": subject & is_subject,
        "subject, the pronoun object": subject & is_object,
        "subject, the pronoun possessive": subject & is_possessive,
        "object, as the pronoun is": object_ & is_object,
        "object, the pronoun possessive": object_ & is_possessive,
        "after a preposition, the pronoun subject": ruled & is_subject,
        "after a preposition, the pronoun object": ruled & is_object,
        "opens its sentence, the pronoun subject": opens & is_subject,
        "opens its sentence, the pronoun possessive": opens & is_possessive,
        "subject before a sentence that the pronoun opens": subject & opens_anew,
        "opens the one before, the pronoun its own": opens & opens_anew,
    }
    nobody = {
        "always": 1.0,
        "log of the walks that reach no mention": float(np.log(max(1 - walks.sum(), 0) + _SMALLEST)),
        "the text begins in the window": float(words[0] == BEGIN),
        "log of those that are named and agree": float(
            np.log1p(np.count_nonzero(entities.is_name & (agreement >= _AGREES)))
        ),
    }
    return Candidates(slot, entities, shares, others, features, nobody, n_before + n_after > 0)


def _others(entities: Entities, position: int) -> Ints:
    """The mentions that may be the antecedent of a pronoun: neither itself, nor what it is part of ("her mother")."""
    holds = [first <= position < end for first, end in entities.bounds]
    return np.flatnonzero((entities.entity_of >= 0) & ~np.array(holds))
