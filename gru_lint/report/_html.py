"""The HTML page: it holds all it needs, runs no script and asks nothing of the network.

What comes from files is escaped by `escape_html` and stands in elements and quoted attributes, nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template
from typing import Final

from gru_lint import __version__
from gru_lint.records import Finding
from gru_lint.report._base import CheckedFile, Report
from gru_lint.report._excerpts import Excerpt, excerpts
from gru_lint.report._names import readable
from gru_lint.report._terminal import summary
from gru_lint.rules import rule_called
from gru_lint.rules._page import HOME_URL, page_url
from gru_lint.sanitize import escape_html

_STYLE: Final = Path(__file__).with_name("html_page.css")
_PAGE: Final = Template("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>gru-lint: $title</title>
<style>
$style</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<header>
<p class="tool">gru-lint</p>
<h1>$title</h1>
$lead</header>
$summary<main id="findings">
$findings</main>
<footer><p>Written by <a href="$home">gru-lint</a> $version.</p></footer>
</body>
</html>
""")


def page(report: Report) -> str:
    """The whole page."""
    with_findings = [file for file in report.files if file.findings]
    return _PAGE.substitute(
        title=escape(summary(report).rstrip(".\n")),
        style=_STYLE.read_text(encoding="utf-8") + _filters(report),
        lead=_lead(report),
        summary=_summary(report, with_findings) if with_findings else "",
        findings="".join(line for number, file in enumerate(with_findings, 1) for line in _file(number, file)),
        home=HOME_URL,
        version=__version__,
    )


def _lead(report: Report) -> str:
    lead = ""
    if report.n_findings:
        lead = (
            '<p>In each passage <span class="antecedent">this</span> is whom or what the pronoun is taken to mean, '
            "<del>this</del> the pronoun as written, and <ins>this</ins> what agrees. A confidence of 0.9 means "
            "that nine in ten such findings are right.</p>\n"
        )
    if report.failures:
        lines = "".join(f"<li>{escape_html(failure)}</li>\n" for failure in report.failures)
        lead += f'<section class="failures"><h2>Not checked</h2>\n<ul>\n{lines}</ul></section>\n'
    return lead


def _codes(report: Report) -> Counter[tuple[str, str]]:
    return Counter((found.code, found.name) for file in report.files for found in file.findings)


def _filters(report: Report) -> str:
    """What hides the findings of a rule whose box is not ticked."""
    return "".join(
        f"body:has(#show-{code}:not(:checked)) .{code} {{ display: none; }}\n" for code, _ in sorted(_codes(report))
    )


def _summary(report: Report, files: list[CheckedFile]) -> str:
    rules = "".join(
        f'<tr><td><label><input type="checkbox" id="show-{code}" checked> {code} {name}</label></td>'
        f'<td><a href="{page_url(rule_called(code))}">about</a></td><td>{count:,}</td></tr>\n'
        for (code, name), count in sorted(_codes(report).items())
    )
    names = "".join(
        f'<tr><td><a href="#file-{number}">{_name(file)}</a></td><td>{len(file.findings):,}</td></tr>\n'
        for number, file in enumerate(files, 1)
    )
    return (
        '<nav aria-label="Summary">\n'
        f"<table>\n<caption>By rule; clear a box to hide its findings</caption>\n<tbody>\n{rules}</tbody>\n</table>\n"
        f"<table>\n<caption>By file</caption>\n<tbody>\n{names}</tbody>\n</table>\n</nav>\n"
    )


def _file(number: int, file: CheckedFile) -> Iterator[str]:
    yield f'<section aria-labelledby="file-{number}">\n<h2 id="file-{number}">{_name(file)}</h2>\n'
    for index, found in enumerate(file.findings, 1):
        yield from _finding(f"finding-{number}-{index}", file, found)
    yield "</section>\n"


def _finding(identity: str, file: CheckedFile, found: Finding) -> Iterator[str]:
    row, column = file.lines.location(found.span.start)
    yield f'<article class="{found.code}" id="{identity}" aria-labelledby="{identity}-reason">\n'
    yield f'<p class="place"><a href="#{identity}">line {row}, column {column}</a></p>\n'
    yield "<blockquote>\n"
    last_row = None
    for excerpt in excerpts(file, found):
        if last_row is not None:
            n_lines = excerpt.first_row - last_row - 1
            skipped = f"{n_lines:,} {'line' if n_lines == 1 else 'lines'} further on" if n_lines > 0 else "further on"
            yield f'<p class="gap">{skipped}</p>\n'
        yield _passage(identity, found, excerpt)
        last_row = excerpt.last_row
    yield "</blockquote>\n"
    yield f'<p class="reason" id="{identity}-reason">{escape_html(found.message)}</p>\n'
    about = f'<a href="{page_url(rule_called(found.code))}">{found.code} {found.name}</a>'
    yield f'<p class="details">{about}<span>confidence {found.confidence:.2f}</span></p>\n'
    yield "</article>\n"


def _passage(identity: str, found: Finding, excerpt: Excerpt) -> str:
    shown = "…" if excerpt.is_cut_before else ""
    for role, text in excerpt.pieces:
        inner = escape_html(text)
        if role == "antecedent":
            inner = f'<a class="antecedent" id="{identity}-antecedent" href="#{identity}-pronoun">{inner}</a>'
        elif role == "pronoun":
            target = f"{identity}-antecedent" if found.antecedent is not None else identity
            fixes = " or ".join(map(escape_html, found.replacements))
            inner = f'<a class="pronoun" id="{identity}-pronoun" href="#{target}"><del>{inner}</del></a>'
            inner += f" <ins>{fixes}</ins>" if fixes else ""
        else:
            inner = inner.replace("\n\n", "</p>\n<p>")
        shown += inner
    return f"<p>{shown}{'…' if excerpt.is_cut_after else ''}</p>\n"


def _name(file: CheckedFile) -> str:
    return "standard input" if file.is_standard_input else f"<bdi>{escape_html(readable(file.filename))}</bdi>"
