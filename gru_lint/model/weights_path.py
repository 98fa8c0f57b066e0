"""The path of the weights file, in a module that does not import NumPy."""

from __future__ import annotations

import zipfile
from functools import cache
from pathlib import Path
from typing import Final

WEIGHTS_NAME: Final = "agreement-gru.npz"


class WeightsError(Exception):
    """The weights are missing, broken or made for another version; the message says which file."""


def default_weights_path() -> Path:
    """The weights file of the installed package, or of the checkout that holds it."""
    package = Path(__file__).parents[1]
    installed = package / "model_weights" / WEIGHTS_NAME
    return installed if installed.exists() else package.parent / "model_weights" / WEIGHTS_NAME


@cache
def weights_judge_verbs() -> bool:
    """Whether the default weights judge verbs; False where they cannot be read, which reading them reports."""
    try:
        with zipfile.ZipFile(default_weights_path()) as file:
            return "network.verbs.query.weight.npy" in file.namelist()
    except (OSError, zipfile.BadZipFile):
        return False
