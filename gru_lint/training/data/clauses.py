"""Sentences in which much stands between a subject and its verb, composed for the judge of verbs.

In natural text the noun beside a verb is its subject in nine sentences of ten, and whoever learns from it alone takes
the nearest noun. Here the subject is parted from its verb by phrases, clauses and other subjects, whose nouns have
either number by chance. The words are those of tagged text, by their tags; the sentences mean nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from gru_lint.english.verb_forms import AgreeingForm, other_forms, singular_of, slot_of_word
from gru_lint.training.data.tagging import TaggedTokens

# Marks a verb that is labelled, as the first character of its word; no text holds it, and no tokenizer parts it.
AGREES: Final = "\uf8fe"
# How often a word must have a tag, and in which share of its occurrences, to be taken for it.
_LEAST_COUNT, _LEAST_SHARE = 40, 0.8
_PREPOSITIONS: Final = "of of of in near behind with for about from beside under against among across around".split()
# No pronoun that is judged: nobody is named whom it could mean.
_DETERMINERS: Final = "the the the the the my your our".split()
_ONE, _SEVERAL = "a this that every each one".split(), "these those many some several few two three".split()
_MODALS: Final = "will would could might must can should did had".split()
_OPENINGS: Final = ("", "", "", "", "I know that ", "People say that ", "Today ", "In this case ", "However , ")
# Nouns whose plural has no -s of its own; a writer knows them, and no rule of spelling does.
_IRREGULAR_PLURALS: Final = """
    man men, woman women, child children, person people, foot feet, tooth teeth, goose geese, mouse mice, louse lice,
    ox oxen, knife knives, life lives, wife wives, leaf leaves, loaf loaves, thief thieves, wolf wolves, shelf shelves,
    half halves, calf calves, elf elves, scarf scarves, self selves, hoof hooves, dwarf dwarves, policeman policemen,
    fireman firemen, fisherman fishermen, gentleman gentlemen, workman workmen, salesman salesmen, nobleman noblemen,
    grandchild grandchildren, schoolchild schoolchildren, stepchild stepchildren, townsman townsmen,
    businesswoman businesswomen, sportsman sportsmen, statesman statesmen, workwoman workwomen,
    crisis crises, thesis theses, analysis analyses, hypothesis hypotheses, diagnosis diagnoses, oasis oases, axis axes,
    basis bases, emphasis emphases, parenthesis parentheses, synopsis synopses, ellipsis ellipses, neurosis neuroses,
    synthesis syntheses, metamorphosis metamorphoses, criterion criteria, phenomenon phenomena, automaton automata,
    bacterium bacteria, curriculum curricula, stratum strata, memorandum memoranda, addendum addenda, erratum errata,
    ovum ova, spectrum spectra, medium media, symposium symposia, aquarium aquaria, millennium millennia,
    cactus cacti, fungus fungi, nucleus nuclei, stimulus stimuli, alumnus alumni, radius radii, focus foci, locus loci,
    octopus octopi, hippopotamus hippopotami, syllabus syllabi, bacillus bacilli, terminus termini, thesaurus thesauri,
    larva larvae, vertebra vertebrae, antenna antennae, formula formulae, nebula nebulae, alga algae, alumna alumnae,
    index indices, appendix appendices, matrix matrices, vertex vertices, vortex vortices, codex codices,
    passerby passersby, sheep sheep, deer deer, fish fish, series series, species species, aircraft aircraft,
    salmon salmon, trout trout, bison bison, moose moose, swine swine, spacecraft spacecraft, offspring offspring
"""
# So many of the nouns of composed sentences are among them.
_IRREGULAR_SHARE: Final = 0.12
_ENDINGS: Final = ("", "", "now", "again", "here", "every year", "in the end", "at home", "very often", "as well")


def _irregular_nouns() -> tuple[tuple[str, str], ...]:
    pairs = (line.split() for line in _IRREGULAR_PLURALS.split(","))
    return tuple((singular, plural) for singular, plural in pairs)


_IRREGULAR_NOUNS: Final = _irregular_nouns()


@dataclass(frozen=True, slots=True)
class Words:
    """What sentences are made of.

    nouns            (singular, plural)
    irregular_nouns  the same of those that no rule of spelling leads to
    verbs            the form without -s
    """

    nouns: tuple[tuple[str, str], ...]
    verbs: tuple[str, ...]
    pasts: tuple[str, ...]
    participles: tuple[str, ...]
    gerunds: tuple[str, ...]
    adjectives: tuple[str, ...]
    irregular_nouns: tuple[tuple[str, str], ...] = _IRREGULAR_NOUNS


def words_of(corpora: Iterable[TaggedTokens]) -> Words:
    """The words that are nearly always tagged alike."""
    counts: dict[str, Counter[str]] = {}
    for tagged in corpora:
        for word, tag, count in tagged.counts():
            if word.isalpha() and word.isascii() and word.islower() and len(word) > 2:
                counts.setdefault(word, Counter())[tag] += count

    def are(*tags: str) -> tuple[str, ...]:
        least = {word: sum(of_word[tag] for tag in tags) for word, of_word in counts.items()}
        return tuple(
            sorted(
                word
                for word, count in least.items()
                if count >= _LEAST_COUNT and count >= _LEAST_SHARE * counts[word].total()
            )
        )

    singulars, plurals = are("NN"), frozenset(are("NNS"))
    return Words(
        # A noun's plural is spelled as a verb's third person.
        nouns=tuple((noun, singular_of(noun)) for noun in singulars if singular_of(noun) in plurals),
        verbs=tuple(word for word in are("VB", "VBP") if slot_of_word(word) in (("verb", "plural"),)),
        pasts=are("VBD"),
        participles=are("VBN"),
        gerunds=are("VBG"),
        adjectives=are("JJ"),
    )


@dataclass(slots=True)
class ClauseComposer:
    """Makes documents of one to three sentences at random; labelled verbs begin with `AGREES`."""

    words: Words
    random: Random

    def documents(self, n_documents: int) -> Iterator[str]:
        """So many documents."""
        for _ in range(n_documents):
            yield " ".join(self.sentence() for _ in range(self.random.choice((1, 1, 2, 3))))

    def sentence(self) -> str:
        """One sentence: a subject of either number, what stands between, and a predicate."""
        choose = self.random.choice
        kinds: tuple[Callable[[], str], ...] = (
            *(self._statement,) * 8, self._coordination, self._gerund, self._question, self._existence, self._company,
        )  # fmt: skip
        text = " ".join(f"{choose(_OPENINGS)}{choose(kinds)()}".split())
        return f"{text[0].upper()}{text[1:]}" if text[0] != AGREES else f"{AGREES}{text[1].upper()}{text[2:]}"

    def _number(self) -> AgreeingForm:
        return self.random.choice(("singular", "plural"))

    def _noun(self, number: AgreeingForm) -> str:
        """A noun phrase; its determiner seldom tells the number."""
        choose = self.random.choice
        nouns = self.words.irregular_nouns if self.random.random() < _IRREGULAR_SHARE else self.words.nouns
        noun = choose(nouns)[number == "plural"]
        adjective = f"{choose(self.words.adjectives)} " if self.random.random() < 0.25 else ""
        determiners = _DETERMINERS
        if self.random.random() < 0.2:
            determiners = _ONE if number == "singular" else _SEVERAL
        determiner = choose(determiners)
        if determiner == "a" and (adjective or noun)[0] in "aeiou":
            determiner = "an"
        return f"{determiner} {adjective}{noun}"

    def _verb(self, base: str, number: AgreeingForm) -> str:
        return AGREES + (singular_of(base) if number == "singular" else base)

    def _form(self, word: str, number: AgreeingForm) -> str:
        """A form of be, have or do in this number, from either."""
        slot = slot_of_word(word)
        return AGREES + (word if slot and slot[1] == number else other_forms(word, number)[0])

    def _predicate(self, number: AgreeingForm) -> str:
        choose = self.random.choice
        not_ = " not" if self.random.random() < 0.15 else ""
        predicates = (
            lambda: f"{self._form('is', number)}{not_} {choose(self.words.adjectives)}",
            lambda: f"{self._form('was', number)}{not_} {choose(self.words.adjectives)}",
            lambda: f"{self._form('is', number)}{not_} {choose(self.words.gerunds)} {self._noun(self._number())}",
            lambda: f"{self._form('was', number)}{not_} {choose(self.words.participles)}",
            lambda: f"{self._form('has', number)}{not_} {choose(self.words.participles)} {self._noun(self._number())}",
            lambda: f"{self._form('does', number)} not {choose(self.words.verbs)} {self._noun(self._number())}",
            lambda: f"{self._verb(choose(self.words.verbs), number)} {self._noun(self._number())}",
            lambda: (
                f"{self._verb(choose(self.words.verbs), number)} {choose(_PREPOSITIONS)} {self._noun(self._number())}"
            ),
            lambda: self._verb(choose(self.words.verbs), number),
        )
        return f"{choose(predicates)()} {choose(_ENDINGS)}".strip() + choose((".", ".", ".", ".", "!"))

    def _phrase(self) -> str:
        return f"{self.random.choice(_PREPOSITIONS)} {self._noun(self._number())}"

    def _between(self, number: AgreeingForm) -> str:
        """What may stand after a subject of this number, before its verb."""
        choose, words = self.random.choice, self.words
        relative = choose(("that", "who", "which"))
        other = self._number()
        between = (
            self._phrase,
            self._phrase,
            lambda: f"{self._phrase()} {self._phrase()}",
            lambda: f"{relative} {choose(words.pasts)} {self._noun(other)}",
            lambda: f"{relative} {choose(_MODALS[:-2])} {choose(words.verbs)} {self._noun(other)}",
            lambda: f"{relative} had {choose(words.participles)} {self._noun(other)}",
            lambda: f"{relative} {self._verb(choose(words.verbs), number)} {self._noun(other)}",
            lambda: (
                f"{relative} {self._form(choose(('is', 'was')), number)} {choose(words.gerunds)} {self._noun(other)}"
            ),
            lambda: f"{relative} {self._form('has', number)} {choose(words.participles)} {self._noun(other)}",
            lambda: f"{relative} {self._form('does', number)} not {choose(words.verbs)} {self._noun(other)}",
            lambda: f"{choose(('that', 'whom', ''))} {self._noun(other)} {choose(words.pasts)}",
            lambda: f"{choose(('that', 'whom', ''))} {self._noun(other)} {self._verb(choose(words.verbs), other)}",
            lambda: (
                f"{choose(('that', 'whom', ''))} {self._noun(other)} {self._form('has', other)} "
                f"{choose(words.participles)}"
            ),
            lambda: f"{choose(words.participles)} by {self._noun(other)}",
            lambda: f"{choose(words.gerunds)} {self._noun(other)}",
            lambda: f", {choose(('who', 'which'))} {choose(words.pasts)} {self._noun(other)} ,",
            lambda: f"{self._phrase()} {relative} {choose(words.pasts)} {self._noun(other)}",
            lambda: "",
        )
        return choose(between)()

    def _statement(self) -> str:
        number = self._number()
        words = (self._noun(number), self._between(number), self._predicate(number))
        return " ".join(word for word in words if word)

    def _coordination(self) -> str:
        first, second = self._noun(self._number()), self._noun(self._number())
        return f"{first} and {second} {self._predicate('plural')}"

    def _gerund(self) -> str:
        gerund = self.random.choice(self.words.gerunds)
        return f"{gerund} {self._noun(self._number())} {self._predicate('singular')}"

    def _company(self) -> str:
        number, joining = self._number(), self.random.choice(("along with", "together with", "as well as"))
        return f"{self._noun(number)} , {joining} {self._noun(self._number())} , {self._predicate(number)}"

    def _question(self) -> str:
        number, choose = self._number(), self.random.choice
        subject = f"{self._noun(number)} {choose((self._phrase(), ''))}".strip()
        if self.random.random() < 0.5:
            asked = f"{self._form('does', number)} {subject} {choose(self.words.verbs)}"
        else:
            asked = f"{self._form(choose(('is', 'was')), number)} {subject} {choose(self.words.adjectives)}"
        return f"{choose(('', 'why ', 'where ', 'how '))}{asked}?"

    def _existence(self) -> str:
        number = self._number()
        return f"there {self._form(self.random.choice(('is', 'was')), number)} {self._noun(number)} {self._phrase()}."
