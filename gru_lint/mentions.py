"""From the words that the network points at to the mention that is meant: its beginning, its end, its name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from gru_lint.lexicon import Lexicon, normalise
from gru_lint.pronouns import CLASS_OF_FORM
from gru_lint.records import Mention

# Below this share of the evidence no antecedent is named.
_MIN_ANTECEDENT = 0.35

_DETERMINERS = frozenset(
    """
        the a an this that these those my your his her its our their every each no any some another both 's
        """.split()
)
# Small words inside a name.
_NAME_JOINTS = frozenset("de la von van der den del di da le al bin ibn of".split())
# The furthest that a determiner may stand before its noun ("the tall old sea captain").
_LONGEST_PHRASE = 5


def likeliest_mention(
    words: Sequence[str], position: int, heads: Iterable[tuple[int, float]], lexicon: Lexicon
) -> Mention | None:
    """The likeliest mention that is not a pronoun; those of one name count together, short forms included.

    position  the pronoun; of the mentions of one name the likeliest before it is shown, where there is one
    heads     the last word of each mention and its probability, the likeliest first
    """
    found = []
    for head, probability in heads:
        first, end = mention_bounds(words, head, lexicon)
        found.append((Mention(first, end, probability), tuple(words[first:end])))
    names = {name for _, name in found if lexicon.is_nameish(name[-1])}
    likeliest: dict[tuple[str, ...], Mention] = {}
    for mention, name in found:
        person = _whole_name(name, names) if name in names else name
        known = likeliest.get(person, replace(mention, probability=0.0))
        shown = mention if known.first_word > position > mention.first_word else known
        likeliest[person] = replace(shown, probability=known.probability + mention.probability)
    best = max(likeliest.values(), key=lambda mention: mention.probability, default=None)
    if best is None or best.probability < _MIN_ANTECEDENT or words[best.first_word].lower() in CLASS_OF_FORM:
        return None
    return best


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


def _whole_name(name: tuple[str, ...], names: Collection[tuple[str, ...]]) -> tuple[str, ...]:
    """The longest of some names that `name` begins or ends: "Watson" is short for "John Watson".

    The name itself where it is short for none, or for two who differ (Mr Watson, Mrs Watson).
    """
    longer = [other for other in names if _is_short_for(name, other)]
    longest = max(longer, key=len, default=name)
    if any(other != longest and not _is_short_for(other, longest) for other in longer):
        return name
    return _whole_name(longest, names) if longer else name


def _is_short_for(name: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return len(name) < len(other) and name in (other[: len(name)], other[-len(name) :])
