"""What the heads for pronouns and for verbs have in common: a linear layer, and probabilities of its outputs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gru_lint.model.cells import Floats


class Layers:
    """The layers of a network by their names; `arrays` holds "<name>.weight" (out, in) and "<name>.bias" (out,)."""

    def __init__(self, arrays: Mapping[str, Floats]) -> None:
        self._arrays = arrays

    def _layer(self, name: str, inputs: Floats) -> Floats:
        """The outputs (..., out) of a layer for inputs (..., in)."""
        outputs: Floats = inputs @ self._arrays[f"{name}.weight"].T
        outputs += self._arrays[f"{name}.bias"]
        return outputs


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Floats = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return result
