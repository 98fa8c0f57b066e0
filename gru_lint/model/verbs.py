"""The head for verbs and demonstratives at lint time; its twin, `gru_lint.training.model.verbs`, explains it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gru_lint.english.verb_forms import SLOT_KINDS
from gru_lint.model.cells import Floats
from gru_lint.model.encoders import WindowStates
from gru_lint.model.layers import Layers, softmax
from gru_lint.model.sizes import N_WORDS_AFTER, N_WORDS_BEFORE
from gru_lint.model.weights import Weights
from gru_lint.records import AgreementSlot

Ints = npt.NDArray[np.int64]
# (K,): the places of the words that the attention sees, relative to the slot.
OFFSETS = np.concatenate([np.arange(-N_WORDS_BEFORE, 0), np.arange(1, N_WORDS_AFTER + 1)])
_KIND_NUMBERS = {str(kind): number for number, kind in enumerate(SLOT_KINDS)}
_PREFIX = "verbs."
# Slots whose neighbourhoods are gathered at once: few enough to stay in the processor's cache.
_SLOTS_AT_ONCE = 128


@dataclass(frozen=True, slots=True)
class VerbPredictions:
    """The network's outputs for S slots of one window.

    classes      (S, C) probabilities of `verb_forms.FORM_CLASSES`
    controllers  (S, K) attention over the words at `OFFSETS`: sums to 1
    """

    classes: Floats
    controllers: Floats


class VerbJudge(Layers):
    """Judges the slots of windows from the encoders' states; keeps nothing but weights."""

    def __init__(self, weights: Weights) -> None:
        super().__init__(
            {name[len(_PREFIX) :]: array for name, array in weights.arrays.items() if name.startswith(_PREFIX)}
        )
        self._scale = np.float32(weights.architecture.n_attention**-0.5)
        # Keys and values come from one product.
        self._keys_and_values = {
            source: (
                np.concatenate([self._arrays[f"{source}_{side}.weight"] for side in ("keys", "values")]).T.copy(),
                np.concatenate([self._arrays[f"{source}_{side}.bias"] for side in ("keys", "values")]),
            )
            for source in ("forward", "backward", "word")
        }

    def judge(self, states: Sequence[WindowStates], slots: Sequence[Sequence[AgreementSlot]]) -> list[VerbPredictions]:
        """The predictions for the slots of each of B windows, judged together."""
        seen = [_seen(own_slots, len(own.forward)) for own, own_slots in zip(states, slots, strict=True)]
        counts = [len(own) for own in slots]
        # Of the words that the slots of a window see: their first row among those of all, and the end.
        ends = np.cumsum([end - start for start, end in seen])
        starts = np.append(0, ends)[:-1]
        # Where the first word of each window is, or would be, and how many there are.
        origins = np.repeat(starts - [start for start, _ in seen], counts)
        lengths = np.repeat([len(own.forward) for own in states], counts)
        positions = np.array([slot.word_index for own in slots for slot in own], np.int64)
        kinds = np.array([_KIND_NUMBERS[slot.kind] for own in slots for slot in own], np.int64)
        forward, backward, embedded = (
            np.concatenate([own[start:end] for own, (start, end) in zip(of_windows, seen, strict=True)])
            for of_windows in (
                [own.forward for own in states],
                [own.backward for own in states],
                [own.embedded for own in states],
            )
        )
        words = self._project("word", embedded)
        from_left, from_right = self._project("forward", forward), self._project("backward", backward)
        from_left += words
        from_right += words
        classes, controllers = [], []
        for first in range(0, len(positions), _SLOTS_AT_ONCE):
            part = slice(first, first + _SLOTS_AT_ONCE)
            places = positions[part, None] + OFFSETS
            is_outside = (places < 0) | (places >= lengths[part, None])
            places += origins[part, None]
            np.clip(places, 0, len(forward) - 1, out=places)
            keys_and_values = np.concatenate(
                [from_left[places[:, :N_WORDS_BEFORE]], from_right[places[:, N_WORDS_BEFORE:]]], axis=1
            )
            beside = self._beside(forward, backward, origins[part] + positions[part], origins[part] + lengths[part])
            own_classes, own_controllers = self._judge(beside, kinds[part], keys_and_values, is_outside)
            classes.append(own_classes)
            controllers.append(own_controllers)
        if not classes:
            return [VerbPredictions(np.zeros((0, 0), np.float32), np.zeros((0, len(OFFSETS)), np.float32))] * len(
                states
            )
        ends_of_slots = np.cumsum(counts)[:-1]
        return [
            VerbPredictions(own_classes, own_controllers)
            for own_classes, own_controllers in zip(
                np.split(np.concatenate(classes), ends_of_slots),
                np.split(np.concatenate(controllers), ends_of_slots),
                strict=True,
            )
        ]

    def _judge(
        self, beside: Floats, kinds: Ints, seen: Floats, is_outside: npt.NDArray[np.bool_]
    ) -> tuple[Floats, Floats]:
        """The predictions for S slots: (S, C) and (S, K).

        seen  (S, K, 2A), keys and values of the words around each slot
        """
        query = self._layer("query", beside) + self._arrays["query_kinds"][kinds]
        size = query.shape[1]
        scores = (seen[:, :, :size] @ query[:, :, None])[:, :, 0]
        scores *= self._scale
        scores += self._arrays["distances"]
        scores[is_outside] = -np.inf
        controllers = softmax(scores)
        context = (controllers[:, None, :] @ seen[:, :, size:])[:, 0]
        hidden = self._layer("head", np.concatenate([beside, context], axis=1)) + self._arrays["head_kinds"][kinds]
        np.maximum(hidden, 0.0, out=hidden)
        return softmax(self._layer("classes", hidden)), controllers

    def _beside(self, forward: Floats, backward: Floats, places: Ints, ends: Ints) -> Floats:
        """(S, Hf + Hb), the states before and after each place; zeros after the last word of a window."""
        after = backward[np.minimum(places + 1, len(backward) - 1)]
        after[places + 1 >= ends] = 0.0
        beside: Floats = np.concatenate([forward[places - 1], after], axis=1)
        return beside

    def _project(self, source: str, inputs: Floats) -> Floats:
        weights, biases = self._keys_and_values[source]
        outputs: Floats = inputs @ weights
        outputs += biases
        return outputs


def _seen(slots: Sequence[AgreementSlot], n_words: int) -> tuple[int, int]:
    """The words of a window that any of its slots reads: the first, and the end."""
    places = [slot.word_index for slot in slots]
    if not places:
        return 0, 0
    return max(0, min(places) - N_WORDS_BEFORE), min(n_words, max(places) + N_WORDS_AFTER + 1)
