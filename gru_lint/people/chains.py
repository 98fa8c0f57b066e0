"""The people of a text with their names, and the windows that hold the pronouns which may be theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from gru_lint.english.pronouns import AgreementClass, has_pronoun
from gru_lint.extract import extract_prose
from gru_lint.linter import Linter
from gru_lint.people.names import Name, find_names
from gru_lint.people.persons import Person, SharedName, find_people, gender_of_bin
from gru_lint.people.references import JudgedWindow, References, finding_references
from gru_lint.records import AnyJudgement, Judgement, Mention, Sentence, Window
from gru_lint.runtime.stepwise import Stepwise, finished

# Candidates with a lower probability are left out.
LEAST_CANDIDATE = 0.02
# The candidates of so many windows are sought together.
_WINDOWS_PER_BATCH = 32
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Chains:
    """The people of one text.

    text, prose  of the same length; see `extract`
    sentences    of the prose
    people       in the order of their first names
    shared       names that may be more than one's
    things       names of places and things that hold a person's
    windows      judged, with the candidates of each pronoun
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
        """The pronouns of the text, and whom each may refer to; see `finding_references`."""
        return finished(self.finding_references(at_odds))

    def finding_references(self, at_odds: int | None = None) -> Stepwise[References]:
        """The same, window by window and pronoun by pronoun."""
        return finding_references(self.windows, self.people, self.shared, self._gender_of_noun(), at_odds)

    def _gender_of_noun(self) -> dict[str, AgreementClass | None]:
        """The gender of the last word of each mention: "woman", "brother"."""
        nouns = {
            judged.window.words[mention.end_word - 1].lower()
            for judged in self.windows
            for mentions in judged.candidates
            for mention in mentions
        }
        rows = self.linter.network.lexicon.rows(sorted(nouns))
        return {noun: gender_of_bin(int(row[2])) for noun, row in zip(sorted(nouns), rows, strict=True)}


def read_chains(linter: Linter, text: str, filename: str | None, asked: frozenset[str] = frozenset()) -> Chains:
    """The people of a text.

    filename  its extension gives the format
    asked     words that are names in this text, whatever else they may be
    """
    linter = linter.for_text(text)
    filename = linter.settings.effective_filename(filename)
    prose = extract_prose(text, filename)
    windows = linter.judge(text, filename) if has_pronoun(text) else ()
    named = finished(finding_named(linter, prose, asked))
    judged = tuple(judged_windows(linter, windows))
    return Chains(text, prose, filename, named.sentences, named.people, named.shared, named.things, judged, linter)


def judged_windows(
    linter: Linter, windows: Iterable[tuple[Window, tuple[AnyJudgement, ...]]]
) -> Iterator[JudgedWindow]:
    """Windows with their judgements, and for each pronoun whom or what it may refer to."""
    waiting = iter(windows)
    while together := list(islice(waiting, _WINDOWS_PER_BATCH)):
        candidates = candidates_of(linter, [window for window, _ in together])
        for (window, judgements), own in zip(together, candidates, strict=True):
            if judged := judged_window(window, judgements, own):
                yield judged


def candidates_of(linter: Linter, windows: Sequence[Window]) -> list[tuple[tuple[Mention, ...], ...]]:
    """For each pronoun that each window judges, whom or what it may refer to."""
    return linter.network.candidates(windows, LEAST_CANDIDATE)


def judged_window(
    window: Window, judgements: Iterable[AnyJudgement], candidates: tuple[tuple[Mention, ...], ...]
) -> JudgedWindow | None:
    """A window with the judgements of its pronouns, and whom each may refer to; None for one without a pronoun."""
    pronouns = tuple(judgement for judgement in judgements if isinstance(judgement, Judgement))
    return JudgedWindow(window, pronouns, candidates) if pronouns else None


@dataclass(frozen=True, slots=True)
class NamedPeople:
    """Who is named in a text; see `Chains`."""

    sentences: tuple[Sentence, ...]
    people: tuple[Person, ...]
    shared: tuple[SharedName, ...]
    things: tuple[Name, ...]


def finding_named(linter: Linter, prose: str, asked: frozenset[str] = frozenset()) -> Stepwise[NamedPeople]:
    """Who is named in some prose, sentence by sentence."""
    from gru_lint.segment.sentences import split_sentences

    lexicon = linter.network.lexicon
    sentences: list[Sentence] = []
    names: list[Name] = []
    # A byte order mark is no part of the first name.
    for sentence in split_sentences(prose.replace(_BYTE_ORDER_MARK, " ")):
        sentences.append(sentence)
        names += find_names(sentence, lexicon, asked)
        yield
    people, shared = find_people(names, lexicon, linter.settings.pronouns)
    things = tuple(name for name in names if name.is_thing)
    return NamedPeople(tuple(sentences), people, shared, things)
