"""How much of a name is shown as an antecedent."""

from __future__ import annotations

import pytest

from gru_lint import lint_text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("Mr Watson lost her hat.", "Mr Watson", id="a name that is known"),
        pytest.param(
            "Mr Brown was late, and she blamed herself for it.", "Mr Brown", id="a common word behind a title"
        ),
        pytest.param("Mrs. Green lost his keys.", "Mrs. Green", id="behind a title with a full stop"),
        pytest.param("Aunt Mary lost his hat.", "Aunt Mary", id="a word for kin"),
        pytest.param("In November Mrs Grey lost his keys.", "Mrs Grey", id="behind a name of something else"),
        pytest.param("Mr Black and Mr White met. Mr White lost her hat.", "Mr White", id="named a second time"),
    ],
)
def test_a_title_is_shown_with_its_name(text: str, wanted: str) -> None:
    antecedents = [finding.antecedent for finding in lint_text(text)]
    assert {antecedent.text for antecedent in antecedents if antecedent} == {wanted}
