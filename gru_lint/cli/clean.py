"""`gru-lint clean`."""

from __future__ import annotations

from gru_lint.check.cache import remove_folder
from gru_lint.cli._cache import CacheFolder, cache_folder
from gru_lint.cli._command import Command
from gru_lint.cli._errors import fail
from gru_lint.cli._output import write_text


def clean(cache_dir: CacheFolder = None) -> None:
    """Forget what was found in files before: the next check judges all of them again."""
    folder = cache_folder(cache_dir)
    try:
        is_removed = remove_folder(folder)
    except OSError as error:
        fail(f"{folder}: cannot be removed ({error.strerror or error})")
    write_text(f"Removed {folder}.\n" if is_removed else f"Nothing is remembered in {folder}.\n")


COMMAND = Command(
    clean,
    """\
gru-lint clean                       beside the configuration that holds here
gru-lint clean --cache-dir /tmp/gru  another folder
""",
)
