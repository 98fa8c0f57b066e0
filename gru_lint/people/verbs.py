"""The verbs that go with a subject pronoun when it becomes "they", or was: she runs, they run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gru_lint.english.noun_phrases import DETERMINERS
from gru_lint.english.pronouns import CLASS_OF_FORM
from gru_lint.english.verb_forms import base_of, other_forms, singular_of, slot_of_word

# "She's" before one of these is "she has", before a word in -ed or -en it may be.
_PERFECT = frozenset("been got had gone done become come made taken given seen".split())
_EITHER_ENDINGS = ("ed", "en", "wn")
# What may stand between a subject and its verb, beside words in -ly.
_ADVERBS = frozenset(
    """
        also always never often still just sometimes seldom rarely even soon now then already ever almost only once
        again perhaps maybe
        """.split()
)
_INVERTED = frozenset(["is", "was", "has", "does", "are", "were", "have", "do"])
_COORDINATORS = frozenset(["and", "or", "but", "then"])
_SUBJECTS = frozenset(CLASS_OF_FORM) | frozenset("i you we who which that this there".split())
# Words in -s after a pronoun that are no verbs.
_NO_VERBS = frozenset(
    """
        always perhaps sometimes besides nevertheless thus as nonetheless afterwards towards upwards downwards
        backwards forwards indoors outdoors unless across yes this his hers ours theirs its ourselves themselves us
        """.split()
)
_ADVERBS_AT_MOST = 2
_FAR_LOOK = 12


class VerbChange(NamedTuple):
    """A verb that has to follow its pronoun.

    word_index  in its sentence
    is_sure  whether it stands beside the pronoun; another may have a subject of its own
    """

    word_index: int
    written: str
    is_sure: bool


def verb_changes(words: Sequence[str], index: int, *, to_plural: bool) -> Iterator[VerbChange]:
    """The verbs that follow the subject pronoun at an index of a sentence.

    to_plural  whether she becomes they; else they becomes she
    """
    before = words[index - 1].lower() if index else ""
    if before in _INVERTED and (other := _changed(words, index - 1, to_plural=to_plural)):
        yield VerbChange(index - 1, other, is_sure=True)
        return
    place, is_direct = index + 1, True
    while place < len(words) and place - index <= _ADVERBS_AT_MOST and _is_adverb(words[place]):
        place, is_direct = place + 1, False
    if place >= len(words):
        return
    other = _changed(words, place, to_plural=to_plural)
    if other is None:
        return
    is_clear = words[place][:1] not in "'’" or _is_clear_contraction(words, place)
    yield VerbChange(place, other, is_sure=is_direct and is_clear)
    yield from _coordinated(words, place, to_plural=to_plural)


def _coordinated(words: Sequence[str], verb: int, *, to_plural: bool) -> Iterator[VerbChange]:
    """Verbs after "and" that may have the same subject: she runs and jumps."""
    for place in range(verb + 1, min(len(words) - 1, verb + _FAR_LOOK)):
        word = words[place].lower()
        if word in _SUBJECTS or not (word[:1].isalpha() or word in (",", "'s")):
            return
        if word not in _COORDINATORS:
            continue
        following = place + 1
        while following < len(words) - 1 and (_is_adverb(words[following]) or words[following] == "then"):
            following += 1
        if _may_be_verb(words, following) and (other := _changed(words, following, to_plural=to_plural)):
            yield VerbChange(following, other, is_sure=False)


def _may_be_verb(words: Sequence[str], index: int) -> bool:
    """Whether a word is a known verb, or one with an object after it."""
    known = slot_of_word(words[index].lower())
    if known is not None:
        return known[0] in ("be present", "be past", "have", "do", "verb", "verb or noun")
    following = words[index + 1].lower() if index + 1 < len(words) else ""
    return following in CLASS_OF_FORM or following in DETERMINERS


def _changed(words: Sequence[str], index: int, *, to_plural: bool) -> str | None:
    """The verb at an index as it goes with "they", or with "she"; None where it is as it was, or no verb."""
    word = words[index]
    lower = word.lower().replace("’", "'")
    if lower == "'s" and to_plural:
        return ("’" if "’" in word else "'") + ("ve" if _is_perfect(words, index) else "re")
    if lower in ("'re", "'ve") and not to_plural:
        return ("’" if "’" in word else "'") + "s"
    known = slot_of_word(lower)
    if known is not None and known[0] in ("near demonstrative", "far demonstrative"):
        return None
    wanted, have = ("plural", "singular") if to_plural else ("singular", "plural")
    if known is not None:
        found = other_forms(word, "plural" if wanted == "plural" else "singular") if known[1] == have else ()
        return found[0] if found else None
    # Of a verb that no table has only the form in -s tells itself.
    if to_plural and word.islower() and lower.endswith("s") and not lower.endswith("ss") and lower not in _NO_VERBS:
        base = base_of(lower)
        return base if singular_of(base) == lower else None
    return None


def _is_perfect(words: Sequence[str], index: int) -> bool:
    following = _after_adverbs(words, index)
    return following in _PERFECT


def _is_clear_contraction(words: Sequence[str], index: int) -> bool:
    following = _after_adverbs(words, index)
    return following in _PERFECT or not following.endswith(_EITHER_ENDINGS)


def _after_adverbs(words: Sequence[str], index: int) -> str:
    place = index + 1
    while place < len(words) - 1 and (_is_adverb(words[place]) or words[place].lower() in ("not", "n't")):
        place += 1
    return words[place].lower() if place < len(words) else ""


def _is_adverb(word: str) -> bool:
    lower = word.lower()
    return lower in _ADVERBS or (lower.endswith("ly") and len(lower) > 4)
