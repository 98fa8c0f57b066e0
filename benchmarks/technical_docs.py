"""False alarms in technical documentation: `python benchmarks/technical_docs.py`.

Downloads the sources of well-known Python projects from PyPI, checks their documentation and prints every finding with
its sentence, to be read by eye. The documents count as correct: a finding that is right must be said so by hand.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).parents[1]
# Name, version, and the folder of the source archive that holds prose.
_PROJECTS = (
    ("Django", "5.2.1", "docs"),
    ("sphinx", "8.2.3", "doc"),
    ("mypy", "1.15.0", "docs"),
)
_PROSE = (".txt", ".rst", ".md")


def download(name: str, version: str, folder: Path) -> Path:
    """The source archive of a release, from PyPI where it is not in the folder."""
    pattern = f"{name.lower().replace('-', '_')}-{version}.tar.gz"
    if not (folder / pattern).exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*command, f"{name}=={version}"], cwd=folder, check=True)
    return folder / pattern


def read_prose(archive: Path, docs: str) -> Iterator[tuple[str, str]]:
    """Name and text of each document under a folder of the archive."""
    with tarfile.open(archive) as members:
        for member in members:
            parts = Path(member.name).parts
            file = members.extractfile(member)
            if file is not None and len(parts) > 2 and parts[1] == docs and Path(member.name).suffix in _PROSE:
                yield member.name, file.read().decode("utf-8", "replace")


def main() -> None:
    """Checks every project and prints its findings and their rate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=_ROOT / "training-runs" / "technical", help="for the archives")
    arguments = parser.parse_args()
    sys.path.insert(0, str(_ROOT))
    from gru_lint.linter import default_linter

    linter = default_linter()
    rows = []
    for name, version, docs in _PROJECTS:
        n_words = n_findings = 0
        for filename, text in read_prose(download(name, version, arguments.cache), docs):
            n_words += len(text.split())
            for finding in linter.lint(text, filename):
                n_findings += 1
                before, after = text[max(0, finding.span.start - 160) : finding.span.start], text[finding.span.end :]
                shown = f"{before}«{text[finding.span.start : finding.span.end]}»{after[:40]}"
                print(f"{filename}: {finding.code} {finding.confidence:.3f} {' '.join(shown.split())}\n")
        rows.append({"project": f"{name} {version}", "words": n_words, "findings": n_findings})
    total = {"project": "all", **{key: sum(int(row[key]) for row in rows) for key in ("words", "findings")}}
    for row in [*rows, total]:
        row["findings_per_50000_words"] = round(50_000 * int(row["findings"]) / max(1, int(row["words"])), 2)
    print(json.dumps([*rows, total], indent=2))


if __name__ == "__main__":
    main()
