"""What is fixed without asking, what is left to a person, and that fixing again changes nothing."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from gru_lint.check.fixes import MAX_ROUNDS, FixedText, apply_edits, edits_of, fix_text, without_touching_markup
from gru_lint.config.settings import Settings, read_settings
from gru_lint.extract import extract_prose
from gru_lint.linter import lint_text
from gru_lint.records import Edit, Finding, Span

_PAIRS = Path(__file__).parents[1] / "data" / "short_pairs.tsv"
_WATSON = "Mr Watson goes on a business trip every Wednesday. He always takes a flight to New York, "


def fixed(text: str, filename: str = "text.md", settings: Settings | None = None) -> FixedText:
    """The text after fixing, with the real network; fixed once more it stays the same."""
    settings = settings or Settings()

    def lint(text: str) -> tuple[Finding, ...]:
        return lint_text(text, filename=filename, settings=settings)

    once = fix_text(text, filename, settings, lint)
    assert once.remaining == lint(once.text)
    assert apply_edits(text, once.edits) == once.text
    assert fix_text(once.text, filename, settings, lint).text == once.text
    return once


def finding(start: int, end: int, *replacements: str, confidence: float = 1.0) -> Finding:
    return Finding("PA001", "gender-mismatch", "", Span(start, end), replacements, None, confidence)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The king hurt herself.", "The king hurt himself."),
        ("The king hurt Herself.", "The king hurt Himself."),
        (
            f"{_WATSON}and on every trip her wife wishes him luck.",
            f"{_WATSON}and on every trip his wife wishes him luck.",
        ),
        ("\ufeffThe king hurt herself.\r\n\r\nOn.\r", "\ufeffThe king hurt himself.\r\n\r\nOn.\r"),
        ("The king hurt *herself*.", "The king hurt *himself*."),
        ("😀 The king hurt herself 😀.", "😀 The king hurt himself 😀."),
        (
            "The king hurt herself.\n\nThe queen cut himself.\n",
            "The king hurt himself.\n\nThe queen cut herself.\n",
        ),
    ],
)
def test_a_word_is_replaced_and_nothing_else(before: str, after: str) -> None:
    result = fixed(before)
    assert result.text == after
    assert [before[edit.span.start : edit.span.end] for edit in result.edits]
    assert len(result.fixed) == len(result.edits)


@pytest.mark.parametrize(
    "text",
    [
        "The king hurt himself.",
        "The king hurt `herself`.",
        "The king hurt her*self*.",
        "",
        "The weather was fine.",
    ],
)
def test_what_is_right_or_no_prose_stays(text: str) -> None:
    assert fixed(text).text == text


@pytest.mark.parametrize(
    "text", ["The boys were late. It missed the bus.", "The guests arrived late because it had missed the train."]
)
def test_a_subject_of_another_number_is_left_because_its_verb_must_follow(text: str) -> None:
    result = fixed(text)
    assert result.text == text
    assert [found.replacements for found in result.remaining] != []
    assert all(found.replacements[0].lower() == "they" for found in result.remaining)


def test_what_is_not_sure_enough_is_left_and_shown() -> None:
    (found,) = lint_text("The queen cut himself.")
    for limit, n_remaining in ((found.confidence, 0), (min(1, found.confidence + 0.0001), 1)):
        settings = read_settings({"fix-confidence": limit})
        assert len(fixed("The queen cut himself.", settings=settings).remaining) == n_remaining
        settings = read_settings({"fix-confidence": {"PA004": limit, "all": 1}})
        assert len(fixed("The queen cut himself.", settings=settings).remaining) == n_remaining


def test_every_error_of_the_short_texts_that_is_fixed_is_fixed_rightly() -> None:
    rows = [line.split("\t") for line in _PAIRS.read_text(encoding="utf-8").splitlines()[1:]]
    results = [(fixed(bad).text, bad, good) for _, bad, good in rows]
    touched = [(after, good) for after, bad, good in results if after != bad]
    assert len(touched) > 0.4 * len(rows)
    assert sum(after == good for after, good in touched) > 0.98 * len(touched)


@pytest.mark.parametrize("seed", range(4))
def test_a_text_full_of_errors_comes_to_rest(seed: int) -> None:
    chance = random.Random(seed)
    goods = [line.split("\t")[2] for line in _PAIRS.read_text(encoding="utf-8").splitlines()[1:]]
    others = {"he": "she", "she": "he", "his": "her", "her": "his", "himself": "herself", "herself": "himself"}
    text = " ".join(chance.sample(goods, 25))
    fixed(re.sub(r"\b(?:he|she|his|her|himself|herself)\b", lambda m: chance.choice([m[0], others[m[0]]]), text))


def test_two_words_that_turn_each_other_around_are_put_back() -> None:
    """Each pronoun is evidence for the other: fixed both at once they would change places for ever."""

    def lint(text: str) -> Iterable[Finding]:
        other = {"he": "she", "she": "he"}
        words = [(match.start(), match[0]) for match in re.finditer(r"\b(?:he|she)\b", text)]
        if len({word for _, word in words}) == 2:
            yield from (finding(start, start + len(word), other[word]) for start, word in words)

    result = fix_text("he ran and she ran", None, Settings(), lint)
    assert result.text == "he ran and she ran"
    assert result.edits == ()
    assert len(result.remaining) == 2


def test_a_fix_may_show_the_next_error_and_spans_are_those_of_the_text_before() -> None:
    def lint(text: str) -> Iterable[Finding]:
        match = re.search(r"(?<![^y])x+", text)
        if match:
            yield finding(*match.span(), "yy")

    result = fix_text("xxx x x", None, Settings(), lint)
    assert result.text == "yy x x"
    result = fix_text("xxx-x", None, Settings(), lambda text: lint(text.replace("-", "y")))
    assert (result.text, [edit.span for edit in result.edits]) == ("yy-yy", [Span(0, 3), Span(4, 5)])


def test_rounds_are_bounded() -> None:
    rounds = []

    def lint(text: str) -> Iterable[Finding]:
        rounds.append(text)
        yield finding(len(rounds), len(rounds) + 1, "b")

    result = fix_text("a" * 100, None, Settings(), lint)
    assert len(rounds) == MAX_ROUNDS + 1
    assert result.text == rounds[-1]


@pytest.mark.parametrize(
    ("findings", "wanted"),
    [
        ([finding(0, 3, "a"), finding(4, 6, "b")], [(0, "a"), (4, "b")]),
        ([finding(4, 6, "b"), finding(0, 4, "a")], [(0, "a"), (4, "b")]),
        ([finding(0, 5, "a", confidence=0.7), finding(4, 6, "b", confidence=0.8)], [(4, "b")]),
        ([finding(0, 5, "a", confidence=0.9), finding(0, 5, "b", confidence=0.8)], [(0, "a")]),
        ([finding(0, 5)], []),
        ([finding(0, 5, "first", "second")], [(0, "first")]),
    ],
)
def test_overlapping_fixes_are_not_both_applied(findings: list[Finding], wanted: list[tuple[int, str]]) -> None:
    assert [(edit.span.start, edit.written) for edit in edits_of(findings)] == wanted


@pytest.mark.parametrize(
    ("text", "word", "written", "is_kept"),
    [
        ("He saw *her*.", "her", "him", True),
        ("He saw `her`.", "her", "him", False),
        ("[see](her.html) her", "her.html", "him.html", False),
        ("He saw her.", "her", "*him*", False),
        ("He saw her.", "her", "`", False),
        ("He saw her.", "her", "'em", True),
        ("He saw\nher\n", "her", "-", False),
        ("# It is\n", "It", "They", True),
    ],
)
def test_a_fix_that_would_touch_markup_is_not_applied(text: str, word: str, written: str, is_kept: bool) -> None:
    start = text.index(word)
    good = Edit(Span(0, 1), text[0])
    edits = [Edit(Span(start, start + len(word)), written)]
    assert without_touching_markup(text, "text.md", edits) == tuple(edits if is_kept else ())
    # What stands beside it is fixed all the same.
    if text[0].isalpha():
        assert good in without_touching_markup(text, "text.md", [good, *edits])


def test_an_edit_after_which_the_rest_is_read_otherwise_is_left_out() -> None:
    """A mark before an apostrophe does not begin emphasis, so that the stars would be read as text."""
    text = "her *her* her"
    edits = [Edit(Span(start, start + 3), "'em") for start in (0, 5, 10)]
    kept = without_touching_markup(text, "text.md", edits)
    assert {edits[0], edits[2]} <= set(kept)
    assert extract_prose(apply_edits(text, kept), "text.md") == apply_edits(extract_prose(text, "text.md"), kept)
