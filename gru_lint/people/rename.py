"""Another name or other pronouns for somebody throughout a text, as edits that are sure or to be looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from gru_lint.check.fixes import apply_edits, without_touching_markup
from gru_lint.did_you_mean import hint
from gru_lint.english.pronoun_sets import PronounSets, read_pronoun_sets
from gru_lint.english.pronouns import FORMS, GENDERS, AgreementClass, Forms, fitting_forms
from gru_lint.english.titles import gender_of_title, is_title
from gru_lint.people.chains import Chains
from gru_lint.people.names import Name, count_titles
from gru_lint.people.persons import Person, gender_of_first_name, same_person, telling_words
from gru_lint.people.references import Reference, References
from gru_lint.people.verbs import verb_changes
from gru_lint.people.wording import NewName, reworded
from gru_lint.records import Edit, Span

# From this share on a pronoun surely refers to a person; on LitBank, 7 % of these refer to another.
SURE: Final = 0.75
# Below this share a pronoun is left alone, unless no candidate has a greater one.
LOOK: Final = 0.25
_BETWEEN: Final = " .’‐‑"
_WORD: Final = re.compile(r"[^\W\d_][\w.’'‐‑-]*")
# "Made her tea", "drove her home": what follows need not be hers.
_GIVING: Final = frozenset(
    """
        make makes made making cook cooks cooked cooking bring brings brought buy buys bought give gives gave given tell
        tells told teach teaches taught send sends sent show shows showed pay pays paid offer offers offered
        drive drives drove take takes took lead leads led walk walks walked pour pours poured
        """.split()
)


class RenameError(Exception):
    """Nobody, or more than one person, is meant, or the new name is none; the message is one line for the user."""


@dataclass(frozen=True, slots=True)
class Change:
    """One word, or name, and what is written in its place.

    doubt  why it should be looked at, as the end of "look at this one: …"; None where it is sure
    """

    edit: Edit
    doubt: str | None = None

    @property
    def span(self) -> Span:
        """Where it stands in the text before."""
        return self.edit.span


class Renaming(NamedTuple):
    """All that changes in a text.

    person   who is renamed
    changes  in the order of the text; none overlaps another
    pronouns  of the person afterwards; None where they stay
    """

    person: Person
    changes: tuple[Change, ...]
    pronouns: PronounSets | None

    def text_after(self, text: str, *, unsure: bool = False) -> str:
        """The text after the changes that are sure; `unsure` for all of them."""
        return apply_edits(text, (change.edit for change in self.changes if unsure or change.doubt is None))


def find_person(chains: Chains, asked: str) -> Person:
    """The person whom a user means by a name. Raises `RenameError`."""
    name = read_name(asked)
    matching = same_person(chains.people, name)
    if len(matching) == 1:
        return matching[0]
    if matching:
        names = " or ".join(f'"{person.name}"' for person in matching)
        raise RenameError(f'"{asked}" may be {names}; say which')
    known = [person.name for person in chains.people]
    raise RenameError(f'nobody called "{asked}"; {hint(asked, known)}' if known else f'nobody called "{asked}"')


def read_name(written: str) -> Name:
    """A name as a user writes it. Raises `RenameError` where it is none."""
    words = written.split()
    if not words or not all(_WORD.fullmatch(word) for word in words):
        raise RenameError(f'"{written}" is no name; write words of letters, such as "Mary" or "Mr Watson"')
    n_titles = count_titles(words)
    places = tuple(Span(0, len(word)) for word in words)
    return Name(tuple(words[:n_titles]), tuple(words[n_titles:]), places[:n_titles], places[n_titles:])


def words_of(written: str) -> frozenset[str]:
    """The words of a name as a user writes it, which are names in a text whatever else they may be: "Rose"."""
    return frozenset(word for word in written.split() if word[:1].isupper() and not is_title(word))


def pronouns_for(written: str) -> PronounSets:
    """The pronouns that a user asks for. Raises `RenameError`."""
    try:
        sets = read_pronoun_sets(written)
    except ValueError as error:
        raise RenameError(str(error)) from None
    if not sets.forms:
        raise RenameError(f'"{written}" says no pronoun to write; write for example "they" or "she"')
    return sets


def rename(
    chains: Chains,
    person: Person,
    old: str | None = None,
    new: str | None = None,
    pronouns: PronounSets | None = None,
    *,
    keeps_pronouns: bool = False,
    references: References | None = None,
) -> Renaming:
    """All that changes where somebody is called something else, has other pronouns, or both. Raises `RenameError`.

    old, new  the name as the user has it, whole or in part, and the new one; None where the name stays
    pronouns  by default those of the new name's gender, where the old name's differs
    keeps_pronouns  whether they stay, whatever the new name's gender
    references  those of the chains, where they are known already
    """
    lexicon = chains.linter.network.lexicon
    new_name, gender = None, None
    if old is not None and new is not None:
        before, after = read_name(old), read_name(new)
        new_name = NewName(telling_words(before), after.words, after.titles)
        gender = next((shown for title in after.titles if (shown := gender_of_title(title))), None)
        gender = gender or gender_of_first_name(after.words, lexicon)
    references = references or chains.references()
    known = references.genders.get(person.number)
    is_asked_for = pronouns is not None
    follows = not keeps_pronouns and person.declared is None and None not in (gender, known) and gender != known
    if pronouns is None and follows and gender is not None:
        pronouns = read_pronoun_sets(FORMS[gender]["subject"])
    changes = list(_name_changes(chains, person, new_name, pronouns))
    if pronouns is not None:
        from_classes = _classes_before(person, known, pronouns)
        is_at_odds = bool(pronouns.gender) and known == pronouns.gender
        if is_at_odds:
            references = chains.references(at_odds=person.number)
        found = list(_pronoun_changes(chains, person, references, from_classes, pronouns))
        if is_asked_for and all(change.doubt for change in found) and pronouns.forms[0]["subject"] != "they":
            # Nothing is sure: perhaps the text calls this person they, which the network takes for several people.
            found += list(_pronoun_changes(chains, person, references, frozenset(["plural"]), pronouns))
        changes.extend(found)
    return Renaming(person, _without_markup(chains, changes), pronouns)


def _classes_before(person: Person, known: AgreementClass | None, pronouns: PronounSets) -> frozenset[AgreementClass]:
    """The classes of the pronouns that the person has in the text."""
    is_they = pronouns.forms[0]["subject"] == "they"
    if person.declared is not None and known is None and not is_they:
        return frozenset(["plural"])
    if known is not None and known != pronouns.gender:
        return frozenset([known])
    return frozenset(GENDERS) - {pronouns.gender}


def _name_changes(
    chains: Chains, person: Person, new_name: NewName | None, pronouns: PronounSets | None
) -> Iterator[Change]:
    gender = pronouns.gender if pronouns else None
    others = {known.number: known.name for known in chains.people}

    def changes(name: Name, doubt: str | None) -> Iterator[Change]:
        wording = reworded(name, new_name, chains.text, changes_pronouns=pronouns is not None, gender=gender)
        for edit in wording.edits:
            yield Change(edit, doubt or wording.doubt)

    for name in person.names:
        yield from changes(name, None)
    for shared in chains.shared:
        if person.number in shared.people:
            rival = next(others[number] for number in shared.people if number != person.number)
            yield from changes(shared.name, f"might be {_possessive_of(rival)}")
    if new_name is None:
        return
    for thing in chains.things:
        if set(new_name.old) <= set(thing.words):
            yield from changes(thing, "the name of a place or a thing")
    yield from _unread(chains, new_name)


def _unread(chains: Chains, new_name: NewName) -> Iterator[Change]:
    """The old name outside the prose: in code, a link, a comment."""
    pattern = re.compile(rf"(?<!\w){re.escape(' '.join(new_name.old))}(?!\w)")
    for found in pattern.finditer(chains.text):
        start, end = found.span()
        if chains.prose[start:end] != chains.text[start:end]:
            yield Change(Edit(Span(start, end), " ".join(new_name.new)), "stands in no prose")


def _pronoun_changes(
    chains: Chains,
    person: Person,
    references: References,
    classes: frozenset[AgreementClass],
    pronouns: PronounSets,
) -> Iterator[Change]:
    forms = pronouns.forms[0]
    to_plural = forms["subject"] == FORMS["plural"]["subject"]
    places = {
        start: (number, index)
        for number, sentence in enumerate(chains.sentences)
        for index, start in enumerate(sentence.starts)
    }
    for reference in references.pronouns:
        if reference.agreement_class not in classes:
            continue
        is_theirs, doubt = _whose(reference, person)
        if not is_theirs:
            continue
        fitting = fitting_forms(reference.written, forms, reference.cases)
        if not fitting:
            continue
        number, index = places[reference.span.start]
        sentence = chains.sentences[number]
        if doubt is None and (other := _other_case(reference, fitting, forms, sentence.words[:index])):
            doubt = f'might be "{other}"'
        yield Change(Edit(reference.span, fitting[0]), doubt)
        from_plural = reference.agreement_class == "plural"
        if reference.written.lower() in ("he", "she", "they") and to_plural != from_plural:
            for verb in verb_changes(sentence.words, index, to_plural=to_plural):
                start = sentence.starts[verb.word_index]
                span = Span(start, start + len(sentence.words[verb.word_index]))
                own = doubt or (None if verb.is_sure else f'might not go with "{fitting[0].lower()}"')
                yield Change(Edit(span, verb.written), own)


def _other_case(reference: Reference, fitting: Sequence[str], forms: Forms, before: Sequence[str]) -> str | None:
    """The form of another case that may belong there as well: "made her tea" is "his tea" or "him tea"."""
    if len(fitting) > 1:
        return fitting[1]
    determiner, object_form = forms.get("determiner"), forms.get("object")
    is_giving = reference.written.lower() == "her" and bool(before) and before[-1].lower() in _GIVING
    return object_form if is_giving and determiner == fitting[0].lower() != object_form else None


def _whose(reference: Reference, person: Person) -> tuple[bool, str | None]:
    """Whether a pronoun may refer to a person; and why that is doubtful, if it is."""
    share = reference.share_of(person.number)
    rival = reference.rival_of(person.number)
    if reference.agreement_class == "plural":
        return True, "might be several people's"
    if share >= SURE:
        return True, None
    if share < LOOK and (rival is None or rival.share >= share):
        return False, None
    return True, f"might be {_possessive_of(rival.text)}" if rival else "might be somebody else's"


def _possessive_of(name: str) -> str:
    return f"{name}'s"


def _without_markup(chains: Chains, changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes in order, without those that would touch markup and those that overlap one before."""
    kept: list[Change] = []
    for change in sorted(changes, key=lambda known: (known.span, known.doubt is not None)):
        if not kept or kept[-1].span.end <= change.span.start:
            kept.append(change)
    in_prose = [change.edit for change in kept if change.span.of(chains.prose) == change.span.of(chains.text)]
    fine = set(without_touching_markup(chains.text, chains.filename, in_prose, _BETWEEN))
    prose = set(in_prose)
    return tuple(change for change in kept if change.edit in fine or change.edit not in prose)
