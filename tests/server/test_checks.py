"""A check that has judged a text follows what is set, and finds what a fresh check of the same text finds."""

from __future__ import annotations

import threading

import pytest

from gru_lint.config.settings import Settings, read_settings
from gru_lint.extract import extract_prose
from gru_lint.linter import lint_text
from gru_lint.records import Span
from gru_lint_server.document_check import DocumentCheck, TextTooLongError
from gru_lint_server.document_prose import DocumentProse
from gru_lint_server.documents import Documents
from gru_lint_server.linters import Linters
from gru_lint_server.placed_findings import PlacedFindings
from gru_lint_server.scheduler import Scheduler

TEXT = (
    "The captain lost his hat on the quay. Mary saw it, and he laughed at her.\n\n"
    "The queen hurt himself. The king hurt herself.\n\n"
    "Alex Kim lost his keys on Monday. The harbour closed her gates.\n\n"
    # Reported only where the threshold is low.
    "Kim Novak smiled. He was late."
)
STRICT, LAX = read_settings({"min-confidence": 0.99}), read_settings({"min-confidence": 0.0})


@pytest.mark.parametrize(
    "settings",
    [
        (Settings(), LAX, STRICT, LAX),
        (STRICT, LAX, Settings()),
        (Settings(), read_settings({"pronouns": {"Alex Kim": "they"}}), Settings(ignore=("reflexive-mismatch",))),
    ],
)
def test_findings_are_those_of_a_fresh_check_whatever_was_set_before(settings: tuple[Settings, ...]) -> None:
    check = DocumentCheck(Linters(), "a.txt")
    found = []
    for given in settings:
        while not check.step(TEXT, given):
            pass
        found.append(tuple(check.findings()))
        assert found[-1] == lint_text(TEXT, settings=given)
    assert len(set(found)) > 1


def test_pronouns_stated_far_from_an_untouched_passage() -> None:
    check = DocumentCheck(Linters(), "a.txt")
    beginning = "Mr Hugo Brandt opened the meeting. Then she read out the notes.\n\n"
    found = []
    for ending in ("Thanks to all.", "Host: Hugo Brandt (she/her).", "Thanks to all."):
        while not check.step(beginning + ending, Settings()):
            pass
        found.append([finding.code for finding in check.findings()])
    assert found == [["PA001"], [], ["PA001"]]


def test_what_is_on_the_screen_is_judged_before_its_turn() -> None:
    rain = "Day after day it rained over the harbour, and nobody came. " * 4
    text = "\n\n".join(f"Summer {number}. The king hurt herself. {rain}" for number in range(300))
    visible = Span(text.index("Summer 250."), text.index("Summer 260."))
    check = DocumentCheck(Linters(), "a.txt")
    assert not check.step(text, Settings(), visible)
    seen = check.findings()
    while not check.step(text, Settings(), visible):
        pass
    assert [finding for finding in check.findings() if visible.start <= finding.span.start < visible.end] == list(seen)
    assert len(seen) == 10


@pytest.mark.parametrize("filename", ["a.txt", "a.md", "a.srt"])
def test_marks_of_a_text_itself_are_blanks(filename: str) -> None:
    prose = DocumentProse()
    for text in ("Mary left.\n\nHe came.\n", "Mary left.\n\n\x1cHe\x1e came.\n\n\ufdd0She went.\n"):
        extracted, _ = prose.extract(text, filename)
        assert extracted == extract_prose(text, filename)
    assert not set(extracted) & {"\x1c", "\x1e", "\ufdd0"}


def test_a_text_that_is_too_long_is_refused() -> None:
    check = DocumentCheck(Linters(), "book.txt")
    with pytest.raises(TextTooLongError, match=r"book\.txt: longer than 4,000,000 characters, .* gru-lint check"):
        check.step("The king hurt herself. " * 180_000, Settings())


async def test_a_file_that_is_not_open_is_judged_by_the_worker_to_its_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    threads = set()
    findings = DocumentCheck.findings

    def remember_thread(check: DocumentCheck) -> PlacedFindings:
        threads.add(threading.current_thread().name)
        return findings(check)

    monkeypatch.setattr(DocumentCheck, "findings", remember_thread)
    scheduler = Scheduler(Documents(), lambda _: Settings(), lambda _: None, lambda *_: None)
    try:
        found, unread = await scheduler.check_file(TEXT, "a.txt", Settings())
        assert (found, unread) == (lint_text(TEXT), ())
    finally:
        scheduler.stop()
    assert threads == {"judging_0"}
