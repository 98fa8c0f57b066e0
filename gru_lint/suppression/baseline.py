"""The baseline: a file with the findings that a project accepts; only new findings are reported."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Final

from gru_lint.files.write import write_file
from gru_lint.fingerprints import fingerprints
from gru_lint.records import Finding
from gru_lint.regular_files import read_regular_file

_FORMAT: Final = 1
_N_DIGITS: Final = 16
_MAX_BYTES: Final = 20_000_000


class BaselineError(Exception):
    """A baseline that cannot be used; the message is one line that names the file and says what to do."""


@dataclass(slots=True)
class Baseline:
    """The findings that are accepted.

    folder    what the names of files are relative to
    accepted  for each file, the fingerprints of its accepted findings, each with a line that describes it
    n_gone    how many accepted findings the files that `new` was called for do not have any more
    """

    folder: str
    accepted: dict[str, dict[str, str]] = field(default_factory=dict)
    n_gone: int = 0

    def new(self, filename: str, text: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """The findings in a file that are not accepted."""
        accepted = self.accepted.get(self._name(filename), {})
        if not accepted:
            return tuple(findings)
        found = [digits[:_N_DIGITS] for digits in fingerprints(text, findings)]
        self.n_gone += len(accepted.keys() - set(found))
        return tuple(finding for finding, digits in zip(findings, found, strict=True) if digits not in accepted)

    def accept(self, filename: str, text: str, findings: Sequence[Finding]) -> None:
        """Accepts the findings in a file, and no others there."""
        shown = (f"{finding.code} {' '.join(finding.message.split())}" for finding in findings)
        digits = (digits[:_N_DIGITS] for digits in fingerprints(text, findings))
        self.accepted[self._name(filename)] = dict(zip(digits, shown, strict=True))

    def forget_missing(self) -> None:
        """Forgets the files that do not exist any more."""
        self.accepted = {
            name: found for name, found in self.accepted.items() if os.path.exists(os.path.join(self.folder, name))
        }

    def write(self, path: Path) -> int:
        """Writes the accepted findings into a file; returns their number. Raises `WriteError`."""
        files = {name: found for name, found in sorted(self.accepted.items()) if found}
        document = {"format": _FORMAT, "findings": files}
        write_file(path, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode(errors="surrogatepass"))
        return sum(map(len, files.values()))

    def _name(self, filename: str) -> str:
        path = os.path.abspath(filename)
        try:
            return PurePath(os.path.relpath(path, self.folder)).as_posix()
        except ValueError:
            # Another drive.
            return PurePath(path).as_posix()


def new_baseline(path: Path) -> Baseline:
    """A baseline for a file that accepts nothing yet."""
    return Baseline(os.path.dirname(os.path.abspath(path)))


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file. Raises `BaselineError`."""
    try:
        document = json.loads(read_regular_file(path, _MAX_BYTES))
    except FileNotFoundError:
        raise BaselineError(f"{path}: no such file; write it with --write-baseline {path}") from None
    except OSError as error:
        raise BaselineError(f"{path}: cannot be read ({error.strerror or error})") from None
    except (ValueError, RecursionError):
        raise _no_baseline(path) from None
    if not isinstance(document, Mapping) or "format" not in document:
        raise _no_baseline(path)
    if document["format"] != _FORMAT:
        raise BaselineError(f"{path}: is of format {document['format']!r}, and this version reads {_FORMAT}")
    baseline = new_baseline(path)
    try:
        baseline.accepted = {name: dict(found) for name, found in document["findings"].items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _no_baseline(path) from None
    return baseline


def _no_baseline(path: Path) -> BaselineError:
    return BaselineError(f"{path}: is no baseline; write it again with --write-baseline {path}")
