"""What every network of the study is measured on: verbs of held-out text, and BLiMP's pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from gru_lint.english.verb_forms import FORM_CLASSES
from gru_lint.model.network import AgreementNetwork
from gru_lint.records import AgreementSlot, Window
from gru_lint.segment.sentences import split_sentences
from gru_lint.segment.windows import find_slots, has_anaphor_or_slot, split_windows, text_span
from gru_lint.training.data.corpus import documents_of
from gru_lint.training.measure.attractors import SubjectVerb, attractor_group, distance_group, subject_verbs
from gru_lint.training.measure.blimp_verbs import BLIMP_SETS, measure_blimp_verbs
from gru_lint.training.measure.evaluation_sets import read_blimp
from gru_lint.training.measure.measures import first_words, share

# Of encyclopedia and fiction each.
_N_WORDS = 400_000
_CORPORA = ("wikipedia", "fiction")
_NUMBERS = ("singular", "plural")
_WINDOWS_TOGETHER = 64


@dataclass(frozen=True, slots=True)
class AskedWindow:
    """A window with the verbs that are asked about, each with where its subject is."""

    window: Window
    verbs: tuple[tuple[AgreementSlot, SubjectVerb], ...]


@dataclass(frozen=True, slots=True)
class Material:
    """The windows of held-out text, and the pairs of BLiMP by set."""

    windows: tuple[AskedWindow, ...]
    blimp: dict[str, list[tuple[str, str]]]


def read_material(shared: Path, window_length: int) -> Material:
    """Reads the sets under `shared`; a parser looks for the subjects."""
    asked = [
        found
        for name in _CORPORA
        for text in first_words(documents_of(shared / "train" / f"{name}.txt.xz", "validation"), _N_WORDS)
        for found in asked_windows(text, window_length)
    ]
    blimp = {name: list(read_blimp(shared / "dev" / "blimp" / f"{name}.jsonl")) for name in BLIMP_SETS}
    return Material(tuple(asked), blimp)


def asked_windows(text: str, window_length: int) -> Iterator[AskedWindow]:
    """The windows of a text in which a verb has one noun as its subject, before it."""
    subjects = {verb.start: verb for verb in subject_verbs(text)}
    for window in split_windows(split_sentences(text), window_length, has_anaphor_or_slot):
        verbs = []
        for slot in find_slots(window):
            subject = subjects.get(text_span(window, slot.word_index, slot.word_index + 1).start)
            if subject is not None and slot.form in _NUMBERS and slot.kind != "contraction":
                verbs.append((slot, subject))
        if verbs:
            yield AskedWindow(window, tuple(verbs))


def measure(network: AgreementNetwork, material: Material) -> dict[str, Any]:
    """The share of verbs whose own number is the likelier: by attractors, by distance, and of each set of BLiMP."""
    outcomes = list(_outcomes(network, material.windows))
    return {
        "attractors": _shares((attractor_group(verb), is_right) for verb, is_right in outcomes),
        "distances": _shares((distance_group(verb), is_right) for verb, is_right in outcomes),
        "blimp": {name: measure_blimp_verbs(network, pairs) for name, pairs in material.blimp.items()},
    }


def _outcomes(network: AgreementNetwork, windows: Iterable[AskedWindow]) -> Iterator[tuple[SubjectVerb, bool]]:
    remaining = iter(windows)
    while batch := list(islice(remaining, _WINDOWS_TOGETHER)):
        slots = [[slot for slot, _ in asked.verbs] for asked in batch]
        predictions = network.form_predictions([asked.window for asked in batch], slots)
        for asked, predicted in zip(batch, predictions, strict=True):
            for (slot, verb), classes in zip(asked.verbs, predicted.classes, strict=True):
                written = FORM_CLASSES.index(slot.form)
                yield verb, bool(classes[written] > classes[1 - written])


def _shares(outcomes: Iterable[tuple[str, bool]]) -> dict[str, dict[str, float | None]]:
    counts: dict[str, list[int]] = {}
    for group, is_right in outcomes:
        counted = counts.setdefault(group, [0, 0])
        counted[0] += 1
        counted[1] += is_right
    return {group: {"verbs": n, "right": share(right, n)} for group, (n, right) in sorted(counts.items())}
