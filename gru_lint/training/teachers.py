"""Networks that are trained already teach another one what they make of a pronoun, beside what the text says.

The text says which class stands there; the mean of a few networks says how sure a reader can be of it. What is learnt
comes nearer to that mean, which is mostly better than each of them, and costs one network's time when it is used.
Source: Hinton et al. 2015, "Distilling the knowledge in a neural network".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from gru_lint.english.vocabulary import Vocabulary
from gru_lint.model.weights import read_weights
from gru_lint.training.checkpoint import start_from
from gru_lint.training.model.network import AgreementNetwork, Batch


class Teachers:
    """The mean judgement of networks with exported weights, each read with the vocabulary that is trained with."""

    def __init__(self, paths: Sequence[Path], vocabulary: Vocabulary, device: torch.device) -> None:
        self._networks = [_network_of(path, vocabulary).to(device) for path in paths]

    @torch.no_grad()
    def classes(self, batch: Batch) -> Tensor:
        """(B, P, C): the mean of the heads' probabilities of each class."""
        # They are asked about pronouns alone.
        batch = replace(batch, verbs=None)
        probabilities = [network(batch).classes.exp() for network in self._networks]
        return torch.stack(probabilities).mean(dim=0)


def _network_of(path: Path, vocabulary: Vocabulary) -> AgreementNetwork:
    sizes = replace(read_weights(path).architecture, n_vocabulary=len(vocabulary.words))
    network = AgreementNetwork(sizes)
    start_from(path, network, vocabulary)
    return network.eval().requires_grad_(requires_grad=False)
