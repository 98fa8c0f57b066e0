"""Recall on flipped pronouns against false alarms on clean text, on every set, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.table import Table

from gru_lint.linter import Linter
from gru_lint.pronouns import CLASS_OF_FORM, CLASSES, REFLEXIVE_FORMS, AgreementClass
from gru_lint.records import Span
from gru_lint.tokens import split_sentences
from gru_lint.training.baselines import NearestMention
from gru_lint.training.corpus import documents_of
from gru_lint.training.evaluation_sets import (
    CoreferenceDocument,
    read_blimp,
    read_gap,
    read_litbank,
    read_winobias,
    read_winogender,
)
from gru_lint.training.judging import JudgedPronoun, judged_pronouns
from gru_lint.windows import find_anaphors, split_windows

# Words of held-out documents that are read from each corpus.
N_HELD_OUT_WORDS = 200_000
DISTANCES = ((0, 5), (5, 10), (10, 20), (20, 40), (40, 80), (80, 160), (160, 100_000))
Thresholds = dict[str, float]


@dataclass(slots=True)
class Measures:
    """Counts over the he/she pronouns of a set, each flipped by itself, and over its clean words."""

    n_words: int = 0
    n_false_alarms: int = 0
    n_gendered_false_alarms: int = 0
    n_pronouns: dict[AgreementClass, int] = field(default_factory=lambda: {"masculine": 0, "feminine": 0})
    n_found: dict[AgreementClass, int] = field(default_factory=lambda: {"masculine": 0, "feminine": 0})
    n_right_suggestions: int = 0
    n_gender_right: int = 0
    false_alarms_by_rule: dict[str, int] = field(default_factory=dict)

    def add_clean(self, linter: Linter, text: str) -> list[JudgedPronoun]:
        """Counts what is flagged in a text as it stands, all rules together; returns its pronouns."""
        self.n_words += len(text.split())
        pronouns = list(judged_pronouns(linter, text))
        for pronoun in pronouns:
            flagged = flagged_by(pronoun, pronoun.form, linter.thresholds)
            if flagged:
                self.n_false_alarms += 1
                self.n_gendered_false_alarms += pronoun.written in ("masculine", "feminine")
                self.false_alarms_by_rule[flagged] = self.false_alarms_by_rule.get(flagged, 0) + 1
        return pronouns

    def add_flipped(self, pronoun: JudgedPronoun, thresholds: Thresholds) -> bool:
        """Counts one pronoun as if it were flipped; says whether that is found."""
        flipped = pronoun.flipped()
        if flipped is None:
            return False
        self.n_pronouns[pronoun.written] += 1
        probabilities = dict(zip(CLASSES, pronoun.judgement.probabilities, strict=True))
        other: AgreementClass = "feminine" if pronoun.written == "masculine" else "masculine"
        self.n_gender_right += probabilities[pronoun.written] > probabilities[other]
        found = flagged_by(pronoun, flipped, thresholds) is not None
        if found:
            self.n_found[pronoun.written] += 1
            self.n_right_suggestions += pronoun.suggestion(flipped, pronoun.written) == pronoun.form
        return found

    def figures(self) -> dict[str, Any]:
        """Shares of 1 and rates; None where nothing was counted."""
        n_pronouns, n_found = sum(self.n_pronouns.values()), sum(self.n_found.values())
        return {
            "words": self.n_words,
            "pronouns": n_pronouns,
            "recall": _share(n_found, n_pronouns),
            "recall_masculine": _share(self.n_found["masculine"], self.n_pronouns["masculine"]),
            "recall_feminine": _share(self.n_found["feminine"], self.n_pronouns["feminine"]),
            "gender_right": _share(self.n_gender_right, n_pronouns),
            "suggestion_right": _share(self.n_right_suggestions, n_found),
            "false_alarms_per_10000_words": _share(10_000 * self.n_false_alarms, self.n_words),
            "false_alarms_per_1000_pronouns": _share(1000 * self.n_gendered_false_alarms, n_pronouns),
            "false_alarms_by_rule": dict(sorted(self.false_alarms_by_rule.items())),
        }


def flagged_by(pronoun: JudgedPronoun, form: str, thresholds: Thresholds) -> str | None:
    """The rule that speaks if `form` stands there, or None."""
    for name, mismatch in pronoun.mismatches(form).items():
        if mismatch.confidence >= thresholds[name]:
            return name
    return None


def measure_texts(linter: Linter, texts: Iterable[str]) -> Measures:
    """Every he/she pronoun flipped, and every clean word counted."""
    measures = Measures()
    for text in texts:
        for pronoun in measures.add_clean(linter, text):
            measures.add_flipped(pronoun, linter.thresholds)
    return measures


def measure_gap(linter: Linter, path: Path) -> dict[str, Any]:
    """GAP: only the marked pronoun is flipped; the name pointed at is the gold one in so many rows."""
    measures = Measures()
    pointed = {"masculine": [0, 0], "feminine": [0, 0]}
    n_unnamed = 0
    for row in read_gap(path):
        for pronoun in measures.add_clean(linter, row.text):
            if pronoun.span != row.pronoun:
                continue
            measures.add_flipped(pronoun, linter.thresholds)
            if any(row.is_antecedent):
                gold = row.names[row.is_antecedent.index(True)]
                right = pronoun.antecedent is not None and _names(row.text, pronoun.antecedent, gold)
                pointed[pronoun.written][0] += right
                pointed[pronoun.written][1] += 1
                n_unnamed += pronoun.antecedent is None
    figures = measures.figures()
    for gender, (n_right, n_rows) in pointed.items():
        figures[f"antecedent_right_{gender}"] = _share(n_right, n_rows)
    n_rows = sum(rows for _, rows in pointed.values())
    figures["antecedent_right"] = _share(sum(right for right, _ in pointed.values()), n_rows)
    figures["antecedent_not_named"] = _share(n_unnamed, n_rows)
    return figures


def _names(text: str, span: Span, gold: Span) -> bool:
    """Whether the span is the gold name, there or where the same name stands elsewhere."""
    if span.start < gold.end and gold.start < span.end:
        return True
    last_names = (text[gold.start : gold.end].split()[-1], text[span.start : span.end].split()[-1])
    return last_names[0] == last_names[1]


def measure_litbank(linter: Linter, documents: Iterable[CoreferenceDocument]) -> dict[str, Any]:
    """LitBank: every he/she pronoun, and recall by the distance to its nearest named mention."""
    measures = Measures()
    by_distance = {bounds: Measures() for bounds in DISTANCES}
    for document in documents:
        for pronoun in measures.add_clean(linter, document.text):
            measures.add_flipped(pronoun, linter.thresholds)
            distance = document.distances.get(pronoun.span.start)
            for (low, high), binned in by_distance.items():
                if distance is not None and low <= distance < high:
                    binned.add_flipped(pronoun, linter.thresholds)
    figures = measures.figures()
    figures["recall_by_distance"] = {
        f"{low}-{high - 1}" if high < 1000 else f"{low}+": {
            "pronouns": sum(binned.n_pronouns.values()),
            "recall": _share(sum(binned.n_found.values()), sum(binned.n_pronouns.values())),
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
    return _share(n_right, n_pairs)


def _last_reflexive(linter: Linter, sentence: str) -> JudgedPronoun | None:
    reflexives = [pronoun for pronoun in judged_pronouns(linter, sentence) if pronoun.form in REFLEXIVE_FORMS]
    return reflexives[-1] if reflexives else None


def measure_flags(linter: Linter, sentences: Iterable[str]) -> dict[str, int]:
    """How many correct sentences there are, how many are flagged, and for which written gender."""
    counts = {"sentences": 0, "flagged": 0, "flagged_masculine": 0, "flagged_feminine": 0}
    for sentence in sentences:
        counts["sentences"] += 1
        flagged = [p for p in judged_pronouns(linter, sentence) if flagged_by(p, p.form, linter.thresholds)]
        counts["flagged"] += bool(flagged)
        for gender in ("masculine", "feminine"):
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
                if written not in ("masculine", "feminine"):
                    continue
                n_pronouns += 1
                guess = genders.get(window.starts[anaphor.word_index])
                found["nearest"] += guess == written
                false_alarms["nearest"] += guess not in (None, written)
                found["prior"] += written == "masculine"
                false_alarms["prior"] += written == "feminine"
    return {
        name: {
            "recall": _share(found[name], n_pronouns),
            "false_alarms_per_10000_words": _share(10_000 * false_alarms[name], n_words),
            "false_alarms_per_1000_pronouns": _share(1000 * false_alarms[name], n_pronouns),
        }
        for name in found
    }


def first_words(texts: Iterable[str], n_words: int) -> Iterator[str]:
    """Whole texts until they hold so many words; the last is cut at a paragraph."""
    left = n_words
    for text in texts:
        if left <= 0:
            return
        paragraphs = []
        for paragraph in text.split("\n\n"):
            if left <= 0:
                break
            paragraphs.append(paragraph)
            left -= len(paragraph.split())
        yield "\n\n".join(paragraphs)


def evaluate(linter: Linter, shared: Path, report: Callable[[str], None]) -> dict[str, Any]:
    """Every measure on every set under `shared` (train/ for held-out documents, dev/)."""
    figures: dict[str, Any] = {"thresholds": linter.thresholds, "held_out": {}, "baselines": {}}
    for path in sorted((shared / "train").glob("*.txt.xz")):
        name = path.name.split(".")[0]
        report(f"held-out {name}")
        texts = list(first_words(documents_of(path, "validation"), N_HELD_OUT_WORDS))
        figures["held_out"][name] = measure_texts(linter, texts).figures()
        figures["baselines"][name] = measure_baselines(linter, first_words(texts, N_HELD_OUT_WORDS // 4))
    dev = shared / "dev"
    report("GAP")
    figures["gap"] = measure_gap(linter, dev / "gap" / "gap-development.tsv")
    rows = list(read_gap(dev / "gap" / "gap-development.tsv"))
    figures["baselines"]["gap"] = measure_baselines(linter, (row.text for row in rows))
    report("LitBank")
    documents = list(read_litbank(dev / "litbank-coref-conll.tar.xz"))
    figures["litbank"] = measure_litbank(linter, documents)
    figures["baselines"]["litbank"] = measure_baselines(linter, (document.text for document in documents))
    report("WinoBias, Winogender, BLiMP")
    figures["winobias"] = measure_flags(linter, read_winobias(dev / "winobias"))
    figures["winogender"] = measure_flags(linter, read_winogender(dev / "winogender" / "all_sentences.tsv"))
    for kind in ("gender", "number"):
        path = dev / "blimp" / f"anaphor_{kind}_agreement.jsonl"
        figures[f"blimp_anaphor_{kind}"] = measure_blimp(linter, read_blimp(path))
    return figures


def tables(figures: dict[str, Any]) -> Iterator[Table]:
    """The figures as tables for a terminal."""
    rates = ("false /10k words", "false /1k pronouns")
    main = Table("set", "words", "he/she", "recall", "masc.", "fem.", *rates, "suggestion")
    rows = {f"held-out {name}": row for name, row in figures["held_out"].items()}
    rows |= {"GAP development": figures["gap"], "LitBank": figures["litbank"]}
    for name, row in rows.items():
        shares = (_percent(row[key]) for key in ("recall", "recall_masculine", "recall_feminine"))
        counts = (f"{row['words']:,}", f"{row['pronouns']:,}")
        main.add_row(name, *counts, *shares, *_rates(row), _percent(row["suggestion_right"]))
    yield main
    baselines = Table("baseline", "set", "recall", *rates)
    for name, by_baseline in figures["baselines"].items():
        for baseline, row in by_baseline.items():
            baselines.add_row(baseline, name, _percent(row["recall"]), *_rates(row))
    yield baselines
    distances = Table("LitBank: words since the last name", "pronouns", "recall")
    for bounds, row in figures["litbank"]["recall_by_distance"].items():
        distances.add_row(bounds, f"{row['pronouns']:,}", _percent(row["recall"]))
    yield distances
    others = Table("measure", "figure")
    for name in ("winobias", "winogender"):
        others.add_row(f"{name}: flagged", f"{figures[name]['flagged']} of {figures[name]['sentences']}")
    for key in ("antecedent_right", "antecedent_right_masculine", "antecedent_right_feminine", "antecedent_not_named"):
        others.add_row(f"GAP: {key.replace('_', ' ')}", _percent(figures["gap"][key]))
    for kind in ("gender", "number"):
        others.add_row(f"BLiMP: anaphor {kind} agreement", _percent(figures[f"blimp_anaphor_{kind}"]))
    yield others


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"


def _rates(row: dict[str, Any]) -> list[str]:
    return [_rate(row[f"false_alarms_per_{of}"]) for of in ("10000_words", "1000_pronouns")]


def _rate(rate: float | None) -> str:
    return "-" if rate is None else f"{rate:.2f}"
