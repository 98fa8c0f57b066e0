"""Windows follow edits: after each, they are the windows of the whole text."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from statistics import median

import pytest

from gru_lint.extract import ENTRIES_END, ENTRY, MARKS, PART
from gru_lint.records import Antecedent, Finding
from gru_lint.segment.incremental import IncrementalWindows
from gru_lint.segment.placed_window import PlacedWindow
from gru_lint.segment.sentences import split_sentences
from gru_lint.segment.windows import split_windows, text_span

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


def check_edits(chance: random.Random, text: str, n_edits: int, lengths: Sequence[int], written: Sequence[str]) -> None:
    """Holds the windows of a text to this after each of some random edits, which replace so many characters."""
    windows = IncrementalWindows(LENGTH)
    windows.update(text)
    check(windows, text)
    for _ in range(n_edits):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice(lengths))
        text = text[:start] + chance.choice(written) + text[end:]
        windows.update(text)
        check(windows, text)


@pytest.mark.parametrize("seed", range(12))
def test_any_edits(seed: int) -> None:
    chance = random.Random(seed)
    text = composed(chance, chance.choice([0, 3, 40, 200]))
    if seed % 3 == 0:
        text = text.replace("\n\n", " ")
    check_edits(chance, text, 40, [0, 0, 0, 1, 5, 30, 300, 3000], WRITTEN)


@pytest.mark.parametrize("seed", range(12))
def test_any_edits_among_marks(seed: int) -> None:
    chance = random.Random(seed)
    marks = MARKS if seed % 2 else (ENTRY, PART, PART, PART, ENTRIES_END)
    text = composed(chance, chance.choice([3, 40, 120]), marks)
    check_edits(chance, text, 30, [0, 0, 0, 1, 5, 30, 300], WRITTEN)


@pytest.mark.parametrize("seed", range(4))
def test_any_edits_of_a_long_paragraph(seed: int) -> None:
    chance = random.Random(seed)
    text = composed(chance, 700).replace("\n\n", " ")
    if seed % 2:
        # Nobody has marked its sentences.
        text = text.lower().replace(".", "").replace("!", "").replace("?", "")
    check_edits(chance, text, 12, [0, 0, 0, 1, 5, 300, 3000], ["", "x", " ", ". She", "he saw"])


@pytest.mark.parametrize("seed", range(6))
def test_what_was_found_before_an_edit_stays_on_its_words(seed: int) -> None:
    chance = random.Random(seed)
    text = composed(chance, 60)
    windows = IncrementalWindows(LENGTH)
    n_kept = 0
    for _ in range(60):
        windows.update(text)
        for placed in windows.found():
            if placed.judgements is not None:
                continue
            for finding in placed.findings_before or ():
                assert finding.antecedent
                spans = (finding.span.shifted(placed.origin), finding.antecedent.span.shifted(placed.origin))
                assert (finding.message, finding.antecedent.text) == tuple(span.of(text) for span in spans)
                n_kept += 1
            # One in two is judged before the next edit.
            if chance.random() < 0.5:
                placed.judgements = ()
                placed.findings = tuple(_found(placed, text))
        start = chance.randrange(len(text) + 1)
        text = text[:start] + chance.choice(["x", " ", "She ", "it. "]) + text[start + chance.choice([0, 0, 1, 5]) :]
    assert n_kept > 500


def _found(placed: PlacedWindow, text: str) -> Iterator[Finding]:
    """A finding at each word that a window judges, whose message is the word, relative to the window's origin."""
    window = placed.window
    first = next(index for index, start in enumerate(window.starts) if start >= 0)
    pointed = text_span(window, first, first + 1)
    antecedent = Antecedent(pointed.shifted(placed.origin).of(text), pointed)
    for index in range(window.first_judged, window.end_judged):
        if window.starts[index] >= 0:
            span = text_span(window, index, index + 1)
            yield Finding("PA001", "gender-mismatch", span.shifted(placed.origin).of(text), span, (), antecedent, 1.0)


def _in_one_paragraph(text: str) -> str:
    return text.replace("\n\n", " ").replace("\n", " ")


@pytest.mark.parametrize(
    ("written", "most"),
    [
        (str, 12),
        # The windows behind it up to the end of its piece have moved.
        (_in_one_paragraph, 30),
        # Its sentences are cut anew up to the end of a piece.
        (lambda text: re.sub(r"[.!?]", "", _in_one_paragraph(text)).lower(), 40),
    ],
)
def test_an_edit_leaves_the_windows_far_from_it_alone(written: Callable[[str], str], most: int) -> None:
    text = written(composed(random.Random(1), 1_500))
    windows = IncrementalWindows(LENGTH)
    windows.update(text)
    n_fresh = []
    for place in range(len(text) // 9, len(text), len(text) // 9):
        before = {id(placed) for placed in windows.found()}
        middle = text.index(" ", place)
        text = f"{text[:middle]} really{text[middle:]}"
        windows.update(text)
        n_fresh.append(sum(id(placed) not in before for placed in windows.found()))
    assert min(n_fresh) > 0
    # One that moves the end of a piece has a few pieces read again.
    assert median(n_fresh) < most
    assert max(n_fresh) < len(windows.found()) / 2
