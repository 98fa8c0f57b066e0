"""The page of `gru-lint explain` in a real browser: it asks for nothing, and can be read in light and in dark."""

from __future__ import annotations

import http.server
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gru_lint.explain.explanation import explain_text
from gru_lint.explain.formats import all_formats
from gru_lint.linter import default_linter
from gru_lint.records import Span

pytestmark = pytest.mark.slow
_TEXT = "<img src=/stolen.png><script>fetch('/stolen')</script> Mr Watson lost her hat."
# Blink's names for the two schemes.
_SCHEMES = {"dark": 0, "light": 1}


@pytest.fixture(scope="module")
def browser() -> str:
    """Chromium, where there is one."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("Chromium is not installed")
    return found


@pytest.fixture
def asked() -> Iterator[tuple[list[str], str]]:
    """What is asked of a server that serves the page, and where it is."""
    start = _TEXT.index("her")
    page = all_formats()["html"].render(explain_text(default_linter(), _TEXT, None, Span(start, start + 3)))
    assert isinstance(page, str)
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *arguments: object) -> None:
            """Says nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield paths, f"http://127.0.0.1:{server.server_address[1]}/page"
        server.shutdown()


@pytest.mark.parametrize("scheme", _SCHEMES)
def test_the_page_asks_for_nothing_and_can_be_read(
    scheme: str, browser: str, asked: tuple[list[str], str], tmp_path: Path
) -> None:
    paths, address = asked
    image = pytest.importorskip("PIL.Image", reason="Pillow is in the extra `explain`")
    shot = tmp_path / "page.png"
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    options += ["--window-size=900,1000", f"--screenshot={shot}"]
    options.append(f"--blink-settings=preferredColorScheme={_SCHEMES[scheme]}")
    # All but the page's own host leads nowhere.
    options.append("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
    subprocess.run([browser, *options, address], check=True, capture_output=True, timeout=120)
    assert paths == ["/page"]
    grey = image.open(shot).convert("L")
    paper, (darkest, lightest) = grey.getpixel((2, 2)), grey.getextrema()
    assert (paper < 64) if scheme == "dark" else (paper > 192)
    # Its ink is as far from its paper as can be wished.
    assert (lightest - paper if scheme == "dark" else paper - darkest) > 150
