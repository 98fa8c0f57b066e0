"""Rows of figures such as the study keeps."""

from __future__ import annotations

from typing import Any

from studies.cells.results import Results


def scores(accuracy: float) -> dict[str, Any]:
    group = {
        "pronouns": 10,
        "accuracy": accuracy,
        "accuracy_interval": [accuracy - 0.1, accuracy + 0.1],
        "recall": 0.5,
        "recall_interval": [0.4, 0.6],
        "false_alarms": 0.01,
    }
    litbank = dict.fromkeys(("0-4", "5-9", "80-159", "160+"), group)
    controlled = dict.fromkeys(("2", "5", "20", "40", "120"), group)
    return {"litbank": litbank, "controlled": {"alone": controlled, "changed": controlled}}


def row(name: str, seed: int, accuracy: float = 0.9) -> dict[str, Any]:
    norms = {"mean": [0.5**k for k in range(120)], "interval": {}}
    found: dict[str, Any] = {
        "name": name,
        "seed": seed,
        "steps": 5,
        "words": 1000,
        "cell": name.partition("-")[0],
        "matched": "size",
        "attends": not name.endswith("-blind"),
        "units": [4, 2],
        "curve": [{"words": 100 * n, "loss": 1 / n} for n in range(1, 6)],
        "costs": {
            "parameters": 1,
            "encoder_parameters": 1,
            "state_bytes": 24,
            "lint_words_per_second": 5.0,
            "training_words_per_second": 2.0,
        },
        "scores": scores(accuracy),
        "gradients": dict.fromkeys(("judgement", "through_states", "encoder"), norms),
    }
    if name == "gru":
        kinds = {"name": 0.9, "other word": 0.5}
        about = {variant: {"update": [0.1] * 13, "reset": [0.2] * 13} for variant in ("again", "changed")}
        found["gates"] = {
            "kept": kinds,
            "reset": kinds,
            "half_life": {"10": 1.0, "50": 2.0, "90": 3.0, "100": 4.0},
            "trace": {"mean": [0.5] * 120, "best_tenth": [0.5] * 120},
            "change": about,
        }
        found["ablations"] = {"reset gate held open": scores(0.8)}
    return found


def results() -> Results:
    about = {"command": "study", "date": "2026-11-24", "machine": "m", "batch_words": 3072, "learning_rate": 0.002}
    rows = (
        row("gru", 1, 0.9),
        row("gru", 2, 0.8),
        row("rnn", 1, 0.7),
        row("rnn-blind", 1, 0.6),
        {**row("rnn", 1, 0.8), "steps": 9},
    )
    return Results(about, scores(0.75), {}, rows)
