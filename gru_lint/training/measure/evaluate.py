"""Recall on flipped pronouns against false alarms on clean text, on every set."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from gru_lint.english.pronouns import CLASS_OF_FORM, CLASSES, GENDERS, REFLEXIVE_FORMS
from gru_lint.linter import Linter
from gru_lint.segment.sentences import split_sentences
from gru_lint.segment.windows import find_anaphors, split_windows
from gru_lint.training.data.corpus import corpus_name, documents_of
from gru_lint.training.measure.agreement import measure_agreement
from gru_lint.training.measure.baselines import NearestMention
from gru_lint.training.measure.calibrate import DOMAINS
from gru_lint.training.measure.evaluation_sets import (
    CoreferenceDocument,
    read_blimp,
    read_gap,
    read_litbank,
    read_winobias,
    read_winogender,
)
from gru_lint.training.measure.gap import measure_gap
from gru_lint.training.measure.gender_curve import GenderCurve
from gru_lint.training.measure.judging import JudgedPronoun, judged_pronouns
from gru_lint.training.measure.marked_texts import (
    measure_marked_texts,
    read_all_wrong,
    read_new_people,
    read_trials,
    read_two_people,
)
from gru_lint.training.measure.measures import Measures, first_words, share
from gru_lint.training.measure.pairs import measure_fair_texts, measure_pairs, read_fair_texts, read_pairs
from gru_lint.training.measure.profiles import measure_profiles
from gru_lint.training.measure.reliability import Findings

# Words of held-out documents that are read from each corpus.
N_HELD_OUT_WORDS = 200_000
DISTANCES = ((0, 5), (5, 10), (10, 20), (20, 40), (40, 80), (80, 160), (160, 100_000))


def measure_texts(linter: Linter, texts: Iterable[str], findings: Findings | None = None) -> dict[str, Any]:
    """Every he/she pronoun flipped, and every clean word counted; what is found on the way is added to `findings`."""
    measures = Measures()
    for text in texts:
        for pronoun in measures.add_clean(linter, text):
            measures.add_flipped(pronoun)
            if findings is not None:
                findings.add(pronoun)
    return measures.figures()


def measure_litbank(linter: Linter, documents: Iterable[CoreferenceDocument]) -> dict[str, Any]:
    """LitBank: every he/she pronoun, and recall by the distance to its nearest named mention."""
    measures = Measures()
    curve = GenderCurve()
    by_distance = {bounds: Measures() for bounds in DISTANCES}
    for document in documents:
        pronouns = measures.add_clean(linter, document.text)
        curve.add_clean(document.text, pronouns)
        curve.add_flips(document.text, pronouns)
        for pronoun in pronouns:
            measures.add_flipped(pronoun)
            distance = document.distances.get(pronoun.span.start)
            for (low, high), binned in by_distance.items():
                if distance is not None and low <= distance < high:
                    binned.add_flipped(pronoun)
    figures = measures.figures() | curve.figures()
    figures["recall_by_distance"] = {
        f"{low}-{high - 1}" if high < 1000 else f"{low}+": {
            "pronouns": sum(binned.n_pronouns.values()),
            "recall": share(sum(binned.n_found.values()), sum(binned.n_pronouns.values())),
        }
        for (low, high), binned in by_distance.items()
    }
    return figures


def measure_blimp(linter: Linter, pairs: Iterable[tuple[str, str]]) -> float | None:
    """The share of pairs in which the good sentence's reflexive is likelier than the bad one's."""
    n_right = n_pairs = 0
    for good, bad in pairs:
        right, wrong = (_last_reflexive(linter, sentence) for sentence in (good, bad))
        if right is not None and wrong is not None:
            probabilities = dict(zip(CLASSES, right.judgement.probabilities, strict=True))
            n_pairs += 1
            n_right += probabilities[right.written] > probabilities[wrong.written]
    return share(n_right, n_pairs)


def _last_reflexive(linter: Linter, sentence: str) -> JudgedPronoun | None:
    reflexives = [pronoun for pronoun in judged_pronouns(linter, sentence) if pronoun.form in REFLEXIVE_FORMS]
    return reflexives[-1] if reflexives else None


def measure_flags(linter: Linter, sentences: Iterable[str]) -> dict[str, int]:
    """How many correct sentences there are, how many are flagged, and for which written gender."""
    counts = {"sentences": 0, "flagged": 0, "flagged_masculine": 0, "flagged_feminine": 0}
    for sentence in sentences:
        counts["sentences"] += 1
        flagged = [p for p in judged_pronouns(linter, sentence) if p.flagged_by(p.form)]
        counts["flagged"] += bool(flagged)
        for gender in GENDERS:
            counts[f"flagged_{gender}"] += any(pronoun.written == gender for pronoun in flagged)
    return counts


def measure_baselines(linter: Linter, texts: Iterable[str]) -> dict[str, dict[str, float | None]]:
    """Recall and false alarms of the nearest mention of known gender, and of "always masculine"."""
    nearest = NearestMention(linter.network.lexicon)
    n_words = n_pronouns = 0
    found, false_alarms = {"nearest": 0, "prior": 0}, {"nearest": 0, "prior": 0}
    for text in texts:
        n_words += len(text.split())
        genders = nearest.genders(text)
        for window in split_windows(split_sentences(text), linter.network.sizes.window_length):
            for anaphor in find_anaphors(window):
                written = CLASS_OF_FORM[anaphor.form]
                if written not in GENDERS:
                    continue
                n_pronouns += 1
                guess = genders.get(window.starts[anaphor.word_index])
                found["nearest"] += guess == written
                false_alarms["nearest"] += guess not in (None, written)
                found["prior"] += written == "masculine"
                false_alarms["prior"] += written == "feminine"
    return {
        name: {
            "recall": share(found[name], n_pronouns),
            "false_alarms_per_10000_words": share(10_000 * false_alarms[name], n_words),
            "false_alarms_per_1000_pronouns": share(1000 * false_alarms[name], n_pronouns),
        }
        for name in found
    }


def evaluate(
    linter: Linter,
    shared: Path,
    report: Callable[[str], None],
    trials: Path | None = None,
    reported: Path | None = None,
    weights: Path | None = None,
) -> dict[str, Any]:
    """Every measure on every set under `shared` (train/ for held-out documents, dev/).

    weights   the linter's weights file, if the other profiles are to be measured, too
    trials    a table of texts to try, see `marked_texts`
    reported  a table of sentences about verbs, see there
    """
    figures: dict[str, Any] = {"thresholds": linter.thresholds(), "held_out": {}, "baselines": {}}
    findings = Findings()
    for path in sorted((shared / "train").glob("*.txt.xz")):
        name = corpus_name(path)
        report(f"held-out {name}")
        texts = list(first_words(documents_of(path, "validation"), N_HELD_OUT_WORDS))
        figures["held_out"][name] = measure_texts(linter, texts, findings if name in DOMAINS else None)
        figures["baselines"][name] = measure_baselines(linter, first_words(texts, N_HELD_OUT_WORDS // 4))
    figures["reliability"] = findings.reliability()
    dev = shared / "dev"
    report("GAP")
    rows = list(read_gap(dev / "gap" / "gap-development.tsv"))
    figures["gap"] = measure_gap(linter, rows)
    figures["baselines"]["gap"] = measure_baselines(linter, (row.text for row in rows))
    report("LitBank")
    documents = list(read_litbank(dev / "litbank-coref-conll.tar.xz"))
    figures["litbank"] = measure_litbank(linter, documents)
    figures["baselines"]["litbank"] = measure_baselines(linter, (document.text for document in documents))
    report("short texts")
    figures["pairs"] = measure_pairs(linter, read_pairs())
    figures["fair_texts"] = measure_fair_texts(linter, read_fair_texts())
    figures["new_people"] = measure_marked_texts(linter, read_new_people())
    figures["two_people"] = measure_marked_texts(linter, read_two_people())
    figures["all_wrong"] = measure_marked_texts(linter, read_all_wrong())
    if trials is not None:
        figures["trials"] = measure_marked_texts(linter, read_trials(trials))
    if weights is not None:
        figures["profiles"] = measure_profiles(weights, shared, report)
    if linter.network.judges_forms:
        figures["agreement"] = measure_agreement(linter, shared, report, reported)
    report("WinoBias, Winogender, BLiMP")
    figures["winobias"] = measure_flags(linter, read_winobias(dev / "winobias"))
    figures["winogender"] = measure_flags(linter, read_winogender(dev / "winogender" / "all_sentences.tsv"))
    for kind in ("gender", "number"):
        path = dev / "blimp" / f"anaphor_{kind}_agreement.jsonl"
        figures[f"blimp_anaphor_{kind}"] = measure_blimp(linter, read_blimp(path))
    return figures
