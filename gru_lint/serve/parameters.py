"""What a client asks for: the fields of a form or of the query, whatever content type it calls them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl

from gru_lint.config.settings import Settings
from gru_lint.did_you_mean import hint
from gru_lint.rules import Rule, all_rules
from gru_lint.serve.client_text import AnnotationError, ClientText, read_annotated
from gru_lint.serve.languages import Language, LanguageError, read_language

_MAX_FIELDS: Final = 100
_YES: Final = frozenset(["true", "yes", "on", "1"])
_NO: Final = frozenset(["false", "no", "off", "0", ""])
_LEVELS: Final = ("default", "picky")
_UNENCODED: Final = re.compile(rb"text=(?P<text>.*)&(?P<rest>language=[\w-]*(?:&[\w]+=[^&\s]*)*)", re.DOTALL)
_NEVER_ENCODED: Final = re.compile(rb"[^\x21-\x7e]")
_NO_UTF_8: Final = "the text is not valid UTF-8"
# The profile of settings that shows more, and more that is wrong: what the protocol calls picky.
_PICKY_PROFILE: Final = "learner"


class ParameterError(Exception):
    """A request that cannot be answered; the message is one line for the author of the client."""


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """The rules and categories that a request turns on and off; a category is a family of rules, such as "PA".

    Of what is named, this linter knows its own: the other names are those of LanguageTool.
    """

    enabled: frozenset[str] = frozenset()
    disabled: frozenset[str] = frozenset()
    enabled_only: bool = False

    def is_enabled(self, rule: Rule, settings: Settings) -> bool:
        """Whether findings of a rule are shown; without a word of the client, as the settings have it."""
        names = {rule.code, rule.name, rule.family}
        if names & self.disabled:
            return False
        if names & self.enabled:
            return True
        return not self.enabled_only and settings.is_enabled(rule.name)

    def enabled_codes(self, settings: Settings) -> frozenset[str]:
        """The codes of the rules whose findings are shown."""
        return frozenset(rule.code for rule in all_rules() if self.is_enabled(rule, settings))


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """A text to be checked.

    fields  as the client sent them
    """

    text: ClientText
    language: Language
    rules: RuleChoice
    is_picky: bool
    fields: Mapping[str, str]

    def settings(self, own: Settings) -> Settings:
        """What the text is judged by: the server's own settings, with every rule where one is asked for that is off."""
        shown = self.rules.enabled_codes(own)
        settings = own
        if any(rule.code in shown and not own.is_enabled(rule.name) for rule in all_rules()):
            settings = replace(settings, select=None, ignore=())
        return replace(settings, profile=_PICKY_PROFILE) if self.is_picky else settings


def read_fields(query: bytes, body: bytes) -> dict[str, str]:
    """The fields of a request; the body's go before those of the query. Raises `ParameterError`."""
    return dict([*_pairs(query), *(_unencoded(body) or _pairs(body))])


def _unencoded(body: bytes) -> list[tuple[str, str]] | None:
    """The fields of LibreOffice 7.4, which does not encode the text: it may hold what ends a field or looks encoded.

    None where the text may be encoded: it has no character that an encoder never leaves.
    """
    found = _UNENCODED.fullmatch(body)
    if found is None or not _NEVER_ENCODED.search(found["text"]):
        return None
    try:
        return [("text", found["text"].decode()), *_pairs(found["rest"])]
    except UnicodeDecodeError:
        raise ParameterError(_NO_UTF_8) from None


def _pairs(source: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(source.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS)
    except UnicodeDecodeError:
        raise ParameterError(_NO_UTF_8) from None
    except ValueError:
        raise ParameterError(f"there are more than {_MAX_FIELDS} fields") from None


def read_request(fields: Mapping[str, str], max_length: int) -> CheckRequest:
    """The request of some fields. Raises `ParameterError`, and `TextTooLongError` for a text above `max_length`."""
    text = _text(fields)
    if len(text.plain) > max_length:
        raise TextTooLongError(f"the text has {len(text.plain):,} characters, and at most {max_length:,} are checked")
    level = fields.get("level", "").lower() or _LEVELS[0]
    if level not in _LEVELS:
        raise ParameterError(f'unknown level "{level[:40]}"; {hint(level, _LEVELS)}')
    enabled_only = _read_boolean("enabledOnly", fields)
    enabled = frozenset(_names(fields, "enabledRules", "enabledCategories"))
    if enabled_only and not enabled:
        raise ParameterError("enabledOnly needs enabledRules or enabledCategories")
    choice = RuleChoice(enabled, frozenset(_names(fields, "disabledRules", "disabledCategories")), enabled_only)
    try:
        language = read_language(fields.get("language", ""), fields.get("preferredVariants", ""))
    except LanguageError as error:
        raise ParameterError(str(error)) from None
    return CheckRequest(text, language, choice, level == "picky", fields)


class TextTooLongError(ParameterError):
    """A text that is longer than what is checked."""


def _text(fields: Mapping[str, str]) -> ClientText:
    if ("text" in fields) == ("data" in fields):
        raise ParameterError("say either text=... or data=..., as application/x-www-form-urlencoded")
    if "text" in fields:
        return ClientText.plain_text(fields["text"])
    try:
        return read_annotated(json.loads(fields["data"]))
    except AnnotationError as error:
        raise ParameterError(str(error)) from None
    except (ValueError, RecursionError):
        raise ParameterError('"data" is no JSON') from None


def _read_boolean(name: str, fields: Mapping[str, str]) -> bool:
    written = fields.get(name, "").strip().lower()
    if written not in _YES | _NO:
        raise ParameterError(f"{name} is neither true nor false")
    return written in _YES


def _names(fields: Mapping[str, str], *keys: str) -> Iterable[str]:
    return (name.strip() for key in keys for name in fields.get(key, "").split(",") if name.strip())
