"""Firms, products, places and storms that bear a first name: "Alfred opens with its own hotkey"."""

from __future__ import annotations

from collections.abc import Sequence

from gru_lint.english.titles import TITLES
from gru_lint.english.word_files import commoner_words


def may_be_named_thing(antecedent: str | None, words: Sequence[str], word_index: int) -> bool:
    """Whether an antecedent may be a thing's name: a single word, without a title or another name before it.

    words, word_index  the window, and where in it the pronoun stands
    """
    if antecedent is None or not antecedent.isalnum():
        return False
    if not antecedent[0].isupper() or antecedent.lower() in commoner_words():
        return False
    places = [index for index, word in enumerate(words[:word_index]) if word == antecedent]
    before = words[places[-1] - 1] if places and places[-1] else ""
    # "Aunt Irene", "Elena Rossi": a title, a word for kin, another name.
    return before not in TITLES and not (before[:1].isupper() and before.isalpha() and places[-1] > 2)
