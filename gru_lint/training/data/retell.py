"""Short documents retold in the third person: "I forgot my keys" becomes "Zeynep forgot her keys".

Templates teach what their author thought of; here the sentences are those that people write. A passage in
which the writer speaks of himself is told of somebody who is named at its beginning: natural sentences of
every kind, with other people and things in them, in which it is known whom each pronoun means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from random import Random

from gru_lint.english.pronouns import Case, Forms

# A passage has at most so many sentences, and so many words.
_MOST_SENTENCES = 4
_FEWEST_WORDS, _MOST_WORDS = 4, 90
# Where a sentence begins with a clause ("When I came home, I ..."), the name may stand in the second.
_SHARE_CATAPHORA = 0.5
# The third person's verb differs from the first's in the present, so only these may follow "I".
_SAME_VERBS = frozenset(
    """
        had did didn't could couldn't would wouldn't should shouldn't will won't can can't cannot must might may
        went came saw took got gave told found knew thought felt made left put said met lost bought brought ran sat
        stood kept held began heard read wrote spoke spent sent paid fell grew drew broke chose drove rode slept woke
        ate drank sang swam flew forgot understood taught caught fought sold built led won wore threw shook hurt cut
        let set shut became meant used
        """.split()
)
_IRREGULAR = {"am": "is", "have": "has", "do": "does", "don't": "doesn't", "haven't": "hasn't", "was": "was"}
_ADVERBS = frozenset("never always also just only really often soon then still even almost nearly once quickly".split())
_CONTRACTIONS = {"i'm": "is", "i've": "has", "i'll": "will", "i'd": "would"}
# The words by which a writer speaks of himself.
_CASE_OF_WRITER: dict[str, Case] = {
    "I": "subject",
    "me": "object",
    "my": "determiner",
    "My": "determiner",
    "MY": "determiner",
    "myself": "reflexive",
}
_OPENERS = frozenset("when after before as while although if because since once until though".split())
# Speech changes whom "I" means, and other people's thoughts do not become somebody's by a change of person.
_UNSUITED = re.compile(
    r"[\"“”‘()\[\]{}<>_*]|'\s|\s'|--|\b(?:we|us|our|ours|ourselves|you|your|mine|dear|reader)\b", re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|[^\sA-Za-z]+|\s+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_BEGINNING = re.compile(r"(?:\A|[.!?] )[a-z]")
_FIRST_PERSON = re.compile(r"\b(?:I|my|me|myself)\b")


def passages(documents: Iterable[str], random: Random) -> Iterator[str]:
    """Passages of one to a few sentences that speak of their writer."""
    for document in documents:
        for paragraph in document.split("\n\n"):
            if not _FIRST_PERSON.search(paragraph):
                continue
            sentences = _SENTENCE.split(paragraph)
            here = 0
            while here < len(sentences):
                n_sentences = random.randint(1, _MOST_SENTENCES)
                passage = " ".join(sentences[here : here + n_sentences])
                here += n_sentences
                if _is_suited(sentences[here - n_sentences], passage):
                    yield passage


def _is_suited(first_sentence: str, passage: str) -> bool:
    n_words = len(passage.split())
    return (
        _FEWEST_WORDS <= n_words <= _MOST_WORDS
        and passage[-1] in ".!?"
        and len(_FIRST_PERSON.findall(passage)) > 1
        and _FIRST_PERSON.search(first_sentence) is not None
        and _UNSUITED.search(passage) is None
    )


def retell(passage: str, mention: str, forms: Forms, random: Random, *, is_named: bool = False) -> str | None:
    """The passage told of somebody, or None where a verb would not fit the third person.

    forms     the pronouns that stand for the person, by case
    is_named  whether the text before has named the person, so that pronouns do
    """
    words = _WORD.findall(passage.replace("’", "'"))
    opens_with_clause = words[0].lower() in _OPENERS
    # The name waits for the second clause; until then, pronouns point forward to it.
    waits = opens_with_clause and len(re.findall(r"\bI\b", passage)) > 1 and random.random() < _SHARE_CATAPHORA
    named = is_named
    told: list[str] = []
    for index, word in enumerate(words):
        waits = waits and "," not in word
        verb = _CONTRACTIONS.get(word.lower()) if word[0] == "I" else None
        case = "subject" if verb else _CASE_OF_WRITER.get(word)
        if case is None:
            told.append(_third_person(words, index))
            continue
        if (word == "I" and not _verb_fits(words, index)) or (case == "reflexive" and not named):
            return None
        if named or waits:
            person = forms[case]
        else:
            person = f"{mention}'s" if case == "determiner" else mention
            named = True
        told.append(f"{person} {verb}" if verb else person)
    return _BEGINNING.sub(lambda match: match.group().upper(), "".join(told)) if named else None


def _third_person(words: list[str], index: int) -> str:
    """A word that does not mean the writer, as it stands where somebody else is told of: "is" for "am"."""
    verb = _IRREGULAR.get(words[index].lower())
    return verb if verb and _follows_subject(words, index) else words[index]


def _neighbours(words: list[str], index: int, step: int) -> Iterator[str]:
    """The words beside one, in lower case, adverbs left out."""
    index += step
    while 0 <= index < len(words):
        if not words[index].isspace() and words[index].lower() not in _ADVERBS:
            yield words[index].lower()
        index += step


def _verb_fits(words: list[str], index: int) -> bool:
    verb = next(_neighbours(words, index, 1), "")
    before = next(_neighbours(words, index, -1), "")
    if before in ("did", "could", "would", "should", "can", "will", "must", "had", "was"):
        return True
    return verb in _SAME_VERBS or verb in _IRREGULAR or (verb.endswith("ed") and len(verb) > 4)


def _follows_subject(words: list[str], index: int) -> bool:
    return next(_neighbours(words, index, -1), "") == "i"
