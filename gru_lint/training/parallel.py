"""Several processes that train one network: each reads batches of its own, and their gradients are averaged.

On a CPU two processes of one thread each are faster than one of two threads: a step of the recurrence is too small
to be shared out.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.distributed
from torch import Tensor, nn
from torch.multiprocessing.spawn import spawn

# Of a parameter with more rows than this, such as the vectors of words, a batch reads few.
_ROWS_OF_A_TABLE = 4096


@dataclass(frozen=True, slots=True)
class Processes:
    """Which of the processes that train together this one is.

    rank   0..count-1; the first one writes checkpoints and shows progress
    """

    rank: int = 0
    count: int = 1

    def average_gradients(self, network: nn.Module) -> None:
        """Replaces every gradient by the mean of those of all processes.

        They travel as one tensor, since each by itself would be waited for; of a table, the rows that a batch has read.
        """
        if self.count == 1:
            return
        averaged = []
        for parameter in network.parameters():
            if not parameter.requires_grad:
                continue
            if parameter.grad is None:
                # A batch may leave a part of the network out, in one process and not in another.
                parameter.grad = torch.zeros_like(parameter)
            is_table = parameter.dim() == 2 and len(parameter) > _ROWS_OF_A_TABLE
            rows = self._rows_read(parameter.grad) if is_table else ...
            averaged.append((parameter.grad, rows, parameter.grad[rows]))
        sent = torch.cat([part.flatten() for _, _, part in averaged]).div_(self.count)
        torch.distributed.all_reduce(sent)
        means = torch.split(sent, [part.numel() for _, _, part in averaged])
        for (gradient, rows, part), mean in zip(averaged, means, strict=True):
            gradient[rows] = mean.view_as(part)

    def _rows_read(self, gradient: Tensor) -> Tensor:
        """The rows of a table (N, E) that have a gradient in any process."""
        is_read = gradient.any(dim=1).to(torch.uint8)
        torch.distributed.all_reduce(is_read, torch.distributed.ReduceOp.MAX)
        return is_read.nonzero().squeeze(1)

    def sum(self, values: Tensor) -> Tensor:
        """The sum of a tensor over all processes."""
        if self.count > 1:
            torch.distributed.all_reduce(values)
        return values


def run_processes(train: Callable[..., None], count: int, arguments: tuple[Any, ...]) -> None:
    """Runs `train(processes, *arguments)` in so many processes, and returns when all have ended.

    An error in one of them ends all, and is raised here.
    """
    with tempfile.TemporaryDirectory() as folder:
        rendezvous = (Path(folder) / "rendezvous").as_uri()
        spawn(_begin, (count, rendezvous, train, arguments), nprocs=count)  # type: ignore[no-untyped-call]


def _begin(rank: int, count: int, rendezvous: str, train: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    # The machine's own name may lead nowhere.
    os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
    torch.distributed.init_process_group("gloo", init_method=rendezvous, rank=rank, world_size=count)
    try:
        train(Processes(rank, count), *arguments)
    finally:
        torch.distributed.destroy_process_group()
