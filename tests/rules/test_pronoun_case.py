"""The rule about the case of pronouns: by any judgement, and with the weights that are shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from gru_lint import lint_text, read_settings
from gru_lint.english.pronouns import BEGIN
from gru_lint.linter import Linter, linter_for
from gru_lint.model.weights_path import weights_judge_verbs
from gru_lint.rules import CaseContext, rule_called
from gru_lint.rules._forms import FormMismatch
from gru_lint.segment.windows import is_first_person
from gru_lint.training.measure.pairs import measure_pairs, read_fair_texts, read_pairs

_DATA = Path(__file__).parents[1] / "data"
_PAIRS = list(read_pairs(_DATA / "case_pairs.tsv"))
_FAIR_TEXTS = read_fair_texts(_DATA / "case_fair.tsv")

judging = pytest.mark.skipif(not weights_judge_verbs(), reason="the weights are not calibrated for cases")


def judged(marked: str, subject: float, determiner: float = 0.0) -> FormMismatch | None:
    """What the rule says of the word in « »; what is left of the probability is the object's."""
    words = marked.split()
    index = next(number for number, word in enumerate(words) if word.startswith("«"))
    words[index] = words[index].strip("«»")
    judge = rule_called("PC001").judge_case
    assert judge is not None
    rest = 1 - subject - determiner
    cases = {"subject": subject, "object": rest, "determiner": determiner, "possessive": 0.0}
    return judge(CaseContext(words[index], cases, (BEGIN, *words), index + 1))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("marked", "subject", "fix"),
    [
        ("It stays between you and «I» .", 0.01, "me"),
        ("They invited «we» to dinner .", 0.01, "us"),
        ("«Me» went to school by bus .", 0.99, "I"),
        ("My brother and «me» are twins .", 0.99, "I"),
        ("«Him» works in a bank .", 0.99, "He"),
        ("I saw «she» at the market .", 0.01, "her"),
        ("I know that «her» lives here .", 0.99, "she"),
        ("So «them» went home early .", 0.99, "they"),
    ],
)
def test_what_is_flagged(marked: str, subject: float, fix: str) -> None:
    mismatch = judged(marked, subject)
    assert mismatch is not None
    assert mismatch.replacements == (fix,)
    assert mismatch.confidence == pytest.approx(0.99)


@pytest.mark.parametrize(
    ("reason", "marked", "subject"),
    [
        ("the likely case is written", "My brother and «I» are twins .", 0.99),
        ("both are said after than", "She is much older than «me» .", 0.99),
        ("both are said after be", "It was «him» who called me .", 0.99),
        ("an answer has no verb", "«Me» too .", 0.99),
        ("an answer has no verb", "Who , «me» ?", 0.99),
        ("a preposition has an object", "After «him» came three more runners .", 0.99),
        ("an object goes before -ing", "I do not mind «them» using it .", 0.99),
        ("the word is meant", "Instead of he or she use «they» in the text .", 0.01),
        ("a clause that is the subject", "What surprised «me» was his answer .", 0.99),
        ("somebody of that name", "They call her Her . «Her» is a hacker from Oslo .", 0.99),
        ("after -ing", "Underlying «them» were advances in chemistry .", 0.99),
        ("two of one case", "She let him and «me» choose the film .", 0.99),
        ("speech", '" «Me» and Joe seen it first , "', 0.99),
        ("a numeral", "He fought in World War «I» and came back .", 0.01),
        ("a title", "We saw Kiddin ' «Me» twice last year .", 0.99),
        ("pronouns that are named", "She wrote he / «him» under her name .", 0.99),
    ],
)
def test_what_is_not_flagged(reason: str, marked: str, subject: float) -> None:
    assert judged(marked, subject) is None, reason


def test_her_is_an_object_or_a_determiner() -> None:
    assert judged("I know that «her» lives here .", 0.52, 0.4) is not None
    assert judged("I know that «her» lives here .", 0.45, 0.5) is None


def test_where_neither_case_is_likely_nothing_is_said() -> None:
    assert judged("It stays between you and «I» .", 0.3, 0.3) is None


@pytest.mark.parametrize(
    ("word", "is_one"), [("I", True), ("me", True), ("Us", True), ("US", False), ("i", False), ("ME", False)]
)
def test_which_words_are_first_persons(word: str, is_one: bool) -> None:
    assert is_first_person(word) is is_one


def test_pairs_differ_in_one_word() -> None:
    assert len(_PAIRS) >= 50
    for pair in _PAIRS:
        different = [words for words in zip(pair.bad.split(), pair.good.split(), strict=True) if words[0] != words[1]]
        assert len(different) == 1, pair


def case_linter() -> Linter:
    return linter_for(read_settings({"select": ["PC"]}))


@judging
def test_errors_of_learners_are_found() -> None:
    figures = measure_pairs(case_linter(), _PAIRS)
    assert figures["all"]["found"] >= 0.7, figures
    assert figures["all"]["good_flagged"] <= 0.02, figures


@judging
@pytest.mark.parametrize(("reason", "text"), _FAIR_TEXTS, ids=[reason for reason, _ in _FAIR_TEXTS])
def test_what_is_no_error(reason: str, text: str) -> None:
    assert not list(case_linter().lint(text, "example.txt")), reason


@judging
def test_a_text_of_first_persons_alone_is_read() -> None:
    (finding,) = lint_text("Can you help I with my homework?")
    assert (finding.code, finding.message) == ("PC001", '"I" stands where an object does: expected "me"')


@judging
def test_without_the_family_first_persons_are_not_read() -> None:
    assert not lint_text("Can you help I with my homework?", settings=read_settings({"select": ["PA"]}))
