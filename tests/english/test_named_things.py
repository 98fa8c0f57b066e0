"""A first name may be that of a thing, where nothing beside it makes it a person's."""

import pytest

from gru_lint import lint_text
from gru_lint.english.named_things import may_be_named_thing


@pytest.mark.parametrize(
    ("text", "antecedent", "may_be"),
    [
        ("<b> Alfred opens with its hotkey", "Alfred", True),
        ("<b> In Sydney we saw its harbour", "Sydney", True),
        ("<b> We went with Aunt Irene to its farm", "Irene", False),
        ("<b> We saw Mrs Dubois and its hat", "Dubois", False),
        ("<b> Here Elena Rossi lost its keys", "Elena Rossi", False),
        ("<b> Stewardess lost its hat", "Stewardess", False),
        ("<b> The nurse lost its hat", "nurse", False),
        ("<b> Somebody lost its hat", None, False),
    ],
)
def test_may_be_named_thing(text: str, antecedent: str | None, may_be: bool) -> None:
    words = text.split()
    assert may_be_named_thing(antecedent, words, words.index("its")) == may_be


@pytest.mark.parametrize(("text", "codes"), [("Anna said it was tired.", ["PA003"]), ("Anna has its own port.", [])])
def test_its_alone_may_be_that_of_a_thing_with_a_name(text: str, codes: list[str]) -> None:
    assert [finding.code for finding in lint_text(text)] == codes
