"""What makes a site of the documents: mkdocs calls these (see mkdocs.yml).

Some pages of the site live elsewhere in the repository, where readers of the code look for them. They are shown as
they are, and links between pages are those that work in the repository: here they are turned into the site's own.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

_ROOT = Path(__file__).parents[1]
# Pages that are not in docs/, by their place in the repository.
_ELSEWHERE = (
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "RELEASING.md",
    "model_weights/MODEL_CARD.md",
    "vscode-client/README.md",
)
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)\s]*)?\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\((?!https?:)([^)\s]+)\)")


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Adds the pages, and their pictures, that are not in docs/."""
    for place in _ELSEWHERE:
        text = (_ROOT / place).read_text(encoding="utf-8")
        files.append(File.generated(config, place, content=text))
        for picture in {match.group(2) for match in _PICTURE.finditer(text)}:
            source = posixpath.normpath(posixpath.join(posixpath.dirname(place), picture))
            if not source.startswith("docs/"):
                files.append(File.generated(config, source, content=(_ROOT / source).read_bytes()))
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turns links that work in the repository into links that work in the site."""
    here = page.file.src_uri
    in_repository = here if here in _ELSEWHERE else f"docs/{here}"

    def on_site(match: re.Match[str]) -> str:
        text, target, anchor = match.group(1), match.group(2), match.group(3) or ""
        place = posixpath.normpath(posixpath.join(posixpath.dirname(in_repository), target))
        place = place.removeprefix("docs/")
        if place == "README.md":
            place = "index.md"
        if files.get_file_from_path(place) is None:
            # A file of the repository that is no page: its name says what to look for.
            if not (_ROOT / "docs" / place).exists() and not (_ROOT / place).exists():
                return match.group()
            return text
        return f"[{text}]({posixpath.relpath(place, posixpath.dirname(here) or '.')}{anchor})"

    return _LINK.sub(on_site, markdown)
