"""The pronouns of a document that is being edited, as they are judged. Runs in the worker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gru_lint.linter import antecedent_of
from gru_lint.records import Antecedent, Finding, Judgement, Span

if TYPE_CHECKING:
    from gru_lint.segment.placed_window import PlacedWindow


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A judged pronoun of a document.

    written   as the text spells it
    entity    the nearby mentions of its antecedent; empty where that is uncertain
    findings  of the rules about it
    """

    span: Span
    written: str
    judgement: Judgement
    antecedent: Antecedent | None
    entity: tuple[Span, ...]
    findings: tuple[Finding, ...]


def pronouns_in(placed: PlacedWindow, findings: Sequence[Finding], start: int, end: int) -> Iterator[Pronoun]:
    """The pronouns of a judged window that a stretch of the text touches, in order.

    findings  of the window, relative to its origin
    """
    for judgement in placed.judgements or ():
        if not isinstance(judgement, Judgement):
            continue
        index = judgement.anaphor.word_index
        span = placed.span(index, index + 1)
        if span.end < start or span.start > end:
            continue
        mention, antecedent = judgement.antecedent, antecedent_of(placed.window, judgement)
        yield Pronoun(
            span,
            placed.window.words[index],
            judgement,
            antecedent and antecedent.shifted(placed.origin),
            tuple(placed.span(*words) for words in mention.entity) if mention else (),
            tuple(moved for finding in findings if (moved := finding.shifted(placed.origin)).span == span),
        )
