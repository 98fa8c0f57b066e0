"""Fingerprints that identify a finding from run to run, even if it moves within its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from gru_lint.lines import BLANK_LINE
from gru_lint.records import Finding

# How much of its paragraph, before and after it, identifies a finding, whatever the line breaks.
_N_WORDS = 8
_N_CHARACTERS = 200


def fingerprints(text: str, findings: Iterable[Finding], name: str = "") -> Iterator[str]:
    """64 hexadecimal digits for each finding, unique within the text; with a name, also between texts."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        start, end = finding.span.start, finding.span.end
        before = BLANK_LINE.split(text[max(0, start - _N_CHARACTERS) : start])[-1].split()[-_N_WORDS:]
        after = BLANK_LINE.split(text[end : end + _N_CHARACTERS])[0].split()[:_N_WORDS]
        identity = (name, finding.code, " ".join([*before, f"«{text[start:end]}»", *after]))
        # Equal findings are numbered, so that the first keeps its fingerprint when another is added below.
        yield sha256("\0".join((*identity, str(seen[identity]))).encode(errors="surrogatepass")).hexdigest()
        seen[identity] += 1
