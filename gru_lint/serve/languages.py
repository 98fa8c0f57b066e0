"""The languages of the protocol: English in its variants is judged, others are answered without a finding."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

# The codes and names that LanguageTool has for them.
VARIANTS: Final = {
    "en": "English",
    "en-AU": "English (Australian)",
    "en-CA": "English (Canadian)",
    "en-GB": "English (GB)",
    "en-NZ": "English (New Zealand)",
    "en-US": "English (US)",
    "en-ZA": "English (South African)",
}
AUTO: Final = "auto"
_DEFAULT: Final = "en-US"
# What TeXstudio sends for a document whose language is not set.
_UNSET: Final = "<none>"
_CODE: Final = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{1,8})*")


class LanguageError(Exception):
    """No code of a language; the message is one line."""


class Language(NamedTuple):
    """The language of a text, by its code."""

    code: str

    @property
    def is_english(self) -> bool:
        """Whether it is any variant of English."""
        return self.code.lower().partition("-")[0] == "en"

    @property
    def name(self) -> str:
        """Its name in English; of any other language, its code."""
        return VARIANTS.get(self.code, self.code)


def read_language(written: str, preferred_variants: str = "") -> Language:
    """The language of a request; "auto", nothing and TeXstudio's "<none>" leave it open. Raises `LanguageError`.

    preferred_variants  codes between commas; what is taken where it is left open, if English is among them
    """
    code = written.strip().replace("_", "-")
    preferred = [variant.strip().replace("_", "-") for variant in preferred_variants.split(",") if variant.strip()]
    for known in (*([] if code in ("", AUTO, _UNSET) else [code]), *preferred):
        if not _CODE.fullmatch(known):
            raise LanguageError(f'"{known[:40]}" is no code of a language, such as en-US, or {AUTO}')
    if code in ("", AUTO, _UNSET):
        return next((language for language in map(Language, preferred) if language.is_english), Language(_DEFAULT))
    return Language(code)


def listed_languages() -> list[dict[str, str]]:
    """What `/v2/languages` answers."""
    return [{"name": name, "code": "en", "longCode": code} for code, name in VARIANTS.items()]
