"""The command `gru-lint`, also as `python -m gru_lint`: however a run ends, a line and the exit code say so.

Little is imported before Ctrl-C is looked after: all that the command needs takes a second.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

# Those of gru_lint.cli, which may not be there yet.
_COULD_NOT_CHECK, _INTERRUPTED = 2, 130


def main() -> None:
    """The entry point of the `gru-lint` script."""
    # Where Ctrl-C is ignored, as in the background of a script, it stays so.
    is_heeded = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    try:
        if is_heeded:
            # An exception could be lost among the imports, or be shown as a fault of theirs.
            signal.signal(signal.SIGINT, _end_at_once)
        from gru_lint.cli import main as run

        if is_heeded:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            sys.unraisablehook = _end_if_interrupted
        run()
    except SystemExit as ended:
        if is_heeded:
            # What is left to do takes no time, and is not worth a traceback.
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
    """Ends the process with a line, and leaves nothing to be written that could fail once more."""
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    if line:
        _say(line)
    os._exit(code)


def _say(line: str) -> None:
    try:
        os.write(2, f"gru-lint: {line}\n".encode("utf-8", "backslashreplace"))
    except OSError:
        # There is nobody to tell.
        return


def _end_at_once(_number: int, _frame: FrameType | None) -> None:
    _end(_INTERRUPTED, "interrupted")


def _end_if_interrupted(unraisable: sys.UnraisableHookArgs) -> None:
    """Ctrl-C within a destructor or a callback would be shown with a traceback and forgotten."""
    if isinstance(unraisable.exc_value, KeyboardInterrupt):
        _end(_INTERRUPTED, "interrupted")
    sys.__unraisablehook__(unraisable)


def _with_lost_lines(code: str | int | None) -> str | int | None:
    """The exit code; where a line could not be written to standard error, that something could not be done."""
    from gru_lint.cli._errors import has_lost_lines

    return code if code == _INTERRUPTED or not has_lost_lines() else _COULD_NOT_CHECK


if __name__ == "__main__":
    main()
