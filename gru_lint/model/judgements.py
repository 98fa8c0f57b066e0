"""Predictions as judgements: the words of a window that are judged, and what the network's outputs say of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from gru_lint.english.noun_phrases import determines_noun_phrase
from gru_lint.english.pronouns import CASES
from gru_lint.english.verb_forms import DEMONSTRATIVE_KINDS
from gru_lint.model.cells import Floats
from gru_lint.model.encoders import WindowStates
from gru_lint.model.heads import CLASS_INDEX, Predictions
from gru_lint.model.verbs import OFFSETS, VerbPredictions
from gru_lint.records import AgreementSlot, Anaphor, CaseJudgement, Judgement, SlotJudgement, Window

# The odds of a determiner where a noun phrase follows; they raised the accuracy between held-out "his" and "him" from
# 91 % to 96 %.
_DETERMINER_ODDS = 20.0
# No "hers" stands before a noun phrase: "his back hurts" never becomes "hers back hurts".
_ODDS_OF_POSSESSIVE = 1e-6
# From this attention on, a mention is shown as the controller of a verb.
_MIN_ATTENTION = 0.02


class Targets(NamedTuple):
    """The words of a window that are judged: pronouns, verbs and demonstratives, and pronouns by their case alone."""

    window: Window
    anaphors: tuple[Anaphor, ...]
    slots: tuple[AgreementSlot, ...] = ()
    first_persons: tuple[Anaphor, ...] = ()

    def begins_noun_phrases(self) -> Iterator[bool]:
        """Whether each pronoun determines a noun phrase; see `determines_noun_phrase`."""
        return (determines_noun_phrase(self.window.words, anaphor.word_index) for anaphor in self.anaphors)


def judgements_of(batch: Sequence[Targets], predictions: Sequence[Predictions]) -> list[tuple[Judgement, ...]]:
    """The predictions on B windows as judgements, without antecedents."""
    all_cases = np.concatenate([own.cases for own in predictions])
    all_cases *= _case_odds([begins for targets in batch for begins in targets.begins_noun_phrases()])
    all_cases /= all_cases.sum(axis=1, keepdims=True)
    classes, cases = iter(np.concatenate([own.classes for own in predictions]).tolist()), iter(all_cases.tolist())
    return [
        tuple(Judgement(anaphor, tuple(next(classes)), tuple(next(cases)), None) for anaphor in targets.anaphors)
        for targets in batch
    ]


def margin_of(judgement: Judgement) -> float:
    """The probability of the written class minus that of the likeliest other one."""
    written = CLASS_INDEX[judgement.anaphor.form]
    probabilities = judgement.probabilities
    return probabilities[written] - max(*probabilities[:written], *probabilities[written + 1 :])


def slot_judgements_of(
    targets: Targets, predictions: VerbPredictions, states: WindowStates
) -> tuple[SlotJudgement, ...]:
    """The predictions on the verbs and demonstratives of a window as judgements."""
    controllers = _controllers(predictions, targets.slots, states)
    return tuple(
        SlotJudgement(slot, tuple(classes), controller)
        for slot, classes, controller in zip(targets.slots, predictions.classes.tolist(), controllers, strict=True)
    )


def case_judgements_of(targets: Targets, predictions: Predictions) -> tuple[CaseJudgement, ...]:
    """The predictions on the pronouns of a window whose case alone is judged."""
    return tuple(
        CaseJudgement(pronoun.word_index, pronoun.form, tuple(cases))
        for pronoun, cases in zip(targets.first_persons, predictions.cases.tolist(), strict=True)
    )


def _controllers(predictions: VerbPredictions, slots: Sequence[AgreementSlot], states: WindowStates) -> list[int]:
    """For each slot the mention with most attention, before a verb or after a demonstrative; 0 where there is none."""
    if not slots:
        return []
    positions = np.array([slot.word_index for slot in slots])
    places = np.clip(positions[:, None] + OFFSETS, 0, len(states.embedded) - 1)
    weights = predictions.controllers
    is_demonstrative = np.array([slot.kind in DEMONSTRATIVE_KINDS for slot in slots])
    shown = weights * states.encoded.candidates[places] * ((OFFSETS > 0) == is_demonstrative[:, None])
    best = shown.argmax(axis=1)[:, None]
    found = np.where(np.take_along_axis(shown, best, axis=1) >= _MIN_ATTENTION, np.take_along_axis(places, best, 1), 0)
    controllers: list[int] = found[:, 0].tolist()
    return controllers


def _case_odds(begins_noun_phrase: Sequence[bool]) -> Floats:
    """(P, 4): factors of the case probabilities, given whether each pronoun determines a noun phrase."""
    odds = np.ones((len(begins_noun_phrase), len(CASES)), np.float32)
    odds[:, CASES.index("determiner")] = np.where(begins_noun_phrase, _DETERMINER_ODDS, 1 / _DETERMINER_ODDS)
    odds[:, CASES.index("possessive")] = np.where(begins_noun_phrase, _ODDS_OF_POSSESSIVE, 1)
    return odds
