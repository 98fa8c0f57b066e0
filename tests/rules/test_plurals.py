"""A he or a she is wrong for several people, and right for one of them or beside them."""

from __future__ import annotations

import pytest

from gru_lint import lint_text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("The boys lost her way in the forest.", ["her"], id="several of the other gender"),
        pytest.param("The girls lost his way in the forest.", ["his"], id="several of one gender"),
        pytest.param("The soldiers risked his lives.", ["his"], id="several of no gender"),
        pytest.param("The passengers fastened his seat belts.", ["his"], id="a noun of two words"),
        pytest.param("The soldiers cleaned his rifles.", [], id="what may be another's"),
        pytest.param("The boys carried her bags.", [], id="a helped one's"),
        pytest.param("My sons repaired his bike.", [], id="a friend's"),
        pytest.param("The brothers were proud that she had won.", [], id="the subject of another clause"),
        pytest.param("The girls were happy because he had won the prize.", [], id="the subject after because"),
        pytest.param("Two men waited until she came.", [], id="the subject after until"),
        pytest.param("She lost only five games, and her serve never failed.", [], id="games are not several people"),
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
    [finding] = lint_text("Our neighbours lost her way.")
    assert finding.antecedent is not None
    assert finding.antecedent.text == "Our neighbours"
