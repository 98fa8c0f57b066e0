"""What is asked about a whole document is read in steps, and other documents are judged between them."""

from __future__ import annotations

import asyncio

import pytest
from lsprotocol import types

from gru_lint.config.settings import Settings
from gru_lint.people import chains
from gru_lint.records import Window
from gru_lint.runtime.stepwise import Stepwise, finished
from gru_lint_server.document_check import DocumentCheck
from gru_lint_server.documents import Document, Documents
from gru_lint_server.linters import Linters
from gru_lint_server.positions import Positions
from gru_lint_server.scheduler import Scheduler

LONG = "".join(f"Mary met John in room {number}. She was late, and he scolded her.\n\n" for number in range(100))
SETTINGS = Settings()


def _checked(text: str) -> DocumentCheck:
    check = DocumentCheck(Linters(), "novel.txt")
    _judge(check, text)
    return check


def _judge(check: DocumentCheck, text: str) -> None:
    while not check.step(text, SETTINGS):
        pass


@pytest.fixture
def n_sought(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """In how many windows the candidates of pronouns are sought, at each time."""
    sought: list[int] = []
    find = chains.candidates_of

    def counted(linter: object, windows: list[Window]) -> object:
        sought.append(len(windows))
        return find(linter, windows)  # type: ignore[arg-type]

    monkeypatch.setattr(chains, "candidates_of", counted)
    return sought


def test_no_step_seeks_candidates_in_many_windows(n_sought: list[int]) -> None:
    finished(_checked(LONG).reading_people())
    assert len(n_sought) > 2
    assert max(n_sought) <= 8


def test_what_is_known_is_not_read_again(n_sought: list[int]) -> None:
    check = _checked(LONG)
    first = finished(check.reading_people())
    n_sought.clear()
    assert finished(check.reading_people()) is first
    assert n_sought == []


def test_after_an_edit_only_the_windows_around_it_are_read_again(n_sought: list[int]) -> None:
    check = _checked(LONG)
    finished(check.reading_people())
    n_sought.clear()
    edited = LONG.replace("in room 50", "on the stairs")
    _judge(check, edited)
    read = finished(check.reading_people())
    assert 0 < sum(n_sought) <= 8
    whole = finished(_checked(edited).reading_people())
    told = [
        [
            (pronoun.span, [(one.person, round(one.share, 3)) for one in pronoun.candidates])
            for pronoun in known.pronouns
        ]
        for known in (read.references, whole.references)
    ]
    assert told[0] == told[1]
    assert read.chains.people == whole.chains.people


def test_a_text_that_changed_while_it_was_read_leaves_nothing_behind() -> None:
    check = _checked(LONG)
    work = check.reading_people()
    for _ in range(50):
        next(work)
    short = "Mary met John. She was late."
    _judge(check, short)
    finished(work)
    assert [len(person.names) for person in finished(check.reading_people()).chains.people] == [1, 1]


def test_who_is_named_is_known_without_seeking_whom_a_pronoun_means(n_sought: list[int]) -> None:
    named = finished(_checked(LONG).reading_named())
    assert [person.name for person in named.people] == ["Mary", "John"]
    assert n_sought == []


@pytest.mark.asyncio
async def test_a_document_is_judged_between_two_steps_of_reading_another() -> None:
    documents = Documents()
    order: list[str] = []
    reported: list[Exception] = []

    async def settings_at(_uri: str) -> Settings:
        return SETTINGS

    def show(document: Document) -> None:
        order.append(document.uri)

    scheduler = Scheduler(documents, settings_at, show, lambda _document, error: reported.append(error))

    def typed(uri: str, text: str) -> None:
        positions = Positions(text, types.PositionEncodingKind.Utf16)
        documents.put(Document(uri, 1, uri, "plaintext", positions))
        scheduler.start(uri)

    def slow(_check: DocumentCheck) -> Stepwise[str]:
        # Another document is typed in meanwhile: nothing here goes on by itself before that is judged.
        loop.call_soon_threadsafe(typed, "b.txt", "The king hurt herself.")
        while "b.txt" not in order:
            yield
        order.append("read")
        return "all of it"

    loop = asyncio.get_running_loop()
    typed("a.txt", "The queen slept, and she snored.")
    assert await asyncio.wait_for(scheduler.ask_in_steps("a.txt", slow), 60) == "all of it"
    assert order == ["a.txt", "b.txt", "read"]
    assert reported == []
    scheduler.stop()


@pytest.mark.asyncio
async def test_a_text_that_is_judged_again_is_asked_again_and_one_that_changes_is_not() -> None:
    documents = Documents()

    async def settings_at(_uri: str) -> Settings:
        return SETTINGS

    scheduler = Scheduler(documents, settings_at, lambda _document: None, lambda _document, _error: None)
    positions = Positions("The queen slept, and she snored.", types.PositionEncodingKind.Utf16)
    document = documents.put(Document("a.txt", 1, "a.txt", "plaintext", positions))
    scheduler.start("a.txt")
    n_asked = 0

    def judged_again(known: Document) -> None:
        documents.forget_findings(known)
        scheduler.start("a.txt")

    def edited(known: Document) -> None:
        documents.change(known, 2, Positions("She slept.", types.PositionEncodingKind.Utf16), 0)
        scheduler.start("a.txt")

    def question(_check: DocumentCheck) -> Stepwise[int]:
        nonlocal n_asked
        n_asked += 1
        number = n_asked
        known = documents.document("a.txt")
        assert known is not None
        if number <= len(meanwhile):
            loop.call_soon_threadsafe(meanwhile[number - 1], known)
            while documents.document("a.txt") is known:
                yield
        yield
        return number

    loop = asyncio.get_running_loop()
    assert document.text
    meanwhile = [judged_again]
    assert await asyncio.wait_for(scheduler.ask_in_steps("a.txt", question), 60) == 2
    n_asked, meanwhile = 0, [edited]
    assert await asyncio.wait_for(scheduler.ask_in_steps("a.txt", question), 60) is None
    scheduler.stop()
