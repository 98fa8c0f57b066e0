"""The commands of `python -m gru_lint.training`, one a file, and what several of them need."""

from __future__ import annotations

PROGRAM = "gru_lint.training"
