"""IG002: a comment that names no rule of ours; `gru_lint.suppression.comments` finds it."""

from __future__ import annotations

from gru_lint.rules._base import Rule

RULE = Rule(
    code="IG002",
    name="unknown-ignore",
    summary="A comment names a rule that does not exist, or mistypes what it asks for",
    why="Such a comment silences nothing, and whoever wrote it believes that it does.",
    not_flagged=("A reason after the rules, parted from them by a colon or two dashes.",),
    known_problems=("A comment that is shown as an example, in a code block for instance, is taken at its word.",),
    flags=(
        "The king slept. <!-- gru-lint: ignore «PA01» -->",
        "The king slept. <!-- gru-lint: «ingore» PA001 -->",
    ),
    passes=(
        "The king hurt herself. <!-- gru-lint: ignore PA004: the actor is a woman -->",
        "The king slept. <!-- gru-lint: reads this, too -->",
    ),
    judge=None,
    extension=".md",
)
