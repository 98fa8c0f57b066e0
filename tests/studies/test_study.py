"""The study: what is planned, measured, kept and written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_network import random_weights

from gru_lint.english.lexicon import Lexicon
from gru_lint.model.cells import GRUCell, LSTMCell, run_cell
from studies.cells.configurations import Sizes, configurations, n_parameters
from studies.cells.gates import half_life, kind_of, read_gates, with_open_reset_gate, with_update_gate
from studies.cells.report import with_tables, write_report
from studies.cells.results import Results, read_results, with_row, write_results
from studies.cells.scores import Answer, figures, interval, threshold
from studies.cells.study_tables import study_tables
from studies.cells.summary import estimate, words_to_loss

WORDS = "<begin> The captain said that he saw Mary 's dogs before they saw her .".split()
PAGE = """Before.

<!-- study: costs -->
old
<!-- end -->

Between.

<!-- study: about -->
<!-- end -->
After.
"""


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


def test_configurations_are_matched_by_size_and_by_parameters() -> None:
    found = {given.name: given for given in configurations(Sizes(1000))}
    assert [name for name, given in found.items() if given.attends] == [
        "gru",
        "lstm",
        "rnn",
        "lstm-matched",
        "rnn-matched",
    ]
    wanted = n_parameters(found["gru"].architecture)
    for name in ("lstm", "rnn"):
        sizes = found[name].architecture
        assert (sizes.cell, sizes.n_forward, sizes.n_backward) == (name, 128, 64)
        assert n_parameters(found[f"{name}-matched"].architecture) == pytest.approx(wanted, rel=0.01)


def test_gates_are_those_of_the_cells() -> None:
    for name in ("gru", "lstm"):
        weights = random_weights(name)
        gates = read_gates(weights, Lexicon(weights.vocabulary), WORDS)
        encoded = Lexicon(weights.vocabulary).encode(WORDS)
        arrays = weights.arrays
        embedded = sum(
            arrays[table][getattr(encoded, field)]
            for table, field in (("words", "word_ids"), ("capitals", "capitals"), ("leans", "gender_bins"))
        )
        embedded = embedded + arrays["name_slots"][encoded.name_slots]
        products = embedded @ arrays["forward_encoder.input_weights"] + arrays["forward_encoder.biases"]
        hidden = arrays["forward_encoder.hidden_weights"]
        cell = GRUCell(hidden, arrays["forward_encoder.candidate_weights"]) if name == "gru" else LSTMCell(hidden)
        np.testing.assert_allclose(gates.states, run_cell(cell, products[:, None])[:, 0], atol=1e-5)
        assert (gates.reset is None) == (name == "lstm")
    with pytest.raises(ValueError, match="rnn: has no gates"):
        read_gates(random_weights("rnn"), Lexicon(weights.vocabulary), WORDS)


def test_a_gate_that_is_held_stays_where_it_is_held() -> None:
    weights = random_weights("gru")
    lexicon = Lexicon(weights.vocabulary)
    before = read_gates(weights, lexicon, WORDS)
    values = np.linspace(0.1, 0.9, 16, dtype=np.float32)
    held = read_gates(with_update_gate(weights, values), lexicon, WORDS)
    np.testing.assert_allclose(1 - held.kept, np.tile(values, (len(WORDS), 1)), atol=1e-5)
    opened = read_gates(with_open_reset_gate(weights), lexicon, WORDS)
    assert opened.reset is not None
    np.testing.assert_array_equal(opened.reset, 1.0)
    # The other gate still reads, and the weights that were given are as they were.
    assert opened.kept.std(axis=0).min() > 0
    np.testing.assert_array_equal(read_gates(weights, lexicon, WORDS).kept, before.kept)


def test_half_lives() -> None:
    np.testing.assert_allclose(half_life(np.full((3, 2), 0.5, np.float32)), 1.0)
    np.testing.assert_allclose(half_life(np.full((3, 2), 0.5**0.1, np.float32)), 10.0, rtol=1e-4)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Mary", "name"),
        ("Mrs", "honorific"),
        ("her", "pronoun"),
        ("of", "function word"),
        ("<begin>", "mark"),
        (";", "mark"),
        ("captain", "other word"),
    ],
)
def test_kinds_of_word(word: str, kind: str) -> None:
    assert kind_of(word, Lexicon(random_weights("gru").vocabulary)) == kind


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


def test_a_run_with_a_row_is_not_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("torch", reason="training needs torch")
    from rich.console import Console

    from studies.cells import command

    trained: list[str] = []
    chosen = configurations(Sizes(100))[:3]
    runs = list(command.planned(chosen, (1, 2), 5, tmp_path))
    monkeypatch.setattr(command, "write_part", lambda *_: tmp_path)
    monkeypatch.setattr(command, "_chosen", lambda *_: runs)
    monkeypatch.setattr(command, "train", lambda run, *_: trained.append(f"{run.configuration.name}-{run.seed}"))
    monkeypatch.setattr(command, "read_material", lambda *_: None)
    monkeypatch.setattr(command, "_with_references", lambda found, *_: found)
    monkeypatch.setattr(command, "_row", lambda run, *_: row(run.configuration.name, run.seed))
    path = tmp_path / "study.json"
    write_results(Results({}, {}, {}, (row("gru", 1),)), path)
    options = command.StudyOptions(tmp_path, tmp_path, tmp_path, path, 5, (1, 2), (), 1, False, {"command": "study"})
    found = command.study(options, Console(quiet=True))
    # Seed by seed, so that a study that is stopped has compared like with like.
    assert trained == ["lstm-1", "rnn-1", "gru-2", "lstm-2", "rnn-2"]
    assert read_results(path) == found
    trained.clear()
    command.study(options, Console(quiet=True))
    assert not trained


@pytest.mark.parametrize(("text", "wanted"), [("1,2,3", (1, 2, 3)), ("7", (7,)), ("1,1", (1,))])
def test_seeds_are_numbers(text: str, wanted: tuple[int, ...]) -> None:
    pytest.importorskip("torch", reason="training needs torch")
    from studies.cells.command import parsed_seeds

    assert parsed_seeds(text) == wanted
    with pytest.raises(ValueError, match="x: seeds are whole numbers"):
        parsed_seeds("x")


def test_a_part_of_a_corpus_is_made_of_whole_documents(tmp_path: Path) -> None:
    from gru_lint.training.data.corpus import EncodedCorpus
    from studies.cells.corpus_part import part_of, write_part

    ids = np.arange(10, dtype=np.uint16)
    starts = np.array([0, 3, 4, 8, 10])
    corpus = EncodedCorpus(ids, ids.astype(np.uint8), ids.astype(np.uint8), starts)
    part = part_of(corpus, 2)
    assert part.word_ids.tolist() == part.marks.tolist() == [0, 1, 2, 4, 5, 6, 7]
    assert part.document_starts.tolist() == [0, 3, 7]
    with pytest.raises(FileNotFoundError, match="run the step `prepare` first"):
        write_part(tmp_path / "nothing", tmp_path / "out", 2)
    (tmp_path / "encoded").mkdir()
    corpus.save(tmp_path / "encoded" / "fiction-00.npz")
    (tmp_path / "encoded" / "vocabulary.npz").write_bytes(b"words")
    out = write_part(tmp_path / "encoded", tmp_path / "out", 2)
    assert EncodedCorpus.load(out / "fiction-00.npz").word_ids.tolist() == part.word_ids.tolist()
    assert (out / "vocabulary.npz").read_bytes() == b"words"
