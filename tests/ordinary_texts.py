"""Ordinary correct texts, put together from sentences and words: nothing may be said of any of them.

They are about people and their things as anybody writes of them. Nothing was trained on them, nor on texts like them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

_WRITTEN_OUT = Path(__file__).parent / "data" / "somebody_in_a_role.txt"
_ROLES = """
    neighbour boss teacher dentist plumber electrician coach driver colleague friend lawyer nurse doctor professor
    manager waiter student chef tailor landlord cousin therapist mechanic guide accountant painter guest
    singer writer banker editor pilot officer baker cleaner tutor trainer architect
""".split()
_THINGS = """
    phone letter car house idea book dress ticket bicycle watch laptop umbrella garden picture song plan story job
    camera dog bag coat computer table cake report key
""".split()
_EVENTS = "accident wedding party storm concert exam trip result meeting match fire".split()
_WOMEN = ("Laura", "Mrs Lopez", "my sister", "the actress")
_MEN = ("Peter", "Mr Chen", "my uncle", "the king")
_SHE = {"p": "she", "o": "her", "d": "her", "s": "herself"}
_HE = {"p": "he", "o": "him", "d": "his", "s": "himself"}
_FIRST_PERSON = {"i": "me", "we": "us", "he": "him", "she": "her", "they": "them"}

# {n} is somebody; {r} somebody in a role, of the other gender: {p}, {o} and {d} are that one's pronouns.
_SOMEBODY_NEW = (
    "{n} has a new {r}. {p} is very patient.",
    "{n} spoke to the {r} this morning, and {p} agreed to help.",
    "the {r} called {n} back. {p} had found the mistake.",
    "{n} likes the new {r}. {p} is funny.",
    "{n} waited for the {r}. {p} came an hour late.",
    "I asked {n} about the {r}, who said that {p} would come.",
    "{n} thanked the {r} because {p} had stayed so long.",
    "when the {r} saw {n}, {p} waved.",
    "{n} went out to meet the {r}. They talked about {d} children.",
    "{n}'s {r} said that {p} was leaving.",
    "the {r} showed {n} {d} office.",
    "{n} went out with the {r}. {p} paid for the dinner.",
    "my {r} lives next to {n}. {p} has two dogs.",
    "do you know the {r}? {p} wrote to {n}.",
)
# {p}, {o} and {d} are those of {n}.
_THEIR_THINGS = (
    "{n} lost {d} {t}. It was new.",
    "{n} told us about the {e}. It was terrible.",
    "{n} bought the {t} and put it in the hall.",
    "{n} said it was late.",
    "{n} gave me the {t}; it is still here.",
    "when {n} saw the {t}, {p} took it home.",
    "{n} forgot the {e}. It had been a long day.",
    "it was {n} who found the {t}.",
    "{n} likes {d} {t} because it is old.",
    "{n} asked how far it was to the station.",
    "{n} wrote that it would rain.",
    "{n} opened the {t} and looked at it for a while.",
    "I gave {n} the {t}, but it broke.",
    "it seems that {n} sold the {t}.",
    "{n} came home early. It surprised us.",
    "the {t} belonged to {n}. It cost a fortune.",
    "{n} needs the {t}. It must be cheap.",
    "{n} sold {d} {t}s. They were old.",
    "the {t}s that {n} bought are broken. They were cheap.",
    "{n} laughed, and everybody heard it.",
)
# {a} and {n} are of two genders; {p}, {o}, {d} and {s} are those of {n}, {own} that of {a}.
_TWO_PEOPLE = (
    "{a} told {n} that {p} was late.",
    "{a} met {n}. {p} smiled.",
    "{a} asked {n} for {d} book.",
    "{a} thanked {n}, and {p} bowed.",
    "{a} said that {n} had lost {d} keys.",
    "{a} danced with {n}, but {p} was tired.",
    "when {a} arrived, {n} was washing {d} car.",
    "{a} gave {n} {own} coat because {p} was cold.",
    "{a} saw {n} hurt {s}.",
    "{a} helped {n}, who had broken {d} arm.",
    "{a} sent {n} a letter. {p} answered at once.",
    "{a} works for {n}; {d} office is upstairs.",
    "{n} and {p} alone can tell. {a} knows nothing.",
    "{a} believes {n}, for {p} never lies.",
    "it was {n} who called {a}, not {d} sister.",
)
# {n} is somebody, and the pronouns are those of somebody else, of whom nothing was said.
_ABSENT = (
    "{n} hugged {o}.",
    "{n} sat next to {o} and Ben.",
    "{n} does not trust {o} any more.",
    "{n} went to the cinema with {o} last night.",
    "{n} and {p} went home together.",
    "they invited {n} and {o} to the party.",
    "{n} took care of {o}.",
    "yesterday {n} met {o} again.",
)
# {n} is spoken to, or named beside somebody of whom nothing was said: the pronouns are that one's.
_SOMEBODY_ELSE = (
    "{n}, can you find {d} number?",
    "{n}, hold {d} coat for a minute.",
    "{n}, please reply to {d} message.",
    "{n}, where did {p} go?",
    "{n}, your taxi is here, and {p} is waiting.",
    "hello {n}, {p} has already left.",
    "good morning, {n}. {p} is in a meeting.",
    "dear {n}, {p} sends you warm greetings.",
    "thank you, {n}. {p} liked the flowers.",
    "look, {n}, {p} is waving.",
    "did you see {o} yesterday, {n}?",
    "do you remember {d} name, {n}?",
    "run, {n}, or {p} will be angry.",
    "{n}: {p} was never here.",
    "{n}, {d} old friend, came from Leeds.",
    "{n}, {d} first teacher, is ninety now.",
    "they invited {n}, {d} new lawyer.",
    "{n} was {d} teacher.",
    "{n} is not {d} boss.",
    "{n} became {d} manager in June.",
    "according to {n}, {p} is on holiday.",
    "thanks to {n}, {p} found a flat.",
    "unlike {n}, {p} hates coffee.",
    "without {n}, {p} would have failed.",
    "as per {n}'s request, {p} will call again.",
    "{n} says {p} is not coming.",
    "{n} did not know that {p} was in town.",
    "ask {n} whether {p} is ready.",
    "{n} reminded me that {p} is away in July.",
    "{n}'s dog is old. {p} sleeps all day.",
    "{n}'s horse is fast. {p} won twice.",
    "{n}'s dentist is ill. {p} will be back in May.",
    "{n}'s colleague said that {p} was tired.",
    "{n} is older than {p} is.",
    "{n} runs as fast as {p} does.",
    "{n} was hungry, but {p} was not.",
)
_SINGULAR = """
    the question|my brother|the dog in the garden|the box of apples|her new car|the man with the two children
    every student|the price of the tickets|one of my friends|the woman who lives next door
    everybody in the room|swimming in lakes
    what he says|nobody|her hair|the news|mathematics|the girl I met yesterday|my father's house|each of the boys
"""
_PLURAL = """
    the questions|my brothers|the dogs in the garden|her new shoes|the men with the child|both students
    two of my friends|the prices of the ticket|the women who live next door|my friends and I|these shoes
    the people in the room|his parents|my trousers|the children I met yesterday|Tom and his sister
    many of the boys|the police|all of us|most of the houses
"""
_VERBS = {
    "is": "are", "was": "were", "has": "have", "does not help": "do not help", "needs": "need", "makes": "make",
    "doesn't want": "don't want", "goes": "go", "isn't": "aren't", "seems": "seem", "wasn't": "weren't",
}  # fmt: skip
# {p} is a subject and {o} an object, in either number and person.
_CASES = (
    "{p} and Tom went home.",
    "it was between Tom and {o}.",
    "{p} saw Anna yesterday.",
    "Anna gave {o} a book.",
    "Anna is taller than {o}.",
    "everybody but {o} was late.",
    "the man who called {o} was rude.",
    "neither Anna nor {p} could come.",
    "what Anna told {o} was true.",
    "with {o} at the wheel, nobody slept.",
    "seeing {o}, Anna waved.",
    "that is what {p} said.",
    "of all of {o}, Anna was the tallest.",
)


def ordinary_texts() -> dict[str, list[str]]:
    """The texts by what they are about, each beginning with a capital."""
    kinds = {
        "somebody new": _somebody_new(),
        "somebody new, written out one by one": _WRITTEN_OUT.read_text(encoding="utf-8").splitlines(),
        "their things": _their_things(),
        "two people": _two_people(),
        "somebody absent": (
            sentence.format(n=name, **pronouns) for name, _, pronouns in _people() for sentence in _ABSENT
        ),
        "somebody else": (
            sentence.format(n=name, **pronouns)
            for name, _, pronouns in _people()
            if name[0].isupper()
            for sentence in _SOMEBODY_ELSE
        ),
        "verbs": _verbs(),
        "cases": (
            sentence.format(p=subject, o=other) for subject, other in _FIRST_PERSON.items() for sentence in _CASES
        ),
    }
    return {kind: [_capitals(text) for text in texts] for kind, texts in kinds.items()}


def _people() -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    """Names, with their own pronouns and those of the other gender."""
    yield from ((name, _SHE, _HE) for name in _WOMEN)
    yield from ((name, _HE, _SHE) for name in _MEN)


def _somebody_new() -> Iterator[str]:
    for sentence, (name, _, others), role in product(_SOMEBODY_NEW, _people(), _ROLES):
        yield sentence.format(n=name, r=role, **others)


def _their_things() -> Iterator[str]:
    for sentence, (name, own, _) in product(_THEIR_THINGS, _people()):
        for word in _THINGS if "{t}" in sentence else _EVENTS if "{e}" in sentence else [""]:
            yield sentence.format(n=name, t=word, e=word, **own)


def _two_people() -> Iterator[str]:
    for sentence, women, men in product(_TWO_PEOPLE, _WOMEN, _MEN):
        yield sentence.format(a=women, n=men, own="her", **_HE)
        yield sentence.format(a=men, n=women, own="his", **_SHE)


def _listed(subjects: str) -> list[str]:
    return [subject for line in subjects.split("\n") for subject in line.strip().split("|") if subject]


def _verbs() -> Iterator[str]:
    ends = ("enough time.", "a lot.", "better now.")
    for number, (singular, plural) in enumerate(_VERBS.items()):
        end = ends[number % len(ends)]
        for opening in ("", "I think that "):
            yield from (f"{opening}{subject} {singular} {end}" for subject in _listed(_SINGULAR))
            yield from (f"{opening}{subject} {plural} {end}" for subject in _listed(_PLURAL))


def _capitals(text: str) -> str:
    """The text with capitals where sentences begin, and for the speaker."""
    text = ". ".join(one[:1].upper() + one[1:] for one in text.split(". "))
    text = "? ".join(one[:1].upper() + one[1:] for one in text.split("? "))
    return " ".join("I" if word == "i" else word for word in text.split())
