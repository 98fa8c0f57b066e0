"""`list-verbs`: the table of verbs, from tagged text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gru_lint.training.command_line import console, existing
from gru_lint.training.commands._folders import TAGGED_SHARES, VERBS

_TABLE = Path("gru_lint/english/verbs.txt")


def list_verbs(
    tagged: Annotated[Path, typer.Option(help="What `label-verbs` wrote.")] = VERBS,
    out: Annotated[Path, typer.Option(help="Where the table goes.")] = _TABLE,
) -> None:
    """Write the table of verbs from what `label-verbs` has tagged; then label the verbs once more."""
    from gru_lint.training.data.tagging import TaggedTokens
    from gru_lint.training.data.verb_table import verb_table

    corpora = [TaggedTokens.load(existing(tagged / f"{name}-tagged.npz"), name) for name in TAGGED_SHARES]
    out.write_text(verb_table(corpora), encoding="utf-8")
    console.print(f"wrote {out}")
