"""The pipeline, top to bottom: text → prose → sentences → windows → judgements → diagnostics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from gru_lint.confidence import Scale
from gru_lint.extract import extract_prose
from gru_lint.pronouns import has_pronoun, replacements
from gru_lint.records import Antecedent, Diagnostic, Judgement, Window
from gru_lint.rules import Mismatch, Rule, Slot, all_rules, slot_of
from gru_lint.windows import split_windows, text_span

# NumPy and spaCy take most of a second to import, and a text without a pronoun needs neither:
# the network, the weights and the tokenizer are imported where they are first needed.


_AS_IT_IS = Scale()


class Linter:
    """Finds mismatched pronouns with one set of weights. Raises `WeightsError` where they cannot be read.

    weights     a weights file; by default the one that comes with the package
    thresholds  for each rule's name, the confidence from which it speaks; by default as calibrated
    """

    def __init__(self, weights: Path | None = None, thresholds: dict[str, float] | None = None) -> None:
        from gru_lint.network import AgreementNetwork
        from gru_lint.weights import default_weights_path, read_weights

        loaded = read_weights(weights or default_weights_path())
        self.network = AgreementNetwork(loaded)
        self._scales = loaded.scales
        self.thresholds = {rule.name: 1.0 for rule in all_rules()} | loaded.thresholds | (thresholds or {})

    def lint(self, text: str, filename: str | None = None) -> Iterator[Diagnostic]:
        """The findings in a text in order; the file's name says how its prose is read."""
        if not has_pronoun(text):
            return
        for window, judgements in self.judge(text, filename):
            for judgement in judgements:
                yield from self.findings(text, window, judgement)

    def judge(self, text: str, filename: str | None = None) -> Iterator[tuple[Window, tuple[Judgement, ...]]]:
        """The windows of a text and what the network says of their pronouns, before any rule."""
        from gru_lint.tokens import split_sentences

        prose = extract_prose(text, filename)
        sentences = split_sentences(prose)
        windows = split_windows(sentences, self.network.sizes.window_length)
        return self.network.judge(windows)

    def findings(self, text: str, window: Window, judgement: Judgement) -> Iterator[Diagnostic]:
        """What the rules say of one judgement; nothing below a rule's threshold."""
        antecedent = _antecedent(text, window, judgement)
        slot = slot_of(judgement, judgement.anaphor.form, antecedent.text if antecedent else None)
        for rule, mismatch in self.mismatches(slot):
            if mismatch.confidence >= self.thresholds[rule.name]:
                yield _diagnostic(rule, mismatch, window, judgement, antecedent)

    def mismatches(self, slot: Slot) -> Iterator[tuple[Rule, Mismatch]]:
        """What the rules say of a slot, however unsure, with their confidence as it was calibrated."""
        for rule in all_rules():
            mismatch = rule.judge(slot)
            if mismatch is not None:
                scale = self._scales.get(rule.name, _AS_IT_IS)
                yield rule, replace(mismatch, confidence=scale.confidence(mismatch.confidence))


def _diagnostic(
    rule: Rule, mismatch: Mismatch, window: Window, judgement: Judgement, antecedent: Antecedent | None
) -> Diagnostic:
    index = judgement.anaphor.word_index
    word = window.words[index]
    fixes = replacements(word, mismatch.expected, judgement.cases)
    refers = f'refers to "{antecedent.text}"' if antecedent else "does not agree with what it refers to"
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        message=f'"{word}" {refers}: expected {_alternatives(fixes)}',
        span=text_span(window, index, index + 1),
        replacements=fixes,
        antecedent=antecedent,
        confidence=round(mismatch.confidence, 4),
    )


def _alternatives(fixes: Sequence[str]) -> str:
    return " or ".join(f'"{fix}"' for fix in fixes)


def _antecedent(text: str, window: Window, judgement: Judgement) -> Antecedent | None:
    mention = judgement.antecedent
    if mention is None:
        return None
    span = text_span(window, mention.first_word, mention.end_word)
    # A mention that runs across a line end is shown on one line.
    return Antecedent(" ".join(text[span.start : span.end].split()), span)


@cache
def default_linter() -> Linter:
    """The linter with the weights of this package, read once."""
    return Linter()


def lint_text(text: str, *, filename: str | None = None) -> tuple[Diagnostic, ...]:
    """The pronouns of a text that do not agree with what they refer to, in order.

    filename  whose extension says how to read the text; without one it is plain text
    """
    return tuple(default_linter().lint(text, filename)) if has_pronoun(text) else ()
