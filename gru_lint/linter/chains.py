"""Chains of pronouns that are wrong together: beside one that is reported, a less confident finding counts, too."""

from __future__ import annotations

from typing import NamedTuple

from gru_lint.config.settings import Settings
from gru_lint.english.pronouns import AgreementClass
from gru_lint.model.confidence import PlattScaling
from gru_lint.records import Antecedent
from gru_lint.rules import Rule

_QUARTER_OF_THE_LOG_ODDS = PlattScaling(slope=0.25)


class Chain(NamedTuple):
    """Pronouns that one rule judges, written in the same class and taken for the same person.

    head  the last word of their antecedents in small letters: "watson" of "Mr Watson" and of "Watson"
    """

    rule: str
    written: AgreementClass
    head: str


def chain_of(rule: Rule, written: AgreementClass, antecedent: Antecedent | None) -> Chain | None:
    """The chain of a pronoun; None where the rule follows none, or where the antecedent is uncertain."""
    if antecedent is None or not rule.follows_chains:
        return None
    return Chain(rule.name, written, antecedent.text.split()[-1].lower())


def chain_threshold(rule: Rule, threshold: float, settings: Settings) -> float:
    """The least confidence that a rule reports of a pronoun whose chain has another one reported.

    threshold  the least confidence that it reports of a pronoun alone

    A quarter of those log odds suffices; a threshold that the settings give holds for every pronoun.
    """
    if not rule.follows_chains or settings.min_confidence_of(rule.name) is not None:
        return threshold
    return _QUARTER_OF_THE_LOG_ODDS.confidence(threshold)
