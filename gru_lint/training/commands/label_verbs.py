"""`label-verbs`: a tagger says which verbs and demonstratives of the corpora agree."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gru_lint.training.command_line import console, existing
from gru_lint.training.commands._folders import ENCODED, SHARED, TAGGED_SHARES, VERBS


def label_verbs(
    encoded: Annotated[Path, typer.Option(help="What `prepare` wrote: its vocabulary is used.")] = ENCODED,
    shared: Annotated[Path, typer.Option(help="Folder with train/.")] = SHARED,
    out: Annotated[
        Path, typer.Option(help="Where the labelled pieces go; `fit` takes those of its own folder.")
    ] = VERBS,
    words: Annotated[int, typer.Option(help="About how many words are tagged.")] = 7_000_000,
    clauses: Annotated[int, typer.Option(help="How many documents of composed sentences are written.")] = 60_000,
) -> None:
    """Tag a part of the corpora and label the verbs and demonstratives in it, as pieces that `fit` reads.

    Beside them go composed sentences in which much stands between subject and verb.
    """
    from gru_lint.english.vocabulary import load_vocabulary
    from gru_lint.training.data.verb_labels import label_verbs as write_labelled
    from gru_lint.training.data.verb_labels import write_clauses

    vocabulary = load_vocabulary(existing(encoded / "vocabulary.npz"))
    corpora = {existing(shared / "train" / f"{name}.txt.xz"): share for name, share in TAGGED_SHARES.items()}
    with console.status("tagging") as status:
        write_labelled(corpora, vocabulary, words, out, status.update)
        write_clauses(corpora, vocabulary, clauses, out, status.update)
    console.print(f"wrote {out}")
