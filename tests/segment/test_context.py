"""What is read before a sentence, where a text holds records, entries and quotations."""

from __future__ import annotations

import pytest

from gru_lint.extract import ENTRIES_END, ENTRY, PARAGRAPH_END, PART, QUOTED, TEXT_END
from gru_lint.segment.sentences import split_sentences
from gru_lint.segment.windows import split_windows


def read(text: str) -> list[str]:
    """What each window of a text reads and, in brackets, judges."""
    shown = []
    for window in split_windows(split_sentences(text), 192):
        words = [{"<begin>": "^", "<continue>": "~", "<paragraph>": "¶"}.get(word, word) for word in window.words]
        judged = " ".join(words[window.first_judged : window.end_judged])
        before, after = " ".join(words[: window.first_judged]), " ".join(words[window.end_judged :])
        shown.append(f"{before} [{judged}] {after}".strip())
    return shown


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("Mary left.\n\nShe ran.", ["^ [Mary left . ¶ She ran .]"], id="paragraphs"),
        pytest.param(f"Mary left.{TEXT_END}She ran.{TEXT_END}He sat.", ["^ [She ran .]", "^ [He sat .]"], id="records"),
        pytest.param(
            f"Rain fell.\n{ENTRY}Mary{PART}She ran.{PART}He sat.{ENTRY}Tom{PART}He left.{ENTRIES_END}She came.",
            [
                "~ ¶ Mary [¶ She ran .]",
                "~ ¶ Mary [¶ He sat .]",
                "~ ¶ Tom [¶ He left .]",
                "^ Rain fell . [¶ She came .]",
            ],
            id="the parts of entries",
        ),
        pytest.param(f"{ENTRY} {PART}She ran.{PART}He sat.", ["~ [¶ She ran .]", "~ [¶ He sat .]"], id="no first part"),
        pytest.param(
            f"Tom sat.{PARAGRAPH_END}{QUOTED}She ran. He left.{PARAGRAPH_END}He wept.",
            ["^ Tom sat . ¶ She ran . He left . [¶ He wept .]"],
            id="what is quoted is read and not judged",
        ),
    ],
)
def test_what_is_read_with_what(text: str, wanted: list[str]) -> None:
    assert read(text) == wanted


def test_each_record_is_a_short_text() -> None:
    text = TEXT_END.join(["The king hurt herself."] * 30)
    assert [window.is_short for window in split_windows(split_sentences(text), 192)] == [True] * 30
