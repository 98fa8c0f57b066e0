"""How much a server takes on, as one value."""

from __future__ import annotations

from dataclasses import dataclass

# A character of four bytes, each of which a form writes as three; and some room for the other fields.
_BYTES_A_CHARACTER = 12
_BYTES_OF_FIELDS = 65_536


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of a server.

    text_length   characters of a text
    timeout_s     seconds for a request to arrive, and for its text to be judged
    max_waiting   texts that wait to be judged
    connections   that are open at a time
    context_s     seconds for which the paragraphs of a client are kept; 0 to keep none
    """

    text_length: int = 100_000
    timeout_s: float = 30.0
    max_waiting: int = 256
    connections: int = 512
    context_s: float = 1800.0

    @property
    def body_bytes(self) -> int:
        """The longest body that can hold such a text as a form."""
        return self.text_length * _BYTES_A_CHARACTER + _BYTES_OF_FIELDS
