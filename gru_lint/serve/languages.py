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
    """What a client says of its text.

    code         of the language, "en-US" where the client leaves it open
    is_detected  whether the client leaves it open
    """

    code: str
    is_detected: bool

    @property
    def is_english(self) -> bool:
        """Whether it is any variant of English."""
        return self.code.lower().partition("-")[0] == "en"

    @property
    def name(self) -> str:
        """Its name, or its code where that is not known here."""
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
        english = [Language(variant, is_detected=True) for variant in preferred]
        return next((variant for variant in english if variant.is_english), Language(_DEFAULT, is_detected=True))
    return Language(code, is_detected=False)


def listed_languages() -> list[dict[str, str]]:
    """What `/v2/languages` answers."""
    return [{"name": name, "code": "en", "longCode": code} for code, name in VARIANTS.items()]
