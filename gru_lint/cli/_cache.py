"""The folder in which `gru-lint` caches findings."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from gru_lint.check.cache_folder import (
    OLD_FOLDER_NAME,
    CacheFolderError,
    check_cache_folder,
    project_cache_folder,
    remove_old_projects,
)
from gru_lint.cli._errors import fail, print_error
from gru_lint.config.discovery import ConfigError, ConfigFinder
from gru_lint.config.repository import may_have_brought, repository_of
from gru_lint.regular_files import is_below, leads_out

CacheFolder = Annotated[
    Path | None,
    typer.Option(
        "--cache-dir",
        metavar="<folder>",
        envvar="GRU_LINT_CACHE_DIR",
        show_envvar=True,
        help="The folder for cached findings, one of your own; by default one for each project, in your cache folder.",
    ),
]


def cache_folder_to_use(asked: Path | None, *, finds_configuration: bool) -> Path | None:
    """The cache folder for a run; None where the default one cannot be used, which a line then says.

    A folder that the user names and that cannot be used ends the run.
    """
    root = project_root(finds_configuration=finds_configuration)
    if asked is not None:
        check_way_to(asked, root)
        try:
            check_cache_folder(asked)
        except CacheFolderError as error:
            fail(error)
        _check_origin(asked, root)
        return asked
    folder = project_cache_folder(root)
    if folder is None:
        return None
    try:
        check_cache_folder(folder)
    except CacheFolderError as error:
        print_error(f"{error}; nothing is cached")
        return None
    if not folder.exists():
        _begin(folder, root)
    return folder


def check_way_to(folder: Path, root: Path) -> None:
    """Ends the run where the folder that the user names is reached by a link that may have come with the repository."""
    if leads_out(folder.parent, root):
        fail(f"{folder}: leads out of the project by a link; name the folder itself")


def _check_origin(folder: Path, root: Path) -> None:
    """Ends the run where the content of a folder may have come with the project that is checked.

    root  of the project
    """
    where = os.path.realpath(folder)
    repository = repository_of(where)
    if repository is not None:
        if may_have_brought(repository, where):
            fail(f"{folder}: may have come with the repository in {repository}; name one that is not in it")
    # A folder that also holds the user's home is not a project that was sent to the user.
    elif is_below(where, root) and not is_below(Path.home(), root):
        fail(f"{folder}: may have come with the project in {root}; name one outside, or begin a repository there")


def project_root(*, finds_configuration: bool = True) -> Path:
    """The folder of the configuration in force here, else the root of the repository, else the working directory."""
    here = Path(os.path.abspath("-"))  # noqa: PTH100
    if finds_configuration:
        try:
            configuration = ConfigFinder().file_for(here)
        except ConfigError as error:
            fail(error)
        if configuration is not None:
            return configuration.parent
    return Path(repository_of(str(here.parent)) or here.parent)


def _begin(folder: Path, root: Path) -> None:
    """Runs once a project: removes old caches of other projects, and mentions one of an earlier version."""
    with suppress(OSError):
        remove_old_projects(folder, time.time())
    old = root / OLD_FOLDER_NAME
    if os.path.lexists(old):
        print_error(f"{old}: is of an earlier version and not read any more; you can remove it")
