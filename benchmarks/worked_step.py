"""One step of the shipped network with its numbers: `python benchmarks/worked_step.py`.

Writes it into docs/how-it-works.md.

The unit that is shown is the one in which most of what "Mr" wrote is left beside "her" in samples/watson.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from gru_lint.explain.gates import read_steps
from gru_lint.linter import default_linter
from gru_lint.model.cells import Floats, GRUCell, sigmoid
from gru_lint.records import Window

_ROOT = Path(__file__).parents[1]
PAGE = _ROOT / "docs" / "how-it-works.md"
_SAMPLE = _ROOT / "samples" / "watson.md"
START, END = "<!-- worked step: python benchmarks/worked_step.py -->\n", "<!-- end of the worked step -->\n"
# Words whose gates are shown, by their number after "Mr": the next ones, and those around the sentence's end.
_N_SHOWN = 6


def section() -> str:
    """The Markdown that stands between the two marks of the page."""
    network = default_linter().network
    text = _SAMPLE.read_text(encoding="utf-8")
    window = _first_window(text)
    position = window.words.index("her")
    (states,) = network.read([window])
    cell, products = network.forward_steps(states)
    assert isinstance(cell, GRUCell)
    steps = read_steps(cell, products[:position])
    mr = window.words.index("Mr")
    unit = int(np.abs(steps.contributions[mr]).argmax())
    before = steps.states[mr - 1]
    written = steps.update_gates[mr] * steps.candidates[mr]
    size = cell.n_hidden
    reset = sigmoid(products[mr, size : 2 * size] + before @ cell.gate_weights[:, size:])[unit]
    update, candidate = steps.update_gates[mr, unit], steps.candidates[mr, unit]
    left, kept = steps.contributions[mr, unit], steps.survival[mr, unit]
    lines = [
        f'In samples/watson.md, "Mr" is word {mr} and "her" word {position} of the window. Of the {size} units of the '
        f'forward state, unit {unit} is the one in which most is left of what "Mr" wrote:',
        "",
        "| when Mr is read | in the code | unit " + str(unit) + " |",
        "| --- | --- | ---: |",
        f"| the state before it | `state` | {before[unit]:.3f} |",
        f"| reset gate r | `reset_gate` | {reset:.3f} |",
        f"| update gate u | `update_gate` | {update:.3f} |",
        f"| candidate state c | `candidate_state` | {candidate:.3f} |",
        f"| the state after it, u c + (1 − u) h | `step` | {steps.states[mr, unit]:.3f} |",
        f"| what it wrote, u c | | {update * candidate:.3f} |",
        "",
        "Every later word lets 1 − u of that stand:",
        "",
        *_later_words(window, steps.update_gates[:, unit], mr, position),
        "",
        f'Beside "her" the product of all {position - 1 - mr} of these is {kept:.3f}, so that '
        f"{update * candidate:.3f} × {kept:.3f} = {left:.3f} is left, and the unit stands at "
        f"{steps.states[-1, unit]:.3f}. Over all units "
        f'{np.linalg.norm(steps.contributions[mr]):.2f} is left of the {np.linalg.norm(written):.2f} that "Mr" '
        "wrote.",
    ]
    return "\n".join(lines) + "\n"


def _first_window(text: str) -> Window:
    return next(window for window, _ in default_linter().judge(text, str(_SAMPLE)))


def _later_words(window: Window, gates: Floats, first: int, position: int) -> Iterator[str]:
    shown = range(first + 1, min(first + 1 + _N_SHOWN, position))
    kept = np.cumprod(1 - gates[first + 1 : position])
    yield "| | " + " | ".join(window.words[index] for index in shown) + f" | … | {window.words[position - 1]} |"
    yield "| --- |" + " ---: |" * (len(shown) + 2)
    yield "| u | " + " | ".join(f"{gates[index]:.3f}" for index in shown) + f" | | {gates[position - 1]:.3f} |"
    left = " | ".join(f"{kept[index - first - 1]:.3f}" for index in shown)
    yield f"| left so far | {left} | | {kept[-1]:.3f} |"


def main() -> None:
    """Writes the section into the page."""
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(START)
    PAGE.write_text(f"{before}{START}{section()}{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
