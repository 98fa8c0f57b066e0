"""The tables of the study's page, from its results alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from gru_lint.training.measure.tables import Table
from studies.cells.gate_tables import gate_tables
from studies.cells.results import Results, Row
from studies.cells.summary import estimate, geometric, small, words_to_loss

ORDER = ("gru", "lstm", "lstm-matched", "rnn", "rnn-matched", "gru-blind", "lstm-blind", "rnn-blind")
LABELS = {
    "gru": "GRU",
    "lstm": "LSTM, same size",
    "lstm-matched": "LSTM, same parameters",
    "rnn": "RNN, same size",
    "rnn-matched": "RNN, same parameters",
    "gru-blind": "GRU, no attention",
    "lstm-blind": "LSTM, no attention",
    "rnn-blind": "RNN, no attention",
}
BACK = (1, 10, 20, 40, 80, 120)


def by_configuration(results: Results) -> dict[str, list[Row]]:
    """The rows of every configuration that has some, one a seed, in the order of the tables.

    They are those of the budget that most runs have.
    """
    rows = [row for row in results.rows if row["steps"] == usual_steps(results)]
    found = {name: sorted((r for r in rows if r["name"] == name), key=lambda r: r["seed"]) for name in ORDER}
    return {name: rows for name, rows in found.items() if rows}


def usual_steps(results: Results) -> int:
    """The number of steps of most runs; those with another are shown by themselves."""
    ((steps, _),) = Counter(int(row["steps"]) for row in results.rows).most_common(1)
    return steps


def study_tables(results: Results) -> Iterator[Table]:
    """Every table, by the name of its place in the page."""
    rows = by_configuration(results)
    yield Table("runs", ("network", "units", "seeds", "words read by a run"), tuple(_runs(rows)))
    yield Table("costs", _COSTS, tuple(_costs(rows)))
    for measure in ("accuracy", "recall"):
        yield _scores(f"litbank-{measure}", rows, results, ("litbank",), measure)
        for variant in ("alone", "changed"):
            yield _scores(f"{variant}-{measure}", rows, results, ("controlled", variant), measure)
    yield Table("differences", ("on LitBank, all distances", "accuracy", "recall"), tuple(_differences(rows)))
    head = ("network", *(f"k = {k}" for k in BACK))
    for kind in ("judgement", "through_states", "encoder"):
        yield Table(f"gradient-{kind.replace('_', '-')}", head, tuple(_gradients(rows, results, kind)))
    gated = {LABELS[name]: runs for name, runs in rows.items() if "gates" in runs[0]}
    yield from gate_tables({**gated, "shipped GRU": [results.shipped]} if results.shipped else gated)
    if longer := tuple(_longer(results)):
        yield Table("longer", _LONGER, longer)


def _runs(rows: dict[str, list[Row]]) -> Iterator[tuple[str, ...]]:
    for name, runs in rows.items():
        units = " + ".join(map(str, runs[0]["units"]))
        seeds = ", ".join(str(run["seed"]) for run in runs)
        words = estimate([run["words"] for run in runs]).mean / 1e6
        yield LABELS[name], units, seeds, f"{words:.2f} M"


_COSTS = (
    "network",
    "parameters, words left out",
    "of them encoders",
    "bytes of state",
    "words/s read in linting",
    "words/s in training",
    "loss at the end",
    "words to the loss that all reach",
    "seconds to it",
)


def _costs(rows: dict[str, list[Row]]) -> Iterator[tuple[str, ...]]:
    attending = {name: runs for name, runs in rows.items() if runs[0]["attends"]}
    # For each seed the loss that the worst of them has at its end: the same text in the same order for all.
    worst: dict[int, float] = {}
    for runs in attending.values():
        for run in runs:
            worst[run["seed"]] = max(worst.get(run["seed"], 0.0), run["curve"][-1]["loss"])
    for name, runs in attending.items():
        needed = [words_to_loss(run["curve"], worst[run["seed"]]) or run["words"] for run in runs]
        costs = [run["costs"] for run in runs]
        speed = max(cost["training_words_per_second"] for cost in costs)
        yield (
            LABELS[name],
            f"{costs[0]['parameters']:,}",
            f"{costs[0]['encoder_parameters']:,}",
            f"{costs[0]['state_bytes']:,}",
            f"{max(cost['lint_words_per_second'] for cost in costs):,.0f}",
            f"{speed:,.0f}",
            estimate([run["curve"][-1]["loss"] for run in runs]).shown(digits=3),
            f"{estimate(needed).shown(1e-6, 2)} M",
            estimate(needed).shown(1 / speed, 0),
        )


def _scores(name: str, rows: dict[str, list[Row]], results: Results, path: tuple[str, ...], measure: str) -> Table:
    def at(scores: dict[str, Any]) -> dict[str, Any]:
        for key in path:
            scores = scores[key]
        return scores

    groups = list(at(next(iter(rows.values()))[0]["scores"]))
    lines = []
    for configuration, runs in rows.items():
        found = [at(run["scores"]) for run in runs]
        cells = (percents(scores[group][measure] for scores in found) for group in groups)
        lines.append((LABELS[configuration], *cells))
    if "gru" in rows:
        found = [at(run["scores"]) for run in rows["gru"]]
        widths = (_half_width([scores[group][f"{measure}_interval"] for scores in found]) for group in groups)
        lines.append(("*± of the GRU by the items drawn*", *widths))
    # The baseline speaks wherever it has a guess: its recall stands for many more false alarms.
    if results.nearest and measure == "accuracy":
        lines.append(("nearest mention", *(percents([at(results.nearest)[g][measure]]) for g in groups)))
    if results.shipped:
        lines.append(("shipped GRU", *(percents([at(results.shipped["scores"])[g][measure]]) for g in groups)))
    if path == ("litbank",) and measure == "accuracy":
        counts = at(next(iter(rows.values()))[0]["scores"])
        lines.append(("*pronouns*", *(f"{counts[group]['pronouns']:,}" for group in groups)))
    return Table(name, ("words between", *groups), tuple(lines))


def percents(values: Iterable[float | None]) -> str:
    """The estimate from one share a seed in percent; a dash where there is none."""
    known = [value for value in values if value is not None]
    return estimate(known).shown(100) if known else "-"


def _half_width(intervals: Sequence[list[float] | None]) -> str:
    widths = [(ends[1] - ends[0]) / 2 for ends in intervals if ends]
    return f"{100 * estimate(widths).mean:.1f}" if widths else "-"


def overall(row: Row, measure: str) -> float:
    """Accuracy or recall over all of LitBank's groups."""
    groups = [group for group in row["scores"]["litbank"].values() if group["pronouns"]]
    return float(sum(group[measure] * group["pronouns"] for group in groups) / sum(g["pronouns"] for g in groups))


def _differences(rows: dict[str, list[Row]]) -> Iterator[tuple[str, ...]]:
    """Seed by seed: what differs is the network, not the text or its order."""
    for name in rows:
        reference = "gru" if rows[name][0]["attends"] else "gru-blind"
        if name in ("gru", "gru-blind") and name in rows:
            yield (f"{LABELS[name]}", *(percents([overall(r, m) for r in rows[name]]) for m in ("accuracy", "recall")))
        elif reference in rows:
            pairs = [(a, b) for a in rows[reference] for b in rows[name] if a["seed"] == b["seed"]]
            cells = (percents([overall(b, m) - overall(a, m) for a, b in pairs]) for m in ("accuracy", "recall"))
            yield (f"{LABELS[name]}, minus {LABELS[reference]}", *cells)


def _gradients(rows: dict[str, list[Row]], results: Results, kind: str) -> Iterator[tuple[str, ...]]:
    found = {LABELS[name]: [run["gradients"][kind] for run in runs] for name, runs in rows.items()}
    if results.shipped:
        found["shipped GRU"] = [results.shipped["gradients"][kind]]
    for label, norms in found.items():
        yield (label, *(small(geometric([norm["mean"][k - 1] for norm in norms])) for k in BACK))


_LONGER = (
    "network, seed",
    "steps",
    "loss at the end",
    "LitBank",
    "alone, 120: recall",
    "changed, 5",
    "changed, 40",
    "gradient through states, k = 40",
)


def _longer(results: Results) -> Iterator[tuple[str, ...]]:
    """The runs of another budget beside those of the usual one with the same network and seed."""
    others = {(row["name"], row["seed"]) for row in results.rows if row["steps"] != usual_steps(results)}
    for row in sorted(results.rows, key=lambda row: (ORDER.index(row["name"]), row["seed"], row["steps"])):
        if (row["name"], row["seed"]) in others:
            controlled, gradient = row["scores"]["controlled"], row["gradients"]["through_states"]["mean"]
            yield (
                f"{LABELS[row['name']]}, {row['seed']}",
                f"{row['steps']:,}",
                f"{row['curve'][-1]['loss']:.3f}",
                percents([overall(row, "accuracy")]),
                percents([controlled["alone"]["120"]["recall"]]),
                percents([controlled["changed"]["5"]["accuracy"]]),
                percents([controlled["changed"]["40"]["accuracy"]]),
                small(gradient[39]),
            )
