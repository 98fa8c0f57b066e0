"""The list of nouns for people and animals, english/person_nouns.txt, from lexicons and from what "who" follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Final

import numpy as np

from gru_lint.english import word_files
from gru_lint.english.pronouns import CLASS_OF_FORM
from gru_lint.english.vocabulary import GENDERED, N_GENDER_BINS, NOUN, PROPER, Vocabulary
from gru_lint.english.word_files import commoner_words, roles_of_either, word_lines
from gru_lint.training.data.corpus import EncodedCorpus

# A word is a person's where "who" follows it in this share of its uses.
_LEAST_SHARE: Final = 0.003
# Less is enough for a word of the lists; those that "who" never follows are things ("a pen", "a drum").
_LEAST_LISTED_SHARE: Final = 0.0005
_LEAST_COUNT: Final = 3
# What "who" follows and is no noun for a single person.
_NO_NOUNS: Final = frozenset(
    """
        who whom whose which that those these this one ones many some few others other all both each any anyone everyone
        someone anybody everybody somebody nobody none people persons men women children folk folks police only just but
        and or not to of for about know knows knew see saw asked wondered knowing is was were are be been
        """.split()
)
# Roles that "who" follows too seldom, or that are things as well; and young animals.
_ALSO: Final = {
    "either": frozenset(
        """
            ambassador audiologist barista biker bishop bodyguard carer catcher chauffeur cleaner coworker envoy
            forester groomer laureate medic minister pope predecessor president principal rabbi rapper realtor recipient
            replacement secretary sharpshooter smoker spectator striker stuntman substitute successor supporter trainer
            trumpeter usher weaver zookeeper
        """.split()
    ),
    "animal": frozenset("bunny calf cub donkey foal goat kitten lamb parrot pony puppy rabbit tortoise".split()),
}
# "The birth of Anna, who …", "the grey who …"
_NEVER: Final = frozenset("birth grey married source".split())
_FILES: Final = {
    "either": "exclusively_person_words.dat",
    "man": "exclusively_male_words.dat",
    "woman": "exclusively_female_words.dat",
}
# The list as it stands.
_LIST: Final = Path(word_files.__file__).with_name("person_nouns.txt")


def person_nouns(lexicon: Path, corpora: Iterable[EncodedCorpus], vocabulary: Vocabulary) -> str:
    """The list as text, a line for each kind.

    lexicon     the folder of Coreferee's lists
    vocabulary  of the corpora
    """
    shares = who_shares(corpora, vocabulary)
    kinds = {kind: _read(lexicon / name) for kind, name in _FILES.items()}
    kinds["either"] |= {word for word, (who, which) in shares.items() if who >= max(_LEAST_SHARE, which)}
    # Most words of these lists may be things as well ("a printer"): in the corpora they are what they mostly are. One
    # that the vocabulary lacks is what the list says.
    listed = dict.fromkeys(vocabulary.words, (0.0, 0.0)) | shares
    for word in _read(lexicon / "person_words.dat"):
        who, which = listed.get(word, (1.0, 0.0))
        if who >= max(_LEAST_LISTED_SHARE, which):
            kinds["either"].add(word)
    # Many animals are verbs, too, which are not counted: "a bear".
    animals = {
        word for word in _read(lexicon / "animal_words.dat") if shares.get(word, (1.0, 0.0))[0] >= _LEAST_LISTED_SHARE
    }
    for kind, gender in (("man", "masculine"), ("woman", "feminine")):
        # In "nurse" the list sees a woman.
        told = _told(vocabulary, gender) - roles_of_either()
        telling = told | {word for word in kinds[kind] if word in commoner_words()}
        kinds["either"] |= kinds[kind] - telling
        kinds[kind] = telling - animals
        kinds["either"] -= kinds[kind]
    # "A pilot" is a person before it is a fish.
    kinds["either"] -= animals - _read(lexicon / _FILES["either"])
    kinds["animal"] = animals - kinds["either"]
    for kind, also in _ALSO.items():
        kinds[kind] = (kinds[kind] | also) - _NEVER
    return _head() + "".join(f"{kind}: {' '.join(sorted(words))}\n" for kind, words in kinds.items())


def _head() -> str:
    """The comments that the list begins with, the licence among them: they stay when it is written again."""
    lines = _LIST.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(takewhile(lambda line: line.startswith("#"), lines))


def _read(path: Path) -> set[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line for line in map(str.strip, lines) if line.isalpha() and line.islower() and line.isascii()}


def who_shares(corpora: Iterable[EncodedCorpus], vocabulary: Vocabulary) -> dict[str, tuple[float, float]]:
    """For words that may be nouns for one being, in which shares of their uses "who" and "which" follow.

    The first is 0 where "who" follows too seldom to tell.
    """
    words = vocabulary.words
    number = {word: index for index, word in enumerate(words)}
    n_uses, n_who, n_which = np.zeros((3, len(words)), np.int64)
    for corpus in corpora:
        ids = corpus.word_ids
        n_uses += np.bincount(ids, minlength=len(words))
        n_who += np.bincount(ids[:-1][ids[1:] == number["who"]], minlength=len(words))
        n_which += np.bincount(ids[:-1][ids[1:] == number["which"]], minlength=len(words))
    is_noun = (vocabulary.flags & (NOUN | PROPER)) == NOUN
    n_who[n_who < _LEAST_COUNT] = 0
    who, which = n_who / np.maximum(n_uses, 1), n_which / np.maximum(n_uses, 1)
    return {
        word: (float(who[index]), float(which[index]))
        for word, index in number.items()
        if is_noun[index]
        and word.isalpha()
        and word.isascii()
        and word not in _NO_NOUNS
        and word not in CLASS_OF_FORM
        and not _is_plural(word, number)
        and not _is_verb(word)
    }


def _told(vocabulary: Vocabulary, gender: str) -> set[str]:
    """The words of the vocabulary that tell this gender: "king", "niece"."""
    is_gendered = (vocabulary.flags & GENDERED) > 0
    is_masculine = vocabulary.gender_bins < N_GENDER_BINS / 2
    chosen = is_gendered & (is_masculine if gender == "masculine" else ~is_masculine)
    return {word for word, is_one in zip(vocabulary.words, chosen, strict=True) if is_one and word.isalpha()}


def _is_plural(word: str, number: Mapping[str, int]) -> bool:
    """Whether it is nobody's he or she: "neighbours", "families", "wives"."""
    stems = (word.removesuffix("s"), word.removesuffix("ies") + "y", word.removesuffix("ves") + "fe")
    return word.endswith("s") and not word.endswith("ss") and any(stem in number for stem in stems)


@cache
def _verbs() -> frozenset[str]:
    return frozenset(line for line in word_lines("verbs") if " " not in line)


def _is_verb(word: str) -> bool:
    return word in _verbs() or (word.endswith("ing") and word.removesuffix("ing") in _verbs())
