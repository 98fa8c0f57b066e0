"""A second server of the same protocol is asked, too; where it does not answer, that is said once."""

from __future__ import annotations

import logging
from collections.abc import Callable

import httpx
import pytest
from serving import WATSON, Server, serving

from gru_lint.serve.upstream import Upstream, UpstreamError, api_url

_BOTH = f"{WATSON} The queen hurt himself."


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("http://localhost:8082", "http://localhost:8082/v2/"),
        ("http://localhost:8082/v2/", "http://localhost:8082/v2/"),
        ("https://example.org/lt/v2/check", "https://example.org/lt/v2/"),
        ("http://[::1]:8082/?a=b", "http://[::1]:8082/v2/"),
    ],
)
def test_addresses(written: str, wanted: str) -> None:
    assert str(api_url(written)) == wanted


@pytest.mark.parametrize("written", ["", "localhost:8082", "ftp://example.org", "http://", "http://a b", "file:///etc"])
def test_what_is_no_address(written: str) -> None:
    with pytest.raises(UpstreamError, match="no address"):
        api_url(written)


def test_the_findings_of_both_are_in_one_answer() -> None:
    with serving("--select", "PA004") as second, serving("--select", "PA001", "--upstream", second.url) as first:
        assert [rule for rule, _, _ in first.found(_BOTH)] == ["PA001", "PA004"]
        assert [rule for rule, _, _ in first.found(_BOTH, disabledRules="PA001")] == ["PA004"]
        second.process.terminate()
        second.process.wait(30)
        for _ in range(3):
            assert [rule for rule, _, _ in first.found(_BOTH)] == ["PA001"]
        first.process.terminate()
        assert first.process.stderr
        (line,) = first.process.stderr.read().splitlines()
    assert "upstream" in line
    assert "findings are those of gru-lint alone" in line


def test_a_text_in_another_language_is_the_upstream_server_s(server: Server) -> None:
    with serving("--upstream", server.url) as first:
        # Both are English ones: neither says anything of German.
        assert first.found(WATSON, language="de-DE") == []


async def _told(answer: Callable[[httpx.Request], httpx.Response], caplog: pytest.LogCaptureFixture) -> list[str]:
    """What is logged of an upstream server that answers so, asked twice."""
    upstream = Upstream(api_url("http://localhost:8082"), httpx.MockTransport(answer))
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            assert await upstream.check({"text": "a", "language": "en"}) is None
    await upstream.close()
    return [record.getMessage() for record in caplog.records if record.name.startswith("gru_lint")]


def _refusing(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused")


@pytest.mark.parametrize(
    "answer",
    [
        _refusing,
        lambda request: httpx.Response(500),
        lambda request: httpx.Response(200, text="<html>"),
        lambda request: httpx.Response(200, json=[]),
        lambda request: httpx.Response(200, json={"matches": None}),
        lambda request: httpx.Response(200, json={"matches": [{"offset": "3", "length": 1}]}),
        lambda request: httpx.Response(200, content=b" " * 17_000_000),
        lambda request: httpx.Response(301, headers={"location": "http://example.org"}),
    ],
    ids=["refuses", "500", "html", "list", "no-matches", "bad-offset", "too-long", "redirects"],
)
async def test_an_answer_that_is_none_is_logged_once(
    answer: Callable[[httpx.Request], httpx.Response], caplog: pytest.LogCaptureFixture
) -> None:
    (line,) = await _told(answer, caplog)
    assert "\n" not in line


async def test_what_answers_again_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    answers = iter([httpx.Response(500), httpx.Response(200, json={"matches": []})])
    upstream = Upstream(api_url("http://localhost:8082"), httpx.MockTransport(lambda request: next(answers)))
    with caplog.at_level(logging.WARNING):
        assert await upstream.check({}) is None
        assert await upstream.check({}) == {"matches": []}
    await upstream.close()
    assert "answers again" in caplog.records[-1].getMessage()
