"""The study: what is planned and run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from study_rows import row

from studies.cells.configurations import Sizes, configurations, n_parameters
from studies.cells.results import Results, read_results, write_results


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
