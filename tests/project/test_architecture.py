"""ARCHITECTURE.md has every room, and names no module that is not there."""

from __future__ import annotations

import re
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_PAGE = (_ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def test_every_room_and_every_module_at_the_top_is_on_the_page() -> None:
    rooms = [path.parent.name for path in (_ROOT / "gru_lint").glob("*/__init__.py")]
    modules = [path.stem for path in (_ROOT / "gru_lint").glob("*.py") if not path.stem.startswith("__")]
    for name in rooms:
        assert f"`{name}/`" in _PAGE, f"ARCHITECTURE.md: a row for {name}/"
    for name in modules:
        assert re.search(rf"`(?:gru_lint/)?{name}(?:\.py)?`", _PAGE), f"ARCHITECTURE.md: what is {name}?"
    # A newcomer meets few things at first.
    assert len(modules) <= 10


def test_every_module_that_the_page_names_is_there() -> None:
    sources = [path for folder in ("gru_lint", "server", "studies") for path in (_ROOT / folder).rglob("*.py")]
    places = {path.relative_to(_ROOT).as_posix() for path in sources}
    named = re.findall(r"`([\w/]+\.py)`", _PAGE)
    assert named
    for name in named:
        assert any(place == name or place.endswith(f"/{name}") for place in places) or (_ROOT / name).is_file(), name
