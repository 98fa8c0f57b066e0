"""The findings of each rule, counted in all rows and by the values of a column, with confidence intervals."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from gru_lint.report import counted

# Of the standard normal distribution: 95 % lie within.
_Z: Final = 1.959964
# How many bad rows are listed; all are counted.
_MAX_NAMED: Final = 10
# A column with more values cannot be grouped by.
MAX_GROUPS: Final = 10_000


class GroupError(Exception):
    """A column that is not fit to group by; the message is one line."""


class Interval(NamedTuple):
    """A share and where the true one lies with a confidence of 95 %, each 0..1."""

    share: float
    low: float
    high: float


def wilson_interval(n_hits: int, n: int) -> Interval:
    """The share of hits among n, and its Wilson score interval. Source: Wilson 1927; Brown, Cai and DasGupta 2001.

    (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n), with z = 1.96 for 95 %
    """
    if n == 0:
        return Interval(0.0, 0.0, 1.0)
    share = n_hits / n
    scale = 1 + _Z**2 / n
    middle = (share + _Z**2 / (2 * n)) / scale
    half = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)) / scale
    # At either end the bound is the end itself, but for rounding.
    return Interval(share, 0.0 if n_hits == 0 else middle - half, 1.0 if n_hits == n else middle + half)


@dataclass(slots=True)
class Tally:
    """The counts of some rows; the tallies of parts add up to that of all.

    n_rows           all of them
    n_without_text   those whose text is null
    n_bad            those that could not be read or checked
    bad              the first of these: file, row and reason
    n_hit            those with a finding
    findings         findings by rule
    hits             rows with a finding of a rule
    group_rows       rows that were checked, by the value of the column to group by
    group_hits       those among them with a finding
    """

    n_rows: int = 0
    n_without_text: int = 0
    n_bad: int = 0
    bad: list[str] = field(default_factory=list)
    n_hit: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    group_rows: Counter[str] = field(default_factory=Counter)
    group_hits: Counter[str] = field(default_factory=Counter)

    @property
    def n_checked(self) -> int:
        """How many rows were judged."""
        return self.n_rows - self.n_without_text - self.n_bad

    def count(self, rules: Iterable[str], group: str | None) -> None:
        """Counts a row that was checked, by the rules of its findings and the value of its group."""
        found = Counter(rules)
        self.n_rows += 1
        self.n_hit += bool(found)
        self.findings.update(found)
        self.hits.update(found.keys())
        if group is not None:
            self.group_rows[group] += 1
            self.group_hits[group] += bool(found)

    def count_bad(self, place: str, reason: str) -> None:
        """Counts a row that could not be checked."""
        self.n_rows += 1
        self.n_bad += 1
        if len(self.bad) < _MAX_NAMED:
            self.bad.append(f"{place}: {reason}")

    def add(self, other: Tally) -> None:
        """Counts the rows of another tally, too. Raises `GroupError`."""
        self.n_rows += other.n_rows
        self.n_without_text += other.n_without_text
        self.n_bad += other.n_bad
        self.bad = [*self.bad, *other.bad][:_MAX_NAMED]
        self.n_hit += other.n_hit
        for own, added in zip(self._counters(), other._counters(), strict=True):
            own.update(added)
        if len(self.group_rows) > MAX_GROUPS:
            raise GroupError(f"the column to group by has more than {MAX_GROUPS:,} values; name one with fewer")

    def _counters(self) -> tuple[Counter[str], ...]:
        return self.findings, self.hits, self.group_rows, self.group_hits

    def to_json(self) -> str:
        """The tally as a line."""
        counters = [dict(counter) for counter in self._counters()]
        return json.dumps([self.n_rows, self.n_without_text, self.n_bad, self.bad, self.n_hit, counters])

    @staticmethod
    def from_json(written: str) -> Tally:
        """The tally of such a line."""
        *counts, counters = json.loads(written)
        return Tally(*counts, *map(Counter, counters))


def summary_lines(tally: Tally, group: str | None) -> Iterator[str]:
    """The summary of all rows, in lines for a terminal.

    group  the name of the column that was grouped by
    """
    total = tally.findings.total()
    share = _interval(tally.n_hit, tally.n_checked)
    yield f"{counted(tally.n_rows, 'row')}: {counted(total, 'finding')} in {counted(tally.n_hit, 'row')} ({share})"
    if tally.n_without_text:
        yield f"{counted(tally.n_without_text, 'row')} without text"
    if tally.n_bad:
        yield f"{counted(tally.n_bad, 'row')} could not be checked"
    if total:
        yield ""
        hits = dict(sorted(tally.hits.items(), key=lambda item: (-item[1], item[0])))
        yield from _table("rule", hits, dict.fromkeys(hits, tally.n_checked), tally.findings)
    if group is not None and tally.group_rows:
        yield ""
        rates = {value: -tally.group_hits[value] / n_rows for value, n_rows in tally.group_rows.items()}
        ordered = sorted(rates, key=lambda value: (rates[value], value))
        yield from _table(group, {value: tally.group_hits[value] for value in ordered}, tally.group_rows)


def _table(
    name: str, hits: Mapping[str, int], rows: Mapping[str, int], findings: Mapping[str, int] | None = None
) -> Iterator[str]:
    width = max(len(name), *map(len, hits))
    extra = f"  {'findings':>12}" if findings is not None else ""
    yield f"{name:<{width}}{extra}  {'rows':>12}  {'with finding':>12}  share (95 % interval)"
    for value, n_hits in hits.items():
        n_findings = f"  {findings[value]:>12,}" if findings is not None else ""
        yield f"{value:<{width}}{n_findings}  {rows[value]:>12,}  {n_hits:>12,}  {_interval(n_hits, rows[value])}"


def _interval(n_hits: int, n: int) -> str:
    share, low, high = wilson_interval(n_hits, n)
    return f"{share:.2%} ({low:.2%} to {high:.2%})" if n else "none checked"
