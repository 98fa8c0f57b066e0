"""Networks that are trained already teach another one."""

# ruff: noqa: E402 - what imports torch comes after the check that it is there
from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch")

from rich.console import Console
from stories import SIZES, options_for, sizes_for, state_of, trained

from gru_lint.english.vocabulary import load_vocabulary
from gru_lint.training.data.augment import AugmentationRates, word_tables
from gru_lint.training.data.batches import make_batch
from gru_lint.training.data.sampling import epoch_batches, load_pieces
from gru_lint.training.export import export, read_checkpoint
from gru_lint.training.fit import fit
from gru_lint.training.loss import loss_of
from gru_lint.training.model.network import AgreementNetwork, Batch
from gru_lint.training.teachers import Teachers

NO_NOISE = AugmentationRates(0, 0, 0, 0, 0)
CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def teachers(encoded: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Exported weights of two networks that have learnt a little."""
    paths = []
    for seed in (1, 2):
        out = tmp_path_factory.mktemp("teacher")
        checkpoint, _ = trained(encoded, out, steps=20, seed=seed)
        paths.append(export(read_checkpoint(checkpoint, encoded / "vocabulary.npz"), out))
    return paths


@pytest.fixture(scope="module")
def batch(encoded: Path) -> Batch:
    tables = word_tables(load_vocabulary(encoded / "vocabulary.npz"))
    pieces = load_pieces(encoded, tables)
    number, windows = next(iter(epoch_batches(pieces, SIZES["window_length"], 600, seed=9)))
    return make_batch(pieces[number], windows, tables, NO_NOISE, np.random.default_rng(0))


def test_teachers_say_the_mean_of_what_each_says(encoded: Path, teachers: list[Path], batch: Batch) -> None:
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    one, other = (Teachers([path], vocabulary, CPU).classes(batch) for path in teachers)
    both = Teachers(teachers, vocabulary, CPU).classes(batch)
    assert not torch.allclose(one, other, atol=1e-2)
    assert torch.allclose(both, (one + other) / 2, atol=1e-6)
    assert torch.allclose(both.sum(dim=-1), torch.ones(both.shape[:2]), atol=1e-5)


def test_the_head_learns_what_they_say_beside_what_the_text_says(
    encoded: Path, teachers: list[Path], batch: Batch
) -> None:
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    taught = Teachers(teachers, vocabulary, CPU).classes(batch)
    network = AgreementNetwork(sizes_for(vocabulary))
    by_text, nll, accuracy = loss_of(network, batch)
    by_both, *same = loss_of(network, batch, taught=taught)
    assert [figure.item() for figure in same] == [nll.item(), accuracy.item()]
    sure_of_the_text = torch.nn.functional.one_hot(batch.classes.clamp(min=0), taught.shape[-1]).float()
    assert loss_of(network, batch, taught=sure_of_the_text)[0].item() == pytest.approx(by_text.item(), abs=1e-5)
    assert by_both.item() != pytest.approx(by_text.item(), abs=1e-3)
    by_both.backward()  # type: ignore[no-untyped-call]
    for name, parameter in network.named_parameters():
        assert parameter.grad is None or bool(torch.isfinite(parameter.grad).all()), name


def test_a_run_with_a_teacher_comes_nearer_to_it(
    encoded: Path, teachers: list[Path], batch: Batch, tmp_path: Path
) -> None:
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    taught = Teachers(teachers[1:], vocabulary, CPU).classes(batch)
    distances = []
    for name, chosen in (("alone", ()), ("taught", tuple(teachers[1:]))):
        options = replace(options_for(encoded, tmp_path / name, steps=40), start_from=teachers[0], teachers=chosen)
        network = AgreementNetwork(sizes_for(vocabulary)).eval()
        network.load_state_dict(
            state_of(fit(vocabulary, sizes_for(vocabulary), options, Console(file=io.StringIO())))["network"]
        )
        with torch.no_grad():
            said = network(batch).classes.exp()
        distances.append(float((said - taught)[batch.classes >= 0].abs().mean()))
    assert distances[1] < 0.8 * distances[0]
