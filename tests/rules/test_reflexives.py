"""A reflexive is wrong where it differs from its subject, or where its subject is wrong."""

from __future__ import annotations

import pytest

from gru_lint import lint_text, read_settings


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("The king hurt herself.", ["herself"], id="its own subject"),
        pytest.param("He hurt herself.", ["herself"], id="a pronoun that it differs from"),
        pytest.param("The king called the cook. She had burnt herself.", [], id="a pronoun that it agrees with"),
        pytest.param("Mr Brown was late, and she blamed herself for it.", ["she", "herself"], id="both are wrong"),
        pytest.param(
            "Joanna waited, but everybody who had a key kept it to himself.", [], id="somebody of either gender"
        ),
    ],
)
def test_what_is_reported(text: str, wanted: list[str]) -> None:
    assert [text[finding.span.start : finding.span.end] for finding in lint_text(text)] == wanted


def test_without_the_finding_about_its_subject_there_is_none_about_it() -> None:
    text = "Mr Smith came home. She made herself a cup of tea."
    assert lint_text(text, settings=read_settings({"select": ["PA004"]})) == ()
