"""How much of the gradient is left k words back: the vanishing gradient, measured.

Zeros are added to what the forward encoder carries from word to word (for the LSTM its memory as well as its
state); the gradient with respect to such a zero is the gradient with respect to the state after that word.
Everything is in float64: what has vanished in the network has not vanished in the arithmetic. The gradient is the
one that training follows: the vote of the links, which training takes without its gradient, has none here either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from gru_lint.english.lexicon import Lexicon
from gru_lint.english.pronouns import CLASSES, REFLEXIVE_FORMS, AgreementClass
from gru_lint.model.weights import Weights
from gru_lint.records import Window
from gru_lint.training.model.cells import Encoder
from gru_lint.training.model.network import AgreementNetwork, Batch

# Directions in which the states of an encoder alone are followed back.
_N_DIRECTIONS = 16
Floats = npt.NDArray[np.float64]


class NudgedEncoder(nn.Module):
    """An encoder, step by step, that adds `nudges` (T, B, n_state) to what it carries; hidden states come first."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.nudges: Tensor | None = None

    def forward(self, embedded: Tensor) -> Tensor:
        encoder = self.encoder
        products = embedded @ encoder.input_weights + encoder.biases
        n_steps, n_rows, _ = products.shape
        size = encoder.hidden_weights.shape[0]
        n_state = 2 * size if encoder.cell == "lstm" else size
        if self.nudges is None:
            self.nudges = products.new_zeros(n_steps, n_rows, n_state)
            self.nudges.requires_grad_()
        state = products.new_zeros(n_rows, n_state)
        states = []
        for product, nudge in zip(products, self.nudges, strict=True):
            state = self._step(product, state) + nudge
            states.append(state[:, :size])
        return torch.stack(states)

    def _step(self, product: Tensor, state: Tensor) -> Tensor:
        weights = self.encoder.hidden_weights
        size = weights.shape[0]
        if self.encoder.cell == "rnn":
            return torch.addmm(product, state, weights).tanh()
        if self.encoder.cell == "lstm":
            entry, forget, content, exit_ = torch.addmm(product, state[:, :size], weights).chunk(4, dim=1)
            memory = forget.sigmoid() * state[:, size:] + entry.sigmoid() * content.tanh()
            return torch.cat([exit_.sigmoid() * memory.tanh(), memory], dim=1)
        update, reset = torch.addmm(product[:, : 2 * size], state, weights).sigmoid().chunk(2, dim=1)
        candidate = torch.addmm(product[:, 2 * size :], reset * state, self.encoder.candidate_weights).tanh()
        return torch.lerp(state, candidate, update)


def in_double(weights: Weights) -> AgreementNetwork:
    """The network with these weights in float64, its forward encoder one that can be nudged."""
    network = AgreementNetwork(weights.architecture, precision=torch.float64)
    network.load_state_dict({name: torch.from_numpy(array) for name, array in weights.arrays.items()})
    network = network.double().eval()
    for parameter in network.parameters():
        parameter.requires_grad = False
    network.add_module("forward_encoder", NudgedEncoder(network.forward_encoder))
    return network


def judgement_gradients(
    network: AgreementNetwork, batch: Batch, n_back: int, *, through_states: bool = False
) -> Floats:
    """(B, n_back): the norm of the gradient of the judgement's log-odds with respect to the state k words back.

    network  what `in_double` made
    batch    windows with one pronoun each; k = 1, in column 0, is the state beside the pronoun
    through_states  whether only the path through the states counts, and not that through the attentions
    """
    encoder = _encoder_of(network)
    encoder.nudges = None
    with _detached_mentions(network) if through_states else nullcontext():
        log_odds(network, batch).sum().backward()  # type: ignore[no-untyped-call]
    return _norms(encoder, batch.positions[:, 0], n_back)


def log_odds(network: AgreementNetwork, batch: Batch) -> Tensor:
    """(B,): log P / (1 − P) of the right class of each window's first pronoun."""
    right = batch.classes[:, :1]
    predictions = network(batch).classes[:, 0]
    others = predictions.scatter(1, right, -torch.inf).logsumexp(dim=1)
    difference: Tensor = predictions.gather(1, right)[:, 0] - others
    return difference


def encoder_gains(network: AgreementNetwork, batch: Batch, n_back: int) -> Floats:
    """(B, n_back): what is left of a direction of the state beside the pronoun, k − 1 words before it.

    The root mean square, over random unit directions v, of the norm of v ∂h / ∂s, where h is the state beside the
    pronoun and s what the encoder carried k − 1 words before: 1 at k = 1.
    """
    encoder = _encoder_of(network)
    directions = torch.randn(
        _N_DIRECTIONS, network.sizes.n_forward, dtype=torch.float64, generator=torch.Generator().manual_seed(0)
    )
    directions /= directions.norm(dim=1, keepdim=True)
    embedded = sum(
        nn.functional.embedding(ids.T, table)
        for ids, table in (
            (batch.word_ids, network.words),
            (batch.capitals, network.capitals),
            (batch.gender_bins, network.leans),
            (batch.name_slots, network.name_slots),
        )
    )
    beside = batch.positions[:, 0] - 1
    squares = np.zeros((len(beside), n_back))
    for direction in directions:
        encoder.nudges = None
        states = encoder(embedded)
        (states[beside, torch.arange(len(beside))] @ direction).sum().backward()
        squares += _norms(encoder, batch.positions[:, 0], n_back) ** 2
    gains: Floats = np.sqrt(squares / len(directions))
    return gains


def batch_of(
    windows: Sequence[Window], positions: Sequence[int], gender: Sequence[AgreementClass], lexicon: Lexicon
) -> Batch:
    """The windows padded, each with one pronoun to judge and its right class."""
    encoded = [lexicon.encode(window.words) for window in windows]
    lengths = torch.tensor([len(window.words) for window in windows])

    def padded(name: str) -> Tensor:
        rows = [torch.from_numpy(getattr(words, name).astype(np.int64)) for words in encoded]
        return nn.utils.rnn.pad_sequence(rows, batch_first=True)

    candidates = padded("candidates").bool()
    candidates[:, 0] = True
    places = torch.tensor(positions)[:, None]
    forms = [window.words[place].lower() for window, place in zip(windows, positions, strict=True)]
    return Batch(
        word_ids=padded("word_ids"),
        capitals=padded("capitals"),
        gender_bins=padded("gender_bins"),
        name_slots=padded("name_slots"),
        candidates=candidates,
        lengths=lengths,
        positions=places,
        reflexive=torch.tensor([[int(form in REFLEXIVE_FORMS)] for form in forms]),
        classes=torch.tensor([[CLASSES.index(name)] for name in gender]),
        cases=torch.full_like(places, -1),
        antecedents=torch.zeros((*places.shape, candidates.shape[1]), dtype=torch.int8),
    )


def _encoder_of(network: AgreementNetwork) -> NudgedEncoder:
    encoder = network.forward_encoder
    if not isinstance(encoder, NudgedEncoder):
        raise TypeError("the network is to come from `in_double`")
    return encoder


def _norms(encoder: NudgedEncoder, positions: Tensor, n_back: int) -> Floats:
    """(B, n_back): the norms of the gradients 1, 2, ... words before each position; 0 before the first word."""
    if encoder.nudges is None or encoder.nudges.grad is None:
        raise ValueError("nothing has been read")
    norms = encoder.nudges.grad.norm(dim=2).numpy()
    steps = positions.numpy()[:, None] - np.arange(1, n_back + 1)
    rows = np.arange(len(steps))[:, None]
    found: Floats = np.where(steps >= 0, norms[np.maximum(steps, 0), rows], 0.0)
    return found


@contextmanager
def _detached_mentions(network: AgreementNetwork) -> Iterator[None]:
    """While it lasts, no gradient reaches the forward states through keys and values of the mentions."""
    layers: tuple[Any, ...] = (network.evidence.forward_keys, network.links.forward_keys, network.forward_values)
    hooks = [layer.register_forward_pre_hook(lambda _, inputs: (inputs[0].detach(),)) for layer in layers]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
