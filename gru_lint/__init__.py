"""gru-lint finds pronouns that do not agree with the person or thing they refer to.

>>> from gru_lint import lint_text
>>> [finding] = lint_text("The king hurt herself.")
>>> finding.replacements
('himself',)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
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

# Imported when it is asked for: the command looks after Ctrl-C before the imports that take a second.
_MODULES: Final = {
    "Antecedent": "records",
    "Finding": "records",
    "Linter": "linter",
    "Settings": "config.settings",
    "SettingsError": "config.settings",
    "Span": "records",
    "lint_text": "linter",
    "lint_texts": "linter",
    "read_settings": "config.settings",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
