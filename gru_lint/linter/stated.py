"""The settings that hold in one text: the pronouns that it states itself are declared in it."""

from __future__ import annotations

from dataclasses import replace

from gru_lint.config.settings import Settings
from gru_lint.english.stated_pronouns import stated_pronouns


def settings_of_text(text: str, settings: Settings) -> Settings:
    """The settings and what a text states, as if it were declared there; what the settings declare goes before."""
    stated = stated_pronouns(text)
    if not stated:
        return settings
    from gru_lint.english.declarations import declared_pronouns

    added = dict.fromkeys(known for known in stated if declared_pronouns(known.name, settings.pronouns) is None)
    return replace(settings, pronouns=(*settings.pronouns, *added))
