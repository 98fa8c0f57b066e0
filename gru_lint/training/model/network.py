"""The agreement network in torch; `gru_lint.model.network` is its NumPy twin and names the same arrays.

A pronoun at position t is never read. What is read: the state h[t-1] of a forward encoder that
has seen words 0..t-1, the state g[t+1] of a backward encoder that has seen words T-1..t+1, and
two attentions over the mentions on either side. Each mention i says by itself which class it is,
q_i; it sees the mention's own last words and no state: a state knows whom the text is about, and
would let any noun vote for that. Word 0 marks the beginning of the window and is the mention of
last resort: nobody in sight.

The two attentions answer two questions. `evidence` looks for whatever shows the class: its mixture
Σ a_i q_i is trained to be the right one, and so it prefers "a widow" to the surname that is meant.
`links` looks for the antecedent: it is trained on mentions that are known to be the antecedent or
not to be it (see `antecedent_labels`), and on nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import torch
from torch import Tensor, nn
from torch.nn.functional import embedding

from gru_lint.english.lexicon import N_CAPITALS, N_NAME_SLOTS
from gru_lint.english.pronouns import CASES, CLASSES, N_ORDINARY_CLASSES
from gru_lint.english.vocabulary import N_GENDER_BINS, PAD_ID
from gru_lint.model.sizes import N_DISTANCES, N_MENTION_WORDS, Architecture, distance_bin
from gru_lint.training.model.cells import Encoder
from gru_lint.training.model.verbs import VerbJudge, VerbPredictions, VerbSlots, rows_at

N_CLASSES = len(CLASSES)
# A probability is never taken as less than this before its logarithm.
SMALLEST_PROBABILITY = 1e-6


@dataclass(frozen=True, slots=True)
class Batch:
    """B windows of T words with up to P pronouns (or names asked about as if they were) each, padded.

    word_ids, capitals, gender_bins, name_slots  (B, T) int64
    candidates   (B, T) bool, where a mention ends; word 0 always
    lengths      (B,) int64
    positions    (B, P) int64, where the pronouns stand; padding is 0
    reflexive    (B, P) int64, 1 where the slot is reflexive
    classes      (B, P) int64, the right class; -1 for padding and names
    cases        (B, P) int64, the case where the form shows it; -1 elsewhere
    antecedents  (B, P, T) int8, see `antecedent_labels`
    verbs        the verbs and demonstratives of the windows, where these have been labelled
    """

    word_ids: Tensor
    capitals: Tensor
    gender_bins: Tensor
    name_slots: Tensor
    candidates: Tensor
    lengths: Tensor
    positions: Tensor
    reflexive: Tensor
    classes: Tensor
    cases: Tensor
    antecedents: Tensor
    verbs: VerbSlots | None = field(default=None, kw_only=True)

    def to(self, device: torch.device) -> Batch:
        """The same batch on a device."""
        tensors = (getattr(self, name).to(device, non_blocking=True) for name in self.__slots__ if name != "verbs")
        return replace(Batch(*tensors), verbs=self.verbs.to(device) if self.verbs else None)


@dataclass(frozen=True, slots=True)
class Predictions:
    """What the network says of each pronoun; the first two are log probabilities.

    classes    (B, P, C) of the head
    pointer    (B, P, C) of the mixture of mentions
    cases      (B, P, 4)
    links      (B, P, T), sums to 1: which mention is meant
    verbs      what it says of verbs, where there are any and the network judges them
    """

    classes: Tensor
    pointer: Tensor
    cases: Tensor
    links: Tensor
    verbs: VerbPredictions | None = None


class Attention(nn.Module):
    """Weights over the mentions of a window for each pronoun, from the states beside it and theirs."""

    def __init__(self, sizes: Architecture) -> None:
        super().__init__()
        self.scale = sizes.n_attention**-0.5
        self.query = nn.Linear(sizes.n_forward + sizes.n_backward, sizes.n_attention)
        self.query_reflexive = nn.Parameter(torch.zeros(sizes.n_attention))
        self.forward_keys = nn.Linear(sizes.n_forward, sizes.n_attention)
        self.backward_keys = nn.Linear(sizes.n_backward, sizes.n_attention)
        # How likely a mention is at each distance before (row 0) and after (row 1) the pronoun.
        self.distances = nn.Parameter(torch.zeros(2, N_DISTANCES))

    def forward(
        self, beside: Tensor, reflexive: Tensor, states: tuple[Tensor, Tensor], offsets: Tensor, bins: Tensor
    ) -> Tensor:
        """(B, P, T) scores before softmax; offsets and bins (B, P, T) say how far each word is from each pronoun."""
        query = self.query(beside) + reflexive[..., None] * self.query_reflexive
        comes_before = offsets < 0
        scores: Tensor = torch.where(
            comes_before,
            query @ self.forward_keys(states[0]).permute(1, 2, 0),
            query @ self.backward_keys(states[1]).permute(1, 2, 0),
        )
        scores = scores * self.scale
        return scores + torch.where(comes_before, self.distances[0][bins], self.distances[1][bins])


class AgreementNetwork(nn.Module):
    """See the module's docstring.

    dropout     share of inputs and features left out in training
    precision   of the encoders' products, see `cells.Encoder`
    """

    distance_table: Tensor

    def __init__(self, sizes: Architecture, dropout: float = 0.0, precision: torch.dtype = torch.float32) -> None:
        super().__init__()
        self.sizes = sizes
        n_beside = sizes.n_forward + sizes.n_backward
        self.words = nn.Parameter(torch.randn(sizes.n_vocabulary, sizes.n_embedding) * 0.1)
        self.capitals = nn.Parameter(torch.randn(N_CAPITALS, sizes.n_embedding) * 0.1)
        self.leans = nn.Parameter(torch.randn(N_GENDER_BINS, sizes.n_embedding) * 0.1)
        self.name_slots = nn.Parameter(torch.randn(N_NAME_SLOTS, sizes.n_embedding) * 0.1)
        self.words.data[PAD_ID] = 0.0
        self.name_slots.data[0] = 0.0
        self.forward_encoder = Encoder(sizes.cell, sizes.n_embedding, sizes.n_forward, precision)
        self.backward_encoder = Encoder(sizes.cell, sizes.n_embedding, sizes.n_backward, precision)
        self.evidence = Attention(sizes)
        self.links = Attention(sizes)
        self.forward_values = nn.Linear(sizes.n_forward, sizes.n_attention)
        self.backward_values = nn.Linear(sizes.n_backward, sizes.n_attention)
        self.mention = nn.Linear(N_MENTION_WORDS * sizes.n_embedding, sizes.n_mention)
        self.mention_classes = nn.Linear(sizes.n_mention, N_CLASSES)
        self.head = nn.Linear(n_beside + sizes.n_attention + 2 * N_CLASSES, sizes.n_head)
        self.head_reflexive = nn.Parameter(torch.zeros(sizes.n_head))
        self.classes = nn.Linear(sizes.n_head, N_CLASSES)
        self.cases = nn.Linear(sizes.n_head, len(CASES))
        self.verbs = VerbJudge(sizes, dropout) if sizes.judges_verbs else None
        self.dropout = nn.Dropout(dropout)
        longest = torch.arange(4096)
        self.register_buffer("distance_table", torch.as_tensor(distance_bin(longest.numpy())), persistent=False)

    def ablate_mentions(self) -> None:
        """Leaves the judges nothing but the states beside the word: their other weights are zero and stay so."""
        for head in (self.head, self.verbs.head if self.verbs else None):
            if head is not None:
                _keep_columns(head.weight, self.sizes.n_forward + self.sizes.n_backward)

    def forward(self, batch: Batch) -> Predictions:
        n_rows, n_steps = batch.word_ids.shape
        steps = torch.arange(n_steps, device=batch.word_ids.device)
        rows = torch.arange(n_rows, device=steps.device)
        embedded = (
            embedding(batch.word_ids.T, self.words)
            + embedding(batch.capitals.T, self.capitals)
            + embedding(batch.gender_bins.T, self.leans)
            + embedding(batch.name_slots.T, self.name_slots)
        )
        embedded = self.dropout(embedded)  # (T, B, E)
        forward_states = self.forward_encoder(embedded)
        # Each window is reversed by its own length, so that its padding stays at the end.
        reversed_steps = batch.lengths - 1 - steps[:, None]
        reversed_steps = torch.where(reversed_steps >= 0, reversed_steps, steps[:, None])  # (T, B), its own inverse
        there_and_back = reversed_steps * n_rows + rows
        backward_states = rows_at(self.backward_encoder(rows_at(embedded, there_and_back)), there_and_back)

        place_before = (batch.positions - 1).clamp(min=0)
        place_after = (batch.positions + 1).clamp(max=n_steps - 1)
        before = rows_at(forward_states, place_before * n_rows + rows[:, None])
        after = rows_at(backward_states, place_after * n_rows + rows[:, None])
        is_last = batch.positions + 1 >= batch.lengths[:, None]
        after = after.masked_fill(is_last[..., None], 0.0)
        beside = self.dropout(torch.cat([before, after], dim=-1))  # (B, P, Hf + Hb)

        offsets = steps - batch.positions[..., None]  # (B, P, T)
        comes_before = offsets < 0
        bins = self.distance_table[offsets.abs()]
        is_candidate = batch.candidates & (steps < batch.lengths[:, None])
        # Neither the pronoun itself nor a mention whose last words hold it ("his wife").
        allowed = is_candidate[:, None, :] & ((offsets < 0) | (offsets >= N_MENTION_WORDS))
        # Padding stands at position 0; without this it would have nothing to attend to, and be nan.
        allowed = allowed | (steps == 0)
        states = (forward_states, backward_states)
        evidence, links = (
            attention(beside, batch.reflexive, states, offsets, bins).masked_fill(~allowed, -torch.inf).softmax(dim=-1)
            for attention in (self.evidence, self.links)
        )

        is_ordinary = batch.reflexive == 0
        mention_words = torch.cat([_shifted(embedded, back) for back in range(N_MENTION_WORDS)], dim=-1)
        by_mention = self.mention_classes(self.mention(mention_words).tanh()).transpose(0, 1)
        ordinary, full = (_over_classes(by_mention, ordinary).exp() for ordinary in (True, False))

        def vote(attention: Tensor) -> Tensor:
            mixture = torch.where(is_ordinary[..., None], attention @ ordinary, attention @ full)
            return mixture.clamp(min=SMALLEST_PROBABILITY).log()

        pointer = vote(evidence)
        # Without its gradient: the links are to say who is meant, whether or not that shows the class.
        linked = vote(links.detach())

        context = (evidence * comes_before) @ self.forward_values(forward_states).transpose(0, 1)
        context = context + (evidence * ~comes_before) @ self.backward_values(backward_states).transpose(0, 1)
        features = torch.cat([beside, self.dropout(context), pointer, linked], dim=-1)
        hidden = (self.head(features) + batch.reflexive[..., None] * self.head_reflexive).relu()
        hidden = self.dropout(hidden)
        logits = self.classes(hidden)
        logits[..., N_ORDINARY_CLASSES:] = logits[..., N_ORDINARY_CLASSES:].masked_fill(
            is_ordinary[..., None], -torch.inf
        )
        verbs = None
        if self.verbs is not None and batch.verbs is not None:
            verbs = self.verbs(embedded, forward_states, backward_states, batch.lengths, batch.verbs)
        return Predictions(logits.log_softmax(dim=-1), pointer, self.cases(hidden).log_softmax(dim=-1), links, verbs)


def _keep_columns(weights: Tensor, n_columns: int) -> None:
    """Makes all but the first columns zero, and keeps them so in training."""
    mask = torch.zeros_like(weights)
    mask[:, :n_columns] = 1.0
    with torch.no_grad():
        weights.mul_(mask)
    weights.register_hook(lambda gradient: gradient * mask)  # type: ignore[no-untyped-call]


def _shifted(sequence: Tensor, back: int) -> Tensor:
    """The same (T, B, E) sequence, at each step the word so many steps before; zeros before the first."""
    return torch.cat([torch.zeros_like(sequence[:back]), sequence[: len(sequence) - back]])


def _over_classes(logits: Tensor, ordinary: bool) -> Tensor:
    """Log probabilities over the classes; an ordinary slot has only the first four."""
    if ordinary:
        logits = torch.cat(
            [logits[..., :N_ORDINARY_CLASSES], torch.full_like(logits[..., N_ORDINARY_CLASSES:], -torch.inf)], dim=-1
        )
    return logits.log_softmax(dim=-1)
