"""Short texts written to measure on: pairs that differ in one pronoun, and correct texts that must be left alone."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gru_lint.linter import Linter
from gru_lint.records import Span
from gru_lint.training.measure.measures import share

# They lie beside the tests, which hold the linter to them.
PAIRS_PATH = Path(__file__).parents[3] / "tests" / "data" / "short_pairs.tsv"
FAIR_TEXTS_PATH = PAIRS_PATH.with_name("fair_texts.tsv")


@dataclass(frozen=True, slots=True)
class Pair:
    """A text with one wrong pronoun and the same text with the right one.

    kind   what makes the error likely, such as "possessive-before-person"
    wrong  where the wrong word stands in the bad text
    """

    kind: str
    bad: str
    good: str
    wrong: Span


def read_pairs(path: Path = PAIRS_PATH) -> Iterator[Pair]:
    """The pairs of a table with columns kind, bad, good."""
    for kind, bad, good in rows_of(path):
        end = len(bad)
        start = next(index for index in range(end) if bad[index] != good[index : index + 1])
        # The words may begin alike ("his", "hers"): the span is that of the whole word.
        start = bad.rfind(" ", 0, start) + 1
        length = next((n for n, letter in enumerate(bad[start:]) if not letter.isalpha()), end - start)
        yield Pair(kind, bad, good, Span(start, start + length))


def read_fair_texts(path: Path = FAIR_TEXTS_PATH) -> list[tuple[str, str]]:
    """Reason and text of a table with these columns."""
    return [(reason, text) for reason, text in rows_of(path)]


def rows_of(path: Path) -> Iterator[list[str]]:
    """The rows of a table with tabs between its columns, without its heading."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(lines)
        yield from lines


def is_found(linter: Linter, pair: Pair) -> bool:
    """Whether the wrong word of the bad text is flagged."""
    # Of "don't" only the verb is flagged.
    return any(finding.span.start == pair.wrong.start for finding in linter.lint(pair.bad))


def measure_pairs(linter: Linter, pairs: Iterable[Pair]) -> dict[str, Any]:
    """By kind and in all: how many pairs there are, which share is found, and which share of the good ones flagged."""
    counts: dict[str, list[int]] = {}
    for pair in pairs:
        outcome = (1, is_found(linter, pair), any(linter.lint(pair.good)))
        for name in (pair.kind, "all"):
            counts[name] = [count + one for count, one in zip(counts.get(name, [0, 0, 0]), outcome, strict=True)]
    return {
        name: {"pairs": n_pairs, "found": share(n_found, n_pairs), "good_flagged": share(n_flagged, n_pairs)}
        for name, (n_pairs, n_found, n_flagged) in counts.items()
    }


def measure_fair_texts(linter: Linter, texts: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """By reason and in all: how many correct texts there are, and how many are flagged."""
    counts: dict[str, list[int]] = {}
    for reason, text in texts:
        flagged = any(linter.lint(text))
        for name in (reason, "all"):
            n_texts, n_flagged = counts.get(name, [0, 0])
            counts[name] = [n_texts + 1, n_flagged + flagged]
    return {name: {"texts": n_texts, "flagged": n_flagged} for name, (n_texts, n_flagged) in counts.items()}
