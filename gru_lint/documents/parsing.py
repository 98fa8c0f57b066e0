"""XML of documents as trees of elements, which lxml reads: nothing outside is loaded and no entity is unfolded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gru_lint.documents.archive import TOO_MUCH, Archive
from gru_lint.documents.errors import DocumentError, MissingReaderError

if TYPE_CHECKING:
    from collections.abc import Iterator

# lxml is there only with the extra.
Element = Any

# A tree takes some hundred bytes for each: what would take a gigabyte is no text.
_MAX_MARKS: Final = 6_000_000


def is_installed() -> bool:
    """Whether what reads documents is there; nothing is imported."""
    from importlib.util import find_spec

    return find_spec("lxml") is not None


def parse(archive: Archive, name: str) -> Element:
    """The root of a member that is XML. Raises `DocumentError`."""
    return parse_bytes(archive.read(name), archive, name)


def parse_bytes(content: bytes, archive: Archive, name: str) -> Element:
    """The root of the XML in some bytes. Raises `DocumentError`."""
    try:
        from lxml import etree
    except ImportError:
        raise MissingReaderError('needs lxml to be read: pip install "gru-lint[office]"') from None
    if content.count(b"<") > _MAX_MARKS:
        raise DocumentError(TOO_MUCH)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise archive.damaged(f"{name}: {error.msg}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        # Neither standard allows a member that declares entities.
        raise archive.damaged(f"{name} has a document type")
    return root


def walk(root: Element) -> Iterator[tuple[bool, Element, Element]]:
    """The walk over a tree without recursion: whether an element begins, the element, and the walker that can skip."""
    from lxml import etree

    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if isinstance(element.tag, str):
            yield event == "start", element, walker


def local_name(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: Element) -> str:
    """An element's namespace; "" where it has none."""
    return str(element.tag).rpartition("}")[0].removeprefix("{")
