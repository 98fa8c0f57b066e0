"""The table of verbs, english/verbs.txt, from tagged text: which words have a form in -s that agrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from gru_lint.english.verb_forms import is_closed, singular_of
from gru_lint.training.data.tagging import TaggedTokens

# How often, and in which share of its occurrences, the form in -s must be a verb.
_LEAST_COUNT: Final = 4
_LEAST_SHARE: Final = 0.03
# From this share of nouns on, a word's two forms are marked as such.
_NOUN_SHARE: Final = 0.3
# From this share of its finite uses on, the base is the past, too ("put").
_PAST_SHARE: Final = 0.25
_NOUNS: Final = ("NN", "NNS")
_VERBS: Final = ("VBZ", "VBP", "VB")

HEADER: Final = """\
# Verbs by the form without -s, the commonest first, from tagged text: python -m gru_lint.training list-verbs
# noun  its forms are nouns as well (walk, walks);  past  it is its own past (put)
"""


def verb_table(corpora: Iterable[TaggedTokens]) -> str:
    """The table as text, a verb a line."""
    counts: dict[str, Counter[str]] = {}
    for tagged in corpora:
        for written, tag, count in tagged.counts():
            word = written.lower()
            if word.isalpha() and word.isascii():
                counts.setdefault(word, Counter())[tag] += count
    lines = []
    for base, of_base in counts.items():
        of_singular = counts.get(singular_of(base), Counter())
        if is_closed(base) or of_singular["VBZ"] < _LEAST_COUNT:
            continue
        n_base = of_base["VB"] + of_base["VBP"]
        if of_singular["VBZ"] < _LEAST_SHARE * of_singular.total() or n_base < max(
            _LEAST_COUNT, _LEAST_SHARE * of_base.total()
        ):
            continue
        both = of_base + of_singular
        nouns, verbs = (sum(both[tag] for tag in tags) for tags in (_NOUNS, _VERBS))
        marks = []
        if nouns > _NOUN_SHARE * (nouns + verbs):
            marks.append("noun")
        if of_base["VBD"] > _PAST_SHARE * (of_base["VBD"] + of_base["VBP"]):
            marks.append("past")
        lines.append((-of_singular["VBZ"], " ".join([base, *marks])))
    return HEADER + "".join(f"{line}\n" for _, line in sorted(lines))
