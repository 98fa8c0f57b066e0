"""Whether a noun phrase begins after a pronoun, as in "her hat" and "his hat", or not: "saw her", "it is his"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gru_lint.english.spelling import normalise

# In lower case, as they open a noun phrase; "'s" follows the possessor.
DETERMINERS: Final = frozenset(
    """
        the a an this that these those my your his her its our their every each no any some another both 's
        """.split()
)
# Words that cannot stand inside a noun phrase: after "her" they show that it is an object, after a noun that the phrase
# has ended.
PHRASE_ENDS: Final = frozenset(
    """
        . , ; : ! ? … — - ( ) " ' 's and or but nor as if when while because that than then who whom whose
        which where how why what to of in on at by for from with without into onto upon over under about after
        before between through during against toward towards across along around behind beside beyond down up
        off out away back again so too is was are were be been being am has had have having do does did will
        would shall should can could may might must said says went came i you he she it we they me him us them
        the a an this these those my your his her its our their not never also still only just even very there
        here now today yesterday tomorrow alone
        """.split()
)
# These cannot stand inside one either; only `ends_phrase` looks at them.
_MORE_PHRASE_ENDS: Final = frozenset(
    """
        since until till unless whether although though every each some any no another all both everything something
        anything nothing everyone everybody someone somebody anyone anybody nobody instead sometimes together forever
        however perhaps anyway therefore indeed within among except despite himself herself myself themselves itself
        """.split()
)
QUOTES: Final = frozenset("\"'")
# Exceptions, which may stand inside: "her only child", "her then boss", "his so-called friends".
_ADJECTIVES: Final = frozenset(["only", "very"])
_TIMES_BEFORE_NOUNS: Final = frozenset(["then", "now"])
_BEFORE_HYPHENS: Final = frozenset(
    "so then now still never not down up out off on over in under after even away".split()
)
# After these verbs, "her back" is an object and an adverb: "they took her back".
_BRINGERS: Final = frozenset(
    """
        take took taken taking takes bring brought bringing brings call called calling calls send sent sending get got
        give gave given giving lead led draw drew drawn pull pulled pulling push pushed carry carried win won pay paid
        welcome welcomed drive drove driven let want wanted wanting have had having invite invited buy bought lay laid
        keep kept hold held put see saw follow followed love loved walk walked fly flew
        """.split()
)
# What follows an object: "we met her last year", "I left her right after lunch", "we found her like this".
_TIMES: Final = frozenset(
    """
        night week month year summer spring autumn winter monday tuesday wednesday thursday friday saturday sunday
        december january
        """.split()
)
_AFTER_RIGHT: Final = frozenset("after there here now away in at before on up out into off through".split())
_AFTER_LIKE: Final = frozenset("a an the this that these those my your our his her its their some any no it".split())


def determines_noun_phrase(words: Sequence[str], index: int) -> bool:
    """Whether the word at an index, a "her", "his" or "him", determines the noun phrase behind it."""
    following = [normalise(word) for word in words[index + 1 : index + 3]]
    return begins_noun_phrase(normalise(words[index - 1]), following)


def begins_noun_phrase(before: str, following: Sequence[str]) -> bool:
    """Whether the words after a "her", "his" or "him" begin a noun phrase that it determines.

    before     the word before the pronoun, as `normalise` spells it
    following  the two words after it, likewise; fewer at the end
    """
    first, second = (*following, ".", ".")[:2]
    if first == "back":
        return before not in _BRINGERS
    if (
        (first == "last" and second in _TIMES)
        or (first == "right" and second in _AFTER_RIGHT)
        or (first == "like" and second in _AFTER_LIKE)
    ):
        return False
    continues = not ends_phrase(second)
    return (
        not ends_phrase(first)
        or (first in _ADJECTIVES and continues)
        or (first in _TIMES_BEFORE_NOUNS and continues)
        or (first in _BEFORE_HYPHENS and second == "-")
    )


def ends_phrase(word: str) -> bool:
    """Whether a word, as `normalise` spells it, cannot stand inside a noun phrase."""
    return word in PHRASE_ENDS or word in _MORE_PHRASE_ENDS or not word[:1].isalnum()
