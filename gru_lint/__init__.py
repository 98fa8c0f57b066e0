"""gru-lint finds pronouns that do not agree with the person or thing they refer to.

>>> from gru_lint import lint_text
>>> [finding] = lint_text("The king hurt herself.")
>>> finding.replacements
('himself',)
"""

from gru_lint.config.settings import Settings, SettingsError, read_settings
from gru_lint.linter import Linter, lint_text, lint_texts
from gru_lint.records import Antecedent, Finding, Span

__version__ = "0.1.0"
__all__ = [
    "Antecedent",
    "Finding",
    "Linter",
    "Settings",
    "SettingsError",
    "Span",
    "__version__",
    "lint_text",
    "lint_texts",
    "read_settings",
]
