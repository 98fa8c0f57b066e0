"""Whether this tree finds the same as another one, byte for byte, in five documents of each format.

    git worktree add ../before v0.1.0
    python benchmarks/same_findings.py ../before --weights ../before/model_weights/agreement-gru.npz

Both trees judge with the same weights, so that only the code can differ. Exits with 1 where anything differs.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_PAIRS = _ROOT / "tests" / "data" / "short_pairs.tsv"
_N_DOCUMENTS, _N_SENTENCES, _N_TOGETHER = 5, 24, 3
# Runs in either tree: what both have is a linter that is given weights, and `lint`.
_PROGRAM = """
import json, sys
from pathlib import Path
from gru_lint.linter import Linter
linter = Linter(Path(sys.argv[1]))
for path in map(Path, sys.argv[2:]):
    found = [
        (one.code, one.span.start, one.span.end, one.message, list(one.replacements), one.confidence)
        for one in linter.lint(path.read_text(encoding="utf-8"), path.name)
    ]
    print(json.dumps([path.name, found]))
"""


def _cues(paragraphs: Sequence[str], comma: str) -> str:
    return "\n\n".join(
        f"00:{number:02}:01{comma}000 --> 00:{number:02}:59{comma}000\n{text}" for number, text in enumerate(paragraphs)
    )


def _numbered_cues(paragraphs: Sequence[str]) -> str:
    return "\n\n".join(f"{number}\n{cue}" for number, cue in enumerate(_cues(paragraphs, ",").split("\n\n"), 1))


def _notebook(paragraphs: Sequence[str]) -> str:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": [text]} for text in paragraphs]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


# The name of a document in each format, and the document of some paragraphs.
_FORMATS: dict[str, Callable[[Sequence[str]], str]] = {
    "notes.txt": "\n\n".join,
    "notes.md": lambda texts: "# Notes\n\n" + "\n\n".join(f"**Note.** {text}\n\n- {text}" for text in texts),
    "notes.tex": lambda texts: (
        "\\documentclass{article}\n\\begin{document}\n\\section{Notes}\n" + "\n\n".join(texts) + "\n\\end{document}\n"
    ),
    "notes.rst": lambda texts: "Notes\n=====\n\n" + "\n\n".join(f"{text}\n\n* {text}" for text in texts),
    "notes.adoc": lambda texts: "= Notes\n\n" + "\n\n".join(texts),
    "notes.org": lambda texts: "* Notes\n\n" + "\n\n".join(texts),
    "notes.typ": lambda texts: "= Notes\n\n" + "\n\n".join(f"#let x = 1\n\n{text}" for text in texts),
    "notes.html": lambda texts: (
        "<!doctype html><title>Notes</title>" + "".join(f"<p>{html.escape(text)}</p>\n" for text in texts)
    ),
    "notes.ipynb": _notebook,
    "notes.po": lambda texts: "\n\n".join(f'msgid "{number}"\nmsgstr "{text}"' for number, text in enumerate(texts)),
    "notes.srt": _numbered_cues,
    "notes.vtt": lambda texts: "WEBVTT\n\n" + _cues(texts, "."),
    "notes.py": lambda texts: '"""Notes."""\n\n' + "\n\n".join(f"# {text}\nx = 1" for text in texts),
    "COMMIT_EDITMSG": lambda texts: "Notes\n\n" + "\n\n".join(texts) + "\n# On branch main\n",
}


def documents(folder: Path) -> list[Path]:
    """Writes five documents of each format, of sentences with an error each and without one."""
    rows = [line.split("\t")[1:] for line in _PAIRS.read_text(encoding="utf-8").splitlines()[1:]]
    sentences = [sentence for bad, good in rows for sentence in (bad, good) if '"' not in sentence]
    paths = []
    for number in range(_N_DOCUMENTS):
        chosen = sentences[number :: len(sentences) // _N_SENTENCES][:_N_SENTENCES]
        paragraphs = [" ".join(chosen[first : first + _N_TOGETHER]) for first in range(0, len(chosen), _N_TOGETHER)]
        for name, document in _FORMATS.items():
            path = folder / str(number) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(document(paragraphs), encoding="utf-8")
            paths.append(path)
    return paths


def findings(tree: Path, weights: Path, paths: Sequence[Path]) -> list[str]:
    """What the code of a tree finds in each document, a line of JSON each."""
    command = [sys.executable, "-c", _PROGRAM, *map(str, (weights.resolve(), *paths))]
    environment = {**os.environ, "PYTHONPATH": str(tree.resolve())}
    result = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=True)
    return result.stdout.splitlines()


def main() -> None:
    """Compares, and says where the two differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tree", type=Path, help="the root of the other tree")
    parser.add_argument("--weights", type=Path, default=_ROOT / "model_weights" / "agreement-gru.npz")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = documents(Path(folder))
        before, after = (findings(tree, given.weights, paths) for tree in (given.tree, _ROOT))
    n_found, differing = 0, []
    for path, old, new in zip(paths, before, after, strict=True):
        n_found += len(json.loads(new)[1])
        if old != new:
            differing.append(f"{path.parent.name}/{path.name}")
            lost, added = (
                [one for one in json.loads(mine)[1] if one not in json.loads(other)[1]]
                for mine, other in ((old, new), (new, old))
            )
            print(f"{differing[-1]}: only before {lost}, only now {added}")
    print(f"{len(paths)} documents, {n_found} findings, {len(differing)} documents differ")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
