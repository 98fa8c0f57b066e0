"""Why a document cannot be read or written."""

from __future__ import annotations


class DocumentError(Exception):
    """A document that cannot be read; the message goes on after its name, and says what to do."""


class MissingReaderError(DocumentError):
    """What reads documents is not installed; the message says how to get it."""
