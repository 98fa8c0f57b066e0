"""Where `gru-lint` remembers what it found."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from gru_lint.check.cache import FOLDER_NAME
from gru_lint.cli._errors import fail
from gru_lint.config.discovery import ConfigError, ConfigFinder

CacheFolder = Annotated[
    Path | None,
    typer.Option(
        "--cache-dir",
        metavar="<folder>",
        envvar="GRU_LINT_CACHE_DIR",
        show_envvar=True,
        help="Where findings are remembered: .gru_lint_cache beside the configuration, if nothing else is said.",
    ),
]


def cache_folder(asked: Path | None, config_file: Path | None = None, is_isolated: bool = False) -> Path:
    """The folder asked for; else the one beside the configuration that holds here."""
    if asked is not None:
        return asked
    here = Path(os.path.abspath("-"))  # noqa: PTH100
    try:
        configuration = ConfigFinder({}, config_file, is_isolated).file_for(here)
    except ConfigError as error:
        fail(error)
    return (configuration or here).parent / FOLDER_NAME
