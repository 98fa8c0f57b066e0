"""What augmentation does to a window, word by word, and what it never does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from gru_lint.english.first_names import FirstNames
from gru_lint.english.lexicon import GENDERED as GENDERED_FLAG
from gru_lint.english.lexicon import (
    N_GENDER_BINS,
    N_NAME_SLOTS,
    NAME_ID,
    SPECIAL_WORDS,
    UNKNOWN_CAPITAL_ID,
    Vocabulary,
    normalise,
)
from gru_lint.english.pronouns import CASES, CLASS_OF_FORM, CLASSES, FORMS
from gru_lint.training.data.augment import AugmentationRates, WindowArrays, augment, read_gendered_pairs, word_tables
from gru_lint.training.data.compose.entities import MISREAD

PLAIN = ("the", "a", "doctor", "nurse", "slept", "saw", "myself", "person", "and", ".")
GENDERED = tuple(dict.fromkeys(word for pair in read_gendered_pairs() for word in pair))
WORDS = tuple(dict.fromkeys((*SPECIAL_WORDS, *CLASS_OF_FORM, *PLAIN, *GENDERED)))
IDS = {word: word_id for word_id, word in enumerate(WORDS)}
NO_FLAGS = np.zeros(len(WORDS), np.uint8)
TABLES = word_tables(Vocabulary(WORDS, NO_FLAGS, NO_FLAGS, FirstNames.of({})))

NOTHING = AugmentationRates(0, 0, 0, 0, 0)
GENDER = AugmentationRates(1, 0, 0, 0, 0)
PARTNERS = AugmentationRates(0, 1, 0, 0, 0)
# The case that the written form does not show: "her" before a noun phrase, "his" without one.
OTHER_CASE = "*"


def windows_of(texts: Sequence[str], gender_bins: Sequence[int] = (), slots: Sequence[int] = ()) -> WindowArrays:
    """Windows of equally many words; a star after a word sets its other-case bit, a mark before it has it misread."""
    words = [text.split() for text in texts]
    shape = (len(words), len(words[0]))
    ids = np.array([[IDS[word.removeprefix(MISREAD).rstrip(OTHER_CASE)] for word in row] for row in words])
    return WindowArrays(
        word_ids=ids,
        capitals=ids % 4,
        gender_bins=np.broadcast_to(np.array(gender_bins or [0] * shape[1]), shape).copy(),
        name_slots=np.broadcast_to(np.array(slots or [0] * shape[1]), shape).copy(),
        other_case=np.array([[word.endswith(OTHER_CASE) for word in row] for row in words]),
        is_misread=np.array([[word.startswith(MISREAD) for word in row] for row in words]),
    )


def augmented(windows: WindowArrays, rates: AugmentationRates, seed: int = 0) -> npt.NDArray[np.int64]:
    """Augments the windows in place; the right words."""
    return augment(windows, TABLES, rates, np.random.default_rng(seed))


def texts_of(word_ids: npt.NDArray[np.int64]) -> list[str]:
    """The words of each window."""
    return [" ".join(WORDS[word_id] for word_id in row) for row in word_ids.tolist()]


def check(text: str, rates: AugmentationRates, wanted: str, right: str | None = None) -> None:
    """The text is read as `wanted`; its right words are `right`, by default the same."""
    windows = windows_of([text])
    found = augmented(windows, rates)
    assert texts_of(windows.word_ids) == [wanted]
    assert texts_of(found) == [wanted if right is None else right]


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


WRONG: dict[str, tuple[str, float, str, str]] = {
    "every gendered pronoun": (
        "he saw her and himself .",
        0,
        "she saw him and herself .",
        "he saw her and himself .",
    ),
    "in its case": ("his doctor and her* nurse", 0, "her doctor and his nurse", "his doctor and her nurse"),
    "in a swapped window, back to what it was": ("he and her* nurse", 1, "he and her nurse", "she and his nurse"),
    "neither neuter nor plural": ("it they them itself", 0, "it they them itself", "it they them itself"),
    "no noun": ("king wife mother", 0, "king wife mother", "king wife mother"),
}


@pytest.mark.parametrize(("text", "gender_swap", "wanted", "right"), WRONG.values(), ids=WRONG)
def test_wrong_pronouns(text: str, gender_swap: float, wanted: str, right: str) -> None:
    check(text, AugmentationRates(gender_swap, 0, 0, wrong_pronouns=1, wrong_pronoun=1), wanted, right)


def test_wrong_pronouns_never_reach_the_right_words() -> None:
    windows = windows_of(["he and her* wife and himself and it"] * 500)
    right = augmented(windows, AugmentationRates(0.5, 0, 0, wrong_pronouns=0.5, wrong_pronoun=0.5))
    assert set(texts_of(right)) == {"he and her wife and himself and it", "she and his husband and herself and it"}
    # In some windows one pronoun is wrong while the others are right.
    assert len(set(texts_of(windows.word_ids))) == 16
    is_wrong = windows.word_ids != right
    assert 0.15 < is_wrong[:, [0, 2, 5]].mean() < 0.35
    assert not is_wrong[:, [1, 3, 4, 6, 7]].any()


SLOTS = [5, 0, 9, 5, 63, 0, 9, 1]


@pytest.mark.parametrize("rates", [NOTHING, GENDER, AugmentationRates(0.5, 0.5, 0.5, 0.5, 0.5)])
def test_name_slots_say_the_same_and_never_who(rates: AugmentationRates) -> None:
    windows = windows_of(["<name> slept <name> <name> <Unknown> . <name> king"] * 1000, slots=SLOTS)
    augmented(windows, rates)
    for row in windows.name_slots.tolist():
        pairs = set(zip(SLOTS, row, strict=True))
        assert len(pairs) == len({new for _, new in pairs}) == len(set(SLOTS))
        assert all(0 < new < N_NAME_SLOTS if old else new == 0 for old, new in pairs)
    # Over the windows, a name falls into any slot.
    assert len(set(windows.name_slots[:, 0].tolist())) == N_NAME_SLOTS - 1


def test_no_noise_leaves_everything_but_the_slots() -> None:
    windows = windows_of(
        ["he and her* wife <name> .", "king it <Unknown> his* husband she"], [0, 0, 0, 0, 7, 0], [0, 0, 2, 0, 3, 0]
    )
    before = [array.copy() for array in (windows.word_ids, windows.capitals, windows.gender_bins, windows.other_case)]
    right = augmented(windows, NOTHING)
    for found, wanted in zip(
        (windows.word_ids, windows.capitals, windows.gender_bins, windows.other_case), before, strict=True
    ):
        np.testing.assert_array_equal(found, wanted)
    np.testing.assert_array_equal(right, before[0])


def test_capitals_stay() -> None:
    windows = windows_of(["he and her* wife <name> ."] * 50, gender_bins=[0, 0, 0, 0, 7, 0], slots=[0, 0, 0, 0, 3, 0])
    before = windows.capitals.copy()
    augmented(windows, AugmentationRates(0.5, 0.5, 0.5, 0.5, 0.5))
    np.testing.assert_array_equal(windows.capitals, before)


def test_unknown_names_are_forgotten_by_name() -> None:
    slots = [3, 0, 3, 8, 0, 8, 20]
    windows = windows_of(
        ["<name> and <name> <name> . <name> king"] * 400, gender_bins=[7, 0, 7, 1, 0, 1, 6], slots=slots
    )
    right = augmented(windows, AugmentationRates(0, 0, unknown_names=1, wrong_pronouns=0, wrong_pronoun=0))
    np.testing.assert_array_equal(right, windows.word_ids)
    is_forgotten = windows.word_ids == UNKNOWN_CAPITAL_ID
    np.testing.assert_array_equal(is_forgotten[:, 0], is_forgotten[:, 2])
    np.testing.assert_array_equal(is_forgotten[:, 3], is_forgotten[:, 5])
    # A word with a gender_bin of its own ("Grace", here "king") is no row that names share: it stays.
    assert not is_forgotten[:, [1, 4, 6]].any()
    assert set(windows.gender_bins[:, 6].tolist()) == {6}
    assert np.all((windows.gender_bins == 0) == (is_forgotten | (np.array(slots) == 0)))
    assert np.all(windows.word_ids[:, 0][~is_forgotten[:, 0]] == NAME_ID)
    assert 0.4 < is_forgotten[:, [0, 3]].mean() < 0.6


def test_the_same_seed_gives_the_same_windows() -> None:
    outcomes = []
    for seed in (1, 1, 2):
        windows = windows_of(
            ["he and her* wife <name> ."] * 50, gender_bins=[0, 0, 0, 0, 7, 0], slots=[0, 0, 0, 0, 3, 0]
        )
        augmented(windows, AugmentationRates(), seed)
        outcomes.append((texts_of(windows.word_ids), windows.gender_bins.tolist(), windows.name_slots.tolist()))
    assert outcomes[0] == outcomes[1] != outcomes[2]


@pytest.mark.parametrize(
    ("text", "bins", "read"),
    [
        ("mr doctor slept he his", (1, 0, 0, 0, 0), "mr doctor slept she her"),
        ("mrs doctor slept she her", (7, 0, 0, 0, 0), "mrs doctor slept he him"),
        # A name alone may mislead; a word or a name of the other gender may be who is meant.
        ("doctor doctor slept he his", (1, 0, 0, 0, 0), "doctor doctor slept he his"),
        ("mr doctor slept he her", (1, 0, 0, 0, 0), "mr doctor slept he her"),
        ("mr doctor slept he his", (1, 6, 0, 0, 0), "mr doctor slept he his"),
        ("mr doctor mrs slept he", (1, 0, 7, 0, 0), "mr doctor mrs slept he"),
        ("doctor doctor slept he his", (0, 0, 0, 0, 0), "doctor doctor slept he his"),
    ],
)
def test_all_pronouns_are_wrong_only_where_a_word_tells_whose_they_are(
    text: str, bins: tuple[int, ...], read: str
) -> None:
    flags = np.array([GENDERED_FLAG if word in ("mr", "mrs") else 0 for word in WORDS], np.uint8)
    told = np.array([{"mr": 1, "mrs": 7}.get(word, 0) for word in WORDS], np.uint8)
    tables = word_tables(Vocabulary(WORDS, flags, told, FirstNames.of({})))
    windows = windows_of([text], bins)
    right = augment(windows, tables, replace(NOTHING, all_wrong=1.0), np.random.default_rng(0))
    assert texts_of(windows.word_ids) == [read]
    assert texts_of(right) == [text]
