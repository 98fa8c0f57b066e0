"""Which words get a row of their own, which are names, and which can head a mention: counted, not listed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gru_lint.english.first_names import FirstNames
from gru_lint.english.noun_phrases import PHRASE_ENDS
from gru_lint.english.pronouns import CLASS_OF_FORM
from gru_lint.english.spelling import capitals_of, normalise, without_accents
from gru_lint.english.vocabulary import (
    AMBIGUOUS_NAME,
    FAMILY_NAME,
    GENDERED,
    NOUN,
    PROPER,
    SPECIAL_WORDS,
    Vocabulary,
    gender_bin_of,
)
from gru_lint.training.data.augment import read_telling_words
from gru_lint.training.data.tokenizing import Tokens

N_VOCABULARY = 30_000
# A name borne by fewer people than this is left to its context.
_MIN_BEARERS = 20
# A name borne so many times as often by families as it was given to children is a family name.
_RATHER_A_FAMILY = 3
# So it is if it stands so many times as often at a name's end as at its beginning, unless very many were given it.
_RATHER_AT_THE_END = 4
_FEWEST_AT_THE_END = 3
_CERTAINLY_GIVEN = 5_000
# Capitalised words after which a first name may stand.
_BEFORE_FIRST_NAMES = frozenset(
    """
        miss aunt uncle lady sir king queen prince princess saint st lord dame sister brother father mother dr
        captain president pope emperor empress and
        """.split()
)
_DETERMINERS = frozenset(
    """
        the a an this that these those my your our his her its their every each no any some another
        """.split()
)
_PLACE_PREPOSITIONS = frozenset(["in", "at", "near"])
# A name that stands after one of them in such a share of its places is a place. People are looked at, and one may see
# it in their eyes: if it was given so many times as often as it stands in the corpora, it is a name as well.
_RATHER_A_PLACE, _GIVEN_AS_WELL = 0.08, 100
# A word with a capital in such a share of its places may be a name; the rarer the capital, the more often given.
_MAY_BE_A_NAME = ((0.2, 2), (0.1, 20))
# Given as first names, and hardly ever meant as such in running text.
CALENDAR = frozenset(
    """
        monday tuesday wednesday thursday friday saturday sunday january february march april may june july september
        october november december easter christmas summer autumn
        """.split()
)


@dataclass(frozen=True, slots=True)
class WordCounts:
    """How often each normalised word stands in the corpus, and where; arrays over words."""

    words: list[str]
    total: npt.NDArray[np.int64]
    within_sentence: npt.NDArray[np.int64]
    capitalised_within: npt.NDArray[np.int64]
    after_place_preposition: npt.NDArray[np.int64]
    ending_noun_phrase: npt.NDArray[np.int64]
    beginning_name: npt.NDArray[np.int64]
    ending_name: npt.NDArray[np.int64]


def count_words(files: list[Tokens], spellings: list[str]) -> WordCounts:
    """The counts over all files; `spellings` are those that the files' indices point into."""
    normal_ids: dict[str, int] = {}
    normal_of = np.array([normal_ids.setdefault(normalise(word), len(normal_ids)) for word in spellings])
    words = list(normal_ids)
    capitalised = np.array([capitals_of(word) > 0 for word in spellings])
    groups = (_DETERMINERS, _PLACE_PREPOSITIONS, PHRASE_ENDS, _BEFORE_FIRST_NAMES)
    is_in = {group: np.array([word in group for word in words]) for group in groups}
    counts = np.zeros((7, len(words)), np.int64)
    for tokens in files:
        normal = normal_of[tokens.indices]
        previous, following = np.roll(normal, 1), np.roll(normal, -1)
        # A quotation mark or a paragraph mark may stand before the first word.
        within = ~tokens.sentence_starts & ~np.roll(tokens.sentence_starts, 1)
        noun_phrase_ends = is_in[_DETERMINERS][previous] & is_in[PHRASE_ENDS][following]
        after_place = is_in[_PLACE_PREPOSITIONS][previous]
        capital = capitalised[tokens.indices]
        capital_before = np.roll(capital & ~is_in[_BEFORE_FIRST_NAMES][normal], 1) & ~tokens.sentence_starts
        capital_after = np.roll(capital & ~tokens.sentence_starts, -1)
        masks = (
            None,
            within,
            within & capital,
            after_place,
            noun_phrase_ends,
            capital & ~np.roll(capital, 1) & capital_after,
            capital & capital_before & ~capital_after,
        )
        for row, mask in zip(counts, masks, strict=True):
            row += np.bincount(normal if mask is None else normal[mask], minlength=len(words))
    return WordCounts(words, *counts)


def build_vocabulary(
    counts: WordCounts, bearers: dict[str, tuple[int, int]], families: dict[str, int] | None = None
) -> Vocabulary:
    """The commonest words, and the first names that share one row.

    bearers   for each name in lower case, how many men and women were given it
    families  for each surname in lower case, how many people bear it

    A name that is as often a word or a place ("Grace", "Rose", "Sofia") keeps its row and gets a gender bin beside it;
    one that often follows "in", "at" or "near", and is given seldom, is a place ("Paris"), and one that stands in the
    corpus more often than it was ever given is something else ("Wednesday"): these get none.
    """
    capital_share = counts.capitalised_within / np.maximum(counts.within_sentence, 1)
    place_share = counts.after_place_preposition / np.maximum(counts.total, 1)
    noun_share = counts.ending_noun_phrase / np.maximum(counts.total, 1)
    row_of = {word: row for row, word in enumerate(counts.words)}
    names: dict[str, int] = {}
    ambiguous: dict[str, int] = {}
    for name, (men, women) in bearers.items():
        if men + women < _MIN_BEARERS or name in CLASS_OF_FORM or name in CALENDAR or len(name) < 2:
            continue
        # Half an imaginary bearer of each gender, so that rare names come nearer to the middle.
        gender_bin = gender_bin_of((women + 0.5) / (men + women + 1))
        row = row_of.get(name)
        ends_names = row is not None and men + women < _CERTAINLY_GIVEN and _stands_at_the_end(counts, row)
        if ends_names or (families and is_rather_a_family(men + women, families.get(name, 0))):
            gender_bin += FAMILY_NAME
        if row is None or counts.total[row] < 20:
            names[name] = gender_bin
        elif counts.total[row] > men + women:
            continue
        elif place_share[row] > _RATHER_A_PLACE:
            if counts.total[row] * _GIVEN_AS_WELL < men + women:
                ambiguous[name] = gender_bin
        elif capital_share[row] > 0.9:
            names[name] = gender_bin
        elif any(
            capital_share[row] > capitals and counts.total[row] * times < men + women
            for capitals, times in _MAY_BE_A_NAME
        ):
            ambiguous[name] = gender_bin
    forms = list(CLASS_OF_FORM)
    order = np.argsort(-counts.total, kind="stable")
    taken = {*SPECIAL_WORDS, *forms, *names}
    in_order = (counts.words[row] for row in order)
    common = (word for word in in_order if word not in taken and without_accents(word) not in names)
    is_spelled = (word for word in common if any(c.isalpha() for c in word) or not any(c.isdigit() for c in word))
    words = [*SPECIAL_WORDS, *forms, *islice(is_spelled, N_VOCABULARY - len(SPECIAL_WORDS) - len(forms))]
    # What has no row of its own is nothing but a name where it has a capital, if very many were given it.
    have_row = set(words)
    given = (name for name in ambiguous if name not in have_row and sum(bearers[name]) >= _CERTAINLY_GIVEN)
    names |= {name: ambiguous[name] for name in given}
    telling = read_telling_words()
    flags = np.zeros(len(words), np.uint8)
    gender_bins = np.zeros(len(words), np.uint8)
    for word_id, word in enumerate(words):
        row = row_of.get(word)
        if row is None or word in SPECIAL_WORDS:
            continue
        if capital_share[row] > 0.5 and counts.within_sentence[row] >= 10 and word != "i":
            flags[word_id] |= PROPER
        if noun_share[row] > 0.05 and counts.total[row] >= 20 and word not in PHRASE_ENDS:
            flags[word_id] |= NOUN
        if word in telling:
            flags[word_id] |= GENDERED
            gender_bins[word_id] = gender_bin_of(float(telling[word] == "feminine"))
        elif word in ambiguous:
            flags[word_id] |= AMBIGUOUS_NAME
            gender_bins[word_id] = ambiguous[word]
    return Vocabulary(tuple(words), flags, gender_bins, FirstNames.of(names))


def is_rather_a_family(n_given: int, n_borne: int) -> bool:
    """Whether a name given to so many children, and borne by so many people as a surname, is rather the latter."""
    return n_borne > _RATHER_A_FAMILY * n_given


def _stands_at_the_end(counts: WordCounts, row: int) -> bool:
    """Whether the corpus has this name as a family's: "Burak Yilmaz said", seldom "Yilmaz Demir said"."""
    n_ending = int(counts.ending_name[row])
    return n_ending >= _FEWEST_AT_THE_END and n_ending > _RATHER_AT_THE_END * int(counts.beginning_name[row])


def first_vectors(vocabulary: Vocabulary, path: Path) -> npt.NDArray[np.float32]:
    """Vectors (V, D) to begin training with, zero where the file has none; scaled like the other rows.

    path   an .npz with `words` (N,) and `vectors` (N, D), such as GloVe's
    """
    with np.load(path, allow_pickle=False) as arrays:
        row_of = {word: row for row, word in enumerate(arrays["words"].tolist())}
        vectors = arrays["vectors"].astype(np.float32)
    vectors *= 0.1 / vectors.std()
    rows = [row_of.get(word.lower(), -1) for word in vocabulary.words]
    return np.where(np.array(rows)[:, None] >= 0, vectors[rows], 0.0).astype(np.float32)
