"""An it is not judged where code that is not read stands before it, since it may mean that."""

from __future__ import annotations

import pytest

from gru_lint import lint_text

HIDDEN: dict[str, tuple[str, bool]] = {
    "code before it": ("Set `limit` first. All findings below it are shown.", False),
    "no code before it": ("The guests were late because it had missed the train.", True),
    "code after it": ("The guests were late because it had missed the train to `limit`.", True),
    "code far before it": (
        "Set `limit` first. "
        + "We sat in the garden and spoke of the weather until dusk. " * 3
        + "The guests were late because it had missed the train.",
        True,
    ),
}


@pytest.mark.parametrize(("text", "is_flagged"), HIDDEN.values(), ids=HIDDEN)
def test_an_it_may_mean_code_that_is_not_read(text: str, is_flagged: bool) -> None:
    assert ("PA002" in [finding.code for finding in lint_text(text, filename="a.md")]) == is_flagged
