"""The pipeline, top to bottom: text → prose → sentences → windows → judgements → findings."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from gru_lint.config.settings import Settings
from gru_lint.english.pronouns import CLASS_OF_FORM, fitting_forms, has_first_person, has_pronoun
from gru_lint.english.stated_pronouns import stated_pronouns
from gru_lint.english.verb_forms import has_slot
from gru_lint.extract import extract_prose
from gru_lint.forms import (
    case_context_of,
    case_finding,
    case_of,
    form_context_of,
    form_finding,
    is_unexpected,
    is_unexpected_case,
)
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
)
from gru_lint.segment.windows import hides_words, phrase, split_windows, text_span
from gru_lint.suppression.comments import without_suppressed

if TYPE_CHECKING:
    from gru_lint.english.declarations import Declaration
    from gru_lint.english.pronoun_sets import PronounSets

# For rules without a scaling in the weights file.
_IDENTITY_SCALING = PlattScaling()
# Texts are judged together until these many words of windows, texts or characters wait for it.
_POOL_WORDS = 20_000
_MAX_WAITING = 10_000
_MAX_WAITING_CHARACTERS = 4_000_000
# A confidence changes by less than this with the windows that are read beside it.
_LAST_DIGITS = 1e-3
# An it may mean code that stands so many words before it.
_WORDS_BEFORE_IT = 25


class Linter:
    """Finds mismatched pronouns with one set of weights. Raises `WeightsError` where they cannot be read.

    weights      a weights file; by default that of the package
    settings     declared pronouns and thresholds; by default the calibrated thresholds
    resolve_all  whether every pronoun's antecedent is resolved, rather than only where a rule may report; takes longer
    incremental  whether the encoders start from where a text has changed, for an editor
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
        from gru_lint.english.declarations import declared_genders
        from gru_lint.model.network import AgreementNetwork
        from gru_lint.model.weights import read_weights

        # Cached, so that all linters share the arrays; only their lexicons differ.
        loaded = read_weights(weights or default_weights_path())
        self.settings = settings or Settings()
        # Any antecedent may be a person with declared pronouns.
        resolve_all = resolve_all or bool(self.settings.pronouns)
        genders = declared_genders(self.settings.pronouns, self.settings.names)
        judges_forms = judges_forms_with(self.settings)
        self.network = AgreementNetwork(
            loaded,
            genders,
            resolve_all=resolve_all,
            should_resolve=self._may_be_flagged,
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

    def lint(self, text: str, filename: str | None = None) -> Iterator[Finding]:
        """The findings in a text in order, then those about its comments; `filename` gives the format."""
        filename = self.settings.effective_filename(filename)
        yield from without_suppressed(self.all_findings(text, filename), text, filename, self.settings)

    def all_findings(self, text: str, filename: str | None) -> Iterator[Finding]:
        """The findings in a text in order, including those that a comment suppresses."""
        if not may_hold_findings(text, self.settings):
            return
        stated = stated_pronouns(text)
        for window, judgements in self.judge(text, filename):
            for judgement in judgements:
                yield from self.findings(window, judgement, stated)

    def judge(self, text: str, filename: str | None = None) -> Iterator[tuple[Window, tuple[AnyJudgement, ...]]]:
        """The windows of a text with the network's judgements, before any rule."""
        return self.network.judge(self.windows(text, filename))

    def windows(self, text: str, filename: str | None = None) -> Iterator[Window]:
        """The windows that judge the pronouns of a text."""
        from gru_lint.segment.sentences import split_sentences

        prose = extract_prose(text, filename, self.settings.text_keys)
        return split_windows(split_sentences(prose), self.network.sizes.window_length, self.network.holds_judged)

    def findings(
        self, window: Window, judgement: AnyJudgement, stated: Sequence[Declaration] = ()
    ) -> Iterator[Finding]:
        """The findings of the enabled rules about one judgement, from each rule's threshold on.

        stated  the people whose pronouns the text itself states; those that the settings declare go before them
        """
        if isinstance(judgement, SlotJudgement):
            yield from self._form_findings(window, judgement)
            return
        if isinstance(judgement, CaseJudgement):
            yield from self._case_findings(window, judgement)
            return
        antecedent = antecedent_of(window, judgement)
        context = context_of(
            judgement,
            judgement.anaphor.form,
            antecedent.text if antecedent else None,
            self._declared(antecedent) or self._declared(antecedent, stated),
            window.words,
            # Looked for where a rule asks: most pronouns are no it.
            hides_words=CLASS_OF_FORM[judgement.anaphor.form] == "neuter"
            and hides_words(window, judgement.word_index, _WORDS_BEFORE_IT, 0),
        )
        is_flagged = False
        for rule, mismatch in self.mismatches(context):
            threshold = self.threshold(rule, mismatch, is_short=window.is_short)
            if self.settings.is_enabled(rule.name) and mismatch.confidence >= threshold:
                is_flagged = True
                yield _finding(rule, mismatch, window, judgement, antecedent)
        # What is to become another pronoun gets that one's case.
        if not is_flagged and self.network.judges_forms:
            yield from self._case_findings(window, case_of(judgement))

    def _case_findings(self, window: Window, judgement: CaseJudgement) -> Iterator[Finding]:
        if not is_unexpected_case(judgement):
            return
        for rule, mismatch in self.case_mismatches(case_context_of(window, judgement)):
            threshold = self._threshold(rule, rule.name, is_short=window.is_short)
            if self.settings.is_enabled(rule.name) and mismatch.confidence >= threshold:
                yield case_finding(rule, mismatch, window, judgement)

    def _form_findings(self, window: Window, judgement: SlotJudgement) -> Iterator[Finding]:
        # Most words have the expected form: no rule is asked about them.
        if not is_unexpected(judgement):
            return
        from gru_lint.english.mentions import mention_bounds

        slot = form_context_of(window, judgement)
        for rule, mismatch in self.form_mismatches(slot):
            threshold = self._threshold(rule, rule.name, is_short=window.is_short)
            if self.settings.is_enabled(rule.name) and mismatch.confidence >= threshold:
                first, end = mention_bounds(window.words, judgement.controller, self.network.lexicon)
                yield form_finding(rule, mismatch, window, judgement, (first, end))

    def form_mismatches(self, slot: FormContext) -> Iterator[tuple[Rule, FormMismatch]]:
        """The mismatches that rules find in a verb or demonstrative, with any calibrated confidence."""
        for rule in form_rules():
            mismatch = rule.judge_form(slot) if rule.judge_form else None
            if mismatch is not None:
                scale = self._scales.get(rule.name, _IDENTITY_SCALING)
                yield rule, replace(mismatch, confidence=scale.confidence(mismatch.confidence))

    def case_mismatches(self, context: CaseContext) -> Iterator[tuple[Rule, FormMismatch]]:
        """The mismatches that rules find in the case of a pronoun, with any calibrated confidence."""
        for rule in form_rules():
            mismatch = rule.judge_case(context) if rule.judge_case else None
            if mismatch is not None:
                scale = self._scales.get(rule.name, _IDENTITY_SCALING)
                yield rule, replace(mismatch, confidence=scale.confidence(mismatch.confidence))

    def _may_be_flagged(self, window: Window, judgement: AnyJudgement) -> bool:
        """Whether any rule, enabled or not, might report a judgement.

        Confidences a little below the threshold count, too: read by itself, a window may give a higher one. A
        text that is being edited may still become short or long, so the lower of both thresholds decides.
        """
        if isinstance(judgement, SlotJudgement):
            return is_unexpected(judgement, _LAST_DIGITS) and any(
                mismatch.confidence >= self._threshold(rule, rule.name, is_short=window.is_short) - _LAST_DIGITS
                for rule, mismatch in self.form_mismatches(form_context_of(window, judgement))
            )
        if isinstance(judgement, CaseJudgement):
            return self._may_be_flagged_case(window, judgement)
        if self._may_be_flagged_case(window, case_of(judgement)):
            return True
        antecedent = antecedent_of(window, judgement)
        context = context_of(judgement, judgement.anaphor.form, None, self._declared(antecedent), window.words)
        return any(
            mismatch.confidence
            >= min(self.threshold(rule, mismatch, is_short=is_short) for is_short in (False, True)) - _LAST_DIGITS
            for rule, mismatch in self.mismatches(context)
        )

    def _may_be_flagged_case(self, window: Window, judgement: CaseJudgement) -> bool:
        return is_unexpected_case(judgement, _LAST_DIGITS) and any(
            mismatch.confidence >= self._threshold(rule, rule.name, is_short=window.is_short) - _LAST_DIGITS
            for rule, mismatch in self.case_mismatches(case_context_of(window, judgement))
        )

    def mismatches(self, context: PronounContext) -> Iterator[tuple[Rule, Mismatch]]:
        """The mismatches that rules find in a context, at any calibrated confidence."""
        for rule in all_rules():
            mismatch = rule.judge(context) if rule.judge else None
            if mismatch is not None:
                scale = self._scales.get(mismatch.calibrated_as or rule.name, _IDENTITY_SCALING)
                yield rule, replace(mismatch, confidence=scale.confidence(mismatch.confidence))

    def _declared(
        self, antecedent: Antecedent | None, declarations: Sequence[Declaration] | None = None
    ) -> PronounSets | None:
        """The declared pronouns of an antecedent, if there are any; by default those that the settings declare."""
        declarations = self.settings.pronouns if declarations is None else declarations
        if antecedent is None or not declarations:
            return None
        from gru_lint.english.declarations import declared_pronouns

        return declared_pronouns(antecedent.text, declarations)

    def thresholds(self) -> dict[str, dict[str, float]]:
        """The calibrated threshold of each rule, in long and in short documents."""
        return {
            rule.name: {"long": self._calibrated[rule.name], "short": self._calibrated_short[rule.name]}
            for rule in all_rules()
            if rule.judge or rule.judges_forms
        }

    def threshold(self, rule: Rule, mismatch: Mismatch, *, is_short: bool) -> float:
        """The least confidence that a rule reports: that of the settings, else the calibrated one."""
        return self._threshold(rule, mismatch.calibrated_as or rule.name, is_short=is_short)

    def _threshold(self, rule: Rule, calibrated_as: str, *, is_short: bool) -> float:
        asked = self.settings.min_confidence_of(rule.name)
        if asked is not None:
            return asked
        return (self._calibrated_short if is_short else self._calibrated)[calibrated_as]


def _finding(
    rule: Rule, mismatch: Mismatch, window: Window, judgement: Judgement, antecedent: Antecedent | None
) -> Finding:
    index = judgement.anaphor.word_index
    word = window.words[index]
    fitting = (fix for forms in mismatch.expected for fix in fitting_forms(word, forms, judgement.cases))
    fixes = tuple(dict.fromkeys(fitting))
    refers = f'refers to "{antecedent.text}"' if antecedent else "does not agree with what it refers to"
    # Some pronouns lack a form, or it is not known.
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
    """The antecedent of a pronoun in the words of the text; None where it is uncertain."""
    mention = judgement.antecedent
    if mention is None:
        return None
    words = mention.first_word, mention.end_word
    return Antecedent(phrase(window, *words), text_span(window, *words))


def judges_forms_with(settings: Settings) -> bool:
    """Whether any rule about forms is on: of verbs and demonstratives, or the cases of pronouns."""
    return any(settings.is_enabled(rule.name) for rule in form_rules())


def may_hold_findings(text: str, settings: Settings) -> bool:
    """Whether any word of a text could be judged; needs neither tokenizer nor network."""
    return has_pronoun(text) or (
        judges_forms_with(settings) and weights_judge_verbs() and (has_slot(text) or has_first_person(text))
    )


# A run or an editor has few configurations at once, and each linter caches the words of its texts.
@lru_cache(maxsize=8)
def linter_for(settings: Settings) -> Linter:
    """The linter with the weights of this package and these settings."""
    return Linter(settings=settings)


def default_linter() -> Linter:
    """The linter with the weights of this package, as calibrated."""
    return linter_for(Settings())


def lint_text(text: str, *, filename: str | None = None, settings: Settings | None = None) -> tuple[Finding, ...]:
    """The pronouns of a text that do not agree with what they refer to, in order.

    filename  its extension gives the format; plain text by default
    settings  thresholds and declared pronouns; no configuration file is read
    """
    (findings,) = lint_texts([text], filenames=[filename], settings=settings)
    return findings


@dataclass(slots=True)
class _Text:
    """A text on its way: its findings so far, and how many of its windows are not judged yet."""

    text: str
    filename: str | None
    findings: list[Finding] = field(default_factory=list)
    n_windows: int = 0
    is_read: bool = False
    stated: tuple[Declaration, ...] = ()


def lint_texts(
    texts: Iterable[str], *, filenames: Iterable[str | None] | None = None, settings: Settings | None = None
) -> Iterator[tuple[Finding, ...]]:
    """The findings of each text, in the order of the texts: those that `lint_text` gives, at several times its speed.

    filenames  one for each text, whose extension says how to read it; by default all are plain text
    settings   thresholds and declared pronouns of all texts; no file is looked for

    Texts are judged in batches, and no more of them are held in memory than a batch. Raises ValueError where
    there are more or fewer names than texts.
    """
    settings = settings or Settings()
    named = ((text, None) for text in texts) if filenames is None else zip(texts, filenames, strict=True)
    waiting: deque[_Text] = deque()
    windows: list[tuple[_Text, Window]] = []
    n_words = n_characters = 0
    for text, filename in named:
        entry = _Text(text, settings.effective_filename(filename), stated=stated_pronouns(text))
        waiting.append(entry)
        n_characters += len(text)
        for window in linter_for(settings).windows(text, entry.filename) if may_hold_findings(text, settings) else ():
            windows.append((entry, window))
            entry.n_windows += 1
            n_words += len(window.words)
            if n_words >= _POOL_WORDS:
                _judge(windows, settings)
                windows, n_words = [], 0
        entry.is_read = True
        if len(waiting) >= _MAX_WAITING or n_characters >= _MAX_WAITING_CHARACTERS:
            _judge(windows, settings)
            windows, n_words = [], 0
        while waiting and waiting[0].is_read and not waiting[0].n_windows:
            done = waiting.popleft()
            n_characters -= len(done.text)
            yield _all_of(done, settings)
    _judge(windows, settings)
    for done in waiting:
        yield _all_of(done, settings)


def _judge(windows: Sequence[tuple[_Text, Window]], settings: Settings) -> None:
    """Adds the findings of some windows to their texts."""
    if not windows:
        return
    linter = linter_for(settings)
    judged = linter.network.judge(window for _, window in windows)
    for (entry, window), (_, judgements) in zip(windows, judged, strict=True):
        entry.n_windows -= 1
        for judgement in judgements:
            entry.findings.extend(linter.findings(window, judgement, entry.stated))


def _all_of(entry: _Text, settings: Settings) -> tuple[Finding, ...]:
    """The findings of a text that no comment silences, and those about its comments, in order."""
    findings = without_suppressed(entry.findings, entry.text, entry.filename, settings)
    return tuple(sorted(findings, key=lambda finding: finding.span))
