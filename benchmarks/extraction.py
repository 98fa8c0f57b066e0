"""How long an extraction takes after each typed letter: `python benchmarks/extraction.py [LANGUAGE …]`.

Letters are typed into the middle of 100,000 words, which are composed as for `server.py`. Times are of the processor.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from edited_texts import composed_text, written_in

from gru_lint.extract import IncrementalProse, formats
from server import LANGUAGES

_N_STROKES = 100
_N_TIMES_WHOLE = 5
_TYPED = "The old captain told her that the harbour was closed. "


def milliseconds(work: Callable[[], object]) -> float:
    """The processor time that some work takes."""
    began = time.process_time()
    work()
    return 1000 * (time.process_time() - began)


def measure(language: str, text: str) -> str:
    """A row of the table for a format."""
    input_format = formats()[language]
    written = written_in(language, text)
    input_format.extract_prose(written[:4_000])
    whole = statistics.median(milliseconds(lambda: input_format.extract_prose(written)) for _ in range(_N_TIMES_WHOLE))
    if input_format.blocks is None:
        return f"| {language} | {whole:.1f} | | | |"
    incremental = IncrementalProse(input_format.blocks, input_format.extract_prose)
    incremental.update(written)
    prepared = milliseconds(incremental.prepare)
    place = written.index(". ", len(written) // 2) + 2
    strokes = []
    for number in range(_N_STROKES):
        typed = "".join(_TYPED[letter % len(_TYPED)] for letter in range(number + 1))
        version = written[:place] + typed + written[place:]
        strokes.append(milliseconds(lambda text=version: incremental.update(text)))  # type: ignore[misc]
    assert incremental.update(version) == input_format.extract_prose(version)
    most = statistics.quantiles(strokes, n=20)[-1]
    return f"| {language} | {whole:.1f} | {prepared:.1f} | {statistics.median(strokes):.2f} | {most:.2f} |"


def main() -> None:
    """Prints a table."""
    text = composed_text(100_000)
    print("| format | whole, ms | blocks found, ms | keystroke, p50 ms | p95 ms |\n| --- | ---: | ---: | ---: | ---: |")
    for language in sys.argv[1:] or [one for one in LANGUAGES if one != "git-commit"]:
        print(measure(language, text), flush=True)


if __name__ == "__main__":
    main()
