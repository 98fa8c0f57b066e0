"""What training minimises: negative log likelihoods of the head, the pointer, the cases, the links and the verbs."""

from __future__ import annotations

import torch
from torch import Tensor

from gru_lint.training.data.antecedent_labels import MEANT, NOT_MEANT
from gru_lint.training.model.network import AgreementNetwork, Batch
from gru_lint.training.model.verbs import verb_loss

_POINTER_WEIGHT, _CASE_WEIGHT, _LINK_WEIGHT, _VERB_WEIGHT = 0.5, 0.2, 0.5, 1.0
_NEARLY_NOTHING = 1e-6
# A reflexive is rare and its slot is easy to get wrong in a short text.
_REFLEXIVE_WEIGHT = 3.0
# The share of what teachers say in what the head learns; the text has the rest.
_TAUGHT = 0.7


def loss_of(
    network: AgreementNetwork, batch: Batch, attends: bool = True, taught: Tensor | None = None
) -> tuple[Tensor, Tensor, Tensor]:
    """The loss of a batch, the head's mean negative log likelihood and its accuracy.

    attends  whether the pointer and the links are trained too; see `FitOptions`
    taught   (B, P, C): what other networks make of each pronoun, see `Teachers`; the head learns both that and the text
    """
    predictions = network(batch)
    asked = batch.classes >= 0
    classes = batch.classes[asked]
    of_verbs = predictions.links.sum() * 0.0
    if predictions.verbs is not None and batch.verbs is not None:
        of_verbs = _VERB_WEIGHT * verb_loss(predictions.verbs, batch.verbs)
    if not len(classes):
        nothing = predictions.classes.new_zeros(())
        return of_verbs, nothing, nothing
    weights = 1.0 + (_REFLEXIVE_WEIGHT - 1.0) * batch.reflexive[asked]
    weights = weights / weights.sum()
    rows = torch.arange(len(classes), device=classes.device)
    head = -predictions.classes[asked][rows, classes]
    pointer = -predictions.pointer[asked][rows, classes]
    of_head = head if taught is None else torch.lerp(head, _cross_entropy(taught, predictions.classes)[asked], _TAUGHT)
    loss = (weights * (of_head + _POINTER_WEIGHT * attends * pointer)).sum()
    shows_case = batch.cases >= 0
    if bool(shows_case.any()):
        cases = predictions.cases[shows_case]
        loss = loss + _CASE_WEIGHT * torch.nn.functional.nll_loss(cases, batch.cases[shows_case])
    right = predictions.classes[asked].argmax(dim=-1) == classes
    is_labelled = (batch.antecedents == MEANT).any(dim=-1) & (batch.antecedents == NOT_MEANT).any(dim=-1)
    if attends and bool(is_labelled.any()):
        links, labels = predictions.links[is_labelled], batch.antecedents[is_labelled]
        meant, not_meant = ((links * (labels == label)).sum(dim=-1) + _NEARLY_NOTHING for label in (MEANT, NOT_MEANT))
        # Among the mentions of which it is known: the others may be meant or not.
        loss = loss - _LINK_WEIGHT * (meant / (meant + not_meant)).log().mean()
    return loss + of_verbs, head.mean(), right.float().mean()


def _cross_entropy(probabilities: Tensor, log_probabilities: Tensor) -> Tensor:
    """(...): -Σ p log q over the last dimension; what has p = 0 counts nothing, even where q is 0 too."""
    return -(probabilities * log_probabilities.masked_fill(probabilities == 0, 0.0)).sum(dim=-1)
