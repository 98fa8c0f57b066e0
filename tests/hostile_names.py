"""Names that a repository can give to a file, a key or a value, and what no terminal or report may be made to do."""

from __future__ import annotations

import re

HOSTILE = (
    *(
        "a\nb",
        "a\r\nb",
        "a\rb",
        "\n::error::forged",
        "a\n::error file=x::forged",
        "::error::forged",
        "::set-output name=a::b",
    ),
    *("\n##[error]forged", "##vso[task.setvariable variable=a]b", "a ##vso[task.complete]", "##teamcity[buildStop]"),
    *(
        "\x1b[31mred",
        "\x1b[2J",
        "\x1b]0;title\x07",
        "\x1b]8;;http://evil.example\x1b\\link",
        "\x9b31mred",
        "\x9d0;title\x9c",
    ),
    *("a\u202egpj.md", "\u2066a\u2069", "a\u200bb", "\ufeffa", "a\u2028b", "a\x85b", "a\tb", "a\x7fb", "a\x08\x08b"),
    *("caf\udce9", "a\udcff\udcfe", "\n--- b\n+++ b\n@@ -1 +1 @@\n-a\n+forged", 'a" b\\', "\U000e0001a"),
)
assert len(HOSTILE) >= 30
# Control and formatting characters, separators of lines, and halves of surrogate pairs.
_UNPRINTABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
_COMMAND = re.compile(r"^[^\S\n]*::(?!(?:error|warning|notice) title=gru-lint )|##(?:vso|teamcity)?\[", re.MULTILINE)


def forged(shown: str) -> list[str]:
    """What in an output could move a cursor, turn the text round, or be a command to a CI."""
    return [match[0] for pattern in (_UNPRINTABLE, _COMMAND) for match in pattern.finditer(shown)]
