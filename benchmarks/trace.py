"""How often the two measures of the memory trace agree: `python benchmarks/trace.py [--gap FILE] [--rows N]`.

Three sets: the texts of benchmarks/trace_texts.txt, the examples of the rules, and rows of GAP, each by its marked
pronoun. Prints a table in Markdown, and every text on which they disagree.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from gru_lint.explain.explanation import Explanation, explain_text, judged_pronouns
from gru_lint.explain.formats._base import agreement_line
from gru_lint.linter import Linter, default_linter
from gru_lint.records import Span
from gru_lint.rules import all_rules

_HERE = Path(__file__).parent
_GAP = _HERE.parents[1] / "shared" / "data" / "dev" / "gap" / "gap-validation.tsv"
_MARKED = re.compile("«(.*?)»")


def written_texts() -> Iterator[tuple[str, Span]]:
    """The texts of trace_texts.txt, each with its marked pronoun."""
    for line in (_HERE / "trace_texts.txt").read_text(encoding="utf-8").splitlines():
        marked = None if line.startswith("#") else _MARKED.search(line)
        if marked:
            skipped = line.index(" ", line.index(" ") + 1) + 1
            start = marked.start() - skipped
            text = line[skipped:].replace("«", "").replace("»", "")
            yield text, Span(start, start + len(marked[1]))


def examples(linter: Linter) -> Iterator[tuple[str, Span]]:
    """The examples of the rules that need no declaration: their marked pronoun, or each where none is marked."""
    for rule in all_rules():
        for example in (*rule.flags, *rule.passes) if rule.judge and not rule.declared else ():
            marked = _MARKED.search(example)
            text = example.replace("«", "").replace("»", "")
            if marked:
                yield text, Span(marked.start(), marked.start() + len(marked[1]))
            else:
                yield from ((text, span) for span in judged_pronouns(linter, text, None))


def gap_rows(path: Path, n_rows: int) -> Iterator[tuple[str, Span]]:
    """The first rows of a file of GAP, each with the pronoun that it asks about."""
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
            if number == n_rows:
                return
            start = int(row["Pronoun-offset"])
            yield row["Text"], Span(start, start + len(row["Pronoun"]))


def count(linter: Linter, texts: Iterable[tuple[str, Span]]) -> tuple[int, int, int]:
    """How many pronouns are traced; on how many of them both measures lead with the same mention, and the same word."""
    n_traced = n_agreed = n_same_word = 0
    for text, span in texts:
        explanation = explain_text(linter, text, None, span)
        if not explanation.trace.mentions:
            continue
        n_traced += 1
        n_agreed += explanation.trace.agrees
        by_gates, by_occlusion = (explanation.trace.leading(by_occlusion=is_left_out) for is_left_out in (False, True))
        n_same_word += (by_gates and by_gates[1]) == (by_occlusion and by_occlusion[1])
        if not explanation.trace.agrees:
            print(_disagreement(explanation), file=sys.stderr)
    return n_traced, n_agreed, n_same_word


def _disagreement(explanation: Explanation) -> str:
    span = explanation.span
    return f"{agreement_line(explanation)} | {explanation.text[max(0, span.start - 90) : span.end]}"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gap", type=Path, default=_GAP, help="a file of GAP; without it that row is left out")
    parser.add_argument("--rows", type=int, default=100, help="so many of its rows")
    options = parser.parse_args()
    linter = default_linter()
    sets = {
        "texts written for this, right and wrong": written_texts(),
        "examples of the rules": examples(linter),
    }
    if options.gap.is_file():
        sets[f"first {options.rows} rows of GAP's validation set"] = gap_rows(options.gap, options.rows)
    print("| pronouns of | traced | same mention | same word |\n| --- | ---: | ---: | ---: |")
    for name, texts in sets.items():
        n_traced, *agreeing = count(linter, texts)
        shares = " | ".join(f"{n_same} ({n_same / n_traced:.0%})" for n_same in agreeing)
        print(f"| {name} | {n_traced} | {shares} |")


if __name__ == "__main__":
    main()
