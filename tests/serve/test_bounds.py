"""What is too much, too slow or from elsewhere is refused; what waits together is judged together."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from serving import CLIENT, WATSON, Server, serving

from gru_lint import lint_text
from gru_lint.config.settings import Settings
from gru_lint.linter import texts
from gru_lint.serve.application import application
from gru_lint.serve.judging import JudgingError, JudgingQueue, QueueFullError
from gru_lint.serve.limits import Limits

pytestmark = pytest.mark.slow

_FORM = {"text": WATSON, "language": "en-US"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "https://example.org"}, 200),
        ({"origin": "moz-extension://0a1b-2c3d"}, 200),
        ({"origin": "http://[::1]:3000"}, 200),
        ({"origin": "https://example.com"}, 403),
        ({"origin": "https://example.org.evil.com"}, 403),
        ({"origin": "http://example.org"}, 403),
        ({"origin": "null"}, 403),
        ({"host": "evil.com"}, 403),
        ({"host": "127.0.0.1.evil.com:8081"}, 403),
        ({"host": "[::1"}, 403),
        ({"host": "localhost:8081"}, 200),
        ({"host": "[::1]:8081"}, 200),
    ],
    ids=str,
)
def test_who_may_ask(server: Server, headers: dict[str, str], status: int) -> None:
    answer = CLIENT.post(f"{server.url}v2/check", data=_FORM, headers=headers)
    assert answer.status_code == status, answer.text
    allowed = answer.headers.get("access-control-allow-origin")
    assert allowed == (headers.get("origin") if status == 200 else None)


@pytest.mark.parametrize(("origin", "status"), [("https://example.org", 200), ("https://example.com", 403)])
def test_a_browser_may_ask_whether_it_may_ask(server: Server, origin: str, status: int) -> None:
    asked = {"origin": origin, "access-control-request-method": "POST"}
    assert CLIENT.options(f"{server.url}v2/check", headers=asked).status_code == status


def test_the_server_s_own_page_may_ask(server: Server) -> None:
    answer = CLIENT.post(f"{server.url}v2/check", data=_FORM, headers={"origin": server.url.rstrip("/")})
    assert answer.status_code == 200


async def _with_queue(use: Callable[[JudgingQueue], Awaitable[None]], max_waiting: int = 100) -> None:
    queue = JudgingQueue(max_waiting)
    queue.start(Settings())
    try:
        await use(queue)
    finally:
        await queue.stop()


def _busy(queue: JudgingQueue) -> tuple[asyncio.Task[Any], Callable[[], None]]:
    """Keeps the thread busy until what comes back is called."""
    over = threading.Event()
    return asyncio.create_task(queue.run(lambda: over.wait(60), 0)), over.set


async def test_texts_that_wait_together_are_judged_together() -> None:
    texts = [f"{name} hurt himself. {WATSON}" for name in ("The queen", "Mary", "Anna", "The woman")]

    async def use(queue: JudgingQueue) -> None:
        busy, release = _busy(queue)
        await asyncio.sleep(0)
        waiting = [asyncio.create_task(queue.findings(text, Settings())) for text in texts]
        await asyncio.sleep(0)
        release()
        assert await asyncio.gather(*waiting) == [lint_text(text) for text in texts]
        await busy
        assert (queue.n_batches, queue.n_texts) == (1, 4)

    await _with_queue(use)


async def test_a_full_queue_refuses_and_what_waits_is_answered() -> None:
    async def use(queue: JudgingQueue) -> None:
        busy, release = _busy(queue)
        await asyncio.sleep(0.1)
        waiting = [asyncio.create_task(queue.findings(WATSON, Settings())) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(QueueFullError):
            await queue.findings(WATSON, Settings())
        release()
        assert [len(found) for found in await asyncio.gather(*waiting)] == [1, 1]
        await busy

    await _with_queue(use, max_waiting=2)


async def test_one_text_that_cannot_be_judged_spoils_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    real = texts.lint_texts

    def failing(judged: Any, **given: Any) -> Any:
        for text in judged:
            if "boom" in text:
                raise ZeroDivisionError(text)
            yield from real([text], **given)

    monkeypatch.setattr(texts, "lint_texts", failing)

    async def use(queue: JudgingQueue) -> None:
        asked = [WATSON, "Mary went boom.", WATSON]
        found = await asyncio.gather(*(queue.findings(text, Settings()) for text in asked), return_exceptions=True)
        assert [len(one) if isinstance(one, tuple) else type(one) for one in found] == [1, JudgingError, 1]
        # Nothing of the text is told.
        assert "boom" not in str(found[1])

    await _with_queue(use)


async def test_what_takes_too_long_or_waits_behind_too_many_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def slow(judged: Any, **given: Any) -> Any:
        over.wait(60)
        yield from [()] * len(list(judged))

    monkeypatch.setattr(texts, "lint_texts", slow)
    app = application(Settings(), Limits(timeout_s=0.5, max_waiting=1))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            answers = await asyncio.gather(*(client.post("/v2/check", data=_FORM) for _ in range(4)))
            statuses = sorted(answer.status_code for answer in answers)
            assert set(statuses) == {429, 503}
            assert all(answer.headers["retry-after"] == "1" for answer in answers)
        over.set()


def _open(server: Server, sent: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=60)
    connection.sendall(sent)
    return connection


_HEAD = b"POST /v2/check HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    with serving("--timeout", "0.5") as running, _open(running, _HEAD % 100 + b"text=") as connection:
        assert connection.recv(1_000).startswith(b"HTTP/1.1 408")
        assert CLIENT.get(f"{running.url}v2/healthcheck").text == "OK"


@pytest.mark.slow
def test_a_head_that_does_not_come_holds_no_place(server: Server) -> None:
    with _open(server, b"POST /v2/check HTTP/1.1\r\nHost:") as connection:
        assert connection.recv(1_000) == b""


def test_too_many_connections_are_told_so() -> None:
    with serving("--max-connections", "3") as running:
        held = [_open(running, _HEAD % 100) for _ in range(3)]
        with _open(running, _HEAD % 0) as connection:
            assert connection.recv(1_000).startswith(b"HTTP/1.1 503")
        for connection in held:
            connection.close()


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /v2/check HTTP/1.1\r\n\r\n",
        b"GET /" + b"a" * 70_000,
    ],
    ids=["tls", "version", "no-host", "long"],
)
def test_what_is_no_request_is_refused(server: Server, sent: bytes) -> None:
    with _open(server, sent) as connection:
        assert connection.recv(1_000).startswith(b"HTTP/1.1 4")
    assert len(server.check(WATSON)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there no program is asked to stop")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_a_signal_ends_it_when_what_was_asked_is_answered(number: signal.Signals) -> None:
    body = f"language=en&text={WATSON}".encode()
    with serving() as running, _open(running, _HEAD % len(body) + body[:20]) as connection:
        # What is answered first was begun first.
        assert len(running.check(WATSON)) == 1
        running.process.send_signal(number)
        connection.sendall(body[20:])
        received = b""
        while chunk := connection.recv(65_536):
            received += chunk
        assert received.startswith(b"HTTP/1.1 200")
        assert b'"PA001"' in received
        assert running.process.wait(60) == 0
        assert running.process.stderr
        assert running.process.stderr.read() == ""


def test_the_log_holds_nothing_of_a_text() -> None:
    with serving("--log-requests") as running:
        assert len(running.check(WATSON)) == 1
        CLIENT.get(f"{running.url}v2/check", params={"text": WATSON, "language": "en"})
        running.process.terminate()
        assert running.process.stderr
        log = running.process.stderr.read()
    assert log.count("/v2/check 200") == 2
    assert "Watson" not in log
