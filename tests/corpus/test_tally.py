"""What is counted of rows, and how sure a share is."""

from __future__ import annotations

import pytest

from gru_lint.corpus.tally import GroupError, Tally, summary_lines, wilson_interval


@pytest.mark.parametrize(
    ("n_hits", "n", "low", "high"),
    [
        # Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson_intervals_as_published(n_hits: int, n: int, low: float, high: float) -> None:
    found = wilson_interval(n_hits, n)
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)
    assert found.low <= found.share <= found.high


def tally(*rows: tuple[list[str], str]) -> Tally:
    """The tally of rows with their rules and group."""
    counted = Tally()
    for rules, group in rows:
        counted.count(rules, group)
    return counted


def test_tallies_add_up_and_go_through_json() -> None:
    first = tally((["gender-mismatch", "gender-mismatch"], "a"), ([], "b"))
    second = tally((["number-mismatch"], "a"))
    second.count_bad("x.csv:7", "is no JSON")
    total = Tally()
    for part in (first, second):
        total.add(Tally.from_json(part.to_json()))
    assert total.n_rows == 4
    assert total.n_checked == 3
    assert total.n_hit == 2
    assert total.findings == {"gender-mismatch": 2, "number-mismatch": 1}
    assert total.hits == {"gender-mismatch": 1, "number-mismatch": 1}
    assert (total.group_rows, total.group_hits) == ({"a": 2, "b": 1}, {"a": 2, "b": 0})
    assert total.bad == ["x.csv:7: is no JSON"]


def test_bad_rows_are_counted_without_end_and_named_ten_times() -> None:
    counted = Tally()
    for number in range(25):
        counted.count_bad(f"x:{number}", "bad")
    assert (counted.n_bad, len(counted.bad)) == (25, 10)


def test_a_column_of_keys_is_no_column_to_group_by() -> None:
    with pytest.raises(GroupError, match="more than 10,000 values"):
        Tally().add(tally(*(([], str(number)) for number in range(10_001))))


def test_the_summary_names_who_errs_most_first() -> None:
    counted = tally((["gender-mismatch"], "old"), ([], "new"), ([], "new"), ([], "old"))
    assert list(summary_lines(counted, "system")) == [
        "4 rows: 1 finding in 1 row (25.00% (4.56% to 69.94%))",
        "",
        "rule                 findings          rows  with finding  share (95 % interval)",
        "gender-mismatch             1             4             1  25.00% (4.56% to 69.94%)",
        "",
        "system          rows  with finding  share (95 % interval)",
        "old                2             1  50.00% (9.45% to 90.55%)",
        "new                2             0  0.00% (0.00% to 65.76%)",
    ]
