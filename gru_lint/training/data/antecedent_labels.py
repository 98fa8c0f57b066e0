"""Labels for the links: which mentions are the antecedent of a slot and which are not, in text without annotation.

Two things are known without an annotator. Where a writer says "Watson" again, a pronoun might have stood, and it
would have referred to whoever bears that name above (after Kocijan et al. 2019, "WikiCREM"): some repeated names are
judged as pronouns are, from the states beside them. And a "he" refers to none of the women before it: among the
mentions whose gender is known, only the men are candidates. The network reads neither the name nor the pronoun, so it
has to learn from the sentence which mention is the antecedent.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gru_lint.english.vocabulary import N_GENDER_BINS

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Labels = npt.NDArray[np.int8]

# Whether a mention is the antecedent of a slot; 0 is unknown.
NOT_MEANT, MEANT = 1, 2
# At most so many repeated names of a window are judged.
N_ASKED = 8
# A name's words that are compared with a repeated one: "John H. Watson" and "Watson".
_LONGEST_NAME = 3
# So many gender bins at either end of the scale show a gender.
_TELLING = 2


def repeated_names(keys: Ints, ends_mention: Bools, random: np.random.Generator) -> tuple[Ints, Ints, Labels]:
    """Names of one word that stood in their window before, beside at least one other name.

    keys          (B, T), equal for equal names, negative where no name stands
    ends_mention  (B, T), whether a mention ends there
    returns       rows (Q,) and columns (Q,) of the questions, at most `N_ASKED` a row, and (Q, T): what the names
                  before each question are to it
    """
    is_name = keys >= 0
    ends = is_name & ends_mention
    padded = np.pad(is_name, ((0, 0), (1, 1)))
    # The words beside a part of a longer name would give it away.
    alone = ends & ~padded[:, :-2] & ~padded[:, 2:]
    rows, columns, labels = [], [], []
    for row in np.flatnonzero(alone.sum(axis=1) > 1).tolist():
        places = np.flatnonzero(ends[row])
        asked = np.flatnonzero(alone[row])
        before = places < asked[:, None]
        same = np.zeros_like(before)
        part_of_name = np.ones(len(places), np.bool_)
        for back in range(_LONGEST_NAME):
            there = np.maximum(places - back, 0)
            part_of_name &= is_name[row, there]
            same |= part_of_name & (keys[row, there] == keys[row, asked][:, None])
        same &= before
        questions = np.flatnonzero(same.any(axis=1) & (before & ~same).any(axis=1))
        if len(questions) > N_ASKED:
            questions = np.sort(random.choice(questions, N_ASKED, replace=False))
        for question in questions.tolist():
            label = np.zeros(keys.shape[1], np.int8)
            label[places[before[question]]] = NOT_MEANT
            label[places[same[question]]] = MEANT
            rows.append(row)
            columns.append(int(asked[question]))
            labels.append(label)
    return np.array(rows, np.int64), np.array(columns, np.int64), np.array(labels, np.int8).reshape(-1, keys.shape[1])


def gender_labels(gender_bins: Ints, is_name: Bools, ends_mention: Bools, pronoun_classes: Ints) -> Ints:
    """(B, T): the gender, 0 masculine or 1 feminine, that the mention ending there shows; -1 where none does.

    gender_bins      (B, T), of names and of nouns that show a gender
    pronoun_classes  (B, T), -1 where no pronoun stands
    """
    shown = gender_bins.copy()
    part_of_name = is_name.copy()
    for back in range(1, _LONGEST_NAME):
        # The first word of a name shows it: "Claire Dodd", "Mr Watson".
        shifted = np.pad(gender_bins, ((0, 0), (back, 0)))[:, : gender_bins.shape[1]]
        part_of_name &= np.pad(is_name, ((0, 0), (back, 0)))[:, : gender_bins.shape[1]]
        shown = np.where(part_of_name & (shifted > 0), shifted, shown)
    genders = np.full_like(shown, -1)
    genders[(shown > 0) & (shown <= _TELLING)] = 0
    genders[shown >= N_GENDER_BINS - _TELLING] = 1
    genders = np.where((pronoun_classes == 0) | (pronoun_classes == 1), pronoun_classes, genders)
    return np.where(ends_mention, genders, -1)


def mentions_of_gender(genders: Ints, wanted: Ints) -> Labels:
    """(Q, T): what the mentions of Q windows are to a slot of a gender (Q,), 0 or 1; any other class tells nothing."""
    labels = np.where(genders == wanted[:, None], MEANT, NOT_MEANT)
    labels = np.where((genders < 0) | (wanted[:, None] < 0) | (wanted[:, None] > 1), 0, labels)
    return labels.astype(np.int8)
