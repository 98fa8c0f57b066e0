"""`rank`: which entity a pronoun means is learnt from marked antecedents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from gru_lint.model.ranking import RANKING_PATH
from gru_lint.runtime.threads import use_one_thread
from gru_lint.training.command_line import console, existing, provenance
from gru_lint.training.commands import PROGRAM
from gru_lint.training.commands._folders import SHARED


def rank(
    weights: Annotated[Path | None, typer.Option(help="A weights file, by default the one that is shipped.")] = None,
    shared: Annotated[Path, typer.Option(help="Folder with dev/.")] = SHARED,
    out: Annotated[Path, typer.Option(help="Where the ranking goes.")] = RANKING_PATH,
) -> None:
    """Write the ranking of antecedents for a network, taught by LitBank and by GAP's validation rows."""
    use_one_thread()
    from gru_lint.linter import Linter
    from gru_lint.model.ranking import KINDS, write_ranking
    from gru_lint.training.data.gold_antecedents import gap_pronouns, litbank_pronouns
    from gru_lint.training.rank import N_FOLDS, figures_of, fit_ranking, held_out, least_shown, ranking_of, table_of

    linter, dev = Linter(weights and existing(weights)), existing(shared) / "dev"
    with console.status("reading GAP") as status:
        sets = {"GAP validation": list(gap_pronouns(linter, dev / "gap" / "gap-validation.tsv", N_FOLDS))}
        status.update("reading LitBank")
        sets["LitBank"] = list(litbank_pronouns(linter, dev / "litbank-coref-conll.tar.xz", N_FOLDS))
        status.update("fitting without each tenth")
        found = held_out(sets)
        least = least_shown([one for pronoun, one in found["GAP validation"] if pronoun.is_right.any()])
        report: dict[str, Any] = {**provenance(PROGRAM), "held_out": {}}
        for name, own in found.items():
            # Of it and they the weights are round: see `rank`. In some rows of GAP neither name is meant.
            of_people = [
                shown
                for pronoun, shown in own
                if pronoun.candidates.slot.kind == KINDS[0] and (name == "LitBank" or pronoun.is_right.any())
            ]
            report["held_out"][name] = figures_of(of_people, least)
        status.update("fitting")
        ranking = ranking_of(fit_ranking(table_of(list(sets.values()))), sets["LitBank"][0], least, report)
    write_ranking(ranking, out)
    for name, figures in report["held_out"].items():
        console.print(f"{name}: {figures}", highlight=False, soft_wrap=True)
    console.print(f"wrote {out}")
