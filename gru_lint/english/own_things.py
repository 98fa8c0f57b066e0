"""What is one's own by its nature: nobody loses anybody's way but his own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from gru_lint.english.word_files import word_lines

# How many words before it the verb may stand ("lost, alas, her way"), after it the noun ("his front teeth").
_NEAR = 3


def is_own_thing(words: Sequence[str], index: int) -> bool:
    """Whether a possessive can only be the subject's, given the verb before it and the noun after: "lost her way"."""
    before, after = words[max(0, index - _NEAR) : index], words[index + 1 : index + 1 + _NEAR]
    things = _own_things()
    return any(after_word in things.get(verb.lower(), ()) for verb in before for after_word in after)


@cache
def _own_things() -> dict[str, frozenset[str]]:
    """For a verb, the nouns that can only be the subject's own there: "way" for "lost"."""
    nouns: dict[str, frozenset[str]] = {}
    for line in word_lines("own_things"):
        verbs, _, things = line.partition(":")
        for verb in verbs.split():
            nouns[verb] = nouns.get(verb, frozenset()) | frozenset(things.split())
    return nouns
