"""LanguageTool's API over HTTP, as clients ask for it, held to our own OpenAPI document."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import jsonschema
import pytest
from serving import CLIENT, WATSON, Server

from gru_lint import lint_text

_WATSON_AT = ("PA001", WATSON.index("her"), 3)


@pytest.fixture(scope="module")
def openapi(server: Server) -> dict[str, Any]:
    document: dict[str, Any] = CLIENT.get(f"{server.url}openapi.json").json()
    return document


def schema_of(openapi: dict[str, Any], path: str, status: str = "200", method: str = "post") -> dict[str, Any]:
    (content,) = openapi["paths"][path][method]["responses"][status]["content"].values()
    return {**content["schema"], "components": openapi["components"]}


def test_a_match_has_what_clients_read(server: Server, openapi: dict[str, Any]) -> None:
    answer = CLIENT.post(f"{server.url}v2/check", data={"text": WATSON, "language": "en-US"})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    jsonschema.validate(answer.json(), schema_of(openapi, "/v2/check"))
    (match,) = answer.json()["matches"]
    assert match["message"] == '"her" refers to "Mr Watson": expected "his"'
    assert match["replacements"] == [{"value": "his"}]
    assert (match["rule"]["id"], match["offset"], match["length"]) == _WATSON_AT
    assert match["rule"]["issueType"] == "grammar"
    assert match["rule"]["urls"] == [
        {"value": "https://github.com/gru-lint/gru-lint/blob/main/docs/rules.md#pa001-gender-mismatch"}
    ]
    assert match["sentence"] == "On every trip her wife wishes him good luck."
    shown = match["context"]
    assert shown["text"][shown["offset"] : shown["offset"] + shown["length"]] == "her"
    assert match["gruLint"]["antecedent"] == {"text": "Mr Watson", "offset": 0, "length": 9}


@pytest.mark.parametrize(
    ("request_of", "wanted"),
    [
        ({"params": {"text": WATSON, "language": "en"}}, 1),
        ({"data": {"text": WATSON, "language": "auto"}}, 1),
        ({"data": {"text": WATSON, "language": "<none>"}}, 1),
        ({"data": {"text": WATSON}}, 1),
        ({"data": {"text": WATSON, "language": "de-DE"}}, 0),
        ({"data": {"text": WATSON, "language": "en-US", "disabledRules": "PA001"}}, 0),
        ({"data": {"text": WATSON, "language": "en-US", "enabledOnly": "false"}}, 1),
        ({"data": {"text": "", "language": "en-US"}}, 0),
        ({"data": {"data": json.dumps({"text": WATSON}), "language": "en-US"}}, 1),
        ({"content": f"language=en&text={WATSON.replace(' ', '+')}", "headers": {"content-type": "text/json"}}, 1),
        ({"content": f"language=en&text={WATSON}", "headers": {"content-type": "application/octet-stream"}}, 1),
        ({"content": f"language=en&text={WATSON}"}, 1),
    ],
)
@pytest.mark.parametrize("path", ["v2/check", "check", "/v2//check"])
def test_a_text_is_checked_however_it_is_sent(
    server: Server, request_of: dict[str, Any], wanted: int, path: str
) -> None:
    method = "GET" if "params" in request_of else "POST"
    answer = CLIENT.request(method, f"{server.url}{path}", **request_of)
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["matches"]) == wanted


def test_offsets_are_utf_16_units(server: Server) -> None:
    text = f"😀😀 {WATSON}"
    (match,) = server.check(text)
    units = text.encode("utf-16-le")
    assert units[2 * match["offset"] : 2 * (match["offset"] + match["length"])].decode("utf-16-le") == "her"


def test_markup_is_not_judged(server: Server) -> None:
    annotation = [
        {"text": "Mr Watson goes on a business trip every Wednesday. On every trip "},
        {"markup": "<span title='she'>"},
        {"text": "her"},
        {"markup": "</span>"},
        {"text": " wife wishes him good luck."},
    ]
    answer = CLIENT.post(
        f"{server.url}v2/check", data={"data": json.dumps({"annotation": annotation}), "language": "en-US"}
    )
    (match,) = answer.json()["matches"]
    written = "".join(part.get("text", "") + part.get("markup", "") for part in annotation)
    assert written[match["offset"] : match["offset"] + match["length"]] == "her"


def test_picky_finds_no_less(server: Server) -> None:
    text = "My aunt is a farmer. Every morning he feeds the hens, and the neighbours help him."
    assert len(server.found(text, level="picky")) >= len(server.found(text))


def test_findings_are_those_of_the_library(server: Server) -> None:
    text = f"{WATSON}\n\nThe queen hurt himself. Mary said that he would come to her house.\n\nThe boys lost his hats."
    wanted = [(one.code, one.span.start, one.span.end - one.span.start) for one in lint_text(text)]
    assert len(wanted) > 1
    assert server.found(text) == wanted


def test_the_other_answers(server: Server, openapi: dict[str, Any]) -> None:
    languages = CLIENT.get(f"{server.url}v2/languages").json()
    jsonschema.validate(languages, schema_of(openapi, "/v2/languages", method="get"))
    assert {"name": "English (US)", "code": "en", "longCode": "en-US"} in languages
    assert CLIENT.get(f"{server.url}v2/maxtextlength").text == "100000"
    assert CLIENT.get(f"{server.url}v2/healthcheck").text == "OK"


@pytest.mark.parametrize(
    ("status", "request_of"),
    [
        (400, {"data": {"language": "en-US"}}),
        (400, {"data": {"text": "a", "data": "{}"}}),
        (400, {"data": {"data": "{", "language": "en"}}),
        (400, {"data": {"text": "a", "language": "Engl!sh"}}),
        (400, {"content": b"text=%FF&language=en"}),
        (400, {"content": b"\xff\x00\x01"}),
        (413, {"data": {"text": "a" * 100_001, "language": "en"}}),
        (413, {"content": b"text=" + b"a" * 2_000_000}),
        (415, {"files": {"text": "a"}}),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_line(
    server: Server, openapi: dict[str, Any], status: int, request_of: dict[str, Any]
) -> None:
    answer = CLIENT.post(f"{server.url}v2/check", **request_of)
    assert answer.status_code == status, answer.text
    jsonschema.validate(answer.json(), schema_of(openapi, "/v2/check", str(status)))
    assert "\n" not in answer.json()["error"]["message"]
    assert server.found(WATSON) == [_WATSON_AT]


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "v3/check", 404), ("DELETE", "v2/check", 405)])
def test_unknown_paths_and_methods(server: Server, method: str, path: str, status: int) -> None:
    answer = CLIENT.request(method, f"{server.url}{path}")
    assert answer.status_code == status
    assert "/openapi.json" in answer.json()["error"]["message"]


def test_paragraphs_of_libreoffice_are_read_with_those_before(server: Server) -> None:
    first, second = WATSON.split(". ", 1)
    # As LibreOffice sends it: without a name, these fields in this order, and nothing encoded.
    for number, text in enumerate((f"At A & B + 50%25 {first}.", second)):
        form = f"text={text}&language=en-US".encode()
        headers = {"content-type": "application/x-www-form-urlencoded"}
        request = CLIENT.build_request("POST", f"{server.url}v2/check", content=form, headers=headers)
        del request.headers["user-agent"]
        matches = CLIENT.send(request).json()["matches"]
        assert len(matches) == number
    assert matches[0]["offset"] == second.index("her")
    assert matches[0]["gruLint"]["antecedent"] == {"text": "Mr Watson"}
    # A program with a name asks about texts of its own.
    assert server.found("On every trip her hat comes along.") == []


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--port", "99999"], "--port"),
        (["--host", "256.0.0.1"], "256.0.0.1:8081: nothing can listen there"),
        (["--upstream", "localhost:8082"], "is no address of a server"),
        (["--allow-origin", "*"], "is no origin"),
        (["--allow-origin", "https://*"], "is no origin"),
        (["--config", "nowhere.toml"], "nowhere.toml"),
        (["--timeout", "0"], "--timeout"),
        (["--select", "PA999"], "PA999"),
    ],
    ids=str,
)
def test_what_cannot_start_says_so_in_one_line(options: list[str], reason: str) -> None:
    command = [sys.executable, "-m", "gru_lint", "serve", *options]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert reason in ended.stderr


def test_a_port_in_use_is_said(server: Server) -> None:
    command = [sys.executable, "-m", "gru_lint", "serve", "--isolated", "--port", str(server.port)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert f"127.0.0.1:{server.port}: nothing can listen there" in ended.stderr
