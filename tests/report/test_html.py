"""The page: sound HTML that runs nothing, asks for nothing, and marks the right words."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from marked import NAMES, TEXTS, marked_file, shown

_VOID = {"meta", "link", "input", "br"}
_OUTSIDE = "https://github.com/gru-lint/gru-lint"


class ProseMask(HTMLParser):
    """A page that was read: its elements, and the text in each kind of them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((tuple(self._open), data))

    def texts_in(self, tag: str) -> list[str]:
        """The text directly in each element of a kind, the legend at the top left out."""
        return [text for path, text in self.texts if path[-1:] == (tag,) and "header" not in path]

    def all_text(self) -> str:
        return "".join(text for path, text in self.texts if "style" not in path)


def check(page: str) -> ProseMask:
    """The page, which holds nothing that runs or loads, and whose links lead somewhere."""
    read = ProseMask(page)
    tags = {tag for tag, _ in read.elements}
    assert not tags & {"script", "img", "iframe", "object", "embed", "form", "b", "base", "svg", "video"}
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in read.elements:
        assert not any(name.startswith("on") or name in ("src", "srcset", "style") for name in attributes)
        href = attributes.get("href")
        if tag == "link":
            assert href == "data:,"
        elif href is not None:
            assert href.startswith(_OUTSIDE) or href.removeprefix("#") in ids
    assert "@import" not in page
    assert "url(" not in page
    return read


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_pronoun_is_struck_out_and_the_fix_stands_beside_it(text: str) -> None:
    file = marked_file("draft.md", text)
    page = check(shown("html", file))
    assert page.texts_in("del") == [file.text[found.span.start : found.span.end] for found in file.findings]
    assert page.texts_in("ins") == [" or ".join(found.replacements) for found in file.findings if found.replacements]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_pronoun_and_antecedent_are_linked_both_ways(text: str) -> None:
    file = marked_file("draft.md", text)
    elements = check(shown("html", file)).elements
    by_class = {
        name: [attributes for tag, attributes in elements if tag == "a" and attributes.get("class") == name]
        for name in ("pronoun", "antecedent")
    }
    n_antecedents = sum(found.antecedent is not None for found in file.findings)
    assert (len(by_class["pronoun"]), len(by_class["antecedent"])) == (len(file.findings), n_antecedents)
    if n_antecedents:
        for pronoun, antecedent in zip(by_class["pronoun"], by_class["antecedent"], strict=True):
            assert pronoun["href"] == f"#{antecedent['id']}"
            assert antecedent["href"] == f"#{pronoun['id']}"


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_any_name_stays_text(name: str) -> None:
    text = check(shown("html", marked_file(name, TEXTS["markup"]), failures=(f"{name}: cannot be read",))).all_text()
    if name.isprintable():
        assert ("standard input" if name == "-" else name) in text
    assert "\u202e" not in text
    assert "<b>king</b>" in text


def test_a_far_antecedent_stands_in_a_passage_of_its_own() -> None:
    page = check(shown("html", marked_file("draft.md", TEXTS["far"])))
    assert any("lines further on" in text for text in page.texts_in("p"))
    assert "weather" not in page.all_text()


def test_a_long_line_is_cut_at_words() -> None:
    page = check(shown("html", marked_file("draft.md", TEXTS["long-line"])))
    assert len(page.all_text()) < 3_000
    passages = [text for path, text in page.texts if "blockquote" in path and "…" in text]
    words = {word.strip("….,\n") for text in passages for word in text.split()}
    assert words <= set("The king came weather was fine He hurt It rained".split()) | {""}


def test_paragraphs_stay_apart() -> None:
    text = "‹The king› came.\r\n \r\n\r\nHe\r\nhurt «herself»\r\nbadly.\r\n\r\nThe end.\r\n"
    page = check(shown("html", marked_file("draft.md", text)))
    paragraphs = [text for path, text in page.texts if path[-2:] == ("blockquote", "p")]
    assert " came." in paragraphs
    assert "He\nhurt " in paragraphs
    assert "\nbadly." in paragraphs
    assert "The end" not in page.all_text()


def test_the_summary_counts_by_rule_and_by_file() -> None:
    files = [marked_file("a.md", TEXTS["two"]), marked_file("b.md", TEXTS["one-line"]), marked_file("clean.md", "")]
    page = check(shown("html", *files))
    assert "Found 4 findings in 3 files" in page.all_text()
    cells = page.texts_in("td")
    assert [cell for cell in cells if cell.isdigit()] == ["2", "2", "3", "1"]
    assert "clean.md" not in page.all_text()


def test_nothing_found_is_said_plainly() -> None:
    page = check(shown("html", marked_file("clean.md", "")))
    assert page.texts_in("article") == page.texts_in("nav") == []
    assert "No findings in 1 file" in page.all_text()


def test_every_rule_on_the_page_can_be_hidden() -> None:
    report = shown("html", marked_file("a.md", TEXTS["two"]))
    boxes = [attributes["id"] for tag, attributes in check(report).elements if tag == "input"]
    assert boxes == ["show-PA001", "show-PA004"]
    for box in boxes:
        assert f"body:has(#{box}:not(:checked)) .{str(box).removeprefix('show-')}" in report
