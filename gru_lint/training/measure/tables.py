"""The figures of an evaluation as tables: the same rows for the terminal and for the model card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import rich.table

from gru_lint.english.pronouns import GENDERS

# What a table has besides names: headings, the keys of figures, and how these are shown.
Columns = tuple[tuple[str, str, Callable[[Any], str]], ...]
_FALSE = ("false / 10,000 words", "false / 1,000 pronouns")


@dataclass(frozen=True, slots=True)
class Table:
    """A heading for every column, and rows of the same length."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        lines = [self.header, tuple("---" for _ in self.header), *self.rows]
        return "".join("| " + " | ".join(line) + " |\n" for line in lines)

    def rich(self) -> rich.table.Table:
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
    distances = figures["litbank"]["recall_by_distance"]
    yield _by_name("distances", "LitBank: words since the last name", distances, _OF_DISTANCES)
    yield _by_name("pairs", "short pairs", figures["pairs"], _OF_PAIRS)
    yield _by_name("fair", "correct texts", figures["fair_texts"], _OF_TEXTS)
    yield _table("marked", ("texts", "wrong words", "found", "put right", "correct texts", "flagged"), _marked(figures))
    yield _table("profiles", _PROFILES, _profiles(figures))
    yield _table("slices", ("other gender within 60 words before", "he/she", "found at 1.0", "right"), _slices(figures))
    yield _table("reliability", ("rule", "confidence", "findings", "of them right"), _reliability(figures))
    yield _table("others", ("measure", "figure"), _others(figures))
    # Weights that judge no verbs have no such figures: their tables are empty.
    agreement: dict[str, dict[str, Any]] = defaultdict(dict, figures.get("agreement", {}))
    yield _by_name("forms", "held-out text", agreement["held_out"], _OF_FORMS)
    blimp = {name.replace("_", " "): row for name, row in agreement["blimp"].items()}
    yield _by_name("blimp_verbs", "BLiMP", blimp, _OF_BLIMP)
    yield _by_name("attractors", "nouns of the other number between", agreement["attractors"], _OF_VERBS)
    yield _by_name("subject_distances", "words from subject to verb", agreement["distances"], _OF_VERBS)
    yield _by_name("agreement_pairs", "agreement pairs", agreement["pairs"], _OF_PAIRS)
    yield _by_name("agreement_fair", "correct texts", agreement["fair_texts"], _OF_TEXTS)
    yield _by_name("cases", "held-out text", agreement["cases"], _OF_CASES)
    yield _by_name("case_pairs", "pairs that differ in case", agreement["case_pairs"], _OF_PAIRS)
    yield _by_name("case_fair", "correct texts", agreement["case_fair"], _OF_TEXTS)


def percent(share: float | None) -> str:
    """A share of 1 as a percentage, or a dash."""
    return "-" if share is None else f"{100 * share:.1f} %"


def _table(name: str, header: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Table:
    return Table(name, header, tuple(rows))


def _by_name(name: str, label: str, figures: dict[str, Any], columns: Columns) -> Table:
    """A row for each name of the figures, below a label; that of all comes last."""
    header = (label, *(heading for heading, _, _ in columns))
    rows = sorted(figures.items(), key=_is_all)
    return Table(name, header, tuple((own, *(show(row[key]) for _, key, show in columns)) for own, row in rows))


def _is_all(item: tuple[str, Any]) -> bool:
    return item[0] == "all"


def _count(value: int) -> str:
    return f"{value:,}"


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


_RATE: Columns = ((_FALSE[0], "false_alarms_per_10000_words", _rate),)
_OF_DISTANCES: Columns = (("pronouns", "pronouns", _count), ("recall", "recall", percent))
_OF_PAIRS: Columns = (("pairs", "pairs", str), ("found", "found", percent), ("good flagged", "good_flagged", percent))
_OF_TEXTS: Columns = (("texts", "texts", str), ("flagged", "flagged", str))
_OF_FORMS: Columns = (
    ("words", "words", _count),
    ("verbs and demonstratives", "flipped", _count),
    ("flipped ones found", "recall", percent),
    ("number right", "number_right", percent),
    *_RATE,
)
_OF_CASES: Columns = (
    ("words", "words", _count),
    ("pronouns", "flipped", _count),
    ("flipped ones found", "found", percent),
    *_RATE,
)
_OF_VERBS: Columns = (
    ("verbs", "verbs", _count),
    ("number right", "right", percent),
    ("flipped ones found", "found", percent),
)
_OF_BLIMP: Columns = (
    ("ours", "right", percent),
    *((other, other, percent) for other in ("people", "5-grams", "LSTM", "GPT-2")),
)
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


def _marked(figures: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    names = {"new_people": "new people", "two_people": "two people", "all_wrong": "every pronoun wrong"}
    tables = {label: figures.get(name, {}) for name, label in names.items()}
    # These have a kind for every few texts.
    tried = {"trials": figures.get("trials", {}), "reports": figures.get("agreement", {}).get("reported", {})}
    tables |= {label: {"all": rows["all"]} for label, rows in tried.items() if rows}
    for label, rows in tables.items():
        for kind, row in sorted(rows.items(), key=_is_all):
            wrong = (str(row["wrong_words"]), percent(row["found"]), percent(row["put_right"]))
            yield (f"{label}: {kind}", *wrong, str(row["texts_right"]), str(row["texts_flagged"]))


def _slices(figures: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, key in (("GAP development", "gap"), ("LitBank", "litbank")):
        for is_near, label in (("near", "yes"), ("far", "no")):
            row = figures[key][f"other_gender_{is_near}"]
            right = percent(row["gender_right"])
            yield (f"{name}: {label}", f"{row['pronouns']:,}", percent(row["recall"]), right)


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
    for gender in GENDERS:
        yield f"GAP: the same, {gender}", percent(gap[f"antecedent_right_where_shown_{gender}"])
    yield "GAP: no antecedent named", percent(gap["antecedent_not_named"])
    for gender in GENDERS:
        yield f"GAP: the same, {gender}", percent(gap[f"antecedent_not_named_{gender}"])
    for limit, row in gap["antecedent_by_limit"].items():
        yield (
            f"GAP: right, and not named, where a probability of {limit} were enough",
            f"{percent(row['antecedent_right_where_shown'])}, {percent(row['antecedent_not_named'])}",
        )
    yield "GAP's scorer: F1", percent(gap["f1"])
    for gender in GENDERS:
        yield f"GAP's scorer: F1, {gender}", percent(gap[f"f1_{gender}"])
    yield "GAP's scorer: bias", _rate(gap["bias"])
    for kind in ("gender", "number"):
        yield f"BLiMP: anaphor {kind} agreement", percent(figures[f"blimp_anaphor_{kind}"])
    for name, thresholds in figures["thresholds"].items():
        yield f"threshold of {name}, and in short documents", f"{thresholds['long']:.4f}, {thresholds['short']:.4f}"
