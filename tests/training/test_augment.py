"""Swaps of gender, and of partners."""

from __future__ import annotations

import numpy as np
import pytest
from augmented import (
    GENDER,
    GENDERED,
    IDS,
    NOTHING,
    OTHER_CASE,
    PARTNERS,
    PLAIN,
    TABLES,
    WORDS,
    augmented,
    check,
    texts_of,
    windows_of,
)

from gru_lint.english.first_names import FirstNames
from gru_lint.english.pronouns import CASES, CLASS_OF_FORM, CLASSES, FORMS
from gru_lint.english.spelling import normalise
from gru_lint.english.vocabulary import N_GENDER_BINS, SPECIAL_WORDS, Vocabulary
from gru_lint.training.data.augment import AugmentationRates, read_gendered_pairs, word_tables
from gru_lint.training.data.compose.entities import MISREAD

SWAPS: dict[str, tuple[str, str]] = {
    "subjects": ("he and she", "she and he"),
    "objects": ("him and her", "her and him"),
    "determiners": ("his doctor and her* nurse", "her doctor and his nurse"),
    "possessives": ("his* and hers", "hers and his"),
    "reflexives": ("himself and herself", "herself and himself"),
    "what is neither": (
        "it its itself they them their theirs themselves myself",
        "it its itself they them their theirs themselves myself",
    ),
    "occupations": ("the doctor and the nurse slept .", "the doctor and the nurse slept ."),
    "titles": ("mr and mrs and ms and Miss", "mrs and mr and mr and mr"),
    "the first pair decides": ("lady and lord and gentleman and bachelor", "gentleman and lady and lady and maiden"),
    "kin": ("mother son aunt nephew wife husband", "father daughter uncle niece husband wife"),
    "accents": ("fiancée and fiancé and fiancee and fiance", "fiancé and fiancée and fiance and fiancee"),
}


@pytest.mark.parametrize(("text", "wanted"), SWAPS.values(), ids=SWAPS)
def test_gender_swap(text: str, wanted: str) -> None:
    check(text, GENDER, wanted)


PARTNER_SWAPS: dict[str, tuple[str, str]] = {
    "his wife alone": ("he and his wife slept", "he and his husband slept"),
    "her husband alone": ("she and her* husband slept", "she and her wife slept"),
    "not beside pronouns that may be the partner's": (
        "he and his wife and her* husband slept",
        "he and his wife and her* husband slept".replace("*", ""),
    ),
    "the unmarried too": ("girlfriend boyfriend fiancée fiancé", "boyfriend girlfriend fiancé fiancée"),
    "no other kin": ("mother brother daughter mr lady king", "mother brother daughter mr lady king"),
}


@pytest.mark.parametrize(("text", "wanted"), PARTNER_SWAPS.values(), ids=PARTNER_SWAPS)
def test_partner_swap(text: str, wanted: str) -> None:
    check(text, PARTNERS, wanted)


MISREAD_TEXTS = {
    "every pronoun of one person": (
        f"he saw {MISREAD}her* doctor and {MISREAD}herself",
        "he saw his doctor and himself",
    ),
    "an object": (f"a nurse saw {MISREAD}him", "a nurse saw her"),
    "before back": (f"a nurse saw {MISREAD}his person", "a nurse saw her person"),
}


@pytest.mark.parametrize(("text", "read"), MISREAD_TEXTS.values(), ids=MISREAD_TEXTS)
@pytest.mark.parametrize("gender_swap", [0, 1], ids=["as written", "swapped"])
def test_a_misread_pronoun_keeps_its_label(text: str, read: str, gender_swap: int) -> None:
    right = text.replace(MISREAD, "").replace("*", "")
    if not gender_swap:
        check(text, NOTHING, read, right)
        return
    windows = windows_of([text])
    found = augmented(windows, GENDER)
    mirrored = windows_of([right.replace("her ", "her* ")])
    augmented(mirrored, GENDER)
    assert texts_of(found) == texts_of(mirrored.word_ids)
    marked = np.array([word.startswith(MISREAD) for word in text.split()])
    assert (windows.word_ids[0] != found[0]).tolist() == marked.tolist()


def test_both_swaps_leave_the_spouse() -> None:
    check("his wife slept", AugmentationRates(1, 1, 0, 0, 0), "her wife slept")


# Words whose swap is undone by a second one, given the bit that belongs to each.
THERE_AND_BACK = (
    *("he", "she", "him", "her", "himself", "herself", "his*", "it", "they", "doctor", "mr", "mrs", "man", "woman"),
    *("mother", "father", "wife", "husband", "king", "queen", "actor", "actress", "lady", "gentleman", "fiancée"),
)


@pytest.mark.parametrize("word", THERE_AND_BACK)
def test_two_swaps_give_the_word_back(word: str) -> None:
    windows = windows_of([word])
    before = windows.word_ids.copy()
    augmented(windows, GENDER)
    augmented(windows, GENDER)
    np.testing.assert_array_equal(windows.word_ids, before)


def test_two_swaps_of_a_determiner_need_the_bit_of_the_new_word() -> None:
    for masculine, feminine in (("his", "her*"), ("his*", "hers")):
        for one, other in ((masculine, feminine), (feminine, masculine)):
            check(one, GENDER, other.rstrip(OTHER_CASE))


def test_every_pair_is_swapped_to_a_word_of_the_other_gender() -> None:
    pairs = read_gendered_pairs()
    feminine, masculine = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    assert not feminine & masculine
    for word in GENDERED:
        swapped = WORDS[TABLES.swapped[IDS[word]]]
        assert (word, swapped) in pairs or (swapped, word) in pairs
        # Every word is in the form that the vocabulary holds, or it would never be found there.
        assert normalise(word) == word


def test_a_word_stays_where_its_pair_is_unknown() -> None:
    words = (*SPECIAL_WORDS, *CLASS_OF_FORM, "actress", "lord", "husband")
    flags = np.zeros(len(words), np.uint8)
    tables = word_tables(Vocabulary(words, flags, flags, FirstNames.of({})))
    assert tables.swapped[-3:].tolist() == [len(words) - 3, len(words) - 2, len(words) - 1]


def test_labels_of_words() -> None:
    for form, agreement_class in CLASS_OF_FORM.items():
        assert CLASSES[TABLES.class_of[IDS[form]]] == agreement_class
        assert TABLES.is_reflexive[IDS[form]] == (form == FORMS[agreement_class]["reflexive"])
    shown = {form: CASES[TABLES.case_of[IDS[form]]] for form in CLASS_OF_FORM if TABLES.case_of[IDS[form]] >= 0}
    assert shown == {
        **dict.fromkeys(("he", "she", "they"), "subject"),
        **dict.fromkeys(("him", "them"), "object"),
        **dict.fromkeys(("its", "their"), "determiner"),
        **dict.fromkeys(("hers", "theirs"), "possessive"),
    }
    for word in (*SPECIAL_WORDS, *PLAIN, *GENDERED):
        if word not in CLASS_OF_FORM:
            assert (TABLES.class_of[IDS[word]], TABLES.case_of[IDS[word]]) == (-1, -1)
            assert not TABLES.is_reflexive[IDS[word]]


@pytest.mark.parametrize("gender_bin", range(N_GENDER_BINS))
def test_gender_bins_mirror(gender_bin: int) -> None:
    windows = windows_of(["<name> slept"], gender_bins=[gender_bin, 0])
    augmented(windows, GENDER)
    assert windows.gender_bins.tolist() == [[8 - gender_bin if gender_bin else 0, 0]]
    augmented(windows, PARTNERS)
    assert windows.gender_bins.tolist() == [[8 - gender_bin if gender_bin else 0, 0]]


def test_a_window_is_swapped_as_a_whole_or_not_at_all() -> None:
    windows = windows_of(["he his him himself king <name>"] * 400, gender_bins=[0, 0, 0, 0, 0, 2])
    augmented(windows, AugmentationRates(0.5, 0, 0, 0, 0))
    outcomes = list(zip(texts_of(windows.word_ids), windows.gender_bins[:, -1].tolist(), strict=True))
    kept, swapped = ("he his him himself king <name>", 2), ("she her her herself queen <name>", 6)
    assert set(outcomes) == {kept, swapped}
    assert 150 < outcomes.count(swapped) < 250
