"""The linter: `pipeline` leads one text from its characters to its findings, `texts` takes many texts in batches."""

from __future__ import annotations

from gru_lint.linter.findings import antecedent_of, shown_antecedent
from gru_lint.linter.pipeline import Linter, default_linter, judges_forms_with, linter_for, may_hold_findings
from gru_lint.linter.stated import settings_of_text
from gru_lint.linter.texts import lint_each, lint_text, lint_texts

__all__ = [
    "Linter",
    "antecedent_of",
    "default_linter",
    "judges_forms_with",
    "lint_each",
    "lint_text",
    "lint_texts",
    "linter_for",
    "may_hold_findings",
    "settings_of_text",
    "shown_antecedent",
]
