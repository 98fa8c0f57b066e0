"""Words that agree with a subject or a noun: finite verbs and demonstratives, with their forms.

This module knows which words may be such verbs; whether one is, in its context ("the walks", "to walk"), the network
decides.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, Literal, get_args

from gru_lint.english.word_files import word_lines

AgreeingForm = Literal["singular", "plural", "first singular"]
SlotKind = Literal[
    "be present",
    "be past",
    "have",
    "do",
    "contraction",
    "verb",
    "verb or noun",
    "near demonstrative",
    "far demonstrative",
]

# The order of the network's kinds of slot. The network sees the kind of a slot, never the word in it.
SLOT_KINDS: Final[tuple[SlotKind, ...]] = get_args(SlotKind)
DEMONSTRATIVE_KINDS: Final[tuple[SlotKind, ...]] = ("near demonstrative", "far demonstrative")
# The order of the network's outputs for a slot: the form that belongs there, or "none" ("to walk").
FORM_CLASSES: Final = (*get_args(AgreeingForm), "none")
NOT_AGREEING: Final = FORM_CLASSES.index("none")

# For each kind, the words of each form. The past of be has two: "was" after "I" and "he", "were" after "you".
_CLOSED: Final[dict[SlotKind, dict[AgreeingForm, tuple[str, ...]]]] = {
    "be present": {"singular": ("is",), "plural": ("are",), "first singular": ("am",)},
    "be past": {"singular": ("was",), "plural": ("were",)},
    "have": {"singular": ("has",), "plural": ("have",)},
    "do": {"singular": ("does",), "plural": ("do",)},
    "contraction": {"singular": ("'s",), "plural": ("'re", "'ve"), "first singular": ("'m",)},
    "near demonstrative": {"singular": ("this",), "plural": ("these",)},
    "far demonstrative": {"singular": ("that",), "plural": ("those",)},
}
_CLOSED_WORDS: Final[dict[str, tuple[SlotKind, AgreeingForm]]] = {
    word: (kind, form) for kind, forms in _CLOSED.items() for form, words in forms.items() for word in words
}
_SIBILANTS: Final = ("s", "x", "z", "ch", "sh")
_IRREGULAR: Final = {"have": "has", "do": "does", "go": "goes", "undergo": "undergoes", "forgo": "forgoes"}
# "Lies", "dies", "ties" are of lie, die, tie.
_SHORTEST_IN_IES: Final = 4
_HARD_CH: Final = frozenset(["stomach"])


def singular_of(base: str) -> str:
    """The form of a verb after he, she or it: "walks", "carries", "goes"."""
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    if base in _HARD_CH:
        return f"{base}s"
    if base.endswith("y") and base[-2:-1] not in tuple("aeiou"):
        return f"{base[:-1]}ies"
    if base.endswith(("quiz", "whiz")):
        return f"{base}zes"
    if base.endswith(_SIBILANTS) or (base.endswith("o") and base[-2:-1] not in tuple("aeiou")):
        return f"{base}es"
    return f"{base}s"


def base_of(singular: str) -> str:
    """The form of a verb after they, from its form after he, she or it: "walk", "carry", "go".

    In "-ches", "-shes", "-sses", "-xes", "-zzes" and "-oes", the ending is taken to be "-es".
    """
    for base, irregular in _IRREGULAR.items():
        if singular == irregular:
            return base
    if singular.endswith("ies"):
        return f"{singular[:-3]}y" if len(singular) > _SHORTEST_IN_IES else singular[:-1]
    if singular.endswith(("ches", "shes", "sses", "xes", "zzes", "oes")):
        return singular[:-2]
    return singular[:-1]


@cache
def _verbs() -> dict[str, tuple[SlotKind, AgreeingForm, str]]:
    """Kind, form and base of each present form in the table, `verbs.txt`."""
    table: dict[str, tuple[SlotKind, AgreeingForm, str]] = {}
    for line in word_lines("verbs"):
        base, *marks = line.split()
        kind: SlotKind = "verb or noun" if "noun" in marks else "verb"
        table.setdefault(singular_of(base), (kind, "singular", base))
        # "He put": such a base may be the past, which is the same for every subject.
        if "past" not in marks:
            table.setdefault(base, (kind, "plural", base))
    return table


def is_closed(word: str) -> bool:
    """Whether a word is of the closed class, and so not in the table: a form of be, have, do, or a demonstrative."""
    return word in _CLOSED_WORDS or word == "be"


def slot_of_word(word: str) -> tuple[SlotKind, AgreeingForm] | None:
    """The kind of slot that a word would fill, and the form it would be there; None where it can be neither.

    word  in lower case, with a straight apostrophe
    """
    closed = _CLOSED_WORDS.get(word)
    if closed is not None:
        return closed
    known = _verbs().get(word)
    return known[:2] if known else None


@lru_cache(maxsize=2**14)
def slot_of_text(word: str) -> tuple[SlotKind, AgreeingForm] | None:
    """The same for a word as a text spells it; None for capitals ("IS", "DO"), a heading's or an abbreviation."""
    if len(word) > 1 and word.isupper():
        return None
    return slot_of_word(word.lower().replace("’", "'"))


_ANY_WORD = re.compile(r"[^\W\d_]+")


def has_slot(text: str) -> bool:
    """Whether any word of a text may be a verb or demonstrative that is judged; needs no tokenizer."""
    return any(slot_of_text(word.group()) is not None for word in _ANY_WORD.finditer(text))


def other_forms(word: str, form: AgreeingForm) -> tuple[str, ...]:
    """The words to write for the word of a slot in another form; empty where there is none.

    word  as the text spells it; its initial capital is kept
    """
    lower = word.lower().replace("’", "'")
    closed = _CLOSED_WORDS.get(lower)
    if closed is not None:
        words = _CLOSED[closed[0]].get(form, ())
    else:
        known = _verbs().get(lower)
        if known is None or form == "first singular":
            return ()
        words = (singular_of(known[2]) if form == "singular" else known[2],)
    if "’" in word:
        words = tuple(other.replace("'", "’") for other in words)
    return tuple(other.capitalize() if word[0].isupper() else other for other in words)
