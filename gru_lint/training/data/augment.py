"""Counterfactual augmentation: what is true of men must be as true of women.

Raw text teaches that nurses are women and that wives have husbands; a linter that believes so
raises false alarms. So half of all windows are read with every gender swapped, and in some the
spouses are swapped once more by themselves. Some names lose their gender bin, so that the network
learns to do without; some pronouns in the context are made wrong, so that one error does not
hide the next. The labels are those of the swapped window: noise never reaches them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gru_lint.english.lexicon import N_NAME_SLOTS
from gru_lint.english.pronouns import (
    CASES,
    CASES_OF_FORM,
    CLASS_OF_FORM,
    CLASSES,
    FORMS,
    GENDERS,
    REFLEXIVE_FORMS,
    AgreementClass,
    Case,
)
from gru_lint.english.verb_forms import other_forms, slot_of_word
from gru_lint.english.vocabulary import (
    AMBIGUOUS_NAME,
    GENDERED,
    N_GENDER_BINS,
    NAME_ID,
    PROPER,
    UNKNOWN_CAPITAL_ID,
    Vocabulary,
)
from gru_lint.training.data.distractors import other_numbers_of_nouns
from gru_lint.training.data.hidden_case import HiddenCases

_PAIRS_PATH = Path(__file__).with_name("gendered_pairs.txt")
# Whom one loves says nothing about one's own gender.
_PARTNERS = frozenset(
    """
        wife husband wives husbands girlfriend boyfriend girlfriends boyfriends fiancée fiancé fiancee fiance
        """.split()
)
# What a form of two cases usually is, and the other one.
_TWO_CASES: tuple[tuple[str, Case, Case], ...] = (("her", "object", "determiner"), ("his", "determiner", "possessive"))
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class AugmentationRates:
    """The share of windows in which each augmentation happens, or the share of words within such a window."""

    gender_swap: float = 0.5
    partner_swap: float = 0.2
    unknown_names: float = 0.15
    wrong_pronouns: float = 0.1
    wrong_pronoun: float = 0.15
    wrong_verbs: float = 0.1
    wrong_verb: float = 0.15
    other_numbers: float = 0.5
    other_number: float = 0.5
    all_wrong: float = 0.05


@dataclass(frozen=True, slots=True)
class WordTables:
    """What augmentation and labels need to know of each vocabulary word; arrays of length V.

    swapped        the word of the other gender, or the word itself
    swapped_other  the same in the word's other case: "her" → "his" (not "him"), "his" → "hers"
    gender_bins    of a word that tells its gender, else 0
    partner_genders  0 of a husband, a boyfriend, ..., 1 of a wife, ..., else -1
    class_of       index of the agreement class of a pronoun that is judged, else -1
    case_of        index of its case where the form shows it, else -1
    usual_case_of  of "her" and "his", which are of two cases: that of "saw her" and "his hat", else -1
    other_case_of  the other one, see `corpus.OTHER_CASE_BIT`
    is_reflexive   whether it is a reflexive pronoun
    is_name        whether it is a name wherever it has a capital
    other_number   a verb or demonstrative of the other number ("is" → "are"), or the word itself
    other_noun     a noun of the other number ("cabinet" → "cabinets"), or the word itself
    hidden_cases   what a word says of a "her" or "his" beside it
    """

    swapped: Ints
    swapped_other: Ints
    gender_bins: Ints
    partner_genders: Ints
    class_of: Ints
    case_of: Ints
    usual_case_of: Ints
    other_case_of: Ints
    is_reflexive: npt.NDArray[np.bool_]
    is_name: npt.NDArray[np.bool_]
    other_number: Ints
    other_noun: Ints
    hidden_cases: HiddenCases


def read_gendered_pairs() -> list[tuple[str, str]]:
    """Feminine and masculine words in the order of the file."""
    return [(feminine.lstrip("*"), masculine.lstrip("*")) for feminine, masculine in _marked_pairs()]


def _marked_pairs() -> list[list[str]]:
    """The same, with a star before each word that does not tell its gender by itself."""
    lines = _PAIRS_PATH.read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def read_telling_words() -> dict[str, AgreementClass]:
    """The gender of each word that tells it by itself: "businesswoman", and not "actor"."""
    telling: dict[str, AgreementClass] = {}
    for feminine, masculine in _marked_pairs():
        telling.setdefault(feminine, "feminine")
        telling.setdefault(masculine, "masculine")
    return {word: gender for word, gender in telling.items() if not word.startswith("*")}


def word_tables(vocabulary: Vocabulary) -> WordTables:
    """The tables for a vocabulary."""
    ids = {word: word_id for word_id, word in enumerate(vocabulary.words)}
    swapped = np.arange(len(ids))
    done: set[str] = set()
    for feminine, masculine in read_gendered_pairs():
        for word, other in ((feminine, masculine), (masculine, feminine)):
            if word in ids and other in ids and word not in done:
                swapped[ids[word]] = ids[other]
                done.add(word)
    men, women = FORMS["masculine"], FORMS["feminine"]
    for case in ("subject", "object", "reflexive"):
        swapped[ids[men[case]]], swapped[ids[women[case]]] = ids[women[case]], ids[men[case]]
    swapped[ids["hers"]] = ids["his"]
    swapped[ids["his"]] = ids["her"]
    swapped_other = swapped.copy()
    swapped_other[ids["her"]] = ids["his"]
    swapped_other[ids["his"]] = ids["hers"]

    class_of = np.full(len(ids), -1)
    case_of = np.full(len(ids), -1)
    usual_case_of, other_case_of = case_of.copy(), case_of.copy()
    is_reflexive = np.zeros(len(ids), np.bool_)
    for form, agreement_class in CLASS_OF_FORM.items():
        class_of[ids[form]] = CLASSES.index(agreement_class)
        cases = CASES_OF_FORM[form]
        is_reflexive[ids[form]] = form in REFLEXIVE_FORMS
        if len(cases) == 1 and cases[0] in CASES:
            case_of[ids[form]] = CASES.index(cases[0])
    for form, usual, other in _TWO_CASES:
        usual_case_of[ids[form]], other_case_of[ids[form]] = CASES.index(usual), CASES.index(other)
    partner_genders = np.full(len(ids), -1)
    for couple in read_gendered_pairs():
        for gender, word in enumerate(reversed(couple)):
            if word in _PARTNERS and word in ids:
                partner_genders[ids[word]] = gender
    gender_bins = np.where(vocabulary.flags & GENDERED, vocabulary.gender_bins, 0).astype(np.int64)
    is_name = (vocabulary.flags & (PROPER | AMBIGUOUS_NAME)) > 0
    is_name[[NAME_ID, UNKNOWN_CAPITAL_ID]] = True
    return WordTables(
        swapped,
        swapped_other,
        gender_bins,
        partner_genders,
        class_of,
        case_of,
        usual_case_of,
        other_case_of,
        is_reflexive,
        is_name,
        _other_numbers(ids),
        other_numbers_of_nouns(vocabulary),
        HiddenCases(vocabulary),
    )


def _other_numbers(ids: Mapping[str, int]) -> Ints:
    other_number = np.arange(len(ids))
    for word, word_id in ids.items():
        slot = slot_of_word(word)
        if slot is not None and slot[0] != "contraction":
            for other in other_forms(word, "plural" if slot[1] == "singular" else "singular"):
                other_number[word_id] = ids.get(other, word_id)
    return other_number


@dataclass(slots=True)
class WindowArrays:
    """B windows of T words; `augment` changes the arrays in place.

    word_ids, capitals, gender_bins, name_slots  (B, T) int64
    other_case                             (B, T) bool, see `corpus.OTHER_CASE_BIT`
    is_misread                             (B, T) bool, see `corpus.MISREAD_BIT`
    """

    word_ids: Ints
    capitals: Ints
    gender_bins: Ints
    name_slots: Ints
    other_case: npt.NDArray[np.bool_]
    is_misread: npt.NDArray[np.bool_]


def augment(windows: WindowArrays, tables: WordTables, rates: AugmentationRates, random: np.random.Generator) -> Ints:
    """Changes the windows in place; returns the word of every position that is right there, (B, T)."""
    n_windows = len(windows.word_ids)

    def some(share: float) -> npt.NDArray[np.bool_]:
        return random.random((n_windows, 1)) < share

    swap = some(rates.gender_swap)
    unswapped = windows.word_ids
    other = np.where(windows.other_case, tables.swapped_other[windows.word_ids], tables.swapped[windows.word_ids])
    windows.word_ids = np.where(swap, other, windows.word_ids)
    # Only where no pronoun may be the partner's own: "my husband" is he.
    genders = tables.class_of[windows.word_ids]
    has_pronoun = np.stack([(genders == gender).any(axis=1) for gender in (0, 1)], axis=1)
    partner_genders = tables.partner_genders[windows.word_ids]
    partners = some(rates.partner_swap) & (partner_genders >= 0)
    partners &= ~np.take_along_axis(has_pronoun, np.maximum(partner_genders, 0), axis=1)
    windows.word_ids = np.where(partners, tables.swapped[windows.word_ids], windows.word_ids)
    # A name's gender bin is mirrored; a word's is that of the word that now stands there.
    mirrored = np.where(swap & (windows.gender_bins > 0), N_GENDER_BINS - windows.gender_bins, windows.gender_bins)
    of_words = tables.gender_bins[windows.word_ids]
    windows.gender_bins = np.where((of_words > 0) | (tables.gender_bins[unswapped] > 0), of_words, mirrored)

    # Which slot a name falls into is drawn anew for every window: it says "the same", never "who".
    n_slots = N_NAME_SLOTS - 1
    strides = random.choice([k for k in range(1, n_slots) if np.gcd(k, n_slots) == 1], (n_windows, 1))
    shifts = random.integers(n_slots, size=(n_windows, 1))
    drawn = 1 + ((windows.name_slots - 1) * strides + shifts) % n_slots
    windows.name_slots = np.where(windows.name_slots > 0, drawn, 0)

    forgotten = some(rates.unknown_names) & (random.random((n_windows, N_NAME_SLOTS)) < 0.5)
    is_forgotten = np.take_along_axis(forgotten, windows.name_slots, axis=1) & (windows.word_ids == NAME_ID)
    windows.word_ids = np.where(is_forgotten, UNKNOWN_CAPITAL_ID, windows.word_ids)
    windows.gender_bins = np.where(is_forgotten, 0, windows.gender_bins)

    right_words = windows.word_ids
    is_gendered = (tables.class_of[right_words] >= 0) & (tables.class_of[right_words] < 2)
    wrong = some(rates.wrong_pronouns) & is_gendered & (random.random(right_words.shape) < rates.wrong_pronoun)
    wrong |= windows.is_misread
    wrong |= some(rates.all_wrong) & _tells_one_gender(windows, tables, right_words)[:, None] & is_gendered
    windows.word_ids = np.where(wrong, np.where(swap, unswapped, other), right_words)
    return right_words


def _tells_one_gender(windows: WindowArrays, tables: WordTables, right_words: Ints) -> npt.NDArray[np.bool_]:
    """(B,): whether a word tells the gender of all pronouns of a window, and no word nor name is of the other one.

    Then every pronoun may be wrong at once, as in a translation or after somebody was renamed.
    """
    bins = windows.gender_bins
    middle = N_GENDER_BINS / 2
    classes = tables.class_of[right_words]
    tells = np.zeros(len(bins), np.bool_)
    # Masculine words have the lower bins; 0 is none.
    is_of_gender = ((bins > 0) & (bins < middle), bins > middle)
    for gender in range(len(GENDERS)):
        has_telling_word = ((tables.gender_bins[windows.word_ids] > 0) & is_of_gender[gender]).any(axis=1)
        has_other = is_of_gender[1 - gender].any(axis=1) | (classes == 1 - gender).any(axis=1)
        tells |= has_telling_word & (classes == gender).any(axis=1) & ~has_other
    return tells
