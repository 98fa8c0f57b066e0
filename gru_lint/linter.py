"""The pipeline, top to bottom: text → prose → sentences → windows → judgements → findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from gru_lint.config.settings import Settings
from gru_lint.english.pronouns import fitting_forms, has_pronoun
from gru_lint.extract import extract_prose
from gru_lint.model.confidence import PlattScaling
from gru_lint.model.weights_path import default_weights_path
from gru_lint.records import Antecedent, Finding, Judgement, Window
from gru_lint.rules import Mismatch, PronounContext, Rule, all_rules, context_of
from gru_lint.segment.windows import phrase, split_windows, text_span
from gru_lint.suppression.comments import without_suppressed

if TYPE_CHECKING:
    from gru_lint.english.pronoun_sets import PronounSets

# For a rule for which the weights hold no scale.
_IDENTITY_SCALING = PlattScaling()


class Linter:
    """Finds mismatched pronouns with one set of weights. Raises `WeightsError` where they cannot be read.

    weights   a weights file; by default the one that comes with the package
    settings  whose pronouns are declared, and from which confidence the rules speak; by default as calibrated
    names_all whether antecedents are looked for everywhere, and not only where a rule may speak: it takes longer
    incremental  whether it serves an editor: a text is read from where it has changed
    """

    def __init__(
        self,
        weights: Path | None = None,
        settings: Settings | None = None,
        resolve_all: bool = False,
        incremental: bool = False,
    ) -> None:
        # NumPy and spaCy take most of a second to import, and a text without a pronoun needs neither:
        # what imports them is imported where it is first needed.
        from gru_lint.english.declarations import declared_genders
        from gru_lint.model.network import AgreementNetwork
        from gru_lint.model.weights import read_weights

        # Read once for all linters: only the lexicon differs.
        loaded = read_weights(weights or default_weights_path())
        self.settings = settings or Settings()
        # Whether somebody's pronouns were declared is to be asked of every antecedent.
        resolve_all = resolve_all or bool(self.settings.pronouns)
        genders = declared_genders(self.settings.pronouns, self.settings.names)
        self.network = AgreementNetwork(loaded, genders, resolve_all, self._may_be_flagged, incremental)
        self._scales = loaded.scales
        self._calibrated = {rule.name: rule.threshold for rule in all_rules()} | loaded.thresholds
        self._calibrated_short = self._calibrated | loaded.short_thresholds

    def lint(self, text: str, filename: str | None = None) -> Iterator[Finding]:
        """The findings in a text in order, then those about its comments; the file's name says how it is read."""
        filename = self.settings.effective_filename(filename)
        yield from without_suppressed(self.all_findings(text, filename), text, filename, self.settings)

    def all_findings(self, text: str, filename: str | None) -> Iterator[Finding]:
        """The findings in a text in order, those that a comment silences, too."""
        if not has_pronoun(text):
            return
        for window, judgements in self.judge(text, filename):
            for judgement in judgements:
                yield from self.findings(window, judgement)

    def judge(self, text: str, filename: str | None = None) -> Iterator[tuple[Window, tuple[Judgement, ...]]]:
        """The windows of a text and what the network says of their pronouns, before any rule."""
        from gru_lint.segment.sentences import split_sentences

        prose = extract_prose(text, filename)
        sentences = split_sentences(prose)
        windows = split_windows(sentences, self.network.sizes.window_length)
        return self.network.judge(windows)

    def findings(self, window: Window, judgement: Judgement) -> Iterator[Finding]:
        """What the rules that are on say of one judgement; nothing below a rule's threshold."""
        antecedent = antecedent_of(window, judgement)
        context = context_of(
            judgement,
            judgement.anaphor.form,
            antecedent.text if antecedent else None,
            self._declared(antecedent),
            window.words,
        )
        for rule, mismatch in self.mismatches(context):
            threshold = self.threshold(rule, mismatch, window.is_short)
            if self.settings.is_enabled(rule.name) and mismatch.confidence >= threshold:
                yield _finding(rule, mismatch, window, judgement, antecedent)

    def _may_be_flagged(self, window: Window, judgement: Judgement) -> bool:
        """Whether a rule, on or off, would speak of a judgement; to know whom the pronoun means can only silence it.

        Of a text that is being edited nobody knows yet whether it will be short.
        """
        context = context_of(judgement, judgement.anaphor.form, None, None, window.words)
        return any(
            mismatch.confidence >= min(self.threshold(rule, mismatch, is_short) for is_short in (False, True))
            for rule, mismatch in self.mismatches(context)
        )

    def mismatches(self, context: PronounContext) -> Iterator[tuple[Rule, Mismatch]]:
        """What the rules say of a slot, however unsure, with their confidence as it was calibrated."""
        for rule in all_rules():
            mismatch = rule.judge(context) if rule.judge else None
            if mismatch is not None:
                scale = self._scales.get(mismatch.calibrated_as or rule.name, _IDENTITY_SCALING)
                yield rule, replace(mismatch, confidence=scale.confidence(mismatch.confidence))

    def _declared(self, antecedent: Antecedent | None) -> PronounSets | None:
        """The pronouns that an antecedent is declared to have, if any."""
        if antecedent is None or not self.settings.pronouns:
            return None
        from gru_lint.english.declarations import declared_pronouns

        return declared_pronouns(antecedent.text, self.settings.pronouns)

    def thresholds(self) -> dict[str, dict[str, float]]:
        """The calibrated confidence from which each rule speaks, in a long and in a short document."""
        return {
            rule.name: {"long": self._calibrated[rule.name], "short": self._calibrated_short[rule.name]}
            for rule in all_rules()
            if rule.judge
        }

    def threshold(self, rule: Rule, mismatch: Mismatch, is_short: bool) -> float:
        """The confidence from which a rule speaks: as it is set, else as calibrated for what is measured."""
        asked = self.settings.min_confidence_of(rule.name)
        if asked is not None:
            return asked
        calibrated_as = mismatch.calibrated_as or rule.name
        return (self._calibrated_short if is_short else self._calibrated)[calibrated_as]


def _finding(
    rule: Rule, mismatch: Mismatch, window: Window, judgement: Judgement, antecedent: Antecedent | None
) -> Finding:
    index = judgement.anaphor.word_index
    word = window.words[index]
    fitting = (fix for forms in mismatch.expected for fix in fitting_forms(word, forms, judgement.cases))
    fixes = tuple(dict.fromkeys(fitting))
    refers = f'refers to "{antecedent.text}"' if antecedent else "does not agree with what it refers to"
    # Of some pronouns not every form exists or is known.
    expected = _alternatives(fixes) or f"a form of {_alternatives([forms['subject'] for forms in mismatch.expected])}"
    return Finding(
        code=rule.code,
        name=rule.name,
        message=f'"{word}" {refers}: expected {expected}',
        span=text_span(window, index, index + 1),
        replacements=fixes,
        antecedent=antecedent,
        confidence=round(mismatch.confidence, 4),
    )


def _alternatives(fixes: Sequence[str]) -> str:
    return " or ".join(f'"{fix}"' for fix in fixes)


def antecedent_of(window: Window, judgement: Judgement) -> Antecedent | None:
    """Whom or what a pronoun is taken to refer to, in the words of the text; None where that is unsure."""
    mention = judgement.antecedent
    if mention is None:
        return None
    words = mention.first_word, mention.end_word
    return Antecedent(phrase(window, *words), text_span(window, *words))


# A run or an editor has a few configurations at once, and each linter remembers the words of its texts.
@lru_cache(maxsize=8)
def linter_for(settings: Settings) -> Linter:
    """The linter with the weights of this package and some settings; what it has judged is no other linter's."""
    return Linter(settings=settings)


def default_linter() -> Linter:
    """The linter with the weights of this package, as calibrated."""
    return linter_for(Settings())


def lint_text(text: str, *, filename: str | None = None, settings: Settings | None = None) -> tuple[Finding, ...]:
    """The pronouns of a text that do not agree with what they refer to, in order.

    filename  whose extension says how to read the text; without one it is plain text
    settings  thresholds and declared pronouns; no file is looked for
    """
    settings = settings or Settings()
    if has_pronoun(text):
        found = linter_for(settings).lint(text, filename)
    else:
        found = without_suppressed((), text, settings.effective_filename(filename), settings)
    return tuple(sorted(found, key=lambda finding: finding.span))
