"""Processes that train one network: each goes on with the mean of all gradients."""

# ruff: noqa: E402 - what imports torch comes after the check that it is there
from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs torch")

from torch import Tensor, nn

from gru_lint.training.parallel import _ROWS_OF_A_TABLE, Processes, run_processes

N_WORDS = 2 * _ROWS_OF_A_TABLE


class Parts(nn.Module):
    """A parameter of each kind: a table of words, a small matrix, a number, and one that a batch may leave out."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Parameter(torch.zeros(N_WORDS, 3))
        self.matrix = nn.Parameter(torch.zeros(4, 5))
        self.number = nn.Parameter(torch.zeros(()))
        self.left_out = nn.Parameter(torch.zeros(2))


def gradients_of(rank: int) -> dict[str, Tensor | None]:
    """What the batch of this process gives: each reads other words, and one that both read."""
    random = torch.Generator().manual_seed(rank)
    words = torch.zeros(N_WORDS, 3)
    words[[0, 10 + rank, N_WORDS - 1 - rank]] = torch.randn(3, 3, generator=random)
    return {
        "words": words,
        "matrix": torch.randn(4, 5, generator=random),
        "number": torch.randn((), generator=random),
        "left_out": torch.randn(2, generator=random) if rank else None,
    }


def write_averages(processes: Processes, folder: Path) -> None:
    network = Parts()
    own = gradients_of(processes.rank)
    for name, parameter in network.named_parameters():
        parameter.grad = own[name]
    processes.average_gradients(network)
    averages = {name: parameter.grad for name, parameter in network.named_parameters()}
    torch.save(averages, folder / f"{processes.rank}.pt")


@pytest.mark.slow
def test_each_process_gets_the_mean_of_all_gradients(tmp_path: Path) -> None:
    run_processes(write_averages, 2, (tmp_path,))
    first, second = gradients_of(0), gradients_of(1)
    for rank in (0, 1):
        averages = torch.load(tmp_path / f"{rank}.pt")
        for name, of_second in second.items():
            of_first = first[name]
            assert of_second is not None
            expected = of_second / 2 if of_first is None else of_first / 2 + of_second / 2
            assert torch.equal(averages[name], expected), name
