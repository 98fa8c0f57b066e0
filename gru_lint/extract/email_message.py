"""E-mail (.eml): the subject and the texts are prose; what they quote is read and not judged, all else is not read.

The email package of the standard library decodes, and does not say where in a file something stands.
"""

from __future__ import annotations

import re
from base64 import b64decode

from gru_lint.extract import html
from gru_lint.extract._base import QUOTED, Description, ProseMask
from gru_lint.extract._unread import give_up

LANGUAGE = "eml"
EXTENSIONS = (".eml",)
MAY_BE_ENCODED = True
DESCRIPTION = Description(
    "e-mail",
    read="the subject and the texts; what is quoted (`>`) is context, and not judged",
    not_read="other headers, signatures, attachments, text in Base64 (a line says so); HTML that repeats the text",
)

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_HEADER = re.compile(r"(?P<name>[!-9;-~]+):[ \t]*(?P<value>.*)")
_BOUNDARY = re.compile(r"boundary[ \t]*=[ \t]*(?:\"([^\"]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_ATTRIBUTION = re.compile(r"(?:On\b|Am\b|Le\b).{0,300}\bwrote:[ \t]*$|-{3,}[ \t]*Original Message")
_SIGNATURE = re.compile(r"-- ?$")
_ESCAPE = re.compile(r"(?:=[0-9A-Fa-f]{2})+")
_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
_ENCODED_WORD = re.compile(r"=\?[^?\s]{1,60}\?[BbQq]\?[^?\s]{0,300}\?=")


def extract_prose(text: str) -> str:
    """The prose of a message; see `gru_lint.extract`."""
    mask = ProseMask(text)
    reader = _Reader(text, mask)
    for line in _LINE.finditer(text):
        reader.take(line.start(), line[0].rstrip("\r\n"), line.end())
    reader.end_part(len(text))
    return mask.prose()


class _Reader:
    """Reads a message line by line: headers up to a blank line, then a text up to a boundary."""

    def __init__(self, text: str, mask: ProseMask) -> None:
        self._text, self._mask = text, mask
        self._boundaries: set[str] = set()
        self._has_plain_text = False
        self._begin_headers()

    def _begin_headers(self) -> None:
        self._in_headers = True
        self._header = ""
        self._headers: dict[str, str] = {}
        self._body_start = -1
        self._in_signature = self._was_quoted = self._goes_on = False

    def take(self, start: int, line: str, end: int) -> None:
        if line.startswith("--") and self._boundaries & {line[2:].rstrip(), line[2:].rstrip().removesuffix("--")}:
            self.end_part(start)
            self._begin_headers()
        elif not self._in_headers:
            self._take_text(start, line, end)
        elif not line.strip():
            self._in_headers, self._body_start = False, end
            found = _BOUNDARY.search(self._headers.get("content-type", ""))
            if found:
                self._boundaries.add(found[1] or found[2])
        else:
            self._take_header(start, line)

    def _take_header(self, start: int, line: str) -> None:
        begin = 0
        if not line.startswith((" ", "\t")):
            header = _HEADER.match(line)
            self._header = header["name"].lower() if header else ""
            begin = header.start("value") if header else len(line)
            self._headers.setdefault(self._header, "")
        elif self._header == "subject":
            self._mask.run_on(start - 1, start)
        self._headers[self._header] = f"{self._headers.get(self._header, '')} {line[begin:]}"
        if self._header == "subject":
            self._mask.keep(start + begin, start + len(line))
            self._mask.blank_matches(_ENCODED_WORD.finditer(line, begin), start)

    @property
    def _kind(self) -> str:
        """The type of the part; "" of one whose text does not stand in the file as it is."""
        return "" if self._is_base64 else self._written_kind

    @property
    def _is_base64(self) -> bool:
        return "base64" in self._headers.get("content-transfer-encoding", "").lower()

    @property
    def _written_kind(self) -> str:
        """The type of the part, encoded or not; "" of an attachment."""
        if "attachment" in self._headers.get("content-disposition", "").lower():
            return ""
        return self._headers.get("content-type", "text/plain").strip().lower().partition(";")[0].strip() or "text/plain"

    def _take_text(self, start: int, line: str, end: int) -> None:
        if self._kind != "text/plain" or self._in_signature:
            return
        mask = self._mask
        if _SIGNATURE.match(line):
            self._in_signature = True
            return
        self._has_plain_text |= bool(line.strip())
        quote = _QUOTE.match(line)
        here = quote.end() if quote else 0
        is_quoted = quote is not None or _ATTRIBUTION.match(line) is not None
        if is_quoted and not self._goes_on:
            mask.mark(start - 1, QUOTED)
        elif self._was_quoted and not is_quoted:
            mask.end_paragraph(start - 1)
        # Behind a blank line of what is quoted, another paragraph begins.
        self._was_quoted, self._goes_on = is_quoted, is_quoted and bool(line[here:].strip())
        mask.keep(start + here, start + len(line))
        if "quoted-printable" in self._headers.get("content-transfer-encoding", "").lower():
            if line.endswith("="):
                mask.run_on(start + len(line) - 1, end)
            mask.blank_matches(_ESCAPE.finditer(line), start)

    def end_part(self, end: int) -> None:
        """Takes the end of a part: HTML is read now, as a whole, unless a part of plain text came before it."""
        if self._kind == "text/html" and 0 <= self._body_start < end and not self._has_plain_text:
            html.keep_text(self._text[self._body_start : end], self._mask, self._body_start)
        elif self._is_base64 and self._written_kind in ("text/plain", "text/html") and not self._has_plain_text:
            self._tell_base64(end)
        self._mask.end_paragraph(end - 1)

    def _tell_base64(self, end: int) -> None:
        """Gives up on a text in Base64, of which no word stands in the file."""
        if 0 <= self._body_start < end:
            written = _NO_BASE64.sub("", self._text[self._body_start : end])
            # A single character behind the last group of four encodes no byte.
            written = written[:-1] if len(written) % 4 == 1 else written
            decoded = b64decode(written + "=" * (-len(written) % 4)).decode("utf-8", "replace")
            self._has_plain_text |= self._written_kind == "text/plain"
            give_up(self._body_start, end, "it is written in Base64; save the text as it is", encodes=decoded)
