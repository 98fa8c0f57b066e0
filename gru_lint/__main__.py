"""The command `gru-lint`, also `python -m gru_lint`: however a run ends, one line and the exit code say how.

Ctrl-C is handled before the imports that take a second.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

from gru_lint.runtime.memory import collect_seldom

# As in gru_lint.cli, which is not imported yet.
_COULD_NOT_CHECK, _INTERRUPTED = 2, 130


def main() -> None:
    """The entry point of the `gru-lint` script."""
    # Where Ctrl-C is ignored, as in a background job of a script, it stays ignored.
    is_heeded = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    try:
        if is_heeded:
            # During imports, a KeyboardInterrupt might be swallowed, or shown as an error of theirs.
            signal.signal(signal.SIGINT, _end_at_once)
        collect_seldom()
        from gru_lint.cli import main as run

        if is_heeded:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            sys.unraisablehook = _end_if_interrupted
        run()
    except SystemExit as ended:
        if is_heeded:
            # Python is about to exit: an interrupt would only show a traceback.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.exit(_with_lost_lines(ended.code))
    except KeyboardInterrupt:
        _end(_INTERRUPTED, "interrupted")
    except BrokenPipeError:
        # Nobody reads on, as after `| head -1`.
        _end(_COULD_NOT_CHECK)
    except MemoryError:
        _end(_COULD_NOT_CHECK, "out of memory; check fewer files at once, or with --jobs 1")
    except OSError as error:
        _end(_COULD_NOT_CHECK, f"cannot go on ({' '.join(str(error).split())})")
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        _end(_COULD_NOT_CHECK, f"cannot go on ({reason}); please report this, with what `gru-lint doctor` says")


def _end(code: int, line: str = "") -> NoReturn:
    """Prints a line and ends the process at once, without flushing what could fail again."""
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    if line:
        _say(line)
    os._exit(code)


def _say(line: str) -> None:
    try:
        os.write(2, f"gru-lint: {line}\n".encode("utf-8", "backslashreplace"))
    except OSError:
        # No stream is left to write an error to.
        return


def _end_at_once(_number: int, _frame: FrameType | None) -> None:
    _end(_INTERRUPTED, "interrupted")


def _end_if_interrupted(unraisable: sys.UnraisableHookArgs) -> None:
    """Handles Ctrl-C within a destructor or a callback, which Python would only print."""
    if isinstance(unraisable.exc_value, KeyboardInterrupt):
        _end(_INTERRUPTED, "interrupted")
    sys.__unraisablehook__(unraisable)


def _with_lost_lines(code: str | int | None) -> str | int | None:
    """The exit code; where a line could not be written to standard error, that something could not be done."""
    from gru_lint.cli._errors import has_lost_lines

    return code if code == _INTERRUPTED or not has_lost_lines() else _COULD_NOT_CHECK


if __name__ == "__main__":
    main()
