"""Translators' files of two languages (XLIFF, TMX): what is translated into English is prose, and nothing else.

The XML parsers of the standard library do not say where in a text something stands.
"""

from __future__ import annotations

import re
from typing import Final

from gru_lint.extract._base import TEXT_END, CommentSyntax, Description, InputFormat, ProseMask
from gru_lint.extract._unread import give_up

_TAG = re.compile(
    r"<(?:(?P<closing>/)?(?P<name>[A-Za-z_][\w:.-]*)(?P<attributes>[^<>]*?)(?P<empty>/)?>|!--|!\[CDATA\[|[!?])"
)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENGLISH = re.compile(r"en(?![a-z])", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:\w{1,30}|#\w{1,10});")
_ENDS: Final = {"<!--": "-->", "<![CDATA[": "]]>", "<!": ">", "<?": "?>"}
# Elements within which stands code of the format that was translated.
_CODE: Final = frozenset("ph bpt ept it ut x bx ex sc ec cp".split())
_COMMENTS: Final = CommentSyntax("<!--", "-->", own_line=True)


def _extract(text: str) -> str:
    mask = ProseMask(text)
    # The language of the file's targets, and that of the variant of a TMX unit; whether a target is open, and how many
    # elements of code in it.
    language = variant = "en"
    in_target = False
    n_code = 0
    here = 0
    while match := _TAG.search(text, here):
        if in_target and not n_code:
            mask.keep(here, match.start())
        here = match.end()
        name = (match["name"] or "").rpartition(":")[2].lower()
        # The name of a broken element may have nothing behind its colon.
        if match["name"] is None:
            end = text.find(_ENDS[match[0]], here)
            if end < 0:
                give_up(match.start(), len(text), "it is no XML")
                break
            if match[0] == "<![CDATA[" and in_target:
                mask.keep(here, end)
            here = end + len(_ENDS[match[0]])
        elif name in _CODE and not match["empty"]:
            n_code = max(n_code + (-1 if match["closing"] else 1), 0)
        elif name in ("file", "xliff", "tuv") and not match["closing"]:
            attributes = {
                key.lower(): first or second for key, first, second in _ATTRIBUTE.findall(match["attributes"])
            }
            if name == "tuv":
                variant = attributes.get("xml:lang") or attributes.get("lang", "")
            else:
                language = attributes.get("target-language") or attributes.get("trglang") or language
        elif name in ("target", "seg"):
            if match["closing"]:
                in_target = False
            elif not match["empty"]:
                in_target = _ENGLISH.match(language if name == "target" else variant) is not None
                n_code = 0
                mask.mark(match.start(), TEXT_END)
    mask.blank_matches(_ENTITY.finditer(text))
    return mask.prose()


FORMATS = tuple(
    InputFormat(
        language,
        extensions,
        _extract,
        comments=_COMMENTS,
        description=Description(
            title,
            read=f"{read}, each a text of its own",
            not_read="sources, notes, codes of the format that was translated; every translation into another language",
        ),
    )
    for language, extensions, title, read in (
        ("xliff", (".xlf", ".xliff"), "XLIFF", "`target`, where `target-language` or `trgLang` is English or missing"),
        ("tmx", (".tmx",), "TMX", "`seg` of units in English"),
    )
)
