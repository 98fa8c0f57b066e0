"""`prepare`: corpora and lexicons become arrays."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gru_lint.training.command_line import console, existing
from gru_lint.training.commands._folders import ENCODED, SHARED

_CORPORA = ("fiction", "wikipedia", "contemporary", "spoken", "short")


def prepare(
    shared: Annotated[Path, typer.Option(help="Folder with train/ and lexicon/.")] = SHARED,
    out: Annotated[Path, typer.Option(help="Where the vocabulary and the arrays go.")] = ENCODED,
    only: Annotated[
        str, typer.Option(help='"composed": write that part anew, with the vocabulary that is there.')
    ] = "",
) -> None:
    """Tokenize the corpora, choose the vocabulary, write compact arrays. The only step that needs spaCy."""
    from gru_lint.training.data.name_lists import consensus_path
    from gru_lint.training.data.prepare import Sources, prepare_composed
    from gru_lint.training.data.prepare import prepare as prepare_corpora

    if only not in ("", "composed"):
        raise typer.BadParameter(f'{only}: choose "composed"', param_hint="--only")
    lexicon = shared / "lexicon"
    sources = Sources(
        corpora=tuple(existing(shared / "train" / f"{name}.txt.xz") for name in _CORPORA),
        names=existing(lexicon / "ssa_name_gender.tsv"),
        surnames=existing(lexicon / "census_surnames.txt"),
        vectors=existing(lexicon / "glove_6B_50d_top60k.npz"),
        consensus=existing(consensus_path()),
    )
    if only:
        existing(out / "vocabulary.npz")
    with console.status("reading") as status:
        (prepare_composed if only else prepare_corpora)(sources, out, status.update)
    console.print(f"wrote {out}")
