"""Texts that trip tokenizers up, and the windows of sentences, checked."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import settings
from hypothesis import strategies as st

from gru_lint.english.pronouns import BEGIN, CLASS_OF_FORM, CONTINUE, PARAGRAPH
from gru_lint.records import Sentence, Window
from gru_lint.segment.windows import find_anaphors, split_windows

# The first call loads the tokenizer, which takes longer than any deadline.
REPRODUCIBLE = settings(deadline=None, derandomize=True, max_examples=150, database=None)


# What trips tokenizers up: contractions, abbreviations, emoji joined from several code points,
# combining marks, letters that change length in lower case, every kind of blank and line end.
FRAGMENTS = (
    *("he", "She", "it's", "THEY", "themselves", "her.", "hers!", "Mr.", "e.g.", "can't", "cannot", "U.S.", "10km"),
    *(" ", "  ", "\t", "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n \t\n", "\u00a0", "\u2028", "\u2029", "\x85", "\x1c"),
    *(".", "?!", "…", "...", "--", "—", "'", "’s", "“", "”", "(", ")", ";", "https://a.b/c?d=e#f", "a@b.org", "<br/>"),
    *(
        "👩‍🚀",
        "🏳️‍🌈",
        "👍🏽",
        "e\u0301",
        "n\u0303o",
        "\u0301",
        "ﬁ",
        "İt",
        "ß",
        "ſhe",
        "漢字",
        "שלום",
        "\u200b",
        "\ufeff",
    ),
    *("\0", "\x07", "\x1b[0m", "\ufffd", "\U0010ffff"),
)
ODD_TEXTS = st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join) | st.text(max_size=200)


def check(sentences: Sequence[Sentence], length: int) -> list[Window]:
    """The windows of the sentences, each of which is as it must be."""
    windows = list(split_windows(sentences, length))
    number_at = {sentence.starts[0]: number for number, sentence in enumerate(sentences)}
    judged: list[int] = []
    for window in windows:
        assert len(window.words) == len(window.starts)
        assert window.end_judged <= length
        first = number_at[next(start for start in window.starts if start >= 0)]
        first_judged = number_at[next(start for start in window.starts[window.first_judged :] if start >= 0)]
        last_judged = window.starts[window.end_judged - 1]
        last = max(number for number, sentence in enumerate(sentences) if sentence.starts[0] <= last_judged)
        assert_made_of(window, sentences, first, first_judged, last + 1)
        if first > 0:
            before = sentences[first - 1]
            assert window.end_judged + len(before.words) + before.opens_paragraph > length, "there was room for more"
        judged.extend(window.starts[anaphor.word_index] for anaphor in find_anaphors(window))
    assert judged == pronoun_starts(sentences)
    return windows


def assert_made_of(window: Window, sentences: Sequence[Sentence], first: int, first_judged: int, end: int) -> None:
    """The window holds the sentences `first` to `end` with their marks, and then the next 40 words.

    It judges from `first_judged` to `end`.
    """
    words = [BEGIN if first == 0 else CONTINUE]
    starts = [-1]
    n_judged = 0
    for number in range(first, len(sentences)):
        sentence = sentences[number]
        if number == end:
            n_judged = len(words)
        if n_judged and len(words) >= n_judged + 40:
            break
        if number == first_judged:
            # Before or after its paragraph mark comes to the same: a mark is no pronoun.
            assert window.first_judged in (len(words), len(words) + 1)
        if sentence.opens_paragraph and number > 0:
            words.append(PARAGRAPH)
            starts.append(-1)
        words.extend(sentence.words)
        starts.extend(sentence.starts)
    n_judged = n_judged or len(words)
    assert window.words == tuple(words[: n_judged + 40])
    assert window.starts == tuple(starts[: n_judged + 40])
    assert window.end_judged == n_judged


def pronoun_starts(sentences: Sequence[Sentence]) -> list[int]:
    """Where every pronoun stands that is not in capitals."""
    return [
        start
        for sentence in sentences
        for word, start in zip(sentence.words, sentence.starts, strict=True)
        if word.lower() in CLASS_OF_FORM and not (len(word) > 1 and word.isupper())
    ]
