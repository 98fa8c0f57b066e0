"""Short stories to train on, and networks small enough to learn them in seconds."""

# ruff: noqa: E402 - what imports torch comes after the check that it is there
from __future__ import annotations

import io
import lzma
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="training needs torch")

from rich.console import Console

from gru_lint.english.pronouns import CLASSES, FORMS
from gru_lint.english.vocabulary import Vocabulary, load_vocabulary
from gru_lint.model.sizes import Architecture
from gru_lint.training.data.corpus import split_of
from gru_lint.training.data.prepare import Sources, prepare
from gru_lint.training.fit import FitOptions, fit

N_DOCUMENTS = 60
# A word of the documents that are held out, and of no others.
HELD_OUT_WORD = "zeppelin"


def documents() -> list[str]:
    """Short stories in which the first sentence decides every pronoun; the last two are one paragraph."""
    subjects = {
        "masculine": ("The king", "The old man", "John"),
        "feminine": ("The queen", "The old woman", "Mary"),
        "neuter": ("The stone", "The old letter", "The boat"),
        "plural": ("The dogs", "The old friends", "The brothers"),
    }
    found = []
    for number in range(N_DOCUMENTS):
        agreement_class = CLASSES[number % 4]
        forms, names = FORMS[agreement_class], subjects[agreement_class]
        place = ("in the garden", "at noon", "by the river")[number // 7 % 3]
        zeppelin = f" A {HELD_OUT_WORD} passed." if split_of(number) != "training" else ""
        found.append(
            f"{names[number // 4 % 3]} was seen {place}.{zeppelin}\n"
            f"Then {forms['subject']} fell. Somebody found {forms['object']}. "
            f"Nobody else knew {forms['determiner']} past, so {forms['subject']} fell by {forms['reflexive']}."
        )
    return found


SIZES = {
    "n_embedding": 12,
    "n_forward": 16,
    "n_backward": 8,
    "n_attention": 8,
    "n_mention": 8,
    "n_head": 16,
    "window_length": 64,
}


def prepared(folder: Path) -> Path:
    """The folder that `prepare` made of the stories."""
    corpus, names, surnames = folder / "stories.txt.xz", folder / "names.tsv", folder / "surnames.txt"
    with lzma.open(corpus, "wt", encoding="utf-8") as file:
        file.write("\n\n".join(documents()) + "\n")
    names.write_text("name\tM\tF\njohn\t900\t1\nmary\t2\t900\nzoltan\t3\t0\n", encoding="utf-8")
    surnames.write_text("SMITH 1.006 1.006 1\n", encoding="utf-8")
    prepare(Sources((corpus,), names, surnames), folder / "encoded", lambda line: None, composed={})
    return folder / "encoded"


def sizes_for(vocabulary: Vocabulary, **others: Any) -> Architecture:
    """A network small enough to be trained in seconds."""
    return Architecture(len(vocabulary.words), **{**SIZES, **others})


def options_for(encoded: Path, out: Path, steps: int, seed: int = 1) -> FitOptions:
    """A run that ends after so many steps, however slow the machine; without dropout, so that it can be repeated."""
    return FitOptions(
        folder=encoded,
        out=out,
        words=1_000_000_000,
        steps=steps,
        seed=seed,
        batch_words=600,
        learning_rate=0.012,
        dropout=0.0,
        threads=1,
        precision="float32",
        command="fit",
    )


def trained(encoded: Path, out: Path, steps: int, seed: int = 1) -> tuple[Path, str]:
    """The checkpoint of a run, and what was printed."""
    vocabulary = load_vocabulary(encoded / "vocabulary.npz")
    printed = io.StringIO()
    options = options_for(encoded, out, steps, seed)
    return fit(vocabulary, sizes_for(vocabulary), options, Console(file=printed, width=200)), printed.getvalue()


def state_of(checkpoint: Path) -> dict[str, Any]:
    """What a checkpoint holds."""
    state: dict[str, Any] = torch.load(checkpoint, weights_only=True)
    return state


def check_same_weights(one: Path, other: Path) -> None:
    """Two checkpoints hold the same network, bit for bit."""
    networks = [state_of(path)["network"] for path in (one, other)]
    assert networks[0].keys() == networks[1].keys()
    for name, array in networks[0].items():
        assert torch.equal(array, networks[1][name]), name
