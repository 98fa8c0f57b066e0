"""`fit`: the network is trained on what `prepare` wrote."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from gru_lint.training.command_line import console, existing, running_command
from gru_lint.training.commands import PROGRAM
from gru_lint.training.commands._folders import ENCODED, RUN


def fit(
    encoded: Annotated[Path, typer.Option(help="What `prepare` wrote.")] = ENCODED,
    out: Annotated[Path, typer.Option(help="Where the checkpoint goes; one that is there is gone on with.")] = RUN,
    words: Annotated[
        int, typer.Option(help="Words to read: the budget, over which the learning rate falls.")
    ] = 400_000_000,
    minutes: Annotated[
        float, typer.Option(help="Stops after so many, to be gone on with; changes nothing else.")
    ] = float("inf"),
    seed: Annotated[int, typer.Option(help="Order of the text, augmentation and first weights.")] = 1,
    cell: Annotated[str, typer.Option(help="rnn, lstm or gru.")] = "gru",
    n_forward: Annotated[int, typer.Option(help="Units of the encoder that reads from the left.")] = 256,
    n_backward: Annotated[int, typer.Option(help="Units of the encoder that reads from the right.")] = 128,
    batch_words: Annotated[int, typer.Option(help="Words in a batch of each process.")] = 4_096,
    learning_rate: Annotated[float, typer.Option(help="The highest; it falls to zero over the budget.")] = 4e-3,
    dropout: Annotated[float, typer.Option(help="Share of inputs and features left out.")] = 0.1,
    processes: Annotated[
        int, typer.Option(min=1, help="Processes that train together; one for each core that is idle.")
    ] = os.cpu_count() or 1,
    threads: Annotated[int, typer.Option(min=1, help="CPU threads of each process.")] = 1,
    precision: Annotated[
        str, typer.Option(help="Of the products: bfloat16, float32, or auto, which measures both and takes the faster.")
    ] = "auto",
    start_from: Annotated[
        Path | None, typer.Option(help="Exported weights to begin with, of as many hidden units or fewer.")
    ] = None,
    teacher: Annotated[
        list[Path] | None, typer.Option(help="Exported weights to learn from too; of several, from their mean.")
    ] = None,
    only_verbs: Annotated[
        bool, typer.Option("--only-verbs", help="Train the judge of verbs and nothing else, on pieces with labels.")
    ] = False,
) -> None:
    """Train, on a GPU where there is one; a kill loses three minutes at most: run it again to go on."""
    from gru_lint.english.vocabulary import load_vocabulary
    from gru_lint.model.sizes import N_GATES, Architecture
    from gru_lint.training.fit import FitOptions
    from gru_lint.training.fit import fit as fit_network
    from gru_lint.training.precision import PRECISIONS, fastest_precision

    if cell not in N_GATES:
        raise typer.BadParameter(f"{cell}: choose one of {', '.join(N_GATES)}", param_hint="--cell")
    if precision not in (*PRECISIONS, "auto"):
        raise typer.BadParameter(f"{precision}: choose {', '.join(PRECISIONS)} or auto", param_hint="--precision")
    if precision == "auto":
        precision = fastest_precision()
        console.print(f"products in {precision}: the faster of {' and '.join(PRECISIONS)} on this processor")
    vocabulary = load_vocabulary(existing(encoded / "vocabulary.npz"))
    sizes = Architecture(len(vocabulary.words), cell=cell, n_forward=n_forward, n_backward=n_backward)
    options = FitOptions(
        folder=encoded,
        out=out,
        words=words,
        minutes=minutes,
        processes=processes,
        start_from=start_from and existing(start_from),
        teachers=tuple(existing(path) for path in teacher or ()),
        seed=seed,
        batch_words=batch_words,
        learning_rate=learning_rate,
        dropout=dropout,
        threads=threads,
        precision=precision,
        command=running_command(PROGRAM),
        only_verbs=only_verbs,
    )
    console.print(f"wrote {fit_network(vocabulary, sizes, options, console)}")
