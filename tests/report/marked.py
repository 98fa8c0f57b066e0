"""Reports on texts in which «» mark a pronoun that is wrong and ‹› the antecedent of those that follow."""

from __future__ import annotations

import re
from pathlib import Path

from gru_lint import Antecedent, Finding, Settings, Span
from gru_lint.lines import LineIndex
from gru_lint.report import CheckedFile, Report, all_formats

_MARK = re.compile("«(.*?)»|‹(.*?)›", re.DOTALL)
_FIX = {"herself": ("himself",), "her": ("his", "their"), "xyrs": ()}

ROOT = Path("/work tree/book").absolute()


def marked_file(filename: str, marked: str, settings: Settings | None = None) -> CheckedFile:
    """The file with a finding for each marked pronoun; its text is without the marks."""
    antecedent, findings, n_marks = None, [], 0
    for match in _MARK.finditer(marked):
        pronoun, name = match.groups()
        start = match.start() - n_marks
        span = Span(start, start + len(pronoun or name))
        n_marks += 2
        if name:
            antecedent = Antecedent(" ".join(name.split()), span)
            continue
        refers = f'refers to "{antecedent.text}"' if antecedent else "does not agree with what it refers to"
        findings.append(
            Finding(
                code="PA004" if pronoun == "herself" else "PA001",
                name="reflexive-mismatch" if pronoun == "herself" else "gender-mismatch",
                message=f'"{pronoun}" {refers}: expected another',
                span=span,
                replacements=_FIX[pronoun],
                antecedent=antecedent,
                confidence=0.9712,
            )
        )
    text = re.sub("[«»‹›]", "", marked)
    return CheckedFile(filename, text if findings else "", LineIndex(text), tuple(findings), settings or Settings())


def shown(format_name: str, *files: CheckedFile, failures: tuple[str, ...] = (), in_colour: bool = False) -> str:
    """The report on some files in a format."""
    return all_formats()[format_name].render(Report(files, ROOT, failures, in_colour))


# Each as the user may have typed it. Some are no names that every system allows.
NAMES = {
    "plain": "draft.md",
    "folder": "part one/chapter 2.md",
    "quotes": 'the "king\'s".md',
    "markup": "<b>&amp;</script>]]>.md",
    "non-ascii": "naïve/日本語 😀.md",
    "backslash": "part\\one.md",
    "uri": "a:b%20#c?d,e.md",
    "line-end": "a\nb\r.md",
    "escape": "a\x1b[31mb\x07.md",
    "not-utf-8": "caf\udce9.md",
    "turned": "a\u202edm.md",
    "stdin": "-",
}
TEXTS = {
    "one-line": "‹The king› hurt «herself».",
    "two": "‹The king› hurt «herself».\n\nThen ‹Mr Watson› met «her» wife and «her» son.\n",
    "crlf": "A line.\r\n\r\n‹The\r\nking› hurt «herself».\r\n",
    "cr": "A line.\r\r‹The king› hurt «herself».\r",
    "tabs": "\t‹The king›\t\thurt\t«herself».\n",
    "emoji": "😀👩\u200d🚀 ‹The king› e\u0301 𝒽urt «herself».\n",
    "byte-order-mark": "\ufeff‹The king› hurt «herself».\n",
    "markup": "</script><!-- ‹The <b>king</b> & \"Co\" 'x'› --> $style {0} ]]> hurt «herself».\n",
    "brackets": "‹The [king](1) \\ ${y}› hurt «herself».\n",
    "control": "‹The\x1b[31m \x00king\x0b› hurt \x07«herself».\n",
    "no-antecedent": "«her» wife.",
    "no-fix": "‹Robin› lost «xyrs» keys.\n",
    "far": "‹The king› came.\n" + "\nA paragraph about the weather.\n" * 60 + "\nHe hurt «herself».\n",
    "long-line": "‹The king› came. " + "The weather was fine. " * 400 + "He hurt «herself». " + "It rained. " * 400,
}
