"""All that is measured of verbs, demonstratives and the cases of pronouns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from gru_lint.linter import Linter
from gru_lint.training.data.corpus import corpus_name, documents_of
from gru_lint.training.measure.attractors import measure_attractors
from gru_lint.training.measure.blimp_verbs import BLIMP_SETS, measure_blimp_verbs
from gru_lint.training.measure.cases import measure_cases
from gru_lint.training.measure.evaluation_sets import read_blimp
from gru_lint.training.measure.forms import measure_forms
from gru_lint.training.measure.marked_texts import measure_marked_texts, read_reported
from gru_lint.training.measure.measures import first_words
from gru_lint.training.measure.pairs import PAIRS_PATH, measure_fair_texts, measure_pairs, read_fair_texts, read_pairs

_N_HELD_OUT_WORDS = 100_000
_N_PARSED_WORDS = 150_000


def measure_agreement(
    linter: Linter, shared: Path, report: Callable[[str], None], reported: Path | None = None
) -> dict[str, Any]:
    """Held-out text of every corpus, BLiMP, natural sentences by attractors, and the pairs and texts of the tests.

    reported  a table of pairs restated from public reports, see `marked_texts.read_reported`
    """
    figures: dict[str, Any] = {"held_out": {}, "blimp": {}}
    for path in sorted((shared / "train").glob("*.txt.xz")):
        report(f"verbs of held-out {corpus_name(path)}")
        texts = first_words(documents_of(path, "validation"), _N_HELD_OUT_WORDS)
        figures["held_out"][corpus_name(path)] = measure_forms(linter, texts)
    for name, (people, grams, lstm, gpt2) in BLIMP_SETS.items():
        report(f"BLiMP {name}")
        pairs = read_blimp(shared / "dev" / "blimp" / f"{name}.jsonl")
        right = measure_blimp_verbs(linter.network, pairs)
        figures["blimp"][name] = {"right": right, "people": people, "5-grams": grams, "LSTM": lstm, "GPT-2": gpt2}
    figures["cases"] = {}
    for path in sorted((shared / "train").glob("*.txt.xz")):
        report(f"cases of pronouns in held-out {corpus_name(path)}")
        texts = first_words(documents_of(path, "validation"), _N_HELD_OUT_WORDS)
        figures["cases"][corpus_name(path)] = measure_cases(linter, texts)
    figures["case_pairs"] = measure_pairs(linter, read_pairs(PAIRS_PATH.with_name("case_pairs.tsv")))
    figures["case_fair"] = measure_fair_texts(linter, read_fair_texts(PAIRS_PATH.with_name("case_fair.tsv")))
    report("verbs by attractors")
    texts = first_words(documents_of(shared / "train" / "wikipedia.txt.xz", "validation"), _N_PARSED_WORDS)
    figures |= measure_attractors(linter, texts)
    figures["pairs"] = measure_pairs(linter, read_pairs(PAIRS_PATH.with_name("agreement_pairs.tsv")))
    if reported is not None:
        figures["reported"] = measure_marked_texts(linter, read_reported(reported))
    fair = read_fair_texts(PAIRS_PATH.with_name("agreement_fair.tsv"))
    figures["fair_texts"] = measure_fair_texts(linter, fair)
    return figures
