"""Coreference chains: the antecedent of each pronoun of a text, and the mentions of each person or thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gru_lint.linter import Linter, may_hold_findings, shown_antecedent
from gru_lint.records import Antecedent, Judgement, Span
from gru_lint.segment.windows import text_span


@dataclass(frozen=True, slots=True)
class ResolvedPronoun:
    """A judged pronoun.

    antecedent   None where it is uncertain
    probability  of the antecedent, 0..1; 0 for None
    """

    span: Span
    antecedent: Antecedent | None
    probability: float


@dataclass(frozen=True, slots=True)
class TextChains:
    """The pronouns of a text, and its chains.

    pronouns  in the order of the text
    chains    for each person or thing that a pronoun refers to, its mentions in order, pronouns among them
    """

    pronouns: tuple[ResolvedPronoun, ...]
    chains: tuple[tuple[Span, ...], ...]


def text_chains(linter: Linter, text: str) -> TextChains:
    """The antecedent of each pronoun of a plain text, whether it is right or wrong, and the chains that follow."""
    pronouns: list[ResolvedPronoun] = []
    groups: list[tuple[Span, ...]] = []
    windows = linter.windows(text) if may_hold_findings(text, linter.settings) else ()
    for window, judgements in linter.network.judge(windows, resolve_all=True):
        for judgement in judgements:
            if not isinstance(judgement, Judgement):
                continue
            index, mention = judgement.anaphor.word_index, judgement.antecedent
            span = text_span(window, index, index + 1)
            antecedent = shown_antecedent(window, judgement)
            pronouns.append(ResolvedPronoun(span, antecedent, mention.probability if antecedent and mention else 0.0))
            if antecedent and mention:
                groups.append((span, *(text_span(window, *words) for words in mention.entity)))
    return TextChains(tuple(pronouns), joined(groups))


def joined(groups: Iterable[tuple[Span, ...]]) -> tuple[tuple[Span, ...], ...]:
    """The chains of some groups of mentions: groups that share a mention are joined.

    The end of a mention identifies it, since the beginning of a window may cut off its first words.

    >>> joined([(Span(9, 12), Span(0, 4)), (Span(20, 22), Span(9, 12))])
    ((Span(start=0, end=4), Span(start=9, end=12), Span(start=20, end=22)),)
    """
    chains: list[dict[int, Span]] = []
    for group in groups:
        mentions: dict[int, Span] = {}
        for span in group:
            mentions[span.end] = min(span, mentions.get(span.end, span))
        apart = []
        for chain in chains:
            if chain.keys() & mentions.keys():
                for end, span in chain.items():
                    mentions[end] = min(span, mentions.get(end, span))
            else:
                apart.append(chain)
        chains = [*apart, mentions]
    return tuple(sorted(tuple(sorted(chain.values())) for chain in chains))
