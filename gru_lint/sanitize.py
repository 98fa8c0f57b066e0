"""Text made safe to show: nothing in it moves a cursor, reverses the direction of text or is taken for markup.

Whatever a repository can name (paths, keys, values, patterns, words) is shown through one of these functions, and
everything that is printed goes through `printable_page` as well.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Final

# What a page shows for control and formatting characters, by Unicode category.
_ON_A_PAGE: Final = {"Cc": "\ufffd", "Cf": "", "Cs": "\ufffd"}
# Commands to a CI in its log: of Azure Pipelines, TeamCity and older runners of GitHub anywhere in a line, of GitHub at
# its beginning.
_IN_LINE: Final = re.compile(r"#(?=#(?:vso|teamcity)?\[)", re.IGNORECASE)
_AT_START: Final = re.compile(r"^(\s*):(?=:)", re.MULTILINE)
# Select graphic rendition, ECMA-48 section 8.3.117.
_COLOUR: Final = re.compile(r"(\033\[[0-9;]*m)")


def printable(text: str) -> str:
    """The text for a terminal, with blanks for all that would move the cursor or reverse the direction of text."""
    shown = "".join(c if c.isprintable() or unicodedata.combining(c) else " " for c in text)
    return _IN_LINE.sub(" ", shown)


def escape_unprintable(text: str) -> str:
    """A name or a message on one line; what cannot be shown is escaped, so that it can still be found."""
    return _defused("".join(c if c.isprintable() else _escape(c) for c in text))


def printable_page(text: str, *, in_colour: bool = False) -> str:
    """Whole lines for a terminal or a log, in which what cannot be shown is escaped; colours stay where they are."""
    parts = _COLOUR.split(text) if in_colour else [text]
    # Every second one is a colour.
    parts[::2] = ["\n".join(map(_printable_line, part.split("\n"))) for part in parts[::2]]
    return "".join(parts)


def _printable_line(line: str) -> str:
    return _defused("".join(c if c.isprintable() or unicodedata.combining(c) else _escape(c) for c in line))


def _defused(line: str) -> str:
    """A line of which no CI takes a part for a command."""
    return _AT_START.sub(r"\1\\x3a", _IN_LINE.sub(r"\\x23", line))


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def json_document(value: object, indent: int | None = 2) -> str:
    """A value as JSON, with a newline at its end; see `escape_json`."""
    return escape_json(json.dumps(value, ensure_ascii=False, indent=indent)) + "\n"


def escape_json(document: str) -> str:
    """A JSON document of the same content in which nothing unprintable stands as it is but line ends and indents."""
    return "".join(
        c if c.isprintable() or c == "\n" else _escape_in_json(c) for c in _IN_LINE.sub(r"\\u0023", document)
    )


def _escape_in_json(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[index : index + 2].hex()}" for index in range(0, len(units), 2))


def escape_xml(document: str) -> str:
    """An XML document of the same content in which nothing unprintable stands as it is but line ends and indents."""
    defused = _AT_START.sub(r"\1&#58;", _IN_LINE.sub("&#35;", document))
    return "".join(c if c.isprintable() or c == "\n" else f"&#{ord(c)};" for c in defused)


def escape_markdown(text: str) -> str:
    """The text as Markdown shows it, on one line."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>#|!&~" else letter for letter in printable(text))


def page_text(text: str) -> str:
    """The text for a page, without invisible and direction-changing characters; not yet escaped."""
    return "".join(_ON_A_PAGE.get(unicodedata.category(c), c) if c not in "\n\t\u200c\u200d" else c for c in text)


def quoted_path(name: str) -> str:
    """A path in the header of a diff as git and patch read it: in quotes with escapes, where it needs them."""
    defused = _IN_LINE.sub("\0", name)
    if defused.isprintable() and not {'"', "\\"} & set(name):
        return name
    written = []
    for character, shown in zip(name, defused, strict=True):
        if character in '"\\':
            written.append(f"\\{character}")
        elif shown.isprintable():
            written.append(character)
        else:
            written += [f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape")]
    return f'"{"".join(written)}"'
