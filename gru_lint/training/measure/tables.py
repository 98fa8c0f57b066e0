"""The figures of an evaluation as tables: the same rows for the terminal and for the model card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import rich.table

from gru_lint.english.pronouns import GENDERS

_FALSE = ("false / 10,000 words", "false / 1,000 pronouns")


@dataclass(frozen=True, slots=True)
class Table:
    """A heading for every column, and rows of the same length."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """The table in Markdown."""
        lines = [self.header, tuple("---" for _ in self.header), *self.rows]
        return "".join("| " + " | ".join(line) + " |\n" for line in lines)

    def rich(self) -> rich.table.Table:
        """The table for a terminal."""
        table = rich.table.Table(*self.header)
        for row in self.rows:
            table.add_row(*row)
        return table


def tables(figures: dict[str, Any]) -> Iterator[Table]:
    """Every table of an evaluation's figures."""
    yield _table(
        "sets",
        ("set", "words", "he/she", "recall", "masculine", "feminine", *_FALSE, "findings right", "suggestion"),
        _sets(figures),
    )
    yield _table("baselines", ("baseline", "set", "recall", *_FALSE), _baselines(figures))
    yield _table("distances", ("LitBank: words since the last name", "pronouns", "recall"), _distances(figures))
    yield _table("pairs", ("short pairs", "pairs", "found", "good flagged"), _pairs(figures))
    yield _table("fair", ("correct texts", "texts", "flagged"), _fair(figures))
    yield _table("marked", ("texts", "wrong words", "found", "put right", "correct texts", "flagged"), _marked(figures))
    yield _table("profiles", _PROFILES, _profiles(figures))
    yield _table("slices", ("other gender within 60 words before", "he/she", "found at 1.0", "right"), _slices(figures))
    yield _table("reliability", ("rule", "confidence", "findings", "of them right"), _reliability(figures))
    yield _table("others", ("measure", "figure"), _others(figures))
    # Weights that judge no verbs have no such figures.
    nothing: dict[str, Any] = {
        "held_out": {},
        "blimp": {},
        "attractors": {},
        "distances": {},
        "pairs": {},
        "fair_texts": {},
        "cases": {},
        "case_pairs": {},
        "case_fair": {},
    }
    agreement = nothing | figures.get("agreement", {})
    yield _table(
        "forms",
        ("held-out text", "words", "verbs and demonstratives", "flipped ones found", "number right", _FALSE[0]),
        _forms(agreement),
    )
    yield _table("blimp_verbs", ("BLiMP", "ours", "people", "5-grams", "LSTM", "GPT-2"), _blimp_verbs(agreement))
    counted = ("verbs", "number right", "flipped ones found")
    yield _table("attractors", ("nouns of the other number between", *counted), _subject_verbs(agreement["attractors"]))
    yield _table("subject_distances", ("words from subject to verb", *counted), _subject_verbs(agreement["distances"]))
    yield _table("agreement_pairs", ("agreement pairs", "pairs", "found", "good flagged"), _pairs(agreement))
    yield _table("agreement_fair", ("correct texts", "texts", "flagged"), _fair(agreement))
    yield _table("cases", ("held-out text", "words", "pronouns", "flipped ones found", _FALSE[0]), _cases(agreement))
    of_cases = {"pairs": agreement["case_pairs"], "fair_texts": agreement["case_fair"]}
    yield _table("case_pairs", ("pairs that differ in case", "pairs", "found", "good flagged"), _pairs(of_cases))
    yield _table("case_fair", ("correct texts", "texts", "flagged"), _fair(of_cases))


def percent(share: float | None) -> str:
    """A share of 1 as a percentage, or a dash."""
    return "-" if share is None else f"{100 * share:.1f} %"


def _table(name: str, header: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Table:
    return Table(name, header, tuple(rows))


def _rate(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _rates(row: dict[str, Any]) -> tuple[str, str]:
    return _rate(row["false_alarms_per_10000_words"]), _rate(row["false_alarms_per_1000_pronouns"])


def _sets(figures: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    rows = {f"held-out {name}": row for name, row in figures["held_out"].items()}
    rows |= {"GAP development": figures["gap"], "LitBank": figures["litbank"]}
    for name, row in rows.items():
        shares = (percent(row[key]) for key in ("recall", "recall_masculine", "recall_feminine"))
        counts = (f"{row['words']:,}", f"{row['pronouns']:,}")
        yield (
            name,
            *counts,
            *shares,
            *_rates(row),
            percent(row.get("findings_right")),
            percent(row["suggestion_right"]),
        )


def _baselines(figures: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    names = {"nearest": "nearest earlier mention of known gender", "prior": "always masculine"}
    for name, by_baseline in figures["baselines"].items():
        for baseline, row in by_baseline.items():
            yield (names[baseline], name, percent(row["recall"]), *_rates(row))


_PROFILES = (
    "profile",
    "flips found",
    _FALSE[0],
    "findings right",
    "short pairs found",
    "good flagged",
    "new people flagged",
)


def _profiles(figures: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, row in figures.get("profiles", {}).items():
        pairs, new = row["pairs"], row["new_people"]
        yield (
            name,
            percent(row["recall"]),
            _rate(row["false_alarms_per_10000_words"]),
            percent(row["findings_right"]),
            percent(pairs["found"]),
            percent(pairs["good_flagged"]),
            f"{new['texts_flagged']} of {new['texts_right']}",
        )


def _distances(figures: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for bounds, row in figures["litbank"]["recall_by_distance"].items():
        yield (bounds, f"{row['pronouns']:,}", percent(row["recall"]))


def _forms(agreement: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, row in agreement["held_out"].items():
        counts = (f"{row['words']:,}", f"{row['flipped']:,}")
        shares = (percent(row["recall"]), percent(row["number_right"]))
        yield (name, *counts, *shares, _rate(row["false_alarms_per_10000_words"]))


def _cases(agreement: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, row in agreement["cases"].items():
        counts = (f"{row['words']:,}", f"{row['flipped']:,}")
        yield (name, *counts, percent(row["found"]), _rate(row["false_alarms_per_10000_words"]))


def _blimp_verbs(agreement: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, row in agreement["blimp"].items():
        yield (name.replace("_", " "), *(percent(row[key]) for key in ("right", "people", "5-grams", "LSTM", "GPT-2")))


def _subject_verbs(rows: dict[str, dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    for name, row in rows.items():
        yield (name, f"{row['verbs']:,}", percent(row["right"]), percent(row["found"]))


def _pairs(figures: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for kind, row in _all_last(figures["pairs"]):
        yield (kind, str(row["pairs"]), percent(row["found"]), percent(row["good_flagged"]))


def _fair(figures: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for reason, row in _all_last(figures["fair_texts"]):
        yield (reason, str(row["texts"]), str(row["flagged"]))


def _marked(figures: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    names = {"new_people": "new people", "all_wrong": "every pronoun wrong"}
    tables = {label: figures.get(name, {}) for name, label in names.items()}
    # These have a kind for every few texts.
    tried = {"trials": figures.get("trials", {}), "reports": figures.get("agreement", {}).get("reported", {})}
    tables |= {label: {"all": rows["all"]} for label, rows in tried.items() if rows}
    for label, rows in tables.items():
        for kind, row in _all_last(rows):
            wrong = (str(row["wrong_words"]), percent(row["found"]), percent(row["put_right"]))
            yield (f"{label}: {kind}", *wrong, str(row["texts_right"]), str(row["texts_flagged"]))


def _slices(figures: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, key in (("GAP development", "gap"), ("LitBank", "litbank")):
        for is_near, label in (("near", "yes"), ("far", "no")):
            row = figures[key][f"other_gender_{is_near}"]
            right = percent(row["gender_right"])
            yield (f"{name}: {label}", f"{row['pronouns']:,}", percent(row["recall"]), right)


def _all_last(rows: dict[str, dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    return sorted(rows.items(), key=lambda item: item[0] == "all")


def _reliability(figures: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for rule, bins in figures["reliability"].items():
        for row in bins:
            if row["findings"]:
                yield (rule, f"{row['from']:g} to {row['to']:g}", f"{row['findings']:,}", percent(row["right"]))


def _others(figures: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, label in (("winobias", "WinoBias"), ("winogender", "Winogender")):
        yield f"{label}: correct sentences flagged", f"{figures[key]['flagged']} of {figures[key]['sentences']:,}"
    gap = figures["gap"]
    for name, row in (("GAP", gap), ("LitBank", figures["litbank"])):
        for rate, recall in row["recall_at_false_alarms"].items():
            yield f"{name}: recall where a threshold allows {rate} false / 10,000 of its own words", percent(recall)
        for gender in GENDERS:
            yield f"{name}: recall at 1.0, {gender}", percent(row[f"recall_{gender}_at_1"])
    yield "GAP: the name pointed at is the gold one", percent(gap["antecedent_right"])
    for gender in GENDERS:
        yield f"GAP: the same, {gender}", percent(gap[f"antecedent_right_{gender}"])
    yield "GAP: the same, where a name is shown", percent(gap["antecedent_right_where_shown"])
    yield "GAP: no antecedent named", percent(gap["antecedent_not_named"])
    yield "GAP's scorer: F1", percent(gap["f1"])
    for gender in GENDERS:
        yield f"GAP's scorer: F1, {gender}", percent(gap[f"f1_{gender}"])
    yield "GAP's scorer: bias", _rate(gap["bias"])
    for kind in ("gender", "number"):
        yield f"BLiMP: anaphor {kind} agreement", percent(figures[f"blimp_anaphor_{kind}"])
    for name, thresholds in figures["thresholds"].items():
        yield f"threshold of {name}, and in short documents", f"{thresholds['long']:.4f}, {thresholds['short']:.4f}"
