"""BLiMP's six sets of subject-verb agreement (Warstadt et al. 2020): pairs of sentences that differ in one word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, cast

import numpy as np
import numpy.typing as npt

from gru_lint.english.verb_forms import DEMONSTRATIVE_KINDS, FORM_CLASSES, slot_of_text
from gru_lint.model.network import AgreementNetwork
from gru_lint.records import AgreementSlot, Window
from gru_lint.segment.sentences import split_sentences
from gru_lint.segment.windows import split_windows
from gru_lint.training.measure.measures import share

# What others reach, as the authors publish it beside the data (raw_results/summary): people, 5-grams, an LSTM, GPT-2.
BLIMP_SETS: Final[dict[str, tuple[float, float, float, float]]] = {
    "regular_plural_subject_verb_agreement_1": (0.95, 0.755, 0.890, 0.967),
    "regular_plural_subject_verb_agreement_2": (0.95, 0.809, 0.825, 0.910),
    "irregular_plural_subject_verb_agreement_1": (0.94, 0.726, 0.811, 0.928),
    "irregular_plural_subject_verb_agreement_2": (0.95, 0.876, 0.891, 0.924),
    "distractor_agreement_relational_noun": (0.81, 0.235, 0.760, 0.795),
    "distractor_agreement_relative_clause": (0.857, 0.217, 0.627, 0.657),
}
_NUMBERS: Final = ("singular", "plural")


def measure_blimp_verbs(network: AgreementNetwork, pairs: Iterable[tuple[str, str]]) -> float | None:
    """The share of pairs in which the verb is likelier in the good sentence than in the bad one.

    Where the sentences differ in their verb, it is judged in one context; where they differ in its subject, in two.
    """
    n_right = n_pairs = 0
    for good, bad in pairs:
        windows = [_window(network, sentence) for sentence in (good, bad)]
        slots = _verb_slots(*windows)
        n_pairs += 1
        if slots is None:
            continue
        scores = [
            _share(predictions.classes[0], slot)
            for predictions, slot in zip(
                network.form_predictions(windows, [[slot] for slot in slots]), slots, strict=True
            )
        ]
        n_right += scores[0] > scores[1]
    return share(n_right, n_pairs)


def _share(classes: npt.NDArray[np.float32], slot: AgreementSlot) -> float:
    """How likely the written number is, given that the verb has one: a bare "cut" may be no present at all."""
    return float(classes[FORM_CLASSES.index(slot.form)] / sum(classes[FORM_CLASSES.index(name)] for name in _NUMBERS))


def _window(network: AgreementNetwork, sentence: str) -> Window:
    (window,) = split_windows(split_sentences(sentence), network.sizes.window_length, lambda words: bool(words))
    return window


def _verb_slots(good: Window, bad: Window) -> tuple[AgreementSlot, AgreementSlot] | None:
    """The slot of the verb in two sentences that differ in one word: that word, or the first verb after it."""
    if len(good.words) != len(bad.words):
        return None
    (index,) = (number for number, pair in enumerate(zip(good.words, bad.words, strict=True)) if pair[0] != pair[1])
    for place in range(index, len(good.words)):
        words = good.words[place], bad.words[place]
        found = [slot_of_text(word) for word in words]
        if words[0] == words[1] and place == index + 1 and found[0] is None:
            # A verb that is in no table: its ending tells the form.
            found = [("verb", "singular" if words[0].endswith("s") else "plural")] * 2
        if words[0] != words[1] and None in found and words[0].rstrip("es") == words[1].rstrip("es"):
            longer = max(words, key=len)
            found = [("verb", "singular" if word == longer else "plural") for word in words]
        if place == index and words[0] != words[1] and _is_noun(good.words, place):
            continue
        if all(found):
            slots = [AgreementSlot(place, *cast(tuple[str, str], slot)) for slot in found if slot]
            return slots[0], slots[1]
    return None


def _is_noun(words: tuple[str, ...], place: int) -> bool:
    """Whether a verb still follows: then the word that differs is its subject."""
    slot = slot_of_text(words[place + 1]) if place + 1 < len(words) else None
    return slot is not None and slot[0] not in DEMONSTRATIVE_KINDS
