"""Trained arrays in a network with more hidden units that says the same: units that are added are heard by nobody.

What an added unit reads is as the wider network begins; what the others take of it is zero, and training goes on from
there. Source: Chen et al. 2016, "Net2Net", section 2.2, with zeros in place of copied units.
"""

from __future__ import annotations

from operator import gt

import numpy as np
import numpy.typing as npt

from gru_lint.model.sizes import Architecture

Floats = npt.NDArray[np.float32]


def widened(name: str, trained: Floats, begun: Floats, narrow: Architecture, wide: Architecture) -> Floats:
    """The array of that name in the wider network.

    trained   as the narrower network has it
    begun     as the wider one begins, of its shape

    Raises ValueError where they differ in more than the hidden units of the encoders.
    """
    kept: list[npt.NDArray[np.int64]] = []
    for axis, (before, after) in enumerate(zip(trained.shape, begun.shape, strict=True)):
        units_before, units = _units(name, axis, before, narrow), _units(name, axis, after, wide)
        # What counts no hidden units stands behind them.
        rest_before, rest = before - sum(units_before), after - sum(units)
        if len(units) != len(units_before) or rest != rest_before or any(map(gt, units_before, units)):
            raise ValueError(f"{name} has another shape: {trained.shape}, and not {begun.shape}")
        starts = np.cumsum([0, *units])
        kept.append(
            np.concatenate([start + np.arange(n) for start, n in zip(starts, (*units_before, rest), strict=True)])
        )
    array: Floats = begun.copy()
    if array.ndim == 2:
        # A torch.nn.Linear has its inputs in the second axis, the encoders have them in the first.
        inputs = 0 if "_encoder." in name else 1
        added = np.setdiff1d(np.arange(array.shape[inputs]), kept[inputs])
        array[np.ix_(added, kept[1]) if inputs == 0 else np.ix_(kept[0], added)] = 0.0
    array[np.ix_(*kept)] = trained
    return array


def _units(name: str, axis: int, length: int, sizes: Architecture) -> tuple[int, ...]:
    """How many hidden units stand at the beginning of an axis of that length: one count for each gate or encoder."""
    encoder, _, array = name.partition("_encoder.")
    n_own = {"forward": sizes.n_forward, "backward": sizes.n_backward}
    if array:
        of_inputs = array == "input_weights" and axis == 0
        return () if of_inputs else (n_own[encoder],) * (length // n_own[encoder])
    if axis == 1 and name.endswith(("query.weight", "head.weight")):
        return sizes.n_forward, sizes.n_backward
    read = next(
        (encoder for encoder in n_own if name.endswith((f"{encoder}_keys.weight", f"{encoder}_values.weight"))), None
    )
    return (n_own[read],) if axis == 1 and read else ()
