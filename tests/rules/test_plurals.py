"""A he or a she is wrong for several people, and right for one of them or beside them."""

from __future__ import annotations

import pytest

from gru_lint import lint_text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("The boys lost her way in the forest.", ["her"], id="several of the other gender"),
        pytest.param("The girls lost his way in the forest.", ["his"], id="several of one gender"),
        pytest.param("The soldiers cleaned his rifles.", ["his"], id="several of no gender"),
        pytest.param("My brothers and my sister came late because her car broke down.", [], id="one of them"),
        pytest.param("The children waited for the teacher, and she told them a story.", [], id="somebody beside them"),
        pytest.param("The boys met Mrs Brown at the station and carried her bags.", [], id="a title beside them"),
        pytest.param("She have two brothers.", [], id="a verb that does not agree"),
        pytest.param("Why do he leave?", [], id="one that stands before it"),
        pytest.param("There were twins, but there was only one of him.", [], id="one of several of him"),
        pytest.param("The child kept their badge.", [], id="singular they"),
    ],
)
def test_what_is_reported(text: str, wanted: list[str]) -> None:
    findings = [finding for finding in lint_text(text) if finding.code == "PA006"]
    assert [text[finding.span.start : finding.span.end] for finding in findings] == wanted


def test_the_antecedent_is_the_whole_phrase() -> None:
    [finding] = lint_text("Our neighbours lost her keys.")
    assert finding.antecedent is not None
    assert finding.antecedent.text == "Our neighbours"
