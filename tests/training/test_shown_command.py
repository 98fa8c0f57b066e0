"""Commands name no place of the machine that they ran on."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from gru_lint.model.weights import read_weights
from gru_lint.model.weights_path import default_weights_path
from gru_lint.training.command_line import shown_command

_ROOT = Path(__file__).parents[2]
_PUBLISHED = ("model_weights/MODEL_CARD.md", "docs/study.md", "docs/training-log.md", "benchmarks/README.md")
# A path from the root, and no part of an address, of a date or of a longer path.
_FROM_ROOT = re.compile(r"(?<![\w/.:)\]}*-])/(?:home|root|tmp|work|mnt|data|Users|build|srv|opt|var)/")


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("python -m a fit --out training-runs/run", "python -m a fit --out training-runs/run"),
        ("python -m a fit --out /home/me/run-1 --words 1000", "python -m a fit --out run-1 --words 1000"),
        ("python -m a fit --out=/home/me/run-1", "python -m a fit --out=run-1"),
        ("python -m a fit --shared ../shared/data", "python -m a fit --shared ../shared/data"),
        ("python -m a fit --out '/home/me/my runs'", "python -m a fit --out 'my runs'"),
    ],
)
def test_of_a_path_from_the_root_the_last_part_is_shown(command: str, shown: str) -> None:
    assert shown_command(shlex.split(command)) == shown


@pytest.mark.parametrize("name", _PUBLISHED)
def test_no_page_names_a_place_of_a_machine(name: str) -> None:
    assert _FROM_ROOT.findall((_ROOT / name).read_text(encoding="utf-8")) == []


def test_no_command_of_weights_and_figures_does() -> None:
    figures = json.loads((_ROOT / "model_weights" / "figures.json").read_text(encoding="utf-8"))
    for command in (figures["command"], read_weights(default_weights_path()).metadata["command"]):
        assert shown_command(shlex.split(command)) == command
