"""How many ordinary correct texts are flagged: `python benchmarks/ordinary_texts.py`.

The texts are put together in tests/ordinary_texts.py. `--show N` shows so many flagged ones of each kind and rule.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

_ROOT = Path(__file__).parents[1]


def main() -> None:
    """Prints a row for each kind of text."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--profile", default="default", choices=["default", "learner", "strict"])
    arguments = parser.parse_args()
    sys.path[:0] = [str(_ROOT), str(_ROOT / "tests")]
    from ordinary_texts import ordinary_texts

    from gru_lint import lint_texts, read_settings

    settings = read_settings({"profile": arguments.profile})
    print("| correct texts about | texts | flagged |\n| --- | ---: | ---: |")
    for kind, texts in ordinary_texts().items():
        shown: dict[str, list[str]] = defaultdict(list)
        n_flagged = 0
        for text, findings in zip(texts, lint_texts(texts, settings=settings), strict=True):
            n_flagged += bool(findings)
            for finding in findings:
                shown[finding.code].append(f"{finding.message} ({finding.confidence:.3f}): {text}")
        print(f"| {kind} | {len(texts):,} | {n_flagged} |")
        for found in shown.values():
            print("".join(f"    {one}\n" for one in found[: arguments.show]), end="")


if __name__ == "__main__":
    main()
