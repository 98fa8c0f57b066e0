"""What several test files need: the corpora, where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

_SHARED = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with the evaluation sets; a test that needs it is skipped where it is absent."""
    if not _SHARED.is_dir():
        pytest.skip(f"{_SHARED} is not here: the evaluation sets are no part of the project")
    return _SHARED
