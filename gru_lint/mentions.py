"""From the word that the network points at to the mention that it ends: "Mr Watson", "the old captain"."""

from __future__ import annotations

from collections.abc import Sequence

from gru_lint.lexicon import Lexicon, normalise
from gru_lint.pronouns import CLASS_OF_FORM

_DETERMINERS = frozenset(
    """
        the a an this that these those my your his her its our their every each no any some another both 's
        """.split()
)
# Small words inside a name.
_NAME_JOINTS = frozenset("de la von van der den del di da le al bin ibn of".split())
# The furthest that a determiner may stand before its noun ("the tall old sea captain").
_LONGEST_PHRASE = 5


def mention_bounds(words: Sequence[str], head: int, lexicon: Lexicon) -> tuple[int, int]:
    """First and end index (excluded) of the mention whose last word is `head`.

    A name takes the capitalised words before it ("Mr Watson", "Maria de la Cruz"); a common noun
    its determiner and what stands between ("the old captain"). A pronoun stands alone.
    """
    if normalise(words[head]) in CLASS_OF_FORM:
        return head, head + 1
    if lexicon.is_nameish(words[head]):
        return _name_start(words, head, lexicon), head + 1
    for first in range(head - 1, max(0, head - _LONGEST_PHRASE) - 1, -1):
        word = normalise(words[first])
        if word in _DETERMINERS:
            # "Mary's brother": the mention begins with whose it is.
            return (_name_start(words, first - 1, lexicon) if word == "'s" and first > 0 else first), head + 1
        if not word.replace("-", "a").isalpha() or word in CLASS_OF_FORM:
            break
    return head, head + 1


def _name_start(words: Sequence[str], head: int, lexicon: Lexicon) -> int:
    first = head
    while first > 0:
        if lexicon.is_nameish(words[first - 1]):
            first -= 1
        elif first > 1 and normalise(words[first - 1]) in _NAME_JOINTS and lexicon.is_nameish(words[first - 2]):
            first -= 2
        else:
            break
    return first
