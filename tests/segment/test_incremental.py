"""Windows follow edits: after each, they are the windows of the whole text."""

from __future__ import annotations

import random

import pytest

from gru_lint.extract import ENTRIES_END, ENTRY, MARKS, PART
from gru_lint.segment.incremental import IncrementalWindows
from gru_lint.segment.sentences import split_sentences
from gru_lint.segment.windows import split_windows

LENGTH = 60
WRITTEN = [
    *("", "x", " ", ".", "\n", "\n\n", "\u2029", "She ", "he. ", "x" * 250, "\r\n", "\n  \n", "\t", " . "),
    "Mary lost her hat. The captain found it, and they went home together.",
    "He said so.\n\nShe went away. It rained all night over the old harbour.",
    *MARKS,
    f"{ENTRY}Anna Kim{PART}She runs.{PART}He walks.{ENTRY}Tom{PART}He sails.{ENTRIES_END}",
]


def check(windows: IncrementalWindows, text: str) -> None:
    """Holds the windows to those that are found in the whole text."""
    wanted = [(*w.content, w.starts, w.is_short) for w in split_windows(split_sentences(text), LENGTH)]
    found = [
        (*p.window.content, tuple(s if s < 0 else s + p.origin for s in p.window.starts), p.window.is_short)
        for p in windows.found()
    ]
    assert found == wanted


def composed(chance: random.Random, n_sentences: int, marks: tuple[str, ...] = ()) -> str:
    """A text of some sentences, some of them in paragraphs of their own, and some marks between them."""
    subjects = ["Mary", "The captain", "He", "She", "It", "Mr Watson", "They"]
    endings = [". ", "! ", ".\n\n", ".\n", "? "]
    verbs = ["saw the harbour from a window", "lost her hat", "went home", "hurt himself, and then slept"]
    return "".join(
        f"{chance.choice(subjects)} {chance.choice(verbs)}{chance.choice(endings)}"
        + (chance.choice(marks) if marks and chance.random() < 0.2 else "")
        for _ in range(n_sentences)
    )


@pytest.mark.parametrize("seed", range(12))
def test_any_edits(seed: int) -> None:
    chance = random.Random(seed)
    text = composed(chance, chance.choice([0, 3, 40, 200]))
    if seed % 3 == 0:
        text = text.replace("\n\n", " ")
    windows = IncrementalWindows(LENGTH)
    windows.update(text)
    check(windows, text)
    for _ in range(40):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice([0, 0, 0, 1, 5, 30, 300, 3000]))
        text = text[:start] + chance.choice(WRITTEN) + text[end:]
        windows.update(text)
        check(windows, text)


@pytest.mark.parametrize("seed", range(12))
def test_any_edits_among_marks(seed: int) -> None:
    chance = random.Random(seed)
    marks = MARKS if seed % 2 else (ENTRY, PART, PART, PART, ENTRIES_END)
    text = composed(chance, chance.choice([3, 40, 120]), marks)
    windows = IncrementalWindows(LENGTH)
    windows.update(text)
    check(windows, text)
    for _ in range(30):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice([0, 0, 0, 1, 5, 30, 300]))
        text = text[:start] + chance.choice(WRITTEN) + text[end:]
        windows.update(text)
        check(windows, text)


def test_an_edit_leaves_the_windows_far_from_it_alone() -> None:
    text = composed(random.Random(1), 400)
    windows = IncrementalWindows(LENGTH)
    windows.update(text)
    before = {id(placed) for placed in windows.found()}
    middle = text.index(" ", len(text) // 2)
    windows.update(f"{text[:middle]} really{text[middle:]}")
    fresh = [placed for placed in windows.found() if id(placed) not in before]
    assert 0 < len(fresh) < 12
