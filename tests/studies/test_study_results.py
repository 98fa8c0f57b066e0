"""What the study keeps, and the tables of its page."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from study_rows import results, row

from studies.cells.report import with_tables, write_report
from studies.cells.results import Results, read_results, with_row, write_results
from studies.cells.scores import Answer, figures, interval, threshold
from studies.cells.study_tables import study_tables
from studies.cells.summary import estimate, words_to_loss

PAGE = """Before.

<!-- study: costs -->
old
<!-- end -->

Between.

<!-- study: about -->
<!-- end -->
After.
"""


def test_a_threshold_flags_its_share() -> None:
    margins = [float(n) for n in range(-10, 90)]
    speaks_from = threshold(margins, 0.05)
    assert sum(margin < -speaks_from for margin in margins) == 5
    assert threshold([1.0, 2.0]) == 0.0
    assert threshold([]) == 0.0


def test_figures_by_group() -> None:
    found = [Answer("near", 1, 2.0), Answer("near", 2, 0.5), Answer("near", 2, -2.0), Answer("far", 1, 1.5)]
    near, far, none = figures(found, 1.0, ("near", "far", "none")).values()
    assert (near["pronouns"], near["accuracy"], near["recall"]) == (3, 2 / 3, 1 / 3)
    assert near["false_alarms"] == 1 / 3
    assert near["accuracy_interval"] == [0.5, 1.0]
    assert (far["recall"], far["recall_interval"]) == (1.0, [1.0, 1.0])
    assert (none["pronouns"], none["accuracy"], none["accuracy_interval"]) == (0, None, None)


def test_an_interval_is_one_of_clusters() -> None:
    low, high = interval(np.arange(100) % 2, np.ones(100)) or (0, 0)
    assert 0.38 < low < 0.45 < 0.55 < high < 0.62


def test_the_interval_of_a_mean_is_students() -> None:
    assert estimate([1.0, 2.0, 3.0]).half_width == pytest.approx(4.303 / 3**0.5)
    assert estimate([1.0]).shown() == "1.0"
    assert estimate([0.5, 0.5]).shown(100) == "50.0 ± 0.0"


def test_words_to_a_loss_lie_between_two_points() -> None:
    curve = [{"words": 0, "loss": 2.0}, {"words": 100, "loss": 1.0}]
    assert words_to_loss(curve, 1.5) == 50
    assert words_to_loss(curve, 0.5) is None


def test_results_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "study.json"
    assert read_results(path) == Results()
    write_results(results(), path)
    read = read_results(path)
    assert read == results()
    assert read.row("gru", 2, 5) is not None
    assert read.row("gru", 3, 5) is None
    assert len(with_row(read, row("gru", 2)).rows) == len(read.rows)
    path.write_text("[]")
    with pytest.raises(ValueError, match="not the results of a study"):
        read_results(path)


def test_tables_say_what_the_results_say() -> None:
    tables = {table.name: table for table in study_tables(results())}
    for table in tables.values():
        assert all(len(line) == len(table.header) for line in table.rows), table.name
    assert tables["runs"].rows[0] == ("GRU", "4 + 2", "1, 2", "0.00 M")
    accuracy = {line[0]: line[1] for line in tables["litbank-accuracy"].rows}
    assert accuracy["GRU"] == "85.0 ± 63.5"
    assert accuracy["RNN, same size"] == "70.0"
    assert accuracy["nearest mention"] == "75.0"
    assert ("RNN, same size, minus GRU", "-20.0", "0.0") in tables["differences"].rows
    # A run of another budget stands by itself, beside the usual one.
    assert [line[:2] for line in tables["longer"].rows] == [("RNN, same size, 1", "5"), ("RNN, same size, 1", "9")]
    assert {"kept", "reset", "half-life", "change", "ablations", "gradient-encoder"} <= tables.keys()


def test_the_page_keeps_its_prose(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the plots are drawn with it")
    page = tmp_path / "study.md"
    page.write_text(PAGE, encoding="utf-8")
    write_report(results(), page)
    written = page.read_text(encoding="utf-8")
    assert "old" not in written
    assert "| RNN, same size |" in written
    assert [line for line in written.splitlines() if line in ("Before.", "Between.", "After.")] == [
        "Before.",
        "Between.",
        "After.",
    ]
    assert (tmp_path / "images" / "study-litbank.png").stat().st_size > 1000
    # Written twice, it is the same.
    assert with_tables(written, results()) == written


def test_an_unknown_place_and_an_empty_study_are_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nonsense: no such table"):
        with_tables("<!-- study: nonsense -->\n<!-- end -->", results())
    with pytest.raises(ValueError, match="no results yet"):
        write_report(replace(results(), rows=()), tmp_path / "study.md")


def test_the_published_figures_are_whole() -> None:
    path = Path(__file__).parents[2] / "docs" / "study.json"
    published = read_results(path)
    page = path.with_suffix(".md").read_text(encoding="utf-8")
    assert with_tables(page, published) == page
    assert json.dumps(published.rows)
