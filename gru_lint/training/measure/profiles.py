"""What each profile finds and flags: the same texts, with the thresholds of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from gru_lint.config.settings import Settings
from gru_lint.linter import Linter
from gru_lint.training.data.corpus import documents_of
from gru_lint.training.measure.calibrate import DOMAINS, PROFILES
from gru_lint.training.measure.marked_texts import measure_marked_texts, read_new_people
from gru_lint.training.measure.measures import Measures, first_words
from gru_lint.training.measure.pairs import measure_pairs, read_pairs

_N_WORDS = 80_000


def measure_profiles(weights: Path, shared: Path, report: Callable[[str], None]) -> dict[str, Any]:
    """By profile: recall and false alarms on held-out text of every kind together, on short pairs and new people."""
    figures = {}
    for name in PROFILES:
        report(f'profile "{name}"')
        linter = Linter(weights, Settings(profile=name))
        measures = Measures()
        for domain in DOMAINS:
            for text in first_words(documents_of(shared / "train" / f"{domain}.txt.xz", "validation"), _N_WORDS):
                for pronoun in measures.add_clean(linter, text):
                    measures.add_flipped(pronoun)
        figures[name] = {
            **measures.figures(),
            "pairs": measure_pairs(linter, read_pairs())["all"],
            "new_people": measure_marked_texts(linter, read_new_people())["all"],
        }
    return figures
