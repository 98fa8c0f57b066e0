"""The page to try it on, in a real browser: typed into, looked at, read by a keyboard alone and by axe-core."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import CLIENT, WATSON, Server

from gru_lint.serve import application

pytestmark = pytest.mark.slow

_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_PAGE = Path(application.__file__).parent / "page"
_PHONE = {"width": 360, "height": 740}
_DESK = {"width": 1200, "height": 820}
_TWO = f"{WATSON} The queen hurt himself."


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is in the extra `test`")
    if _CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def page(browser: Any, server: Server) -> Iterator[Any]:
    """The page, which must ask nobody but its server and say nothing in the console."""
    context = browser.new_context(viewport=_DESK)
    opened = context.new_page()
    opened.set_default_timeout(120_000)
    told: list[str] = []
    opened.on("console", lambda message: told.append(message.text))
    opened.on("pageerror", lambda error: told.append(str(error)))
    opened.on("request", lambda request: told.append(request.url) if not request.url.startswith(server.url) else None)
    opened.goto(server.url)
    yield opened
    context.close()
    # What a test refuses is told by the browser.
    assert [one for one in told if one != "Failed to load resource: net::ERR_FAILED"] == []


def typed(page: Any, text: str, n_findings: int) -> None:
    """Types a text in the place of what stands there, and waits for the findings."""
    page.locator("#text").fill(text)
    page.locator("#findings button.accept").nth(n_findings - 1).wait_for()
    assert page.locator("#findings button.accept").count() == n_findings


def marked(page: Any, name: str) -> list[str]:
    found: list[str] = page.locator(f"#mirror .{name}").all_inner_texts()
    return found


def test_findings_are_underlined_and_accepted_by_a_click_that_can_be_taken_back(page: Any) -> None:
    typed(page, _TWO, 2)
    assert marked(page, "finding") == ["her", "himself"]
    assert page.locator("#status").inner_text() == "2 findings."
    page.get_by_role("button", name="Write “his”").click()
    page.get_by_text("1 finding.").wait_for()
    assert page.locator("#text").input_value() == _TWO.replace("her wife", "his wife")
    page.keyboard.press("Control+z")
    page.get_by_text("2 findings.").wait_for()
    assert page.locator("#text").input_value() == _TWO


def test_the_antecedent_is_lit_when_a_finding_is_pointed_at(page: Any) -> None:
    typed(page, _TWO, 2)
    assert marked(page, "antecedent") == []
    box = page.locator("#mirror .finding").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator("#mirror .antecedent").first.wait_for(state="attached")
    assert "".join(marked(page, "antecedent")) == "Mr Watson"
    assert marked(page, "active") == ["her"]


def test_the_marks_lie_under_their_words(page: Any) -> None:
    typed(page, f"😀😀 A line.\n\n{'word ' * 60}\n{WATSON}", 1)
    layers = [page.locator(name).bounding_box() for name in ("#text", "#mirror")]
    assert layers[0] == pytest.approx(layers[1], abs=1)
    shown = page.evaluate(
        "[document.querySelector('#text').scrollHeight, document.querySelector('#mirror').scrollHeight]"
    )
    assert shown[0] == pytest.approx(shown[1], abs=2)
    assert marked(page, "finding") == ["her"]


def test_the_keyboard_alone_is_enough(page: Any) -> None:
    typed(page, _TWO, 2)
    page.keyboard.press("Tab")
    page.locator("#text").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("F8")
    assert page.evaluate("getSelection().toString()") == "her"
    page.keyboard.press("F8")
    assert page.evaluate("getSelection().toString()") == "himself"
    page.keyboard.press("Shift+F8")
    page.keyboard.press("Alt+Enter")
    page.get_by_text("1 finding.").wait_for()
    assert "his wife" in page.locator("#text").input_value()
    names = []
    for _ in range(12):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id"))
    assert {"Add an example", "colours", "picky", "Write “herself”", "Show"} <= set(names)


def test_a_pronoun_is_explained_and_its_mentions_share_a_colour(page: Any) -> None:
    typed(page, WATSON, 1)
    page.locator("#findings button", has_text="Show").click()
    page.locator("#pronoun table").first.wait_for()
    shown = page.locator("#pronoun").inner_text()
    assert "her is taken for “Mr Watson”" in shown
    assert "masculine (he)" in shown
    chains = page.evaluate(
        "[...document.querySelectorAll('#mirror [class*=chain-]')]"
        ".map(mark => [mark.textContent, getComputedStyle(mark).backgroundColor])"
    )
    assert [word for word, _ in chains if word in ("her", "him")] == ["her", "him"]
    (colour,) = {colour for word, colour in chains if word in ("her", "him")}
    assert colour == page.evaluate("getComputedStyle(document.querySelector('#people li')).borderLeftColor")
    page.locator("#colours").uncheck()
    assert page.evaluate("getComputedStyle(document.querySelector('#mirror .chain-0')).backgroundColor") != colour
    assert page.locator("#people li").inner_text() == "Mr Watson: her, him"


def test_text_is_never_taken_for_markup_and_survives_a_reload(page: Any) -> None:
    text = f"<img src=x onerror=alert(1)> & <b>Mr</b> said. {WATSON}"
    typed(page, text, 1)
    assert page.locator("main img, main b").count() == 0
    page.reload()
    page.locator("#findings button.accept").wait_for()
    assert page.locator("#text").input_value() == text


def test_a_text_that_cannot_be_checked_is_said_and_kept(page: Any, server: Server) -> None:
    page.route(f"{server.url}v2/check", lambda route: route.abort())
    page.locator("#text").fill(WATSON)
    page.get_by_text("Not checked: the server does not answer.").wait_for()
    assert page.locator("#text").input_value() == WATSON
    page.unroute(f"{server.url}v2/check")
    typed(page, _TWO, 2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [_PHONE, _DESK], ids=["phone", "desk"])
def test_axe_core_finds_no_violation(page: Any, scheme: str, size: dict[str, int], tmp_path: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="it is in the extra `test`")
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    typed(page, _TWO, 2)
    page.locator("#findings button", has_text="Show").first.click()
    page.locator("#pronoun table").first.wait_for()
    page.screenshot(path=tmp_path / "page.png", full_page=True)
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    # Nothing is wider than the window.
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_page_asks_for_nothing_from_elsewhere(server: Server) -> None:
    answer = CLIENT.get(server.url)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    for path in _PAGE.iterdir():
        written = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|url\(|@import|innerHTML|style=", written), path.name
        name = "" if path.name == "index.html" else path.name
        assert CLIENT.get(f"{server.url}{name}").text == written
