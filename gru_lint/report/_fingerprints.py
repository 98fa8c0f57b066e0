"""What a finding is known by from run to run, wherever in its file it has moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from gru_lint.lines import BLANK_LINE
from gru_lint.report._base import CheckedFile

# A finding is the same as long as so many words of its paragraph on each side are, however the lines are broken.
_N_WORDS = 8
_N_CHARACTERS = 200


def fingerprints(file: CheckedFile, name: str = "") -> Iterator[str]:
    """Hexadecimal digits for each finding of a file, different for each; with a name, different in each file too."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for found in file.diagnostics:
        start, end = found.span.start, found.span.end
        before = BLANK_LINE.split(file.text[max(0, start - _N_CHARACTERS) : start])[-1]
        after = BLANK_LINE.split(file.text[end : end + _N_CHARACTERS])[0]
        context = " ".join([*before.split()[-_N_WORDS:], f"«{file.text[start:end]}»", *after.split()[:_N_WORDS]])
        known_by = (name, found.code, context)
        # The first of several that are alike keeps its fingerprint when another is added below.
        yield sha256("\0".join((*known_by, str(seen[known_by]))).encode()).hexdigest()
        seen[known_by] += 1
