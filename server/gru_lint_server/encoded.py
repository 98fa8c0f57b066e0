"""Messages as JSON; diagnostics that are sent again and again are not written again."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lsprotocol import types
from pygls.protocol import default_converter

from gru_lint_server.known_diagnostics import KnownDiagnostic

if TYPE_CHECKING:
    from cattrs import Converter

# Stands in a message for a list that is JSON already; no text holds it but by chance of one in 2¹²⁸.
_MARK: Final = secrets.token_hex(16)
_PLACE: Final = re.compile(rf'"{_MARK}(\d+)"')


@dataclass(frozen=True, slots=True)
class Encoded:
    """Something that is JSON already."""

    json: str


def converter_that_encodes() -> Converter:
    """Pygls' converter, which makes `Encoded` of each list of diagnostics."""
    converter: Converter = default_converter()  # type: ignore[no-untyped-call]  # pygls is not typed there
    unstructure = converter.get_unstructure_hook(types.Diagnostic)

    def written(diagnostic: types.Diagnostic) -> str:
        if not isinstance(diagnostic, KnownDiagnostic):
            return json.dumps(unstructure(diagnostic))
        if diagnostic.begun is None:
            plain = {name: value for name, value in unstructure(diagnostic).items() if name != "data"}
            diagnostic.begun = json.dumps(plain)[:-1]
        if diagnostic.json is None:
            diagnostic.json = f'{diagnostic.begun}, "data": {json.dumps(diagnostic.data)}}}'
        return diagnostic.json

    def encode(diagnostics: Sequence[types.Diagnostic]) -> Encoded:
        return Encoded(f"[{', '.join(map(written, diagnostics))}]")

    converter.register_unstructure_hook_func(_is_list_of_diagnostics, encode)
    return converter


def _is_list_of_diagnostics(annotation: Any) -> bool:
    return getattr(annotation, "__args__", None) == (types.Diagnostic,)


def encoded(message: Any, serialize: Callable[[Any], Any]) -> str:
    """A message as JSON; `serialize` makes what JSON knows of anything else but `Encoded`."""
    found: list[str] = []

    def plain(value: Any) -> Any:
        if not isinstance(value, Encoded):
            return serialize(value)
        found.append(value.json)
        return f"{_MARK}{len(found) - 1}"

    body = json.dumps(message, default=plain)
    return _PLACE.sub(lambda place: found[int(place[1])], body) if found else body
