"""IG001: a comment that silences nothing; `gru_lint.suppression.comments` finds it."""

from __future__ import annotations

from gru_lint.rules._base import Rule

RULE = Rule(
    code="IG001",
    name="unused-ignore",
    summary="A comment silences a rule that says nothing there",
    why=(
        "The text was mended, or the rule has learnt better, and the comment stays behind: it would hide the next "
        "error. Only looked for with --report-unused-ignores, or report-unused-ignores = true in the configuration."
    ),
    not_flagged=(
        "A comment for a rule that is not selected, or is ignored: another run may need it.",
        "A comment that IG001 itself is named in.",
    ),
    known_problems=("What falls silent for a higher min-confidence on the command line leaves its comments unused.",),
    flags=("The king hurt himself. <!-- gru-lint: ignore «PA004» -->",),
    passes=("The king hurt herself. <!-- gru-lint: ignore PA004 -->",),
    judge=None,
    extension=".md",
)
