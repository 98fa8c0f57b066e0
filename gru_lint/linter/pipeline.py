"""The pipeline of one text, top to bottom: text → prose → sentences → windows → judgements → findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from gru_lint.config.settings import Settings
from gru_lint.english.pronouns import CLASS_OF_FORM, has_first_person, has_pronoun
from gru_lint.english.verb_forms import has_slot
from gru_lint.extract import extract_prose
from gru_lint.linter.chains import Chain, chain_of, chain_threshold
from gru_lint.linter.findings import antecedent_of, case_finding, form_finding, pronoun_finding
from gru_lint.linter.forms import context_of_form, is_unexpected
from gru_lint.linter.stated import settings_of_text
from gru_lint.model.confidence import PlattScaling
from gru_lint.model.weights_path import default_weights_path, weights_judge_verbs
from gru_lint.records import Antecedent, AnyJudgement, CaseJudgement, Finding, Judgement, SlotJudgement, Window
from gru_lint.rules import (
    CaseContext,
    FormContext,
    FormMismatch,
    Mismatch,
    PronounContext,
    Rule,
    all_rules,
    context_of,
    form_rules,
    threshold_key,
)
from gru_lint.segment.windows import hides_words, split_windows
from gru_lint.suppression.comments import without_suppressed

if TYPE_CHECKING:
    from gru_lint.english.pronoun_sets import PronounSets

# For rules without a scaling in the weights file.
_IDENTITY_SCALING = PlattScaling()
# The other windows of its batch change a confidence by less than this.
_LAST_DIGITS = 1e-3
# The most words between code and an "it" that may refer to it.
_WORDS_BEFORE_IT = 25


class Linter:
    """Finds mismatched pronouns with one set of weights. Raises `WeightsError` where they cannot be read.

    weights      a weights file; by default that of the package
    settings     declared pronouns and thresholds; by default the calibrated thresholds
    resolve_all  whether every pronoun's antecedent is resolved, rather than only where a rule may report; takes longer
    incremental  whether a text that is edited is read from where it has changed
    """

    def __init__(
        self,
        weights: Path | None = None,
        settings: Settings | None = None,
        *,
        resolve_all: bool = False,
        incremental: bool = False,
    ) -> None:
        # Imported here: NumPy and spaCy take most of a second to import, and a text without a pronoun needs neither.
        from gru_lint.english.declarations import declared_genders, declared_words
        from gru_lint.model.network import AgreementNetwork
        from gru_lint.model.weights import read_weights

        # Cached, so that all linters share the arrays; only their lexicons differ.
        loaded = read_weights(weights or default_weights_path())
        self.settings = settings or Settings()
        self._weights, self._resolve_all, self._incremental = weights, resolve_all, incremental
        genders = declared_genders(self.settings.pronouns, self.settings.names)
        judges_forms = judges_forms_with(self.settings)
        self.network = AgreementNetwork(
            loaded,
            genders,
            resolve_all=resolve_all,
            # Any antecedent may be a person whose pronouns are declared.
            resolve_beside=declared_words(self.settings.pronouns),
            may_report=self._may_report,
            should_resolve=partial(self._may_report, in_chain=True),
            incremental=incremental,
            judges_forms=judges_forms,
        )
        self._scales = loaded.scales
        self._calibrated = {rule.name: rule.threshold for rule in all_rules()} | loaded.thresholds
        self._calibrated_short = self._calibrated | loaded.short_thresholds
        profile = loaded.profiles.get(self.settings.profile)
        if profile is not None:
            self._calibrated = self._calibrated | profile.long
            self._calibrated_short = self._calibrated | profile.short

    def for_text(self, text: str) -> Linter:
        """This linter, or one for a text that states somebody's pronouns: see `settings_of_text`."""
        settings = settings_of_text(text, self.settings)
        if settings == self.settings:
            return self
        return Linter(self._weights, settings, resolve_all=self._resolve_all, incremental=self._incremental)

    def lint(self, text: str, filename: str | None = None) -> Iterator[Finding]:
        """The findings in a text in order, then those about its comments; `filename` gives the format."""
        filename = self.settings.effective_filename(filename)
        yield from without_suppressed(self.all_findings(text, filename), text, filename, self.settings)

    def all_findings(self, text: str, filename: str | None) -> Iterator[Finding]:
        """The findings in a text in order, including those that a comment suppresses."""
        if not may_hold_findings(text, self.settings):
            return
        linter = self.for_text(text)
        for window, judgements in linter.judge(text, filename):
            yield from linter.window_findings(window, judgements)

    def judge(self, text: str, filename: str | None = None) -> Iterator[tuple[Window, tuple[AnyJudgement, ...]]]:
        """The windows of a text with the network's judgements, before any rule and whatever pronouns it states."""
        return self.network.judge(self.windows(text, filename))

    def windows(self, text: str, filename: str | None = None) -> Iterator[Window]:
        """The windows that judge the pronouns of a text."""
        from gru_lint.segment.sentences import split_sentences

        prose = extract_prose(text, filename, self.settings.text_keys)
        return split_windows(split_sentences(prose), self.network.sizes.window_length, self.network.holds_judged)

    def window_findings(self, window: Window, judgements: Iterable[AnyJudgement]) -> Iterator[Finding]:
        """The findings of the enabled rules about the judgements on a window in order.

        A rule reports from its threshold on, and from a lower one where another pronoun of the same chain is reported:
        a man who is called "she" throughout is reported each time.
        """
        judged = tuple(judgements)
        found = list(self._window_findings(window, judged))
        chains = frozenset(chain for _, chain in found if chain is not None)
        if chains:
            found = list(self._window_findings(window, judged, chains))
        yield from (finding for finding, _ in found)

    def _window_findings(
        self, window: Window, judgements: Sequence[AnyJudgement], chains: Collection[Chain] = ()
    ) -> Iterator[tuple[Finding, Chain | None]]:
        """The findings with their chains; for a pronoun of one of `chains`, the lower threshold holds."""
        reported: set[int] = set()
        for judgement in judgements:
            if not isinstance(judgement, Judgement):
                yield from ((finding, None) for finding in self._form_findings(window, judgement))
                continue
            for finding, chain in self._pronoun_findings(window, judgement, reported, chains):
                reported.add(judgement.word_index)
                yield finding, chain

    def _pronoun_findings(
        self, window: Window, judgement: Judgement, reported: Collection[int], chains: Collection[Chain]
    ) -> Iterator[tuple[Finding, Chain | None]]:
        """The findings about one pronoun.

        reported  indices of the words before it that there are findings about
        chains    see `_window_findings`
        """
        antecedent = antecedent_of(window, judgement)
        declared = self._declared(antecedent)
        is_flagged = False
        # Most pronouns are of the class that is expected; only what is declared is wrong nevertheless.
        if declared or is_unexpected(judgement):
            context = context_of(
                judgement,
                judgement.anaphor.form,
                antecedent.text if antecedent else None,
                declared,
                window.words,
                # Only rules about "it" ask.
                hides_words=CLASS_OF_FORM[judgement.anaphor.form] == "neuter"
                and hides_words(window, judgement.word_index, _WORDS_BEFORE_IT, 0),
                is_short=window.is_short,
            )
            for rule, mismatch in self.mismatches(context):
                if mismatch.only_beside not in (None, *reported):
                    continue
                threshold = self.threshold(rule, mismatch, is_short=window.is_short)
                chain = chain_of(rule, context.written, antecedent)
                if chain in chains:
                    threshold = chain_threshold(rule, threshold, self.settings)
                if self.settings.is_enabled(rule.name) and mismatch.confidence >= threshold:
                    is_flagged = True
                    yield pronoun_finding(rule, mismatch, window, judgement), chain
        # Where another pronoun belongs, the fix has the case that belongs there.
        if not is_flagged and self.network.judges_forms:
            yield from ((finding, None) for finding in self._form_findings(window, judgement.case))

    def _form_findings(self, window: Window, judgement: SlotJudgement | CaseJudgement) -> Iterator[Finding]:
        # Most words have the expected form, and no rule reports these.
        if not is_unexpected(judgement):
            return
        from gru_lint.english.mentions import mention_bounds

        for rule, mismatch in self.form_mismatches(context_of_form(window, judgement)):
            threshold = self.threshold(rule, mismatch, is_short=window.is_short)
            if not self.settings.is_enabled(rule.name) or mismatch.confidence < threshold:
                continue
            if isinstance(judgement, CaseJudgement):
                yield case_finding(rule, mismatch, window, judgement)
            else:
                controller = mention_bounds(window.words, judgement.controller, self.network.lexicon)
                yield form_finding(rule, mismatch, window, judgement, controller)

    def form_mismatches(self, context: FormContext | CaseContext) -> Iterator[tuple[Rule, FormMismatch]]:
        """The mismatches that rules find in the form or in the case of a word, with any calibrated confidence."""
        for rule in form_rules():
            mismatch = rule.judge_word(context)
            if mismatch is not None:
                scale = self._scales.get(rule.name, _IDENTITY_SCALING)
                yield rule, replace(mismatch, confidence=scale.confidence(mismatch.confidence))

    def _may_report(self, window: Window, judgement: AnyJudgement, *, in_chain: bool = False) -> bool:
        """Whether any rule, enabled or not, might report a judgement, perhaps only `in_chain` with another one.

        A confidence just below the threshold counts, too: read by itself, the window may give a higher one. Of the
        thresholds for short and for long documents the lower one decides: an edit may make one of the other.
        """
        if not isinstance(judgement, Judgement):
            return is_unexpected(judgement) and any(
                mismatch.confidence >= self.threshold(rule, mismatch, is_short=window.is_short) - _LAST_DIGITS
                for rule, mismatch in self.form_mismatches(context_of_form(window, judgement))
            )
        antecedent = antecedent_of(window, judgement)
        context = context_of(judgement, judgement.anaphor.form, None, self._declared(antecedent), window.words)
        for rule, mismatch in self.mismatches(context):
            least = min(self.threshold(rule, mismatch, is_short=is_short) for is_short in (False, True))
            if in_chain:
                least = chain_threshold(rule, least, self.settings)
            if mismatch.confidence >= least - _LAST_DIGITS:
                return True
        return False

    def mismatches(self, context: PronounContext) -> Iterator[tuple[Rule, Mismatch]]:
        """The mismatches that rules find in a context, at any calibrated confidence."""
        for rule in all_rules():
            mismatch = rule.judge(context) if rule.judge else None
            if mismatch is not None:
                scale = self._scales.get(mismatch.calibrated_as or rule.name, _IDENTITY_SCALING)
                yield rule, replace(mismatch, confidence=scale.confidence(mismatch.confidence))

    def _declared(self, antecedent: Antecedent | None) -> PronounSets | None:
        """The declared pronouns of an antecedent, if there are any."""
        if antecedent is None or not self.settings.pronouns:
            return None
        from gru_lint.english.declarations import declared_pronouns

        return declared_pronouns(antecedent.text, self.settings.pronouns)

    def thresholds(self) -> dict[str, dict[str, float]]:
        """The calibrated threshold of each rule, in long and in short documents."""
        return {
            rule.name: {"long": self._calibrated[rule.name], "short": self._calibrated_short[rule.name]}
            for rule in all_rules()
            if rule.judge or rule.judges_forms
        }

    def threshold(self, rule: Rule, mismatch: Mismatch | FormMismatch, *, is_short: bool) -> float:
        """The least confidence that a rule reports: that of the settings, else the calibrated one."""
        configured = self.settings.min_confidence_of(rule.name)
        if configured is not None:
            return configured
        thresholds = self._calibrated_short if is_short else self._calibrated
        if isinstance(mismatch, FormMismatch):
            return thresholds[rule.name]
        name = mismatch.calibrated_as or rule.name
        return thresholds.get(threshold_key(name, mismatch.expected_class), thresholds[name])


def judges_forms_with(settings: Settings) -> bool:
    """Whether any rule about forms is enabled: of verbs and demonstratives, or the cases of pronouns."""
    return any(settings.is_enabled(rule.name) for rule in form_rules())


def may_hold_findings(text: str, settings: Settings) -> bool:
    """Whether any word of a text could be judged; needs neither tokenizer nor network."""
    return has_pronoun(text) or (
        judges_forms_with(settings) and weights_judge_verbs() and (has_slot(text) or has_first_person(text))
    )


# A run or an editor has few configurations at once; a linter takes memory for the words that it caches.
@lru_cache(maxsize=8)
def linter_for(settings: Settings) -> Linter:
    """The linter with the weights of this package and these settings."""
    return Linter(settings=settings)


def default_linter() -> Linter:
    """The linter with the weights of this package, as calibrated."""
    return linter_for(Settings())
