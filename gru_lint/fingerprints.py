"""Fingerprints that identify a finding from run to run, even if it moves within its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from gru_lint.lines import BLANK_LINE
from gru_lint.records import Finding

# How much of its paragraph identifies a finding on each side, whatever the line breaks.
_N_WORDS = 8
_N_CHARACTERS = 200


def fingerprints(text: str, findings: Iterable[Finding], name: str = "") -> Iterator[str]:
    """64 hexadecimal digits for each finding, unique within the text; with a name, also between texts."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for found in findings:
        start, end = found.span.start, found.span.end
        before = BLANK_LINE.split(text[max(0, start - _N_CHARACTERS) : start])[-1].split()[-_N_WORDS:]
        after = BLANK_LINE.split(text[end : end + _N_CHARACTERS])[0].split()[:_N_WORDS]
        known_by = (name, found.code, " ".join([*before, f"«{text[start:end]}»", *after]))
        # The first of several equal ones keeps its fingerprint when another is added below.
        yield sha256("\0".join((*known_by, str(seen[known_by]))).encode(errors="surrogatepass")).hexdigest()
        seen[known_by] += 1
