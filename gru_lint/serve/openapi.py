"""The OpenAPI document of what is answered."""

from __future__ import annotations

from typing import Any

from gru_lint import __version__
from gru_lint.serve.matches import CATEGORIES

_STRING: dict[str, Any] = {"type": "string"}
_INTEGER: dict[str, Any] = {"type": "integer", "minimum": 0}
_NUMBER: dict[str, Any] = {"type": "number", "minimum": 0, "maximum": 1}
# What a client may ask for with a text, and what it means.
_FIELDS = {
    "text": "The text. This or `data` is required. Offsets in the answer are in UTF-16 units.",
    "data": (
        'The text with its markup, as JSON: `{"annotation": [{"text": "A "}, {"markup": "<b>"}, {"text": "test"}]}`; '
        '`"interpretAs"` beside `"markup"` says what is read in its place. Offsets count in all of it.'
    ),
    "language": "A code such as `en-US`, or `auto`. A text in another language than English has no findings.",
    "preferredVariants": "Codes between commas: which English it is where `language` is `auto`.",
    "enabledRules": "Codes or names of rules between commas, such as `PA001`. Those of LanguageTool are not heeded.",
    "disabledRules": "Rules between commas whose findings are left out.",
    "enabledCategories": f"Categories between commas: {', '.join(CATEGORIES)}.",
    "disabledCategories": "Categories between commas whose findings are left out.",
    "enabledOnly": "`true` to have the findings of the enabled rules and categories alone.",
    "level": "`default`, or `picky` for lower thresholds: more is found, and more that is wrong.",
}


def document() -> dict[str, Any]:
    """The document, OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "gru-lint",
            "version": __version__,
            "description": "Findings on pronouns, for programs that speak the HTTP API of LanguageTool.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": {
            "/v2/check": {
                "get": _check(
                    [
                        {"name": name, "in": "query", "description": what, "schema": _STRING}
                        for name, what in _FIELDS.items()
                    ]
                ),
                "post": _check(None),
            },
            "/v2/languages": {"get": _get("The languages.", _json({"type": "array", "items": _LANGUAGE}))},
            "/v2/maxtextlength": {"get": _get("Characters that a text may have.", _plain(r"^\d+$"))},
            "/v2/healthcheck": {"get": _get("`OK`, as long as the server answers.", _plain("^OK$"))},
        },
        "components": {"schemas": {"Check": _CHECK, "Match": _MATCH, "Error": _ERROR}},
    }


def _check(parameters: list[dict[str, Any]] | None) -> dict[str, Any]:
    form = {"type": "object", "properties": {name: _STRING | {"description": what} for name, what in _FIELDS.items()}}
    asked = (
        {"parameters": parameters}
        if parameters is not None
        else {"requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": form}}}}
    )
    return {
        "operationId": "check" if parameters is None else "checkByQuery",
        "summary": "The findings in a text.",
        **asked,
        "responses": {
            "200": {"description": "The findings.", "content": _json({"$ref": "#/components/schemas/Check"})},
            **{
                status: {"description": what, "content": _json({"$ref": "#/components/schemas/Error"})}
                for status, what in _ERRORS.items()
            },
        },
    }


def _get(summary: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"summary": summary, "responses": {"200": {"description": summary, "content": content}}}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _plain(pattern: str) -> dict[str, Any]:
    return {"text/plain": {"schema": _STRING | {"pattern": pattern}}}


def _object(properties: dict[str, Any], *optional: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }


_ERRORS = {
    "400": "A field is not as it should be.",
    "403": "Asked by a web page that may not ask.",
    "408": "The request did not arrive in time.",
    "413": "The text is too long.",
    "415": "The fields are sent as another type of form.",
    "429": "Too many texts are waiting.",
    "503": "Too many connections, or the text was not judged in time.",
}
_ERROR = _object({"error": _object({"status": _INTEGER, "message": _STRING})})
_LANGUAGE = _object({"name": _STRING, "code": _STRING, "longCode": _STRING})
_MATCH = _object(
    {
        "message": _STRING,
        "shortMessage": _STRING,
        "offset": _INTEGER | {"description": "UTF-16 units before it."},
        "length": _INTEGER | {"description": "In UTF-16 units."},
        "replacements": {"type": "array", "items": _object({"value": _STRING})},
        "context": _object({"text": _STRING, "offset": _INTEGER, "length": _INTEGER}),
        "sentence": _STRING,
        "rule": _object(
            {
                "id": _STRING,
                "description": _STRING,
                "issueType": _STRING,
                "urls": {"type": "array", "items": _object({"value": _STRING})},
                "category": _object({"id": _STRING, "name": _STRING}),
            },
            "urls",
        ),
        "gruLint": _object(
            {
                "rule": _STRING | {"description": "The rule's name."},
                "confidence": _NUMBER,
                "antecedent": {
                    "description": "Whom the pronoun refers to; without a place where that stands before the text.",
                    "anyOf": [
                        {"type": "null"},
                        _object({"text": _STRING, "offset": _INTEGER, "length": _INTEGER}, "offset", "length"),
                    ],
                },
            }
        )
        | {"description": "Of findings of gru-lint; those of an upstream server lack it."},
    },
    "gruLint",
)
_CHECK = _object(
    {
        "software": _object({"name": _STRING, "version": _STRING, "apiVersion": _INTEGER}),
        "warnings": _object({"incompleteResults": {"type": "boolean"}}),
        "language": _object(
            {"name": _STRING, "code": _STRING, "detectedLanguage": _object({"name": _STRING, "code": _STRING})}
        ),
        "matches": {"type": "array", "items": {"$ref": "#/components/schemas/Match"}},
    }
)
