"""The networks that are compared: three cells, matched by hidden size and by number of parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

from gru_lint.model.sizes import Architecture
from gru_lint.model.weights import array_shapes

REFERENCE = "gru"
# The backward encoder has half the units of the forward one, as in the network that is shipped.
_BACKWARD_SHARE = 2
_LARGEST_BACKWARD = 1024


@dataclass(frozen=True, slots=True)
class Sizes:
    """What all configurations share, and the hidden sizes of the GRU, their reference."""

    n_vocabulary: int
    n_embedding: int = 96
    n_forward: int = 128
    n_backward: int = 64

    def architecture(self, cell: str, n_forward: int, n_backward: int) -> Architecture:
        """The network with that cell and those hidden sizes."""
        return Architecture(
            self.n_vocabulary,
            cell=cell,
            n_embedding=self.n_embedding,
            n_forward=n_forward,
            n_backward=n_backward,
        )


@dataclass(frozen=True, slots=True)
class CellConfiguration:
    """One of the networks.

    matched  by what it equals the GRU: "size", "parameters" or, for the GRU itself, "both"
    attends  whether the judge sees the mentions; without, it has the states beside the pronoun and nothing else
    """

    name: str
    matched: str
    architecture: Architecture
    attends: bool = True


def configurations(sizes: Sizes) -> tuple[CellConfiguration, ...]:
    """The five that are compared, then the three cells of equal hidden size without attention."""
    gru = sizes.architecture(REFERENCE, sizes.n_forward, sizes.n_backward)
    by_size = {cell: sizes.architecture(cell, sizes.n_forward, sizes.n_backward) for cell in ("lstm", "rnn")}
    by_parameters = {cell: _matched(sizes, cell, n_parameters(gru)) for cell in by_size}
    return (
        CellConfiguration(REFERENCE, "both", gru),
        *(CellConfiguration(cell, "size", architecture) for cell, architecture in by_size.items()),
        *(CellConfiguration(f"{cell}-matched", "parameters", found) for cell, found in by_parameters.items()),
        CellConfiguration(f"{REFERENCE}-blind", "both", gru, attends=False),
        *(CellConfiguration(f"{cell}-blind", "size", found, attends=False) for cell, found in by_size.items()),
    )


def n_parameters(architecture: Architecture) -> int:
    """How many weights are trained, the rows of the vocabulary left out: they are the same in every network."""
    return sum(prod(shape) for name, shape in array_shapes(architecture).items() if name != "words")


def encoder_parameters(architecture: Architecture) -> int:
    """How many weights the two encoders have."""
    return sum(prod(shape) for name, shape in array_shapes(architecture).items() if "_encoder." in name)


def _matched(sizes: Sizes, cell: str, wanted: int) -> Architecture:
    """The network with that cell whose number of parameters is nearest to the one wanted."""

    def candidates() -> Iterator[Architecture]:
        for n_backward in range(1, _LARGEST_BACKWARD):
            found = sizes.architecture(cell, _BACKWARD_SHARE * n_backward, n_backward)
            yield found
            if n_parameters(found) > wanted:
                return

    return min(candidates(), key=lambda found: abs(n_parameters(found) - wanted))
