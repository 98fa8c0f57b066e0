"""The tables of what the gates do, and of what is left where one is held still."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gru_lint.training.measure.tables import Table
from studies.cells.results import Row
from studies.cells.summary import Estimate, estimate, geometric, small


def gate_tables(gated: dict[str, list[Row]]) -> Iterator[Table]:
    """What the gates do, of every network that has some: its rows by its label."""
    if not gated:
        return
    kinds = list(next(iter(gated.values()))[0]["gates"]["kept"])

    def line(label: str, runs: Sequence[Row], part: str) -> tuple[str, ...]:
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
            *(small(geometric([run["gates"]["trace"]["best_tenth"][k - 1] for run in runs])) for k in (10, 20, 40)),
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


def _changes(gated: dict[str, list[Row]]) -> Iterator[tuple[str, ...]]:
    for label, runs in gated.items():
        if "change" in runs[0]["gates"]:
            for variant, said in (("again", "the same person"), ("changed", "another person")):
                gates = [run["gates"]["change"][variant] for run in runs]
                cells = (estimate([gate[name][_SUBJECT] for gate in gates]) for name in ("update", "reset"))
                yield (f"{label}: {said}", *(cell.shown(1, 3) for cell in cells))


_ABLATED = ("LitBank, near (0-9)", "LitBank, far (80+)", "alone, 20", "alone, 120", "changed, 5", "changed, 40")


def _ablations(gated: dict[str, list[Row]]) -> Iterator[tuple[str, ...]]:
    for label, runs in gated.items():
        if "ablations" in runs[0]:
            whole = [run["scores"] for run in runs]
            held = {name: [run["ablations"][name] for run in runs] for name in runs[0]["ablations"]}
            for name, scores in {"as trained": whole, **held}.items():
                yield (f"{label}: {name}", *(cell.shown(100) for cell in _ablated(scores)))


def _ablated(scores: Sequence[Row]) -> Iterator[Estimate]:
    for bounds in (("0-4", "5-9"), ("80-159", "160+")):
        yield estimate([_pooled([score["litbank"][group] for group in bounds]) for score in scores])
    for variant, n_between in (("alone", "20"), ("alone", "120"), ("changed", "5"), ("changed", "40")):
        yield estimate([score["controlled"][variant][n_between]["accuracy"] for score in scores])


def _pooled(groups: Sequence[Row]) -> float:
    return float(sum(g["accuracy"] * g["pronouns"] for g in groups) / sum(g["pronouns"] for g in groups))
