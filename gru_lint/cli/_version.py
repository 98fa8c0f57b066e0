"""The version of the tool and of its weights."""

from __future__ import annotations

from gru_lint import __version__


def version_line() -> str:
    """Both versions in a line, which also says where the weights cannot be read."""
    return f"gru-lint {__version__} ({weights_version() or 'its weights cannot be read: gru-lint doctor tells why'})"


def weights_version() -> str | None:
    """The version of the weights; None where they cannot be read."""
    # Whatever is wrong, in NumPy too: the version is asked for by people who look for a fault.
    try:
        from gru_lint.model.weights import default_weights_path, read_version

        return f"weights {read_version(default_weights_path())}"
    except Exception:
        return None
