"""The sets that results are measured on, read from their own formats. None is trained on."""

from __future__ import annotations

import csv
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gru_lint.english.pronouns import CLASS_OF_FORM
from gru_lint.records import Span


@dataclass(frozen=True, slots=True)
class GapRow:
    """A passage of GAP: a marked pronoun and two names; whether each is whom it refers to."""

    text: str
    pronoun: Span
    names: tuple[Span, Span]
    is_antecedent: tuple[bool, bool]


def read_gap(path: Path) -> Iterator[GapRow]:
    """The rows of a GAP file (Webster et al. 2018)."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            names = (_span(row["A"], row["A-offset"]), _span(row["B"], row["B-offset"]))
            yield GapRow(
                row["Text"],
                _span(row["Pronoun"], row["Pronoun-offset"]),
                names,
                (row["A-coref"] == "TRUE", row["B-coref"] == "TRUE"),
            )


def _span(word: str, offset: str) -> Span:
    return Span(int(offset), int(offset) + len(word))


@dataclass(frozen=True, slots=True)
class CoreferenceDocument:
    """A text with gold coreference.

    distances  for a pronoun that starts at an offset, how many words stand between it and the
               nearest earlier mention of its cluster that is no pronoun; only where there is one
    clusters   the mentions of each person or thing, in order
    """

    text: str
    distances: dict[int, int]
    clusters: tuple[tuple[Span, ...], ...] = ()


def read_litbank(path: Path) -> Iterator[CoreferenceDocument]:
    """The documents of LitBank's coreference layer (Bamman et al. 2020) in CoNLL format."""
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda member: member.name):
            file = archive.extractfile(member) if member.name.endswith(".conll") else None
            if file is not None:
                yield _parse_conll(file.read().decode("utf-8"))


_NO_SPACE_BEFORE = re.compile(r"[.,;:!?)\]’”]|n['’]t$|['’](?:s|re|ve|ll|d|m)$", re.IGNORECASE)
_NO_SPACE_AFTER = frozenset("([“‘``")


def _parse_conll(content: str) -> CoreferenceDocument:
    text, starts = "", []
    words: list[str] = []
    mentions: dict[str, list[tuple[int, int]]] = {}
    opened: dict[str, list[int]] = {}
    for line in content.splitlines():
        fields = line.split("\t")
        if line.startswith("#") or len(fields) < 4:
            # A blank line ends a sentence, which a space does as well.
            continue
        word, marks = fields[3], fields[-1] or fields[-2]
        spaced = bool(words) and not _NO_SPACE_BEFORE.match(word) and words[-1] not in _NO_SPACE_AFTER
        text += " " if spaced else ""
        starts.append(len(text))
        text += word
        words.append(word)
        for mark in marks.split("|"):
            cluster = mark.strip("()")
            if mark.startswith("("):
                opened.setdefault(cluster, []).append(len(words) - 1)
            if mark.endswith(")"):
                mentions.setdefault(cluster, []).append((opened[cluster].pop(), len(words)))
    distances = {}
    for spans in mentions.values():
        named_end = None
        for first, end in sorted(spans):
            if end - first == 1 and words[first].lower() in CLASS_OF_FORM:
                if named_end is not None:
                    distances[starts[first]] = first - named_end
            elif end - first > 1 or words[first].lower() not in ("i", "you", "me", "my", "your", "who"):
                named_end = end
    clusters = tuple(
        tuple(Span(starts[first], starts[end - 1] + len(words[end - 1])) for first, end in sorted(spans))
        for spans in mentions.values()
    )
    return CoreferenceDocument(text, distances, clusters)


def read_winobias(folder: Path) -> Iterator[str]:
    """The sentences of WinoBias (Zhao et al. 2018): correct, whatever the occupation."""
    for path in sorted(folder.glob("*.dev")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield re.sub(r"^\d+\s+|[\[\]]", "", line)


def read_winogender(path: Path) -> Iterator[str]:
    """The sentences of Winogender (Rudinger et al. 2018): correct, whatever the occupation."""
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        yield line.split("\t")[1]


def read_blimp(path: Path) -> Iterator[tuple[str, str]]:
    """Pairs of a good and a bad sentence of BLiMP (Warstadt et al. 2020) that differ in one word."""
    for line in path.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        yield pair["sentence_good"], pair["sentence_bad"]
