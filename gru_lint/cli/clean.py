"""`gru-lint clean`."""

from __future__ import annotations

from gru_lint.check.cache_folder import CacheFolderError, project_cache_folder, remove_cache_folder
from gru_lint.cli._cache import CacheFolder, check_way_to, project_root
from gru_lint.cli._command import Command
from gru_lint.cli._errors import fail
from gru_lint.cli._output import write_text
from gru_lint.sanitize import escape_unprintable


def clean(cache_dir: CacheFolder = None) -> None:
    """Remove cached findings: the next check judges all files again."""
    root = project_root()
    folder = cache_dir or project_cache_folder(root)
    if folder is None:
        fail("this system names no folder for caches; name one with --cache-dir")
    if cache_dir is not None:
        check_way_to(cache_dir, root)
    try:
        is_removed = remove_cache_folder(folder)
    except CacheFolderError as error:
        fail(error)
    except OSError as error:
        fail(f"{folder}: cannot be removed ({error.strerror or error})")
    shown = escape_unprintable(str(folder))
    write_text(f"Removed {shown}.\n" if is_removed else f"Nothing is cached in {shown}.\n")


COMMAND = Command(
    clean,
    """\
gru-lint clean                       the cache of this project
gru-lint clean --cache-dir /tmp/gru  another folder
""",
)
