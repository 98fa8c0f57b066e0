"""Repeated names as questions about antecedents: text that marks its own coreference.

Where a writer says "Watson" again, a pronoun might have stood, and whom it would have meant is known:
whoever bears that name above. So some repeated names are asked about as pronouns are, from the states
beside them, and the attention learns where to look from text that nobody has annotated. Source of the
idea: Kocijan et al. 2019, "WikiCREM".
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

# So many repeated names of a window are asked about.
N_ASKED = 8
# A name's words that are compared with a repeated one: "John H. Watson" and "Watson".
_LONGEST_NAME = 3
# What a name before a question is to it; other words are 0.
RIVAL, SAME = 1, 2


def repeated_names(
    keys: Ints, ends_mention: Bools, random: np.random.Generator
) -> tuple[Ints, Ints, npt.NDArray[np.int8]]:
    """Names of one word that stood in their window before, beside at least one other name.

    keys          (B, T), equal for equal names, negative where no name stands
    ends_mention  (B, T), whether a mention ends there
    returns       rows (Q,) and columns (Q,) of the questions, at most `N_ASKED` a row, and (Q, T): where a
                  name before the question ends, `SAME` or `RIVAL`
    """
    is_name = keys >= 0
    ends = is_name & ends_mention
    padded = np.pad(is_name, ((0, 0), (1, 1)))
    # The words beside a part of a longer name would give it away.
    alone = ends & ~padded[:, :-2] & ~padded[:, 2:]
    rows, columns, marks = [], [], []
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
        is_question = same.any(axis=1) & (before & ~same).any(axis=1)
        questions = np.flatnonzero(is_question)
        if len(questions) > N_ASKED:
            questions = np.sort(random.choice(questions, N_ASKED, replace=False))
        for question in questions.tolist():
            mark = np.zeros(keys.shape[1], np.int8)
            mark[places[before[question]]] = RIVAL
            mark[places[same[question]]] = SAME
            rows.append(row)
            columns.append(int(asked[question]))
            marks.append(mark)
    found = np.array(marks, np.int8).reshape(-1, keys.shape[1])
    return np.array(rows, np.int64), np.array(columns, np.int64), found
