"""The judge of verbs and demonstratives in torch; `gru_lint.model.verbs` is its NumPy twin.

A verb at position t is never read: the judge has the states beside it, h[t-1] and g[t+1], what kind of word stands
there (a form of "be", of "have", another verb, a demonstrative), and an attention over the words around it, from
states that have not read position t either. It looks for whatever the form depends on: the subject's head, its
determiner, an "and".
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import nll_loss

from gru_lint.english.verb_forms import FORM_CLASSES, SLOT_KINDS
from gru_lint.model.sizes import N_WORDS_AFTER, N_WORDS_BEFORE, Architecture


@dataclass(frozen=True, slots=True)
class VerbSlots:
    """S verbs and demonstratives of a batch; at least one.

    rows, positions  (S,) int64, the window of each and where it stands there
    kinds            (S,) int64, numbers in `verb_forms.SLOT_KINDS`
    classes          (S,) int64, the right class of `verb_forms.FORM_CLASSES`
    """

    rows: Tensor
    positions: Tensor
    kinds: Tensor
    classes: Tensor

    def to(self, device: torch.device) -> VerbSlots:
        """The same slots on a device."""
        return VerbSlots(*(getattr(self, name).to(device, non_blocking=True) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class VerbPredictions:
    """What the network says of S slots.

    classes      (S, C) log probabilities
    controllers  (S, K), sums to 1: which of the words around decides; K as `offsets_around` has them
    """

    classes: Tensor
    controllers: Tensor


def offsets_around() -> Tensor:
    """(K,): where the words are that the attention sees, relative to the slot."""
    return torch.cat([torch.arange(-N_WORDS_BEFORE, 0), torch.arange(1, N_WORDS_AFTER + 1)])


class VerbJudge(nn.Module):
    """See the module's docstring."""

    offsets: Tensor

    def __init__(self, sizes: Architecture, dropout: float = 0.0) -> None:
        super().__init__()
        n_forward, n_backward, n_attention = sizes.n_forward, sizes.n_backward, sizes.n_attention
        self.scale = n_attention**-0.5
        self.query = nn.Linear(n_forward + n_backward, n_attention)
        self.query_kinds = nn.Parameter(torch.zeros(len(SLOT_KINDS), n_attention))
        self.forward_keys = nn.Linear(n_forward, n_attention)
        self.backward_keys = nn.Linear(n_backward, n_attention)
        self.word_keys = nn.Linear(sizes.n_embedding, n_attention)
        self.forward_values = nn.Linear(n_forward, n_attention)
        self.backward_values = nn.Linear(n_backward, n_attention)
        self.word_values = nn.Linear(sizes.n_embedding, n_attention)
        self.distances = nn.Parameter(torch.zeros(N_WORDS_BEFORE + N_WORDS_AFTER))
        self.head = nn.Linear(n_forward + n_backward + n_attention, sizes.n_head)
        self.head_kinds = nn.Parameter(torch.zeros(len(SLOT_KINDS), sizes.n_head))
        self.classes = nn.Linear(sizes.n_head, len(FORM_CLASSES))
        self.dropout = nn.Dropout(dropout)
        self.register_buffer("offsets", offsets_around(), persistent=False)

    def forward(
        self,
        embedded: Tensor,
        forward_states: Tensor,
        backward_states: Tensor,
        lengths: Tensor,
        slots: VerbSlots,
    ) -> VerbPredictions:
        """The predictions for slots from sequences of words (T, B, ...)."""
        rows, positions, kinds = slots.rows, slots.positions, slots.kinds
        n_steps, n_rows, _ = embedded.shape
        is_last = positions + 1 >= lengths[rows]
        before = rows_at(forward_states, (positions - 1).clamp(min=0) * n_rows + rows)
        after = rows_at(backward_states, (positions + 1).clamp(max=n_steps - 1) * n_rows + rows)
        beside = self.dropout(torch.cat([before, after.masked_fill(is_last[:, None], 0.0)], dim=-1))

        places = positions[:, None] + self.offsets  # (S, K)
        # A slot never stands first in its window: the word before it is always allowed.
        allowed = (places >= 0) & (places < lengths[rows][:, None])
        flat = places.clamp(0, n_steps - 1) * n_rows + rows[:, None]
        words = torch.cat([self.word_keys(embedded), self.word_values(embedded)], dim=-1)
        from_left = words + torch.cat([self.forward_keys(forward_states), self.forward_values(forward_states)], dim=-1)
        from_right = words + torch.cat(
            [self.backward_keys(backward_states), self.backward_values(backward_states)], dim=-1
        )
        seen = torch.cat(
            [rows_at(from_left, flat[:, :N_WORDS_BEFORE]), rows_at(from_right, flat[:, N_WORDS_BEFORE:])], dim=1
        )
        keys, values = seen.chunk(2, dim=-1)  # (S, K, A) each
        query = self.query(beside) + self.query_kinds[kinds]
        scores = torch.einsum("ska,sa->sk", keys, query) * self.scale + self.distances
        controllers = scores.masked_fill(~allowed, -torch.inf).softmax(dim=-1)
        context = torch.einsum("sk,ska->sa", controllers, values)
        features = torch.cat([beside, self.dropout(context)], dim=-1)
        hidden = self.dropout((self.head(features) + self.head_kinds[kinds]).relu())
        return VerbPredictions(self.classes(hidden).log_softmax(dim=-1), controllers)


def verb_loss(predictions: VerbPredictions, slots: VerbSlots) -> Tensor:
    """The mean negative log likelihood of the right classes."""
    return nll_loss(predictions.classes, slots.classes)


def rows_at(sequence: Tensor, places: Tensor) -> Tensor:
    """Rows of a (T, B, H) sequence at flat places t * B + b, shape (*places.shape, H)."""
    flat = sequence.reshape(-1, sequence.shape[-1]).index_select(0, places.reshape(-1))
    return flat.view(*places.shape, -1)
