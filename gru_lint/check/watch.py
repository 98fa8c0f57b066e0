"""Waiting for files to change.

watchfiles asks the operating system, as ruff and uvicorn do: polling thousands of files each second would take a tenth
of a core, and notice changes late.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from gru_lint.check.cache_folder import DATABASE_NAME, OLD_FOLDER_NAME
from gru_lint.regular_files import reason_of

# While nothing changes, Ctrl-C is noticed this often.
_TIMEOUT_MS: Final = 300
# Changes within this time are one: an editor saves all its files.
_TOGETHER_MS: Final = 50


class WatchError(Exception):
    """Nothing can be watched; the message is one line."""


def changes(paths: Sequence[Path], unwatched: Path | None = None) -> Iterator[None]:
    """Yields once at the beginning, and then whenever a file has changed under one of these paths.

    unwatched  a file that this run writes itself

    No change after the first time is missed. Raises `WatchError`; Ctrl-C raises KeyboardInterrupt.
    """
    from watchfiles import Change, DefaultFilter, watch

    own = unwatched.resolve() if unwatched else None

    class OthersFiles(DefaultFilter):
        ignore_dirs = (*DefaultFilter.ignore_dirs, OLD_FOLDER_NAME)
        ignore_entity_patterns = (*DefaultFilter.ignore_entity_patterns, f"^{re.escape(DATABASE_NAME)}")

        def __call__(self, change: Change, path: str) -> bool:
            # A file that is being written ends in .tmp until it is whole.
            return super().__call__(change, path) and not path.endswith(".tmp") and Path(path) != own

    folders = {path if path.is_dir() else path.parent for path in paths}
    # A file is watched by its folder: the watch of a file itself ends when a new one takes its place.
    is_deep = any(path.is_dir() for path in paths)
    watched = watch(
        *folders,
        watch_filter=OthersFiles(),
        recursive=is_deep,
        debounce=10 * _TOGETHER_MS,
        step=_TOGETHER_MS,
        rust_timeout=_TIMEOUT_MS,
        yield_on_timeout=True,
    )
    is_first = True
    try:
        for changed in watched:
            if changed or is_first:
                is_first = False
                yield
    except (OSError, RuntimeError) as error:
        raise WatchError(f"cannot watch {', '.join(map(str, sorted(folders)))} ({reason_of(error)})") from None
