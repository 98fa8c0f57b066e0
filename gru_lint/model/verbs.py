"""The judge of verbs and demonstratives at lint time; `gru_lint.training.model.verbs`, its twin, explains it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gru_lint.english.verb_forms import SLOT_KINDS
from gru_lint.model.cells import Floats
from gru_lint.model.encoders import WindowStates
from gru_lint.model.sizes import N_WORDS_AFTER, N_WORDS_BEFORE
from gru_lint.model.weights import Weights
from gru_lint.records import AgreementSlot

Ints = npt.NDArray[np.int64]
# (K,): where the words are that the attention sees, relative to the slot.
OFFSETS = np.concatenate([np.arange(-N_WORDS_BEFORE, 0), np.arange(1, N_WORDS_AFTER + 1)])
_KIND_NUMBERS = {str(kind): number for number, kind in enumerate(SLOT_KINDS)}
# Slots whose neighbourhoods are gathered together: what they take stays in the processor's cache.
_SLOTS_AT_ONCE = 128


@dataclass(frozen=True, slots=True)
class VerbPredictions:
    """What the network says of S slots of one window.

    classes      (S, C) probabilities of `verb_forms.FORM_CLASSES`
    controllers  (S, K), sums to 1: which of the words at `OFFSETS` decides
    """

    classes: Floats
    controllers: Floats


class VerbJudge:
    """Judges the slots of windows from what the encoders made of these; holds nothing but weights."""

    def __init__(self, weights: Weights) -> None:
        self._scale = np.float32(weights.architecture.n_attention**-0.5)
        self._arrays = {name[6:]: array for name, array in weights.arrays.items() if name.startswith("verbs.")}
        # Keys and values are taken in one product.
        self._around = {
            source: (
                np.concatenate([self._arrays[f"{source}_{side}.weight"] for side in ("keys", "values")]).T.copy(),
                np.concatenate([self._arrays[f"{source}_{side}.bias"] for side in ("keys", "values")]),
            )
            for source in ("forward", "backward", "word")
        }

    def judge(self, states: Sequence[WindowStates], slots: Sequence[Sequence[AgreementSlot]]) -> list[VerbPredictions]:
        """The predictions for the slots of each of B windows, all taken together."""
        starts = np.cumsum([0, *(len(own.forward) for own in states)])
        counts = [len(own) for own in slots]
        positions = np.array([slot.word_index for own in slots for slot in own], np.int64)
        kinds = np.array([_KIND_NUMBERS[slot.kind] for own in slots for slot in own], np.int64)
        first = np.repeat(starts[:-1], counts)
        end = np.repeat(starts[1:], counts)
        forward = np.concatenate([own.forward for own in states])
        backward = np.concatenate([own.backward for own in states])
        words = self._project("word", np.concatenate([own.embedded for own in states]))
        from_left, from_right = words + self._project("forward", forward), words + self._project("backward", backward)
        ends = np.cumsum(counts)
        classes, controllers = [], []
        for start in range(0, len(positions), _SLOTS_AT_ONCE):
            part = slice(start, start + _SLOTS_AT_ONCE)
            places = (first[part] + positions[part])[:, None] + OFFSETS
            is_outside = (places < first[part, None]) | (places >= end[part, None])
            places = np.clip(places, 0, len(forward) - 1)
            seen = np.concatenate(
                [from_left[places[:, :N_WORDS_BEFORE]], from_right[places[:, N_WORDS_BEFORE:]]], axis=1
            )
            beside = self._beside(forward, backward, first[part] + positions[part], end[part])
            own_classes, own_controllers = self._judge(beside, kinds[part], seen, is_outside)
            classes.append(own_classes)
            controllers.append(own_controllers)
        if not classes:
            return [VerbPredictions(np.zeros((0, 0), np.float32), np.zeros((0, len(OFFSETS)), np.float32))] * len(
                states
            )
        return [
            VerbPredictions(own_classes, own_controllers)
            for own_classes, own_controllers in zip(
                np.split(np.concatenate(classes), ends[:-1]),
                np.split(np.concatenate(controllers), ends[:-1]),
                strict=True,
            )
        ]

    def _judge(
        self, beside: Floats, kinds: Ints, seen: Floats, is_outside: npt.NDArray[np.bool_]
    ) -> tuple[Floats, Floats]:
        """Probabilities (S, C) and (S, K) from the states beside each slot and keys and values (S, K, 2A) around it."""
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
        weights, biases = self._around[source]
        outputs: Floats = inputs @ weights
        outputs += biases
        return outputs

    def _layer(self, name: str, inputs: Floats) -> Floats:
        outputs: Floats = inputs @ self._arrays[f"{name}.weight"].T
        outputs += self._arrays[f"{name}.bias"]
        return outputs


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Floats = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return result
