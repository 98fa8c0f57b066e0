"""The candidates that each pronoun of a text may refer to, each with a share.

The network gives candidates window by window. Two certainties override it: the gender that titles and first names show,
and that a "him" or "her" is not the subject of its own clause. Where a window names nobody, the candidates of the
pronoun before are carried on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from gru_lint.english.pronouns import CLASS_OF_FORM, GENDERS, REFLEXIVE_FORMS, AgreementClass
from gru_lint.people.persons import Person, SharedName
from gru_lint.people.subjects import PersonFinder, Subject, subject_of
from gru_lint.records import Judgement, Mention, Span, Window
from gru_lint.runtime.stepwise import Stepwise
from gru_lint.segment.windows import phrase, text_span

# The weight of the candidates of the previous pronoun of this gender, where the window names somebody, …
_CONTINUITY = 0.25
# … and where it names nobody.
_CARRIED = 0.8
# The factor for candidates without a gender, where a single person of the text has the pronoun's.
_WITHOUT_GENDER = 0.3
# With this share of their pronouns of one gender, a person is taken to have it.
_KNOWN_BY_VOTES = 0.8
_SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person or thing that a pronoun may refer to.

    person  the number of one of the people of the text; None for a mention without a name: "the captain"
    """

    text: str
    person: int | None
    share: float
    gender: AgreementClass | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A pronoun and whom it may refer to.

    written     as the text spells it
    cases       a probability for each case of `pronouns.CASES`
    candidates  the likeliest first; their shares sum to at most 1
    """

    span: Span
    written: str
    cases: tuple[float, ...]
    candidates: tuple[Candidate, ...]

    @property
    def agreement_class(self) -> AgreementClass:
        """That of the written form."""
        return CLASS_OF_FORM[self.written.lower()]

    def share_of(self, person: int) -> float:
        return sum(candidate.share for candidate in self.candidates if candidate.person == person)

    def rival_of(self, person: int) -> Candidate | None:
        """The likeliest candidate but for a person."""
        return next((candidate for candidate in self.candidates if candidate.person != person), None)


@dataclass(frozen=True, slots=True)
class JudgedWindow:
    """A window with its judgements, and for each of its pronouns whom or what it may refer to.

    window      its `starts` are offsets in the text
    """

    window: Window
    judgements: tuple[Judgement, ...]
    candidates: tuple[tuple[Mention, ...], ...]


class References(NamedTuple):
    """The pronouns of a text in order, and the gender of each of its people, where it is known."""

    pronouns: tuple[Reference, ...]
    genders: Mapping[int, AgreementClass | None]


def finding_references(
    windows: Iterable[JudgedWindow],
    people: Sequence[Person],
    shared: Sequence[SharedName],
    gender_of_noun: Mapping[str, AgreementClass | None],
    at_odds: int | None = None,
) -> Stepwise[References]:
    """Whom each pronoun of a text may refer to, window by window and pronoun by pronoun.

    gender_of_noun  the gender that the last word of a mention shows, by that word in lower case
    at_odds         a person whose name and pronouns differ in gender: pronouns of any gender may refer to this person
    """
    finder = PersonFinder(people, shared)
    first: list[tuple[Reference, Subject | None]] = []
    for judged in windows:
        first += _references_of(judged, finder, gender_of_noun)
        yield
    genders = _genders(people, first, at_odds)
    # The only woman of the text, and the only man.
    only = {
        gender: own[0]
        for gender in GENDERS
        if len(own := [number for number, known in genders.items() if known == gender]) == 1 and at_odds is None
    }
    found: list[Reference] = []
    last: dict[AgreementClass, Reference] = {}
    for reference, subject in first:
        clause = subject.person if subject else None
        subject_reference = found[-1] if subject and subject.is_pronoun and found else None
        known = _favouring(reference, only.get(reference.agreement_class))
        one = _resolved(known, genders, clause, subject_reference, last.get(reference.agreement_class))
        found.append(one)
        yield
        last[one.agreement_class] = one
    return References(tuple(found), genders)


def _favouring(reference: Reference, only: int | None) -> Reference:
    """The pronoun with smaller shares for candidates without a gender, if only one person has its gender."""
    if only is None or not reference.share_of(only):
        return reference
    weighed = (
        candidate
        if candidate.person == only or candidate.gender is not None
        else replace(candidate, share=candidate.share * _WITHOUT_GENDER)
        for candidate in reference.candidates
    )
    return replace(reference, candidates=tuple(weighed))


def _references_of(
    judged: JudgedWindow, finder: PersonFinder, gender_of_noun: Mapping[str, AgreementClass | None]
) -> Iterable[tuple[Reference, Subject | None]]:
    window = judged.window
    for judgement, mentions in zip(judged.judgements, judged.candidates, strict=True):
        index = judgement.word_index
        candidates: list[Candidate] = []
        for mention in mentions:
            spans = [text_span(window, *bounds) for bounds in mention.entity]
            text = phrase(window, mention.first_word, mention.end_word)
            numbers = finder.people(spans)
            gender = gender_of_noun.get(window.words[mention.end_word - 1].lower())
            candidates.extend(Candidate(text, number, mention.probability / len(numbers)) for number in numbers)
            # "She took her mother's hat": a noun without a mention before the pronoun is not its antecedent.
            if not numbers and any(first < index for first, _ in mention.entity):
                candidates.append(Candidate(text, None, mention.probability, gender))
        span = text_span(window, index, index + 1)
        reference = Reference(span, window.words[index], judgement.cases, tuple(candidates))
        yield reference, subject_of(window, index, judgement.cases, finder)


def _genders(
    people: Sequence[Person], first: Sequence[tuple[Reference, Subject | None]], at_odds: int | None
) -> dict[int, AgreementClass | None]:
    """The gender of each person: that of the name, or else of the pronouns that most likely refer to this person."""
    votes: dict[int, dict[AgreementClass, float]] = {}
    for reference, _ in first:
        best = next(iter(reference.candidates), None)
        if best is not None and best.person is not None and reference.agreement_class in GENDERS:
            own = votes.setdefault(best.person, {})
            own[reference.agreement_class] = own.get(reference.agreement_class, 0.0) + best.share
    genders: dict[int, AgreementClass | None] = {}
    for person in people:
        own = votes.get(person.number, {})
        likeliest = max(own, key=lambda known: own[known], default=None)
        is_clear = likeliest is not None and own[likeliest] >= _KNOWN_BY_VOTES * sum(own.values())
        genders[person.number] = person.gender or (likeliest if is_clear and person.declared is None else None)
    if at_odds is not None:
        genders[at_odds] = None
    return genders


def _resolved(
    reference: Reference,
    genders: Mapping[int, AgreementClass | None],
    subject: int | None,
    subject_reference: Reference | None,
    before: Reference | None,
) -> Reference:
    """The pronoun with the shares of the candidates that it can refer to."""
    written = reference.agreement_class
    is_reflexive = reference.written.lower() in REFLEXIVE_FORMS

    def can_be(candidate: Candidate) -> bool:
        gender = candidate.gender if candidate.person is None else genders.get(candidate.person)
        return gender is None or written not in GENDERS or gender == written

    if is_reflexive and subject is not None and genders.get(subject) in (None, written):
        name = next((known.text for known in reference.candidates if known.person == subject), "")
        return replace(reference, candidates=(Candidate(name, subject, 1.0),))
    if is_reflexive and subject_reference is not None and subject_reference.agreement_class == written:
        return replace(reference, candidates=subject_reference.candidates)
    shares: dict[tuple[int | None, str], Candidate] = {}

    def add(candidate: Candidate, share: float) -> None:
        key = (candidate.person, "" if candidate.person is not None else candidate.text.lower())
        known = shares.get(key)
        shares[key] = replace(candidate, share=share + (known.share if known else 0.0))

    own = [candidate for candidate in reference.candidates if can_be(candidate)]
    total = sum(candidate.share for candidate in own)
    names_somebody = any(candidate.person is not None for candidate in own)
    earlier = [candidate for candidate in before.candidates if can_be(candidate)] if before else []
    carried = 0.0
    if earlier and written in GENDERS:
        carried = _CONTINUITY if names_somebody else _CARRIED
    for candidate in own:
        add(candidate, (1 - carried) * candidate.share / max(total, _SMALLEST))
    for candidate in earlier:
        add(candidate, carried * candidate.share)
    if not is_reflexive:
        for key, candidate in shares.items():
            factor = 1.0
            if subject is not None and candidate.person == subject:
                factor = 0.0
            elif subject_reference is not None and candidate.person is not None:
                factor = 1 - subject_reference.share_of(candidate.person)
            shares[key] = replace(candidate, share=candidate.share * factor)
    left = sum(candidate.share for candidate in shares.values())
    ranked = sorted(shares.values(), key=lambda candidate: -candidate.share)
    return replace(
        reference,
        candidates=tuple(
            replace(candidate, share=candidate.share / left) for candidate in ranked if candidate.share > _SMALLEST
        ),
    )
