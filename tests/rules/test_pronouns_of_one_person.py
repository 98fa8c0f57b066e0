"""Wrong pronouns of one person are found together: a less sure one counts beside a sure one of the same chain."""

from __future__ import annotations

import pytest

from gru_lint import lint_text, read_settings

AUNT = "Our aunt lives by the sea. He paints boats, and his neighbours buy them. He is eighty."


def found(text: str, **options: object) -> list[str]:
    """The words that are flagged, in order."""
    findings = lint_text(text, settings=read_settings(options))
    return [text[finding.span.start : finding.span.end] for finding in findings]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(AUNT, ["He", "his", "He"], id="a noun for kin"),
        pytest.param(
            "Queen Isolde ruled for thirty years. He built roads. His people loved him, and he loved them.",
            ["He", "His", "him", "he"],
            id="a title",
        ),
        pytest.param(
            "The bridegroom was late. She had forgotten her ring, so she went back.",
            ["She", "her", "she"],
            id="a noun that tells a gender",
        ),
        pytest.param(
            "Mr Okafor retired in May. She has a garden now. Anna, a neighbour, helps. She brings her own spade.",
            ["She"],
            id="another person's pronouns are left alone",
        ),
    ],
)
def test_what_is_reported(text: str, wanted: list[str]) -> None:
    assert found(text) == wanted


def test_a_threshold_of_the_settings_holds_for_every_pronoun() -> None:
    findings = lint_text(AUNT, settings=read_settings({"min-confidence": 0.98}))
    assert findings
    assert all(finding.confidence >= 0.98 for finding in findings)
    assert len(findings) < len(lint_text(AUNT))
