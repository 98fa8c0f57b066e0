"""Declared pronouns: what a declaration means, whom it means, and what is found in a text."""

from __future__ import annotations

import re
from itertools import product

import pytest
from marks import with_marks, without_marks

from gru_lint import lint_text, read_settings
from gru_lint.english.declarations import Declaration, declared_genders, declared_pronouns
from gru_lint.english.pronoun_sets import read_pronoun_sets
from gru_lint.english.pronouns import CLASS_OF_FORM, CLASSES, REFLEXIVE_FORMS
from gru_lint.linter import default_linter, linter_for
from gru_lint.rules import PronounContext, all_rules

_ALEX = {"Alex Kim": "they"}


def check(marked: str, declared: dict[str, str], *fixes: str, code: str = "PA005") -> None:
    """Lints a text with «» about each word to be flagged; fixes are the replacements, joined where there are more."""
    text = without_marks(marked)
    found = lint_text(text, settings=read_settings({"pronouns": declared}))
    assert with_marks(text, found) == marked, found
    assert {diagnostic.code for diagnostic in found} <= {code}
    assert [" or ".join(diagnostic.replacements) for diagnostic in found] == list(fixes)


@pytest.mark.parametrize(
    ("marked", "fixes"),
    [
        ("Alex Kim said that «he» was tired.", ["they"]),
        ("Alex Kim lost «her» keys on Monday. Nobody could help «her».", ["their", "them"]),
        ("Alex Kim hurt «himself» on the ladder.", ["themself"]),
        ("Mr Kim wrote the report. Everybody praised «his» work.", ["their"]),
        ("Alex Kim was born in Leeds. «His» father was a doctor.", ["Their"]),
        ("The report was written by Alex Kim. In it, «she» argues that the bridge should be closed.", ["they"]),
    ],
)
def test_he_and_she_for_somebody_declared_as_they(marked: str, fixes: list[str]) -> None:
    check(marked, _ALEX, *fixes)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Alex Kim said that they were tired.", id="the declared pronoun"),
        pytest.param("Alex Kim hurt themselves on the ladder.", id="the plural reflexive"),
        pytest.param("Alex Kim hurt themself on the ladder.", id="the singular reflexive"),
        pytest.param("Mary Kim said that she was tired.", id="somebody else of the same surname"),
        pytest.param("Mary lost her keys on Monday.", id="somebody else"),
        pytest.param("Alex Kim's sister said that she was tired.", id="a relative who is named by the person"),
    ],
)
def test_what_passes_beside_somebody_declared_as_they(text: str) -> None:
    check(text, _ALEX)


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("a.md", "**Alex** Kim"),
        ("a.md", "*Alex* **Kim**"),
        ("a.md", "Alex&nbsp;Kim"),
        ("a.tex", "Alex~Kim"),
        ("a.tex", "\\textbf{Alex} Kim"),
        ("a.html", "<b>Alex</b> Kim"),
        ("a.adoc", "*Alex* Kim"),
        ("a.typ", "Alex~Kim"),
    ],
)
def test_markup_within_a_name_does_not_hide_who_is_declared(filename: str, name: str) -> None:
    [finding] = lint_text(f"{name} lost his keys.", filename=filename, settings=read_settings({"pronouns": _ALEX}))
    assert finding.message == '"his" refers to "Alex Kim": expected "their"'


@pytest.mark.parametrize(
    ("pronouns", "fixes"),
    [
        ("xe", ["xyr", "xem"]),
        ("ze/hir", ["hir", "hir"]),
        ("ze/zir", ["zir", "zir"]),
        ("ey/em", ["eir", "em"]),
        ("fae/faer", ["faer", "faer"]),
        ("ve/ver", ["vis", "ver"]),
        ("ae/aer/aers/aerz/aerself", ["aers", "aer"]),
        ("xe/they", ["xyr or their", "xem or them"]),
    ],
)
def test_new_pronouns_are_offered_in_the_right_case(pronouns: str, fixes: list[str]) -> None:
    check("Marin lost «her» keys, and nobody helped «her».", {"Marin": pronouns}, *fixes)


def test_a_form_that_is_not_known_is_named_and_not_offered() -> None:
    check("Marin lost «her» keys, and nobody helped «her».", {"Marin": "per/pem"}, "", "pem")
    settings = read_settings({"pronouns": {"Marin": "per/pem"}})
    messages = [found.message for found in lint_text("Marin lost her keys, and nobody helped her.", settings=settings)]
    assert messages == ['"her" refers to "Marin": expected a form of "per"', '"her" refers to "Marin": expected "pem"']


@pytest.mark.parametrize(
    ("marked", "declared", "fixes"),
    [
        ("Mary said that she was tired.", {"Mary": "she"}, []),
        ("Mary said that «she» was tired.", {"Mary": "he"}, ["he"]),
        ("Mary said that he was tired.", {"Mary": "he"}, []),
        ("Alex Kim lost «his» keys on Monday.", {"Alex Kim": "she/her"}, ["her"]),
        ("Noor hurt «himself» on the ladder.", {"Noor": "she"}, ["herself"]),
        ("Robin lost «her» hat.", {"Robin": "he/they"}, ["his or their"]),
        ("Robin lost his hat.", {"Robin": "he/they"}, []),
        ("Robin lost their hat.", {"Robin": "he"}, []),
        ("Mary said that he was tired.", {"Mary": "any"}, []),
        ("Mary said that he was tired.", {"Mary": "he/she"}, []),
    ],
)
def test_a_declaration_overrides_the_name(marked: str, declared: dict[str, str], fixes: list[str]) -> None:
    check(marked, declared, *fixes)


def test_a_person_called_it_gets_the_declared_pronoun() -> None:
    check("Alex Kim lost «its» keys.", _ALEX, "their", code="PA003")


def test_without_a_declaration_nothing_changes() -> None:
    text = "Mary slept late, since he was tired."
    for settings in (None, read_settings({"pronouns": {"Mary": "he"}}), None):
        codes = [found.code for found in lint_text(text, settings=settings)]
        assert codes == ([] if settings else ["PA001"])


def test_linters_share_the_weights() -> None:
    other = linter_for(read_settings({"pronouns": _ALEX}))
    assert other is linter_for(read_settings({"pronouns": dict(_ALEX)}))
    assert other is not default_linter()
    assert other.network._heads._arrays is default_linter().network._heads._arrays


@pytest.mark.parametrize("declared", ["they", "he", "she", "he/they", "he/she", "xe/xem", "any"])
def test_only_one_rule_speaks_where_a_declaration_settles_it(declared: str) -> None:
    """Whatever the network expects, what is declared passes, and another he or she is never PA001's."""
    pronouns = read_pronoun_sets(declared)
    for form, expected in product(CLASS_OF_FORM, CLASSES):
        probabilities = {name: 0.93 if name == expected else 0.01 for name in CLASSES}
        context = PronounContext(
            form, CLASS_OF_FORM[form], form in REFLEXIVE_FORMS, probabilities, "Alex Kim", 0.9, pronouns
        )
        speaking = {rule.name for rule in all_rules() if rule.judge and rule.judge(context)}
        if context.written in pronouns.classes:
            assert speaking == set()
        elif context.written in ("masculine", "feminine"):
            assert speaking <= {"declared-pronoun"}
        else:
            assert "declared-pronoun" not in speaking


@pytest.mark.parametrize(
    ("declared", "classes", "forms"),
    [
        ("they", "plural", ["they/them/their/theirs/themself"]),
        ("They/Them", "plural", ["they/them/their/theirs/themself"]),
        ("they/them/their/theirs/themselves", "plural", ["they/them/their/theirs/themselves"]),
        ("he", "masculine plural", ["he/him/his/his/himself"]),
        ("she/her/hers", "feminine plural", ["she/her/her/hers/herself"]),
        ("she / they", "feminine plural", ["she/her/her/hers/herself", "they/them/their/theirs/themself"]),
        ("xe/xem", "plural", ["xe/xem/xyr/xyrs/xemself"]),
        ("ze/zir", "plural", ["ze/zir/zir/zirs/zirself"]),
        ("ze/zem", "plural", ["ze/zem"]),
        ("thon/thon", "plural", ["thon/thon"]),
        ("any", "feminine masculine neuter plural", []),
    ],
)
def test_what_a_declaration_means(declared: str, classes: str, forms: list[str]) -> None:
    found = read_pronoun_sets(declared)
    assert sorted(found.classes) == classes.split()
    assert ["/".join(known.values()) for known in found.forms] == forms


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ("it", '"it" cannot be checked for a person; write "any" to allow every pronoun'),
        ("it/its", '"it" cannot be checked'),
        ("thye", '"thye" is of no set of pronouns; did you mean "they"?'),
        ("she/hers/hre", '"hre" is of no set of pronouns; did you mean "he"?'),
        ("ze", '"ze" may be "ze/hir" or "ze/zir"; write which'),
        ("ze/they", '"ze" may be "ze/hir" or "ze/zir"; write which'),
        ("xyzzy", '"xyzzy" is no set of pronouns; write for example "they"'),
        ("a/b/c", '"a/b/c" is no set of pronouns'),
        ("he/", '"he/" is no set of pronouns'),
        ("", '"" is no set of pronouns'),
    ],
)
def test_a_declaration_that_means_nothing(declared: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        read_pronoun_sets(declared)


def declarations(declared: dict[str, str]) -> list[Declaration]:
    """The declarations of a table of names and pronouns."""
    return [Declaration(name, read_pronoun_sets(pronouns)) for name, pronouns in declared.items()]


_KIMS = {"Alex Kim": "they", "Mrs Kim": "she"}
_JOSÉ = {"Jose\u0301 Núñez": "he"}


@pytest.mark.parametrize(
    ("mention", "declared", "wanted"),
    [
        ("Alex Kim", _ALEX, "they"),
        ("Alex", _ALEX, "they"),
        ("Kim", _ALEX, "they"),
        ("Mr Kim", _ALEX, "they"),
        ("Dr. Alex Kim", _ALEX, "they"),
        ("Alex J. Kim", _ALEX, "they"),
        ("Alex Kim's", _ALEX, "they"),
        ("Kim’s", _ALEX, "they"),
        ("Monday Alex Kim", _ALEX, "they"),
        ("Mary Kim", _ALEX, None),
        ("Alex Stone", _ALEX, None),
        ("alex kim", _ALEX, None),
        ("Kimberley", _ALEX, None),
        ("Kim Alex", _ALEX, None),
        ("Mr", _ALEX, None),
        ("", _ALEX, None),
        ("Alex Kim", {}, None),
        ("Mrs Kim", _KIMS, "she"),
        ("Mr Kim", _KIMS, "they"),
        ("Kim", _KIMS, None),
        ("Mrs Stone", {"John Stone": "he"}, None),
        ("Mr Stone", {"John Stone": "he"}, "he"),
        ("Kim", {"Alex Kim": "they", "Sam Kim": "they/them"}, "they"),
        ("Anne-Marie", {"Anne-Marie de la Cruz": "xe"}, "xe"),
        ("de la Cruz", {"Anne-Marie de la Cruz": "xe"}, "xe"),
        ("José", _JOSÉ, "he"),
        ("Prince", {"Prince": "he"}, "he"),
        ("Noor Stone", {"Noor": "she"}, None),
    ],
)
def test_whom_a_mention_means(mention: str, declared: dict[str, str], wanted: str | None) -> None:
    found = declared_pronouns(mention, declarations(declared))
    assert (found.declared if found else None) == wanted


@pytest.mark.parametrize(
    ("declared", "wanted"),
    [
        ({"Alex Kim": "she"}, {"Alex": "feminine", "Kim": None}),
        ({"Alex Kim": "they"}, {"Alex": None, "Kim": None}),
        ({"Noor": "he/they"}, {"Noor": "masculine"}),
        ({"Dr Kim": "she"}, {"Kim": "feminine"}),
        ({"Anne-Marie de la Cruz": "she"}, {"Anne": "feminine", "Marie": "feminine", "Cruz": None}),
        ({"Alex Kim": "she", "Alex Stone": "he"}, {"Alex": None, "Kim": None, "Stone": None}),
        ({"Alex Kim": "she", "Kim": "he"}, {"Alex": "feminine", "Kim": None}),
        ({"bell hooks": "she"}, {}),
    ],
)
def test_what_the_words_of_a_declared_name_tell(declared: dict[str, str], wanted: dict[str, str | None]) -> None:
    assert declared_genders(declarations(declared)) == wanted


@pytest.mark.parametrize(
    ("text", "names", "codes"),
    [
        ("Mary slept late, since he was tired.", {}, ["PA001"]),
        ("Mary slept late, since he was tired.", {"Mary": "any"}, []),
        ("Mary slept late, since he was tired.", {"Mary": "masculine"}, []),
        ("Mary slept late, since she was tired.", {"Mary": "masculine"}, ["PA001"]),
        ("Zorvane slept late, since he was tired.", {}, []),
        ("Zorvane slept late, since he was tired.", {"Zorvane": "feminine"}, ["PA001"]),
        ("Anne-Marie slept late, since he was tired.", {"Anne-Marie": "any"}, []),
    ],
)
def test_a_name_has_the_gender_that_is_set(text: str, names: dict[str, str], codes: list[str]) -> None:
    assert [found.code for found in lint_text(text, settings=read_settings({"names": names}))] == codes


def test_a_declared_person_goes_before_a_name() -> None:
    settings = read_settings({"names": {"Mary": "any"}, "pronouns": {"Mary": "she"}})
    assert [found.code for found in lint_text("Mary said that he was tired.", settings=settings)] == ["PA005"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Shane O'Brien", "Shane O’Brien lost «his» keys on Monday."),
        ("Ren\u00e9 Kim", "Rene\u0301 Kim lost «his» keys on Monday."),
        ("Anne-Lee Roth", "Anne-Lee Roth lost «her» keys on Monday."),
        ("Alex Kim", "It rained. " * 80 + "Alex Kim lost «her» keys on Monday."),
    ],
)
def test_a_declared_name_is_known_however_it_is_spelled_and_wherever_it_stands(name: str, text: str) -> None:
    check(text, {name: "they"}, "their")
