"""Whether a noun phrase begins after a pronoun: what tells "her hat" from "saw her", and "his hat" from "it is his"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

# What cannot stand inside a noun phrase: after "her" such a word shows that "her" is an object,
# and after a noun it shows that the phrase has ended.
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
# Where "her" and "his" are told apart, these end the phrase as well.
MORE_PHRASE_ENDS: Final = frozenset(
    """
        since until till unless whether although though every each some any no another all both everything something
        anything nothing everyone everybody someone somebody anyone anybody nobody instead sometimes together forever
        however perhaps anyway therefore indeed within among except despite himself herself myself themselves itself
        """.split()
)
QUOTES: Final = frozenset("\"'")
# "Her then boss", "his so-called friends", "her only child": these stand within a noun phrase as well.
ADJECTIVES: Final = frozenset(["only", "very"])
TIMES_BEFORE_NOUNS: Final = frozenset(["then", "now"])
BEFORE_HYPHENS: Final = frozenset(
    "so then now still never not down up out off on over in under after even away".split()
)
# "They took her back": after such a word "her back" is no part of the body.
BRINGERS: Final = frozenset(
    """
        take took taken taking takes bring brought bringing brings call called calling calls send sent sending get got
        give gave given giving lead led draw drew drawn pull pulled pulling push pushed carry carried win won pay paid
        welcome welcomed drive drove driven let want wanted wanting have had having invite invited buy bought lay laid
        keep kept hold held put see saw follow followed love loved walk walked fly flew
        """.split()
)
# "We met her last year", "I left her right after lunch", "we found her like this": after an object.
TIMES: Final = frozenset(
    """
        night week month year summer spring autumn winter monday tuesday wednesday thursday friday saturday sunday
        december january
        """.split()
)
AFTER_RIGHT: Final = frozenset("after there here now away in at before on up out into off through".split())
DETERMINERS: Final = frozenset("a an the this that these those my your our his her its their some any no it".split())


def begins_noun_phrase(before: str, following: Sequence[str]) -> bool:
    """Whether the words after a "her", "his" or "him" are a noun phrase that it belongs to.

    before     the word before the pronoun, as `normalise` spells it
    following  the two words after it, likewise; fewer at the end
    """
    first, second = (*following, ".", ".")[:2]
    if first == "back":
        return before not in BRINGERS
    if (
        (first == "last" and second in TIMES)
        or (first == "right" and second in AFTER_RIGHT)
        or (first == "like" and second in DETERMINERS)
    ):
        return False
    goes_on = not ends_phrase(second)
    return (
        not ends_phrase(first)
        or (first in ADJECTIVES and goes_on)
        or (first in TIMES_BEFORE_NOUNS and goes_on)
        or (first in BEFORE_HYPHENS and second == "-")
    )


def ends_phrase(word: str) -> bool:
    """Whether no noun phrase goes on with a word, as `normalise` spells it."""
    return word in PHRASE_ENDS or word in MORE_PHRASE_ENDS or not word[:1].isalnum()
