"""GAP (Webster et al. 2018): whether a flipped pronoun is found, and whether the antecedent is the right name.

The scores are those of GAP's own scorer: each of the two names of a row is taken to be the antecedent or not,
precision and recall are counted over both, and bias is the feminine F1 over the masculine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gru_lint.english.pronouns import GENDERS, AgreementClass
from gru_lint.linter import Linter
from gru_lint.records import Span
from gru_lint.training.measure.evaluation_sets import GapRow
from gru_lint.training.measure.gender_curve import GenderCurve
from gru_lint.training.measure.measures import Measures, share

# Probabilities from which on an antecedent might be shown.
_LIMITS = (0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(slots=True)
class AntecedentCounts:
    """Counts over the rows of one gender.

    n_rows, n_right, n_unnamed    rows in which one of the names is gold: of them, those in which the name shown is
                                  the gold one, and those in which none is shown
    true_, false_positives, ...   over both names of every row, as GAP's scorer counts them
    """

    n_rows: int = 0
    n_right: int = 0
    n_unnamed: int = 0
    true_positives: int = 0
    false_positives: int = 0
    false_negatives: int = 0

    def add(self, row: GapRow, shown: Span | None) -> None:
        """Counts one row and the mention that is shown for it."""
        points_at = [shown is not None and is_same_name(row.text, shown, name) for name in row.names]
        for points, is_gold in zip(points_at, row.is_antecedent, strict=True):
            self.true_positives += points and is_gold
            self.false_positives += points and not is_gold
            self.false_negatives += is_gold and not points
        if any(row.is_antecedent):
            self.n_rows += 1
            self.n_unnamed += shown is None
            self.n_right += points_at[row.is_antecedent.index(True)]

    @property
    def f1(self) -> float | None:
        wrong = self.false_positives + self.false_negatives
        return share(2 * self.true_positives, 2 * self.true_positives + wrong)

    def figures(self) -> dict[str, float | None]:
        """The shares of the rows."""
        return {
            "antecedent_right": share(self.n_right, self.n_rows),
            "antecedent_right_where_shown": share(self.n_right, self.n_rows - self.n_unnamed),
            "antecedent_not_named": share(self.n_unnamed, self.n_rows),
            "f1": self.f1,
        }


def measure_gap(linter: Linter, rows: Iterable[GapRow]) -> dict[str, Any]:
    """Figures of the marked pronouns, each flipped, and of the names pointed at."""
    measures = Measures()
    pointed: dict[AgreementClass, AntecedentCounts] = {gender: AntecedentCounts() for gender in GENDERS}
    by_limit = {limit: AntecedentCounts() for limit in _LIMITS}
    curve = GenderCurve()
    for row in rows:
        pronouns = measures.add_clean(linter, row.text)
        curve.add_clean(row.text, pronouns)
        for pronoun in pronouns:
            if pronoun.span != row.pronoun:
                continue
            measures.add_flipped(pronoun)
            curve.add_flips(row.text, [pronoun])
            pointed[pronoun.written].add(row, pronoun.antecedent)
            mention = pronoun.judgement.antecedent
            for limit, counts in by_limit.items():
                counts.add(row, pronoun.likely if mention and mention.probability >= limit else None)
    figures = measures.figures() | curve.figures()
    for gender, counts in pointed.items():
        figures |= {f"{name}_{gender}": value for name, value in counts.figures().items()}
    total = AntecedentCounts(
        *(sum(getattr(counts, name) for counts in pointed.values()) for name in AntecedentCounts.__dataclass_fields__)
    )
    figures |= total.figures()
    figures["antecedent_by_limit"] = {f"{limit:g}": counts.figures() for limit, counts in by_limit.items()}
    figures["bias"] = share(figures["f1_feminine"] or 0.0, figures["f1_masculine"] or 0.0)
    return figures


def is_same_name(text: str, span: Span, gold: Span) -> bool:
    """Whether the span is the gold name, there or elsewhere: by its last word, or by a first name alone."""
    if span.start < gold.end and gold.start < span.end:
        return True
    (gold_first, *gold_rest), (first, *rest) = (place.of(text).split() for place in (gold, span))
    is_first_name = gold_first == first and not (gold_rest and rest)
    return is_first_name or [gold_first, *gold_rest][-1] == [first, *rest][-1]
