"""The model card: what the weights are, what they were made of, what they do and must not be used for.

The words stand in model_card.md beside this module; every figure comes from the evaluation or the weights.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from gru_lint.weights import Weights

_TEMPLATE = Path(__file__).with_name("model_card.md")


def model_card(weights: Weights, figures: dict[str, Any]) -> str:
    """The card in Markdown."""
    sizes, metadata = weights.architecture, weights.metadata
    return _TEMPLATE.read_text(encoding="utf-8").format(
        cell=sizes.cell.upper(),
        n_forward=sizes.n_forward,
        n_backward=sizes.n_backward,
        n_parameters=f"{sum(array.size for array in weights.arrays.values()):,}",
        n_embedding_parameters=f"{sizes.n_vocabulary * sizes.n_embedding:,}",
        training_command=metadata["command"],
        seed=metadata["seed"],
        steps=f"{metadata['steps']:,}",
        words=f"{metadata['words']:,}",
        minutes=metadata["minutes"],
        training_machine=metadata["machine"],
        digest=metadata["digest"],
        evaluation_command=figures["command"],
        evaluation_machine=figures["machine"],
        date=figures["date"],
        measures=_measures(figures),
        baselines=_baselines(figures),
        distances=_distances(figures),
        others=_others(figures),
    )


def _measures(figures: dict[str, Any]) -> str:
    rows = {f"held-out {name}": row for name, row in figures["held_out"].items()}
    rows |= {"GAP development": figures["gap"], "LitBank": figures["litbank"]}
    false = ("false / 10,000 words", "false / 1,000 pronouns")
    return _table(
        ("set", "words", "he/she", "recall", "masculine", "feminine", *false, "suggestion right"),
        [
            (
                name,
                f"{row['words']:,}",
                f"{row['pronouns']:,}",
                *(percent(row[key]) for key in ("recall", "recall_masculine", "recall_feminine")),
                rate(row["false_alarms_per_10000_words"]),
                rate(row["false_alarms_per_1000_pronouns"]),
                percent(row["suggestion_right"]),
            )
            for name, row in rows.items()
        ],
    )


def _baselines(figures: dict[str, Any]) -> str:
    names = {"nearest": "nearest earlier mention of known gender", "prior": "always masculine"}
    return _table(
        ("baseline", "set", "recall", "false / 10,000 words", "false / 1,000 pronouns"),
        [
            (
                names[baseline],
                name,
                percent(row["recall"]),
                rate(row["false_alarms_per_10000_words"]),
                rate(row["false_alarms_per_1000_pronouns"]),
            )
            for name, by_baseline in figures["baselines"].items()
            for baseline, row in by_baseline.items()
        ],
    )


def _distances(figures: dict[str, Any]) -> str:
    return _table(
        ("LitBank: words since the person was last named", "pronouns", "recall"),
        [
            (bounds, f"{row['pronouns']:,}", percent(row["recall"]))
            for bounds, row in figures["litbank"]["recall_by_distance"].items()
        ],
    )


def _others(figures: dict[str, Any]) -> str:
    rows = [
        (f"{label}, correct sentences flagged", f"{figures[key]['flagged']} of {figures[key]['sentences']:,}")
        for key, label in (("winobias", "WinoBias"), ("winogender", "Winogender"))
    ]
    gap = figures["gap"]
    rows += [
        ("GAP: the name pointed at is the gold one", percent(gap["antecedent_right"])),
        ("GAP: the same, masculine", percent(gap["antecedent_right_masculine"])),
        ("GAP: the same, feminine", percent(gap["antecedent_right_feminine"])),
        ("GAP: no antecedent named", percent(gap["antecedent_not_named"])),
        ("BLiMP: anaphor gender agreement", percent(figures["blimp_anaphor_gender"])),
        ("BLiMP: anaphor number agreement", percent(figures["blimp_anaphor_number"])),
    ]
    rows += [(f"threshold of {name}", f"{threshold:.6f}") for name, threshold in figures["thresholds"].items()]
    return _table(("measure", "figure"), rows)


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def percent(share: float | None) -> str:
    """A share of 1 as a percentage, or a dash."""
    return "-" if share is None else f"{100 * share:.1f} %"


def rate(value: float | None) -> str:
    """A rate with two decimals, or a dash."""
    return "-" if value is None else f"{value:.2f}"
