"""Asks LibreOffice's own client of LanguageTool about paragraphs: FOLDER URL PARAGRAPH...; for a Python with UNO.

A line a paragraph: its number, and of each finding the offset and length in UTF-16 units, the word and the suggestions.
"""

import subprocess
import sys
import time
from pathlib import Path
from xml.sax.saxutils import escape

import uno  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]
from com.sun.star.lang import Locale  # type: ignore[import-not-found]

_ITEM = '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
_LANGUAGE_TOOL = "/org.openoffice.Office.Linguistic/GrammarChecking/LanguageTool"
_SETTINGS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""


def main(folder: str, url: str, *paragraphs: str) -> None:
    user = Path(folder, "user")
    user.mkdir()
    values = [(_LANGUAGE_TOOL, "BaseURL", url), (_LANGUAGE_TOOL, "IsEnabled", "true")]
    items = (_ITEM.format(path=path, name=name, value=escape(value)) for path, name, value in values)
    (user / "registrymodifications.xcu").write_text(_SETTINGS.format(items="\n".join(items)), encoding="utf-8")
    pipe = f"gru-lint-{Path(folder).name}"
    office = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={Path(folder).as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            f"--accept=pipe,name={pipe};urp",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        show(connected(pipe), paragraphs)
    finally:
        office.terminate()
        office.wait(60)


def connected(pipe: str):
    """LibreOffice's context, as soon as it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    end = time.monotonic() + 200
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def show(context, paragraphs) -> None:
    name = "org.openoffice.lingu.LanguageToolGrammarChecker"
    checker = context.ServiceManager.createInstanceWithContext(name, context)
    for number, paragraph in enumerate(paragraphs):
        found = checker.doProofreading("document", paragraph, Locale("en", "US", ""), 0, len(paragraph), ()).aErrors
        units = paragraph.encode("utf-16-le")
        shown = []
        for error in found:
            start, length = error.nErrorStart, error.nErrorLength
            word = units[2 * start : 2 * (start + length)].decode("utf-16-le")
            shown.append(f"{start} {length} {word!r} {' '.join(error.aSuggestions)}")
        sys.stdout.write(f"{number}: {'; '.join(shown)}\n")


main(*sys.argv[1:])
