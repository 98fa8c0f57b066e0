"""The tables of the study's page, from its results alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gru_lint.training.study.results import Results, Row
from gru_lint.training.study.summary import Estimate, estimate, words_to_loss
from gru_lint.training.tables import Table

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
    """The rows of every configuration that has some, one a seed, in the order of the tables."""
    found = {name: sorted((r for r in results.rows if r["name"] == name), key=lambda r: r["seed"]) for name in ORDER}
    return {name: rows for name, rows in found.items() if rows}


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
    yield from _gates(rows, results)


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
        cells = (
            _percents([scores[group][measure] for scores in found if scores[group][measure] is not None])
            for group in groups
        )
        lines.append((LABELS[configuration], *cells))
    if "gru" in rows:
        found = [at(run["scores"]) for run in rows["gru"]]
        widths = (_half_width([scores[group][f"{measure}_interval"] for scores in found]) for group in groups)
        lines.append(("*± of the GRU by the items drawn*", *widths))
    # The baseline speaks wherever it has a guess: its recall stands for many more false alarms.
    if results.nearest and measure == "accuracy":
        lines.append(("nearest mention", *(_percents([at(results.nearest)[g][measure]]) for g in groups)))
    if results.shipped:
        lines.append(("shipped GRU", *(_percents([at(results.shipped["scores"])[g][measure]]) for g in groups)))
    if path == ("litbank",) and measure == "accuracy":
        counts = at(next(iter(rows.values()))[0]["scores"])
        lines.append(("*pronouns*", *(f"{counts[group]['pronouns']:,}" for group in groups)))
    return Table(name, ("words between", *groups), tuple(lines))


def _percents(values: Sequence[float]) -> str:
    return estimate(values).shown(100) if values else "-"


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
            yield (f"{LABELS[name]}", *(_percents([overall(r, m) for r in rows[name]]) for m in ("accuracy", "recall")))
        elif reference in rows:
            pairs = [(a, b) for a in rows[reference] for b in rows[name] if a["seed"] == b["seed"]]
            cells = (_percents([overall(b, m) - overall(a, m) for a, b in pairs]) for m in ("accuracy", "recall"))
            yield (f"{LABELS[name]}, minus {LABELS[reference]}", *cells)


def _gradients(rows: dict[str, list[Row]], results: Results, kind: str) -> Iterator[tuple[str, ...]]:
    found = {LABELS[name]: [run["gradients"][kind] for run in runs] for name, runs in rows.items()}
    if results.shipped:
        found["shipped GRU"] = [results.shipped["gradients"][kind]]
    for label, norms in found.items():
        yield (label, *(_small(geometric([norm["mean"][k - 1] for norm in norms])) for k in BACK))


def geometric(values: Sequence[float]) -> float:
    """The geometric mean, which a single large gradient does not carry off."""
    product = 1.0
    for value in values:
        product *= max(value, 1e-300) ** (1 / len(values))
    return product


def _small(value: float) -> str:
    return f"{value:.3f}" if value >= 0.01 else f"{value:.0e}"


def _gates(rows: dict[str, list[Row]], results: Results) -> Iterator[Table]:
    gated: dict[str, list[dict[str, Any]]] = {
        LABELS[name]: [run for run in runs if "gates" in run] for name, runs in rows.items() if "gates" in runs[0]
    }
    if results.shipped:
        gated["shipped GRU"] = [results.shipped]
    if not gated:
        return
    kinds = list(next(iter(gated.values()))[0]["gates"]["kept"])

    def line(label: str, runs: Sequence[dict[str, Any]], part: str) -> tuple[str, ...]:
        return label, *(estimate([run["gates"][part][kind] for run in runs]).shown(1, 3) for kind in kinds)

    kept = [line(label, runs, "kept") for label, runs in gated.items()]
    reset = [line(label, runs, "reset") for label, runs in gated.items() if "reset" in runs[0]["gates"]]
    yield Table("kept", ("share of the state that is kept at", *kinds), tuple(kept))
    yield Table("reset", ("reset gate at", *kinds), tuple(reset))
    lives = [
        (
            label,
            *(
                estimate([run["gates"]["half_life"][share] for run in runs]).shown(1, 1)
                for share in ("10", "50", "90", "100")
            ),
            *(_small(geometric([run["gates"]["trace"]["best_tenth"][k - 1] for run in runs])) for k in (10, 20, 40)),
        )
        for label, runs in gated.items()
    ]
    head = ("half-life in words", "10th percentile of units", "median", "90th", "longest")
    left = tuple(f"left in the best tenth after {k}" for k in (10, 20, 40))
    yield Table("half-life", (*head, *left), tuple(lives))
    yield Table("change", ("at the subject's first word", "update", "reset"), tuple(_changes(gated)))
    yield Table("ablations", ("", *_ABLATED), tuple(_ablations(gated)))


# Where the second sentence's first word stands among those that were looked at.
_SUBJECT = 4


def _changes(gated: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, ...]]:
    for label, runs in gated.items():
        if "change" in runs[0]["gates"]:
            for variant, said in (("again", "the same person"), ("changed", "another person")):
                gates = [run["gates"]["change"][variant] for run in runs]
                cells = (estimate([gate[name][_SUBJECT] for gate in gates]) for name in ("update", "reset"))
                yield (f"{label}: {said}", *(cell.shown(1, 3) for cell in cells))


_ABLATED = ("LitBank, near (0-9)", "LitBank, far (80+)", "alone, 20", "alone, 120", "changed, 5", "changed, 40")


def _ablations(gated: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, ...]]:
    for label, runs in gated.items():
        if "ablations" in runs[0]:
            whole = [run["scores"] for run in runs]
            held = {name: [run["ablations"][name] for run in runs] for name in runs[0]["ablations"]}
            for name, scores in {"as trained": whole, **held}.items():
                yield (f"{label}: {name}", *(cell.shown(100) for cell in _ablated(scores)))


def _ablated(scores: Sequence[dict[str, Any]]) -> Iterator[Estimate]:
    for bounds in (("0-4", "5-9"), ("80-159", "160+")):
        yield estimate([_pooled([score["litbank"][group] for group in bounds]) for score in scores])
    for variant, n_between in (("alone", "20"), ("alone", "120"), ("changed", "5"), ("changed", "40")):
        yield estimate([score["controlled"][variant][n_between]["accuracy"] for score in scores])


def _pooled(groups: Sequence[dict[str, Any]]) -> float:
    return float(sum(g["accuracy"] * g["pronouns"] for g in groups) / sum(g["pronouns"] for g in groups))
