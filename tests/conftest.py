"""What several test files need: the corpora, where they are at hand, and a small one."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest

# What the tests share says what differed, as they do.
pytest.register_assert_rewrite(
    "augmented", "cell_examples", "check_runs", "office", "segment_checks", "settings_runs", "small_network", "stories"
)

# In the background of a script Ctrl-C is ignored, and so it would be by every program that a test starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

# No test reads or fills the cache of whoever runs the tests; pip and pre-commit keep theirs.
_CACHES = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
os.environ.setdefault("PIP_CACHE_DIR", str(_CACHES / "pip"))
os.environ.setdefault("PRE_COMMIT_HOME", str(_CACHES / "pre-commit"))
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="gru-lint-tests-")
os.environ.pop("GRU_LINT_CACHE_DIR", None)
atexit.register(shutil.rmtree, os.environ["XDG_CACHE_HOME"], ignore_errors=True)

_SHARED = Path(__file__).parents[2] / "shared" / "data"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the flag that writes the expected findings of tests/cases again."""
    parser.addoption("--rewrite-cases", action="store_true", help="write the findings beside tests/cases again")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with the evaluation sets; a test that needs it is skipped where it is absent."""
    if not _SHARED.is_dir():
        pytest.skip(f"{_SHARED} is not here: the evaluation sets are no part of the project")
    return _SHARED


@pytest.fixture(scope="session")
def encoded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `prepare` made of a few stories; without torch, a test that needs it is skipped."""
    from stories import prepared

    return prepared(tmp_path_factory.mktemp("corpus"))
