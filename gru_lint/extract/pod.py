"""Perl's documentation (POD): headings, paragraphs and items are prose; verbatim paragraphs, code and targets are not.

It stands by itself or within a program, from a line such as =head1 to =cut or the end. A small reader of paragraphs:
no parser of POD on PyPI says where something stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gru_lint.extract._base import Description, ProseMask

LANGUAGE = "pod"
EXTENSIONS = (".pod",)
DESCRIPTION = Description(
    "POD, Perl's documentation",
    read="headings, items, paragraphs, also in programs; the texts of links",
    not_read="verbatim paragraphs, `C<code>`, names of files, targets, `=begin` blocks and `=for` of other formats",
)

_BEGIN = re.compile(r"^=[a-zA-Z]", re.MULTILINE)
_END = re.compile(r"^=cut\b[^\n]*(?:\n|\Z)", re.MULTILINE)
_PARAGRAPH = re.compile(r"[^\s](?:[^\n]+|\n(?![^\S\n]*(?:\n|\Z)))*|[^\S\n]+[^\s](?:[^\n]+|\n(?![^\S\n]*(?:\n|\Z)))*")
_COMMAND = re.compile(r"=(\w+)(?:(?<=item)[ \t]+(?:\*|\d+\.?)(?=\s|\Z))?[ \t]*")
_TITLES = frozenset("head1 head2 head3 head4 head5 head6 item".split())
_INLINE = re.compile(
    r"[CEFSXZ]<<+\s.{0,500}?\s>>+|[CFXZ]<[^<>\n]{0,500}>|E<\w{1,30}>"
    r"|L<(?:(?P<text>[^<>|]{1,500})\|)?[^<>]{0,500}>|[BIS]<{1,5}(?=\S|\s)|(?<=\w)>+(?!\w)|(?<=[.!?,;:'\"])>+"
)


def extract_prose(text: str) -> str:
    """The prose of a POD text; see `gru_lint.extract`."""
    mask = ProseMask(text)
    for start, end in find_pods(text):
        keep_pod(text, start, end, mask)
    return mask.prose()


def find_pods(text: str) -> Iterator[tuple[int, int]]:
    """Where documentation stands in a Perl program or in a file of its own."""
    here = 0
    while begin := _BEGIN.search(text, here):
        cut = _END.search(text, begin.start())
        here = cut.end() if cut else len(text)
        yield begin.start(), cut.start() if cut else here


def keep_pod(text: str, start: int, end: int, mask: ProseMask) -> None:
    """Keeps the prose of documentation that stands from `start` to `end`."""
    # The format that is named after =begin, within such a block.
    other: str | None = None
    mask.end_paragraph(start - 1)
    for paragraph in _PARAGRAPH.finditer(text, start, end):
        here, words = paragraph.start(), paragraph[0]
        command = _COMMAND.match(text, here, paragraph.end())
        if command and command[1] == "end":
            other = None
        elif other is not None:
            continue
        elif command and command[1] == "begin":
            # A colon before the name of the format says that the block is POD.
            other = None if text.startswith(":", command.end()) else command[1]
        elif (command and command[1] not in _TITLES) or words[0] in " \t":
            continue
        else:
            mask.keep(command.end() if command else here, paragraph.end())
            mask.blank_matches(_INLINE.finditer(words), here)
