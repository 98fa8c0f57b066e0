"""`python -m gru_lint.training`: prepare, fit, export, evaluate."""

from __future__ import annotations

import typer

from gru_lint.training.command_line import run
from gru_lint.training.commands import PROGRAM
from gru_lint.training.commands.average import average
from gru_lint.training.commands.evaluate import evaluate
from gru_lint.training.commands.export import export
from gru_lint.training.commands.fit import fit
from gru_lint.training.commands.label_verbs import label_verbs
from gru_lint.training.commands.list_people import list_people
from gru_lint.training.commands.list_verbs import list_verbs
from gru_lint.training.commands.prepare import prepare
from gru_lint.training.commands.rank import rank

application = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
# In the order in which a network is made.
for _command in (prepare, label_verbs, list_verbs, list_people, fit, average, export, rank, evaluate):
    application.command()(_command)

if __name__ == "__main__":
    run(application, PROGRAM)
