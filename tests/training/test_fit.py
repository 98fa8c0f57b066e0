"""Training: what is learnt, kept, and gone on with."""

# ruff: noqa: E402 - what imports torch comes after the check that it is there
from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch")

from rich.console import Console
from stories import HELD_OUT_WORD, SIZES, check_same_weights, documents, options_for, sizes_for, state_of, trained

from gru_lint.english.pronouns import BEGIN, CLASS_OF_FORM, CLASSES, PARAGRAPH
from gru_lint.english.vocabulary import load_vocabulary
from gru_lint.model.network import AgreementNetwork
from gru_lint.records import Window
from gru_lint.segment.sentences import split_sentences
from gru_lint.training import fit as fit_module
from gru_lint.training.data.augment import AugmentationRates, word_tables
from gru_lint.training.data.batches import make_batch
from gru_lint.training.data.sampling import epoch_batches, load_pieces
from gru_lint.training.export import export, read_checkpoint
from gru_lint.training.fit import fit
from gru_lint.training.loss import loss_of
from gru_lint.training.model.network import AgreementNetwork as Twin
from gru_lint.training.model.network import Batch
from gru_lint.training.precision import fastest_precision, without_denormals

NO_NOISE = AugmentationRates(0, 0, 0, 0, 0)


@pytest.fixture(scope="module")
def overfitted(encoded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkpoint of a network that has read the stories many times over."""
    checkpoint, _ = trained(encoded, tmp_path_factory.mktemp("overfitted"), steps=200)
    return checkpoint


def test_it_learns_its_own_windows(encoded: Path, overfitted: Path) -> None:
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    tables = word_tables(vocabulary)
    network = Twin(sizes_for(vocabulary)).eval()
    network.load_state_dict(state_of(overfitted)["network"])
    pieces = load_pieces(encoded, tables)
    right: list[bool] = []
    for number, windows in epoch_batches(pieces, SIZES["window_length"], 600, seed=9):
        batch = make_batch(pieces[number], windows, tables, NO_NOISE, np.random.default_rng(0))
        asked = batch.classes >= 0
        with torch.no_grad():
            right.extend((network(batch).classes.argmax(dim=-1) == batch.classes)[asked].tolist())
    assert len(right) > 200
    assert sum(right) > 0.95 * len(right)


def test_what_it_learnt_is_what_the_linter_says(encoded: Path, overfitted: Path) -> None:
    network = AgreementNetwork(read_checkpoint(overfitted, encoded / "vocabulary.npz"))
    right: list[bool] = []
    for text in documents():
        if HELD_OUT_WORD in text:
            continue
        words: list[str] = [BEGIN]
        for number, sentence in enumerate(split_sentences(text.replace("\n", "\n\n"))):
            words.extend([PARAGRAPH] if sentence.opens_paragraph and number else [])
            words.extend(sentence.words)
        ((_, judgements),) = network.judge([Window(tuple(words), 1, tuple(range(len(words))))])
        for judgement in judgements:
            likeliest = CLASSES[int(np.argmax(judgement.probabilities))]
            right.append(likeliest == CLASS_OF_FORM[judgement.anaphor.form])
    assert sum(right) > 0.95 * len(right)


def test_the_same_seed_gives_the_same_weights(encoded: Path, tmp_path: Path) -> None:
    one, other, third = (trained(encoded, tmp_path / str(n), 12, seed)[0] for n, seed in enumerate((1, 1, 2)))
    check_same_weights(one, other)
    assert not torch.equal(state_of(one)["network"]["words"], state_of(third)["network"]["words"])


def test_a_larger_budget_goes_on_where_the_last_one_ended(encoded: Path, tmp_path: Path) -> None:
    checkpoint, printed = trained(encoded, tmp_path / "parts", 6)
    assert "resuming" not in printed
    before = state_of(checkpoint)["progression"]
    assert before["step"] == 6
    checkpoint, printed = trained(encoded, tmp_path / "parts", 14)
    assert f"resuming {checkpoint} at step 6" in printed.replace("\n", "")
    after = state_of(checkpoint)["progression"]
    assert after["step"] == 14
    assert after["n_words"] > before["n_words"]
    assert after["seconds"] > before["seconds"]
    # No batch is left out where the parts meet, and none is read twice.
    whole = state_of(trained(encoded, tmp_path / "whole", 14)[0])["progression"]
    assert after["n_words"] == whole["n_words"]


def test_a_spent_budget_changes_nothing(encoded: Path, tmp_path: Path) -> None:
    checkpoint, _ = trained(encoded, tmp_path, 5)
    before = state_of(checkpoint)
    checkpoint, _ = trained(encoded, tmp_path, 5)
    after = state_of(checkpoint)
    assert torch.equal(before["network"]["words"], after["network"]["words"])
    assert {**before["progression"], "seconds": 0} == {**after["progression"], "seconds": 0}


def test_a_killed_run_goes_on_as_if_nothing_had_happened(
    encoded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _ = trained(encoded, tmp_path / "whole", 20)
    n_steps = 0

    def killed_later(network: Twin, batch: Batch, attends: bool, taught: torch.Tensor | None) -> Any:
        nonlocal n_steps
        n_steps += 1
        if n_steps == 9:
            raise KeyboardInterrupt
        return loss_of(network, batch, attends, taught)

    with monkeypatch.context() as patched:
        patched.setattr(fit_module, "_SECONDS_BETWEEN_CHECKPOINTS", -1.0)
        patched.setattr(fit_module, "loss_of", killed_later)
        with pytest.raises(KeyboardInterrupt):
            trained(encoded, tmp_path / "parts", 20)
    parts, printed = trained(encoded, tmp_path / "parts", 20)
    assert "at step 8," in printed
    check_same_weights(parts, whole)


def test_a_checkpoint_of_other_sizes_is_named(encoded: Path, tmp_path: Path) -> None:
    checkpoint, _ = trained(encoded, tmp_path, 1)
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    with pytest.raises(ValueError, match="other sizes") as refusal:
        fit(
            vocabulary,
            sizes_for(vocabulary, n_head=17),
            replace(options_for(encoded, tmp_path, 2)),
            Console(file=io.StringIO()),
        )
    assert str(checkpoint) in str(refusal.value)


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_the_other_cells_are_trained_too(cell: str, encoded: Path, tmp_path: Path) -> None:
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    options = options_for(encoded, tmp_path, 3)
    checkpoint = fit(vocabulary, sizes_for(vocabulary, cell=cell), options, Console(file=io.StringIO()))
    state = state_of(checkpoint)
    assert (state["sizes"]["cell"], state["progression"]["step"]) == (cell, 3)
    assert all(bool(torch.isfinite(array).all()) for array in state["network"].values())


def test_without_attention_the_judge_reads_the_states_alone(encoded: Path, tmp_path: Path) -> None:
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    sizes = sizes_for(vocabulary)
    options = replace(options_for(encoded, tmp_path, 5), attends=False)
    weights = state_of(fit(vocabulary, sizes, options, Console(file=io.StringIO())))["network"]
    n_beside = sizes.n_forward + sizes.n_backward
    assert not weights["head.weight"][:, n_beside:].any()
    assert weights["head.weight"][:, :n_beside].abs().min() > 0
    # Nothing teaches the attentions: weight decay alone has touched them.
    assert not weights["evidence.distances"].any()


def test_numbers_too_small_to_matter_are_zero_in_training_alone() -> None:
    smallest, half = torch.tensor(1e-38), torch.tensor(0.5)
    with without_denormals():
        assert smallest * half * half == 0
    assert smallest * half * half > 0


@pytest.mark.slow
def test_two_processes_train_one_network(encoded: Path, tmp_path: Path) -> None:
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    sizes = sizes_for(vocabulary)
    checkpoints = [
        fit(
            vocabulary,
            sizes,
            replace(options_for(encoded, tmp_path / str(number), 4), processes=n_processes),
            Console(file=io.StringIO()),
        )
        for number, n_processes in enumerate((2, 2, 1))
    ]
    check_same_weights(*checkpoints[:2])
    together, alone = (state_of(path)["progression"] for path in checkpoints[1:])
    # Four steps each, of which every one reads two batches where two processes read.
    assert together["step"] == alone["step"] == 4
    assert 1.5 < together["n_words"] / alone["n_words"] < 2.5
    assert not torch.equal(state_of(checkpoints[0])["network"]["words"], state_of(checkpoints[2])["network"]["words"])


def test_the_clock_interrupts_a_run_and_changes_nothing_else(
    encoded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _ = trained(encoded, tmp_path / "whole", 6)
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    printed = io.StringIO()
    options = options_for(encoded, tmp_path / "parts", 6)
    # A minute is over after the first step.
    seconds = iter(range(0, 100_000, 100))
    with monkeypatch.context() as patched:
        patched.setattr(fit_module.time, "monotonic", lambda: float(next(seconds)))
        fit(vocabulary, sizes_for(vocabulary), replace(options, minutes=1), Console(file=printed, width=200))
    assert "stopped after 1 minutes" in printed.getvalue()
    parts = tmp_path / "parts" / "checkpoint.pt"
    assert 0 < state_of(parts)["progression"]["step"] < 6
    fit(vocabulary, sizes_for(vocabulary), options, Console(file=io.StringIO()))
    check_same_weights(parts, whole)


def test_a_run_begins_with_exported_weights(encoded: Path, overfitted: Path, tmp_path: Path) -> None:
    vocabulary_path = encoded / "vocabulary.npz"
    vocabulary = load_vocabulary(vocabulary_path)
    weights = read_checkpoint(overfitted, vocabulary_path)
    path = export(weights, tmp_path)
    options = replace(options_for(encoded, tmp_path / "run", 1), start_from=path, learning_rate=0.0)
    begun = state_of(fit(vocabulary, sizes_for(vocabulary), options, Console(file=io.StringIO())))["network"]
    # Exported weights have 16 bits.
    assert torch.allclose(begun["words"], state_of(overfitted)["network"]["words"], atol=2e-3)
    for others in ({"n_head": 17}, {"n_embedding": 9}):
        with pytest.raises(ValueError, match="another shape"):
            fit(
                vocabulary,
                sizes_for(vocabulary, **others),
                replace(options, out=tmp_path / "other"),
                Console(file=io.StringIO()),
            )


def test_weights_of_another_vocabulary_are_taken_word_by_word(encoded: Path, overfitted: Path, tmp_path: Path) -> None:
    vocabulary_path = encoded / "vocabulary.npz"
    vocabulary = load_vocabulary(vocabulary_path)
    weights = read_checkpoint(overfitted, vocabulary_path)
    # The last two words have changed places there, and the one before them is unknown.
    *others, unknown, first, second = weights.vocabulary.words
    words = replace(weights.vocabulary, words=(*others, f"{unknown}-before", second, first))
    order = [*range(len(others) + 1), len(others) + 2, len(others) + 1]
    arrays = {**weights.arrays, "words": weights.arrays["words"][order]}
    path = export(replace(weights, vocabulary=words, arrays=arrays), tmp_path)
    options = replace(options_for(encoded, tmp_path / "run", 1), start_from=path, learning_rate=0.0)
    begun = state_of(fit(vocabulary, sizes_for(vocabulary), options, Console(file=io.StringIO())))["network"]["words"]
    learnt = state_of(overfitted)["network"]["words"]
    is_learnt = [bool(torch.allclose(row, other, atol=2e-3)) for row, other in zip(begun, learnt, strict=True)]
    assert [number for number, learnt_row in enumerate(is_learnt) if not learnt_row] == [len(others)]


@pytest.mark.parametrize(("slow", "fast"), [("bfloat16", "float32"), ("float32", "bfloat16")])
def test_the_faster_precision_is_taken(slow: str, fast: str) -> None:
    clock = 0.0

    def multiply(states: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
        nonlocal clock
        clock += 2.0 if states.dtype == getattr(torch, slow) else 1.0
        return states

    assert fastest_precision(multiply, lambda: clock) == fast
