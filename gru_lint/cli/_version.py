"""The version of the tool and of its weights."""

from __future__ import annotations

from gru_lint import __version__


def version_line() -> str:
    """Both in a line; weights that cannot be read are said to be so."""
    return f"gru-lint {__version__} ({weights_version() or 'its weights cannot be read: gru-lint doctor tells why'})"


def weights_version() -> str | None:
    """The version of the weights; None where they cannot be read."""
    # Any fault, in NumPy too: somebody who asks for the version may be looking for it.
    try:
        from gru_lint.model.weights import default_weights_path, read_version

        return f"weights {read_version(default_weights_path())}"
    except Exception:
        return None
