"""How well somebody's pronouns are told from others': `python benchmarks/rename.py`, on LitBank's gold chains.

Of each excerpt, everybody with a name and at least three pronouns he or she is given the other ones. Counted are that
person's pronouns that change, and the pronouns of the same gender of everybody else that change with them.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gru_lint.english.pronouns import CLASS_OF_FORM, GENDERS, AgreementClass
from gru_lint.linter import Linter
from gru_lint.people.chains import Chains, read_chains
from gru_lint.people.references import Reference
from gru_lint.people.rename import LOOK, SURE
from gru_lint.records import Span
from gru_lint.training.measure.evaluation_sets import CoreferenceDocument, read_litbank

_LITBANK = Path("../shared/data/dev/litbank-coref-conll.tar.xz")
_MIN_PRONOUNS = 3


class _Counts(NamedTuple):
    """Pronouns: all, those that change without asking, and those to be looked at."""

    n: int = 0
    n_sure: int = 0
    n_unsure: int = 0

    def plus(self, reference: Reference, person: int) -> _Counts:
        """These and one more."""
        share, rival = reference.share_of(person), reference.rival_of(person)
        is_sure = share >= SURE
        is_unsure = not is_sure and (share >= LOOK or (share > 0 and (rival is None or rival.share < share)))
        return _Counts(self.n + 1, self.n_sure + is_sure, self.n_unsure + is_unsure)

    def shares(self) -> str:
        """As cells of a table."""
        return f"{self.n:,} | {self.n_sure / self.n:.0%} | {self.n_unsure / self.n:.0%}"


def _people(chains: Chains, document: CoreferenceDocument) -> Iterator[tuple[int, frozenset[Span], AgreementClass]]:
    """The people with a name of an excerpt: a number, the mentions and the gender of the pronouns."""
    named = {span.end: person.number for person in chains.people for name in person.names for span in name.spans}
    for cluster in document.clusters:
        votes = Counter(named[span.end] for span in cluster if span.end in named)
        forms = [document.text[span.start : span.end].lower() for span in cluster]
        classes = Counter(CLASS_OF_FORM[form] for form in forms if CLASS_OF_FORM.get(form) in GENDERS)
        if votes and sum(classes.values()) >= _MIN_PRONOUNS:
            yield votes.most_common(1)[0][0], frozenset(cluster), classes.most_common(1)[0][0]


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--litbank", type=Path, default=_LITBANK, help="LitBank's coreference layer")
    path = parser.parse_args().litbank
    if not path.is_file():
        parser.exit(2, f"{path}: not there; --litbank says where it is\n")
    linter = Linter()
    own, others, n_people = _Counts(), _Counts(), 0
    for document in read_litbank(path):
        chains = read_chains(linter, document.text, None)
        judged = {reference.span: reference for reference in chains.references().pronouns}
        gold = {span for cluster in document.clusters for span in cluster}
        for number, mentions, gender in _people(chains, document):
            n_people += 1
            for span, reference in judged.items():
                if reference.agreement_class != gender or span not in gold:
                    continue
                if span in mentions:
                    own = own.plus(reference, number)
                else:
                    others = others.plus(reference, number)
    sys.stdout.write(
        f"{n_people} people\n\n"
        "| whose | pronouns | changed | to be looked at |\n| --- | ---: | ---: | ---: |\n"
        f"| the person's own | {own.shares()} |\n| others' of that gender | {others.shares()} |\n"
    )


if __name__ == "__main__":
    main()
