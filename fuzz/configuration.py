"""Feeds bytes that a fuzzer invents to the reader of configuration files; stops at all but its own error of one line.

    pip install atheris
    python fuzz/configuration.py -max_total_time=120 -max_len=2048 -timeout=20

The arguments are those of libFuzzer; see extractors.py.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["gru_lint.config"]):
    from gru_lint.config.discovery import ConfigError, ConfigFinder
    from gru_lint.config.page import configuration_page

_FOLDER = Path(tempfile.mkdtemp())
_FILE = _FOLDER / "gru-lint.toml"


def check(content: bytes) -> None:
    """The settings for a file, and the page that shows them, or one line that names the configuration file."""
    _FILE.write_bytes(content)
    try:
        finder = ConfigFinder()
        finder.settings_for(_FOLDER / "a.md")
        configuration_page(finder.configuration_in(str(_FOLDER)), "a.md")
    except ConfigError as error:
        if str(_FOLDER) not in str(error):
            raise AssertionError(f"no file is named: {error}") from None


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
