"""The chains of a text: its people, their names, and the pronouns that may be theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from gru_lint.english.pronouns import AgreementClass, has_pronoun
from gru_lint.extract import extract_prose
from gru_lint.linter import Linter
from gru_lint.people.names import Name, find_names
from gru_lint.people.persons import Person, SharedName, find_people
from gru_lint.people.references import JudgedWindow, References, find_references
from gru_lint.records import AnyJudgement, Judgement, Sentence, Window

# What is less likely is nobody's.
LEAST_CANDIDATE = 0.02
# Windows whose candidates are sought together.
_TOGETHER = 32
_BYTE_ORDER_MARK = "\ufeff"
_MASCULINE_BINS, _FEMININE_BINS = (1, 2), (6, 7)


@dataclass(frozen=True, slots=True)
class Chains:
    """The people of one text.

    text, prose  of the same length; see `extract`
    sentences    of the prose
    people       in the order of their first names
    shared       names that may be more than one's
    things       names of places and things that hold a person's
    windows      judged, with whom each pronoun may mean
    """

    text: str
    prose: str
    filename: str | None
    sentences: tuple[Sentence, ...]
    people: tuple[Person, ...]
    shared: tuple[SharedName, ...]
    things: tuple[Name, ...]
    windows: tuple[JudgedWindow, ...]
    linter: Linter

    def references(self, at_odds: int | None = None) -> References:
        """The pronouns of the text, and whom each may refer to; see `find_references`."""
        return find_references(self.windows, self.people, self.shared, self._gender_of_noun(), at_odds)

    def _gender_of_noun(self) -> dict[str, AgreementClass | None]:
        """What the last words of mentions tell: "woman", "brother"."""
        nouns = {
            judged.window.words[mention.end_word - 1].lower()
            for judged in self.windows
            for mentions in judged.candidates
            for mention in mentions
        }
        rows = self.linter.network.lexicon.rows(sorted(nouns))
        return {noun: _gender_of_bin(int(row[2])) for noun, row in zip(sorted(nouns), rows, strict=True)}


def _gender_of_bin(gender_bin: int) -> AgreementClass | None:
    if gender_bin in _MASCULINE_BINS:
        return "masculine"
    return "feminine" if gender_bin in _FEMININE_BINS else None


def read_chains(linter: Linter, text: str, filename: str | None, asked: frozenset[str] = frozenset()) -> Chains:
    """The people of a text.

    filename  its extension gives the format
    asked     words that are names in this text, whatever else they may be
    """
    filename = linter.settings.effective_filename(filename)
    prose = extract_prose(text, filename)
    windows = linter.judge(text, filename) if has_pronoun(text) else ()
    return chains_of(linter, text, prose, filename, judged_windows(linter, windows), asked)


def judged_windows(
    linter: Linter, windows: Iterable[tuple[Window, tuple[AnyJudgement, ...]]]
) -> Iterator[JudgedWindow]:
    """Windows with their judgements, and for each pronoun whom or what it may refer to."""
    waiting = iter(windows)
    while together := list(islice(waiting, _TOGETHER)):
        candidates = linter.network.candidates([window for window, _ in together], LEAST_CANDIDATE)
        for (window, judgements), own in zip(together, candidates, strict=True):
            pronouns = tuple(judgement for judgement in judgements if isinstance(judgement, Judgement))
            if pronouns:
                yield JudgedWindow(window, pronouns, own)


def chains_of(
    linter: Linter,
    text: str,
    prose: str,
    filename: str | None,
    windows: Iterable[JudgedWindow],
    asked: frozenset[str] = frozenset(),
) -> Chains:
    """The people of a text whose windows are judged; see `read_chains`."""
    from gru_lint.segment.sentences import split_sentences

    lexicon = linter.network.lexicon
    # A byte order mark is no part of the first name.
    sentences = tuple(split_sentences(prose.replace(_BYTE_ORDER_MARK, " ")))
    names = [name for sentence in sentences for name in find_names(sentence, lexicon, asked)]
    people, shared = find_people(names, lexicon, linter.settings.pronouns)
    things = tuple(name for name in names if name.is_thing)
    return Chains(text, prose, filename, sentences, people, shared, things, tuple(windows), linter)
