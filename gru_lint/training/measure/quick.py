"""A quick evaluation of a network in training: two minutes of one core, at a fixed rate of false alarms.

A checkpoint has no thresholds yet, so those of GAP and LitBank are taken, the higher of the two for each rule; short
texts are judged with them as well. The figures compare networks; they say nothing about a calibrated one.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, islice
from pathlib import Path
from typing import Any

from gru_lint.config.settings import Settings
from gru_lint.linter import Linter
from gru_lint.rules import form_rules
from gru_lint.training.measure.blimp_verbs import BLIMP_SETS, measure_blimp_verbs
from gru_lint.training.measure.calibrate import a_hair_above
from gru_lint.training.measure.evaluate import measure_blimp
from gru_lint.training.measure.evaluation_sets import read_blimp, read_gap, read_litbank
from gru_lint.training.measure.forms import judged_forms
from gru_lint.training.measure.gender_curve import GenderCurve
from gru_lint.training.measure.judging import JudgedPronoun, judged_texts
from gru_lint.training.measure.marked_texts import (
    measure_marked_texts,
    read_all_wrong,
    read_new_people,
    read_reported,
    read_trials,
)
from gru_lint.training.measure.pairs import PAIRS_PATH, measure_fair_texts, measure_pairs, read_fair_texts, read_pairs
from gru_lint.training.measure.tables import percent

# Findings on 10,000 words of GAP and of LitBank that each rule may make.
_GENDER_RATES = (1.0, 0.6)
_RATES = {"number-mismatch": 0.1, "animacy-mismatch": 0.1, "reflexive-mismatch": 0.1}
_N_BLIMP = 200
# Of LitBank's hundred.
_N_DOCUMENTS = 60
# Findings about verbs on 10,000 words of LitBank, and of how many of its documents.
_FORM_RATE, _N_DOCUMENTS_OF_VERBS = 0.5, 30


def quick_figures(
    weights: Path, shared: Path, trials: Path | None, reports: Path | None, report: Callable[[str], None]
) -> dict[str, Any]:
    """The figures of a weights file.

    shared   folder with dev/
    trials   a table of texts to try, see `marked_texts`
    reports  a table of sentences about verbs, see there
    """
    linter = Linter(weights)
    dev = shared / "dev"
    gap, litbank = GenderCurve(), GenderCurve()
    clean: list[tuple[int, list[JudgedPronoun]]] = []
    report("GAP")
    rows = list(read_gap(dev / "gap" / "gap-development.tsv"))
    judged = list(judged_texts(linter, (row.text for row in rows)))
    for row, pronouns in zip(rows, judged, strict=True):
        gap.add_clean(row.text, pronouns)
        gap.add_flips(row.text, [pronoun for pronoun in pronouns if pronoun.span == row.pronoun])
    clean.append((gap.n_words, list(chain.from_iterable(judged))))
    report("LitBank")
    texts = [document.text for document in islice(read_litbank(dev / "litbank-coref-conll.tar.xz"), _N_DOCUMENTS)]
    judged = list(judged_texts(linter, texts))
    for text, pronouns in zip(texts, judged, strict=True):
        litbank.add_clean(text, pronouns)
        litbank.add_flips(text, pronouns)
    clean.append((litbank.n_words, list(chain.from_iterable(judged))))
    thresholds = {
        "gender-mismatch": max(curve.threshold(rate) for curve, rate in zip((gap, litbank), _GENDER_RATES, strict=True))
    }
    for rule, rate in _RATES.items():
        thresholds[rule] = max(_threshold(rule, rate, n_words, pronouns) for n_words, pronouns in clean)
    # A rule reports from its threshold on, and the finding that set it is one too many.
    least = {rule: a_hair_above(threshold) for rule, threshold in thresholds.items()}
    strict = Linter(weights, Settings(min_confidence=tuple(least.items()), ignore=("declared-pronoun",)))
    report("short texts")
    figures: dict[str, Any] = {
        "thresholds": least,
        "gap": gap.figures(),
        "litbank": litbank.figures(),
        "new_people": measure_marked_texts(strict, read_new_people()),
        "all_wrong": measure_marked_texts(strict, read_all_wrong()),
        "pairs": measure_pairs(strict, read_pairs()),
        "fair_texts": measure_fair_texts(strict, read_fair_texts()),
    }
    for kind in ("gender", "number"):
        blimp = list(read_blimp(dev / "blimp" / f"anaphor_{kind}_agreement.jsonl"))[:_N_BLIMP]
        figures[f"blimp_anaphor_{kind}"] = measure_blimp(linter, blimp)
    if trials is not None:
        figures["trials"] = measure_marked_texts(strict, read_trials(trials))
    if linter.network.judges_forms:
        report("verbs")
        figures["forms"] = _form_figures(weights, dev, texts, reports)
    return figures


def _form_figures(weights: Path, dev: Path, texts: list[str], reports: Path | None) -> dict[str, Any]:
    """Figures of verbs and demonstratives, where each rule may make so many findings on LitBank."""
    names = tuple(rule.name for rule in form_rules())
    linter = Linter(weights, Settings(select=names))
    scored: dict[str, list[float]] = {name: [] for name in names}
    n_words = 0
    for text in texts[:_N_DOCUMENTS_OF_VERBS]:
        n_words += len(text.split())
        for form in judged_forms(linter, text):
            if form.is_unexpected:
                for rule, confidence in form.confidences().items():
                    scored[rule].append(confidence)
    n_allowed = int(_FORM_RATE * n_words / 10_000)
    thresholds = {rule: sorted([*found, *[0.5] * (n_allowed + 1)])[-1 - n_allowed] for rule, found in scored.items()}
    least = {rule: a_hair_above(threshold) for rule, threshold in thresholds.items()}
    strict = Linter(weights, Settings(select=names, min_confidence=tuple(least.items())))
    blimp = {name: list(read_blimp(dev / "blimp" / f"{name}.jsonl"))[:_N_BLIMP] for name in BLIMP_SETS}
    figures: dict[str, Any] = {
        "thresholds": least,
        "blimp": {name: measure_blimp_verbs(linter.network, pairs) for name, pairs in blimp.items()},
        "pairs": measure_pairs(strict, read_pairs(PAIRS_PATH.with_name("agreement_pairs.tsv"))),
        "fair_texts": measure_fair_texts(strict, read_fair_texts(PAIRS_PATH.with_name("agreement_fair.tsv"))),
    }
    if reports is not None:
        figures["reports"] = measure_marked_texts(strict, read_reported(reports))
    return figures


def _threshold(rule: str, rate: float, n_words: int, pronouns: list[JudgedPronoun]) -> float:
    mismatches = (pronoun.mismatches().get(rule) for pronoun in pronouns)
    surest = sorted((mismatch.confidence for mismatch in mismatches if mismatch), reverse=True)
    n_allowed = int(rate * n_words / 10_000)
    return surest[n_allowed] if n_allowed < len(surest) else 0.5


def quick_lines(figures: dict[str, Any]) -> list[str]:
    """The figures in a few lines."""
    lines = []
    for name, key in (("GAP", "gap"), ("LitBank", "litbank")):
        row = figures[key]
        recalls = ", ".join(f"{percent(recall)} at {rate}" for rate, recall in row["recall_at_false_alarms"].items())
        near, far = row["other_gender_near"], row["other_gender_far"]
        genders = " / ".join(percent(row[f"recall_{gender}_at_1"]) for gender in ("masculine", "feminine"))
        lines += [
            f"{name}: flips found: {recalls}",
            f"{name}: other gender near ({near['pronouns']}): found {percent(near['recall'])}, right "
            f"{percent(near['gender_right'])}; not near: found {percent(far['recall'])}, right "
            f"{percent(far['gender_right'])}; masculine / feminine at 1.0: {genders}",
        ]
    for name in ("new_people", "all_wrong", "trials"):
        if name in figures:
            row = figures[name]["all"]
            lines.append(
                f"{name}: wrong words found {percent(row['found'])} of {row['wrong_words']}, put right "
                f"{percent(row['put_right'])}; correct texts flagged {row['texts_flagged']} of {row['texts_right']}"
            )
    pairs, fair = figures["pairs"]["all"], figures["fair_texts"]["all"]
    lines.append(
        f"short pairs: found {percent(pairs['found'])}, good flagged {percent(pairs['good_flagged'])}; fair texts "
        f"flagged {fair['flagged']} of {fair['texts']}; BLiMP "
        f"{percent(figures['blimp_anaphor_gender'])} / {percent(figures['blimp_anaphor_number'])}"
    )
    if "forms" in figures:
        forms = figures["forms"]
        pairs, fair = forms["pairs"]["all"], forms["fair_texts"]["all"]
        lines.append("verbs: BLiMP " + " / ".join(percent(right) for right in forms["blimp"].values()))
        lines.append(
            f"verbs: pairs found {percent(pairs['found'])}, good flagged {percent(pairs['good_flagged'])}; "
            f"correct texts flagged {fair['flagged']} of {fair['texts']}"
        )
        if "reports" in forms:
            row = forms["reports"]["all"]
            lines.append(
                f"verbs: reports found {percent(row['found'])} of {row['wrong_words']}; correct sentences flagged "
                f"{row['texts_flagged']} of {row['texts_right']}"
            )
    lines.append("thresholds: " + ", ".join(f"{rule} {value:.4f}" for rule, value in figures["thresholds"].items()))
    return lines
