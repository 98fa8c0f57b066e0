"""The network in NumPy against its twin in torch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from small_network import CELLS, WINDOWS, WINDOWS_WITH_VERBS, by_numpy, check, pronouns_of, random_weights

from gru_lint.english.lexicon import Lexicon
from gru_lint.english.pronouns import CLASS_OF_FORM, CLASSES, REFLEXIVE_FORMS
from gru_lint.english.verb_forms import SLOT_KINDS
from gru_lint.model.network import AgreementNetwork
from gru_lint.model.verbs import VerbJudge
from gru_lint.model.weights import Weights
from gru_lint.records import AgreementSlot, Window
from gru_lint.segment.windows import find_slots


def verb_slots(slots: Sequence[Sequence[AgreementSlot]]) -> Any:
    """The slots of each window as the twin takes them."""
    torch = pytest.importorskip("torch", reason="the twin is written in torch")
    from gru_lint.training.model.verbs import VerbSlots

    flat = [(row, slot.word_index, SLOT_KINDS.index(slot.kind), 0) for row, own in enumerate(slots) for slot in own]
    return VerbSlots(*torch.tensor(flat).reshape(-1, 4).T) if flat else None


def by_torch(weights: Weights, windows: Sequence[Window], padding: int = 0) -> Any:
    """The predictions of the twin on the windows as one batch; `padding` is the word that fills it up."""
    torch = pytest.importorskip("torch", reason="the twin is written in torch")
    from gru_lint.training.model.network import AgreementNetwork as Twin
    from gru_lint.training.model.network import Batch

    lexicon = Lexicon(weights.vocabulary)
    encoded = [lexicon.encode(given.words) for given in windows]
    positions = [pronouns_of(given) for given in windows]
    slots = [find_slots(given, first=1) for given in windows]

    def padded(rows: Sequence[Any], fill: int = 0) -> Any:
        width = max(map(len, rows))
        return torch.tensor([[*map(int, row), *[fill] * (width - len(row))] for row in rows])

    def of_forms(value: Callable[[str], int], fill: int = 0) -> Any:
        rows = [
            [value(given.words[index].lower()) for index in places]
            for given, places in zip(windows, positions, strict=True)
        ]
        return padded(rows, fill)

    # A mention in the padding would be seen at once.
    candidates = padded([words.candidates for words in encoded], fill=int(padding != 0)).bool()
    candidates[:, 0] = True
    batch = Batch(
        word_ids=padded([words.word_ids for words in encoded], padding),
        capitals=padded([words.capitals for words in encoded], min(padding, 3)),
        gender_bins=padded([words.gender_bins for words in encoded], min(padding, 7)),
        name_slots=padded([words.name_slots for words in encoded], padding),
        candidates=candidates,
        lengths=torch.tensor([len(given.words) for given in windows]),
        positions=padded(positions),
        reflexive=of_forms(lambda form: form in REFLEXIVE_FORMS),
        classes=of_forms(lambda form: CLASSES.index(CLASS_OF_FORM[form]), fill=-1),
        cases=of_forms(lambda form: 0, fill=-1),
        antecedents=torch.zeros((*padded(positions).shape, candidates.shape[1]), dtype=torch.int8),
        verbs=verb_slots(slots),
    )
    twin = Twin(weights.architecture)
    # strict: the two have the same arrays under the same names, none more and none less.
    twin.load_state_dict({name: torch.from_numpy(array) for name, array in weights.arrays.items()}, strict=True)
    with torch.no_grad():
        return twin.eval()(batch)


@pytest.mark.parametrize("padding", [0, 25], ids=["blank padding", "padding of other words"])
@pytest.mark.parametrize("cell", CELLS)
def test_numpy_against_torch(cell: str, padding: int) -> None:
    weights = random_weights(cell)
    twin = by_torch(weights, WINDOWS, padding)
    for row, predictions in enumerate(by_numpy(AgreementNetwork(weights), WINDOWS)):
        assert predictions.positions.tolist() == pronouns_of(WINDOWS[row])
        asked = slice(len(predictions.positions))
        check(predictions.classes, twin.classes[row, asked].exp())
        check(predictions.cases, twin.cases[row, asked].exp())
        links = np.zeros(twin.links[row, asked].shape, np.float32)
        links[:, predictions.mentions] = predictions.links
        check(links, twin.links[row, asked])


@pytest.mark.parametrize("padding", [0, 25], ids=["blank padding", "padding of other words"])
@pytest.mark.parametrize("cell", CELLS)
def test_verbs_in_numpy_against_torch(cell: str, padding: int) -> None:
    weights = random_weights(cell, judges_verbs=True)
    slots = [find_slots(given, first=1) for given in WINDOWS_WITH_VERBS]
    states = AgreementNetwork(weights).read(WINDOWS_WITH_VERBS)
    twin = by_torch(weights, WINDOWS_WITH_VERBS, padding).verbs
    found = VerbJudge(weights).judge(states, slots)
    assert [len(predictions.classes) for predictions in found] == [len(own) for own in slots]
    check(
        np.concatenate([predictions.classes for predictions in found if len(predictions.classes)]), twin.classes.exp()
    )
    check(np.concatenate([predictions.controllers for predictions in found]), twin.controllers)
