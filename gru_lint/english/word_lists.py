"""Closed lists of words that several modules need: titles and determiners."""

from __future__ import annotations

from typing import Final

MASCULINE_TITLES: Final = frozenset("Mr Mister Sir Lord".split())
FEMININE_TITLES: Final = frozenset("Mrs Ms Miss Madam Lady Dame".split())
TITLES: Final = MASCULINE_TITLES | FEMININE_TITLES | frozenset("Mx Dr Doctor Prof Professor Captain".split())
# In lower case, as they open a noun phrase; 's follows whose it is.
DETERMINERS: Final = frozenset(
    """
        the a an this that these those my your his her its our their every each no any some another both 's
        """.split()
)
