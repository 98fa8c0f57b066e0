"""Whom the pronouns of a text are taken for, and who is mentioned how often."""

from __future__ import annotations

import pytest

from gru_lint.explain.chains import joined, text_chains
from gru_lint.linter import default_linter
from gru_lint.records import Span

_WATSON = (
    "Mr Watson goes on a business trip every Wednesday. He always takes a flight to New York, and on every trip her "
    "wife wishes him good luck.\n\nMrs Watson, his wife, loves cooking, and he is also a businesswoman."
)


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def test_mentions_of_a_person_are_one_chain_whatever_pronoun_is_written() -> None:
    found = text_chains(default_linter(), _WATSON)
    chains = {own[0]: own[1:] for own in (words(_WATSON, chain) for chain in found.chains)}
    assert chains["Mr Watson"] == ["He", "her", "him", "his"]
    assert chains["Mrs Watson"] == ["his wife", "he"]
    assert words(_WATSON, tuple(one.span for one in found.pronouns)) == ["He", "her", "him", "his", "he"]
    assert [one.antecedent.text for one in found.pronouns if one.antecedent][1:] == ["Mr Watson"] * 3 + ["Mrs Watson"]
    assert all(0 < one.probability <= 1 for one in found.pronouns)


@pytest.mark.parametrize("text", ["", "The weather was fine.", "\n\n"])
def test_a_text_without_a_pronoun_has_no_chains(text: str) -> None:
    found = text_chains(default_linter(), text)
    assert (found.pronouns, found.chains) == ((), ())


@pytest.mark.parametrize(
    ("groups", "wanted"),
    [
        ([], ()),
        # The beginning of a window may cut off the first words of a mention.
        ([(Span(9, 12), Span(3, 6)), (Span(20, 22), Span(0, 6))], ((Span(0, 6), Span(9, 12), Span(20, 22)),)),
        (
            [(Span(9, 12), Span(0, 4)), (Span(30, 32), Span(20, 25))],
            ((Span(0, 4), Span(9, 12)), (Span(20, 25), Span(30, 32))),
        ),
        # A group that holds mentions of two others joins them.
        (
            [(Span(0, 1), Span(2, 3)), (Span(4, 5), Span(6, 7)), (Span(2, 3), Span(4, 5))],
            ((Span(0, 1), Span(2, 3), Span(4, 5), Span(6, 7)),),
        ),
    ],
)
def test_groups_that_share_a_mention_are_one(groups: list[tuple[Span, ...]], wanted: object) -> None:
    assert joined(groups) == wanted
