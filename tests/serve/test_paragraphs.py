"""A paragraph is read with those before it in its document, and never with those of another."""

from __future__ import annotations

from gru_lint.serve.paragraphs import Paragraphs

_ONE = ["Anna went to town in the morning.", "There she met her brother Tom.", "They had tea at the station."]
_OTHER = ["The minister opened the session.", "He spoke for an hour about the budget.", "Nobody asked a question then."]


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Program:
    """A program that sends paragraphs, with its own idea of time."""

    def __init__(self, paragraphs: Paragraphs, clock: Clock, name: str = "127.0.0.1") -> None:
        self._paragraphs, self._clock, self._name = paragraphs, clock, name

    def sends(self, paragraph: str, after_s: float = 0.05) -> list[str]:
        """What is read before a paragraph that is sent so many seconds after the last answer."""
        self._clock.now += after_s
        before = self._paragraphs.before(self._name, paragraph)
        self._clock.now += 3.0
        self._paragraphs.answered(self._name)
        return before.split("\n\n") if before else []


def program(name: str = "127.0.0.1") -> Program:
    clock = Clock()
    return Program(Paragraphs(1800, clock), clock, name)


def opened(client: Program, document: list[str]) -> None:
    """A document is opened long after the last request, and its paragraphs are sent in turn."""
    assert client.sends(document[0], after_s=90) == []
    for index in range(1, len(document)):
        assert client.sends(document[index]) == document[:index]


def test_paragraphs_in_turn_have_those_before_them() -> None:
    opened(program(), _ONE)


def test_a_second_document_does_not_see_the_first() -> None:
    client = program()
    opened(client, _ONE)
    opened(client, _OTHER)


def test_a_second_document_with_a_short_title_does_not_see_the_first() -> None:
    client = program()
    opened(client, _ONE)
    client.sends("Minutes", after_s=5)
    assert client.sends(_OTHER[0]) == ["Minutes"]
    assert client.sends(_OTHER[1]) == ["Minutes", _OTHER[0]]
    assert client.sends(_ONE[2], after_s=5) == _ONE[:2]


def test_who_goes_back_to_a_document_has_its_paragraphs_again() -> None:
    client = program()
    opened(client, _ONE)
    opened(client, _OTHER)
    assert client.sends("There she met her older brother Tom.", after_s=20) == _ONE[:1]
    assert client.sends("He spoke for an hour about the new budget.", after_s=20) == _OTHER[:1]


def test_another_client_does_not_see_the_first() -> None:
    clock = Clock()
    paragraphs = Paragraphs(1800, clock)
    one, other = Program(paragraphs, clock, "one"), Program(paragraphs, clock, "other")
    one.sends(_ONE[0])
    assert other.sends(_OTHER[0]) == []
    assert one.sends(_ONE[1]) == _ONE[:1]
    assert other.sends(_OTHER[1]) == _OTHER[:1]


def test_a_paragraph_that_is_being_written_replaces_itself() -> None:
    client = program()
    opened(client, _ONE[:2])
    sentence = "They had tea and bread at the station, and then they went home."
    for end in (2, 8, 15, 40, len(sentence)):
        assert client.sends(sentence[:end], after_s=0.7) == _ONE[:2]
    assert client.sends(sentence.replace("tea", "coffee"), after_s=5) == _ONE[:2]
    assert client.sends("And", after_s=10) == [*_ONE[:2], sentence.replace("tea", "coffee")]


def test_a_long_paragraph_from_nowhere_begins_a_document() -> None:
    client = program()
    opened(client, _ONE)
    assert client.sends("The members of the committee were asked to sign the minutes.", after_s=5) == []


def test_a_paragraph_between_two_others_does_not_see_what_follows() -> None:
    client = program()
    opened(client, _ONE)
    client.sends(_ONE[0], after_s=30)
    assert client.sends("It rained.", after_s=2) == _ONE[:1]
    assert client.sends(_ONE[1], after_s=2) == [_ONE[0], "It rained."]


def test_the_same_short_line_may_come_again() -> None:
    client = program()
    document = [_ONE[0], "* * *", _ONE[1], "* * *", _ONE[2]]
    opened(client, document)


def test_as_much_is_read_as_a_window_holds() -> None:
    client = program()
    document = [" ".join(str(number * step) for step in range(3, 15)) for number in range(100, 200)]
    client.sends(document[0], after_s=90)
    for paragraph in document[1:]:
        before = client.sends(paragraph)
    # Beyond what the network reads, so that no window takes the first of them for the beginning of the document.
    assert 240 <= len(" ".join(before).split()) < 260
    assert before[-1] == document[-2]


def test_who_is_idle_is_forgotten() -> None:
    client = program()
    opened(client, _ONE)
    assert client.sends(_ONE[1], after_s=2_000) == []


def test_what_is_kept_is_bounded() -> None:
    clock = Clock()
    paragraphs = Paragraphs(1800, clock)
    for name in range(200):
        client = Program(paragraphs, clock, str(name))
        for _ in range(20):
            client.sends("x" * 100_000, after_s=0.0)
        clock.now -= 60
    assert len(paragraphs._clients) <= 32
    client = Program(paragraphs, clock, "long")
    for number in range(3_000):
        client.sends(f"{number} of them came to the house that day.")
    (document,) = paragraphs._clients["long"].documents
    assert len(document.paragraphs) <= 2_000
