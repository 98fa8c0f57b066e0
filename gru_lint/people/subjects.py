"""Whom the words of a window name: the person of a mention, and the subject of the clause around a pronoun."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gru_lint.english.noun_phrases import DETERMINERS, PHRASE_ENDS
from gru_lint.english.pronouns import CASES, CLASS_OF_FORM, REFLEXIVE_FORMS
from gru_lint.english.spelling import normalise
from gru_lint.people.persons import Person, SharedName
from gru_lint.records import Span, Window
from gru_lint.segment.windows import text_span

# How many words before an object its subject is looked for.
_LONGEST_REACH = 5
_AUXILIARIES = frozenset(
    """
        is are was were be been being am has have had having do does did will would shall should can could may might
        must said says went came
        """.split()
)
_WITHIN_CLAUSES = frozenset("to of at for with about not never also still only just even very".split())
# At these words a clause ends, or another subject begins.
_CLAUSE_ENDS = (PHRASE_ENDS - _WITHIN_CLAUSES - _AUXILIARIES) | DETERMINERS | {"which"}


class PersonFinder:
    """Finds the person of a mention by where it ends."""

    def __init__(self, people: Sequence[Person], shared: Sequence[SharedName]) -> None:
        by_end = {
            span.end: person.number
            for person in people
            for name in person.names
            for span in (*name.title_spans, *name.spans)
        }
        self._by_end = by_end
        self._ends = sorted(by_end)
        self._shared = {entry.name.span.end: entry.people for entry in shared}

    def people(self, spans: Iterable[Span]) -> tuple[int, ...]:
        """The numbers of the people whom the mentions of one entity may name; mostly one or none."""
        votes: dict[int, int] = {}
        for span in spans:
            number = self._by_end.get(span.end)
            if number is not None:
                votes[number] = votes.get(number, 0) + 1
        if votes:
            return (max(votes, key=lambda number: votes[number]),)
        return next((self._shared[span.end] for span in spans if span.end in self._shared), ())

    def within(self, span: Span) -> int | None:
        """The person of whom a name ends within a span."""
        index = bisect_left(self._ends, span.start)
        if index < len(self._ends) and self._ends[index] <= span.end:
            return self._by_end[self._ends[index]]
        return None


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a clause: a person by name, or whoever the pronoun before refers to."""

    person: int | None
    is_pronoun: bool


def subject_of(window: Window, index: int, cases: Sequence[float], finder: PersonFinder) -> Subject | None:
    """The subject of the clause whose object a pronoun is; None where it is no object, or where none is seen."""
    words = window.words
    form = words[index].lower()
    is_object = form in ("him", "them") or (
        form == "her" and cases[CASES.index("object")] > max(cases[CASES.index("determiner")], 0.5)
    )
    if not is_object and form not in REFLEXIVE_FORMS:
        return None
    for place in range(index - 1, max(0, index - 1 - _LONGEST_REACH), -1):
        word = normalise(words[place])
        if window.starts[place] < 0:
            return None
        if place < index - 1:
            if word in CLASS_OF_FORM:
                is_subject = word in ("he", "she", "they")
                return Subject(None, is_pronoun=True) if is_subject else None
            number = finder.within(text_span(window, place, place + 1))
            if number is not None:
                before = normalise(words[place - 1])
                # "The brother of Mary saw her": she is not the subject.
                is_subject = before not in ("of", "'s", "to", "with", "for", "by", "near")
                return Subject(number, is_pronoun=False) if is_subject else None
        if word in _CLAUSE_ENDS or not word[:1].isalpha() or words[place][:1].isupper():
            return None
    return None
