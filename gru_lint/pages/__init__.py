"""HTML pages out of Jinja templates: a page holds all it needs, runs nothing and asks for nothing.

What comes from texts and files is made visible and escaped here, whatever the template; it stands in elements and
quoted attributes, nowhere else. The policy of a page allows the one style sheet that it holds, by its digest.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from gru_lint.sanitize import page_text


def render_page(template: Path, style: str = "", **values: Any) -> str:
    """The page of a template of this package, which extends `pages/frame.html`.

    style  what goes into the style sheet after `frame.css` and the file beside the template
    """
    sheets = Path(__file__).with_name("frame.css"), template.with_suffix(".css")
    style = "".join(["\n", *(sheet.read_text(encoding="utf-8") for sheet in sheets), style])
    digest = b64encode(sha256(style.encode()).digest()).decode()
    name = template.relative_to(_root()).as_posix()
    return _environment().get_template(name).render(style=Markup(style), digest=digest, **values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_root()),
        autoescape=True,
        finalize=_shown,
        keep_trailing_newline=True,
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )


def _root() -> Path:
    return Path(__file__).parents[1]


def _shown(value: Any) -> Any:
    return page_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value
