"""Who is spoken to, or described by whose they are, is no he or she; errors beside a comma are found all the same."""

from __future__ import annotations

import pytest
from marks import with_marks, without_marks

from gru_lint.config.settings import read_settings
from gru_lint.linter import Linter, lint_text, lint_texts
from gru_lint.training.measure.pairs import read_pairs

_LEARNER = read_settings({"profile": "learner"})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Laura, have you got his number?", id="a question"),
        pytest.param("Laura, bring me his jacket.", id="a request"),
        pytest.param("Laura, please sign his form.", id="a polite request"),
        pytest.param("Hello Stephen, she is at the front desk.", id="a greeting"),
        pytest.param("Good afternoon, Laura. He has just landed.", id="a greeting before a sentence"),
        pytest.param("Sorry, Laura, but his train is late.", id="between commas"),
        pytest.param("Hurry up, Stephen, or she will leave.", id="within a request"),
        pytest.param("Laura, your uncle rang, and he sounded tired.", id="you"),
        pytest.param("Laura: he never said that.", id="a line of a script"),
        pytest.param("Stephen, her sister asked about you.", id="what is said to him"),
        pytest.param("Where did you put his hat, Laura?", id="a name at the end"),
    ],
)
@pytest.mark.parametrize("settings", [None, _LEARNER], ids=["default", "learner"])
def test_who_is_spoken_to_is_not_meant(text: str, settings: object) -> None:
    assert lint_text(text, settings=settings or read_settings({})) == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Laura, his cousin, runs a bakery.", id="between commas"),
        pytest.param("Stephen (her cousin) runs a bakery.", id="in brackets"),
        pytest.param("Laura is his cousin.", id="is"),
        pytest.param("Stephen was her first teacher.", id="was"),
        pytest.param("We met Laura, his new landlady.", id="at the end"),
    ],
)
def test_whose_somebody_is_is_not_their_own(text: str) -> None:
    assert lint_text(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Stephen thinks she was right.",
        "Laura has heard that he is moving to Leeds.",
        "Laura told us all that he had passed.",
        "I asked Stephen whether she was coming.",
        "Good news: Laura says he can join us.",
    ],
)
def test_whom_somebody_speaks_of_where_a_text_begins_is_known_to_its_reader(text: str) -> None:
    assert lint_text(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Laura has a cold. She says that «he» is tired.", id="behind the first sentence"),
        pytest.param("Laura said that she was ill, and «he» went home.", id="not what is said"),
        pytest.param("Laura thinks of «his» mother every day.", id="a possessive"),
        pytest.param("Is Laura there? I think «he» went out.", id="what somebody else thinks"),
    ],
)
def test_an_error_beside_what_is_said_is_found(text: str) -> None:
    assert with_marks(without_marks(text), lint_text(without_marks(text))) == text


@pytest.mark.parametrize(
    "text",
    [
        "According to Stephen, she is on holiday.",
        "Thanks to Laura, he found the way.",
        "As per Laura's request, he will ring on Friday.",
        "Unlike Stephen, she plays the drums.",
    ],
)
def test_who_is_named_in_passing_is_not_the_subject(text: str) -> None:
    assert lint_text(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Laura is younger than he is.",
        "Stephen runs as fast as she does.",
        "Laura was ready, but he was not.",
    ],
)
def test_who_is_set_against_another_one_is_not_the_same(text: str) -> None:
    assert lint_text(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Stephen's cat is ill. She hardly eats.", id="an animal"),
        pytest.param("Laura's landlord says he is selling the house.", id="a man"),
        pytest.param("Stephen's colleague thinks that she is ready.", id="somebody of either gender"),
        pytest.param("Laura's aunt and his uncle are neighbours.", id="two owners"),
    ],
)
def test_whom_somebody_has_may_be_meant(text: str) -> None:
    assert lint_text(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Laura has adopted a kitten. He sleeps in her hat.", id="an animal"),
        pytest.param("The burglar took Laura's rings, but he left the watch.", id="the subject of the sentence"),
        pytest.param("A surgeon operated on Laura for hours. Then he came out and smiled.", id="the subject before"),
        pytest.param("Laura gave me the number of her plumber. He is cheap.", id="not the subject"),
        pytest.param("Stephen's editor said that she would cut the end.", id="whom somebody has"),
        pytest.param("Stephen rang Dr Soto at noon. She was out.", id="a title that tells no gender"),
    ],
)
@pytest.mark.parametrize("settings", [None, _LEARNER], ids=["default", "learner"])
def test_somebody_who_has_just_come_in_by_a_role_may_be_meant(text: str, settings: object) -> None:
    assert lint_text(text, settings=settings or read_settings({})) == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Laura is a surgeon. «He» works at night.", id="what she is"),
        pytest.param("Laura, a surgeon from Bath, lost «his» keys.", id="what she is, between commas"),
        pytest.param("My boss, Mrs Doyle, lost «his» keys.", id="a role of somebody named"),
        pytest.param("Nobody told Laura. «He» came an hour late.", id="nobody comes in"),
    ],
)
def test_an_error_beside_a_role_of_ones_own_is_found(text: str) -> None:
    assert with_marks(without_marks(text), lint_text(without_marks(text))) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Q: Where does your aunt live?\nA: «He» lives in Porto.", id="a letter for the speaker"),
        pytest.param("Host: How is the queen?\nGuest: «He» is well.", id="a word for the speaker"),
        pytest.param("Q: What does Laura do?\nA: «He» bakes bread.", id="a name"),
    ],
)
def test_an_answer_about_who_is_asked_about_is_judged(text: str) -> None:
    assert with_marks(without_marks(text), lint_text(without_marks(text))) == text


def test_nothing_more_is_found_where_all_antecedents_are_resolved() -> None:
    # A rule that leaves alone what it would report once the antecedent is known keeps it from being looked for.
    texts = [text for pair in read_pairs() for text in (pair.bad, pair.good)]
    whole = Linter(resolve_all=True)
    for text, found in zip(texts, lint_texts(texts), strict=True):
        assert tuple(whole.lint(text)) == found


def test_stated_pronouns_are_no_mention() -> None:
    assert lint_text("Otto Lang (she/her) has left. Her coat is still here.", settings=_LEARNER) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Laura, a baker from Bath, lost «his» keys.",
        "Laura, tired and hungry, lost «his» keys.",
        "Laura, who lives next door, lost «his» keys.",
        "Well, Stephen lost «her» keys.",
        "After the match, Laura lost «his» keys.",
        "Laura's aunt lost «his» keys.",
        "LAURA HURT «HIMSELF»",
    ],
)
def test_a_comma_or_capitals_hide_no_error(text: str) -> None:
    plain = without_marks(text)
    assert with_marks(plain, lint_text(plain)) == text
