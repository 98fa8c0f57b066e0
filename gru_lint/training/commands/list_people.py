"""`list-people`: the nouns for people, from lexicons and corpora."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gru_lint.training.command_line import console, existing
from gru_lint.training.commands._folders import ENCODED, SHARED, TAGGED_SHARES

_LIST = Path("gru_lint/english/person_nouns.txt")


def list_people(
    encoded: Annotated[Path, typer.Option(help="What `prepare` wrote.")] = ENCODED,
    shared: Annotated[Path, typer.Option(help="Folder with lexicon/.")] = SHARED,
    out: Annotated[Path, typer.Option(help="Where the list goes.")] = _LIST,
) -> None:
    """Write the list of nouns for people and animals, from lexicons and from what "who" follows."""
    from gru_lint.english.vocabulary import load_vocabulary
    from gru_lint.training.data.corpus import EncodedCorpus
    from gru_lint.training.data.person_nouns import person_nouns

    vocabulary = load_vocabulary(existing(encoded / "vocabulary.npz"))
    pieces = (path for name in TAGGED_SHARES for path in sorted(encoded.glob(f"{name}-0*.npz")))
    lexicon = existing(shared / "lexicon" / "coreferee")
    out.write_text(person_nouns(lexicon, map(EncodedCorpus.load, pieces), vocabulary), encoding="utf-8")
    console.print(f"wrote {out}")
