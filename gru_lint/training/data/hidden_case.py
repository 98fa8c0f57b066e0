"""In which case "her" and "his" stand, which their forms do not show: told by the words beside them.

"Her" is an object ("saw her") or stands before a noun phrase ("her hat"); "his" stands before one or alone ("it is
his"). A swap of genders has to know: "her" is "him" or "his". Where a word may end the phrase or begin another
("her back", "his only son"), the words around it decide.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from gru_lint.english.lexicon import PHRASE_ENDS, SPECIAL_WORDS, Vocabulary

Bools = npt.NDArray[np.bool_]

# These rows of the embedding stand for words that a noun phrase may begin with.
_BEGINNING_ROWS = frozenset(word for word in SPECIAL_WORDS if word.startswith(("<name", "<un", "<Un", "<year", "<num")))
_MORE_PHRASE_ENDS = frozenset(
    """
        since until till unless whether although though every each some any no another all both everything something
        anything nothing everyone everybody someone somebody anyone anybody nobody instead sometimes together forever
        however perhaps anyway therefore indeed within among except despite himself herself myself themselves itself
        """.split()
)
_QUOTES = frozenset("\"'")
# "Her then boss", "his so-called friends", "her only child": these stand within a noun phrase as well.
_ADJECTIVES = frozenset(["only", "very"])
_TIMES_BEFORE_NOUNS = frozenset(["then", "now"])
_BEFORE_HYPHENS = frozenset("so then now still never not down up out off on over in under after even away".split())
# "They took her back": after such a word "her back" is no part of the body.
_BRINGERS = frozenset(
    """
        take took taken taking takes bring brought bringing brings call called calling calls send sent sending get got
        give gave given giving lead led draw drew drawn pull pulled pulling push pushed carry carried win won pay paid
        welcome welcomed drive drove driven let want wanted wanting have had having invite invited buy bought lay laid
        keep kept hold held put see saw follow followed love loved walk walked fly flew
        """.split()
)
_TIMES = frozenset(
    """
        night week month year summer spring autumn winter monday tuesday wednesday thursday friday saturday sunday
        december january
        """.split()
)
_AFTER_RIGHT = frozenset("after there here now away in at before on up out into off through".split())
_DETERMINERS = frozenset("a an the this that these those my your our his her its their some any no it".split())


class HiddenCases:
    """For each word of a vocabulary, what it says of a "her" or "his" beside it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        words = vocabulary.words

        def among(group: frozenset[str]) -> Bools:
            return np.array([word in group for word in words])

        ends = PHRASE_ENDS | _MORE_PHRASE_ENDS
        self._ends = np.array(
            [word in ends or not (word[:1].isalnum() or word in _BEGINNING_ROWS) for word in words], np.bool_
        )
        self._is_her, self._is_his = among(frozenset(["her"])), among(frozenset(["his"]))
        self._is_back = among(frozenset(["back"]))
        self._is_last, self._is_right = among(frozenset(["last"])), among(frozenset(["right"]))
        self._is_like, self._is_hyphen = among(frozenset(["like"])), among(frozenset(["-"]))
        self._quotes, self._adjectives = among(_QUOTES), among(_ADJECTIVES)
        self._times_before_nouns, self._before_hyphens = among(_TIMES_BEFORE_NOUNS), among(_BEFORE_HYPHENS)
        self._bringers, self._times = among(_BRINGERS), among(_TIMES)
        self._after_right, self._determiners = among(_AFTER_RIGHT), among(_DETERMINERS)

    def is_other(self, word_ids: npt.NDArray[np.integer[Any]]) -> Bools:
        """(N,): whether a "her" stands before its noun phrase, or a "his" alone, in a run of N words."""
        padded = np.concatenate([[0], word_ids, [0, 0]]).astype(np.int64)
        before, first, second = padded[:-3], padded[2:-1], padded[3:]
        goes_on = ~self._ends[second]
        begins_phrase = (
            ~self._ends[first]
            | (self._adjectives[first] & goes_on)
            | (self._times_before_nouns[first] & goes_on)
            | (self._before_hyphens[first] & self._is_hyphen[second])
        )
        is_object = (
            (self._is_last[first] & self._times[second])
            | (self._is_right[first] & self._after_right[second])
            | (self._is_like[first] & self._determiners[second])
        )
        her = (begins_phrase & ~is_object) | (self._is_back[first] & ~self._bringers[before])
        his = ~begins_phrase & ~self._is_back[first] & ~(self._quotes[first] & goes_on)
        other: Bools = (self._is_her[word_ids] & her) | (self._is_his[word_ids] & his)
        return other
