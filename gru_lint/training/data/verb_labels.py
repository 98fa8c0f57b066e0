"""Labels for verbs and demonstratives, from tagged text: what kind of slot each fills, and which form stands there.

A label is 0 for a word that is not asked about, else 1 + kind * classes + class. What is right is what is written,
as with pronouns; the tagger only says where nothing agrees: "to walk", "the walks", "that he came".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from multiprocessing.pool import Pool
from pathlib import Path
from random import Random
from typing import Final

import numpy as np
import numpy.typing as npt

from gru_lint.english.lexicon import Lexicon
from gru_lint.english.verb_forms import FORM_CLASSES, NOT_AGREEING, SLOT_KINDS, SlotKind, slot_of_text
from gru_lint.english.vocabulary import Vocabulary
from gru_lint.training.data.clauses import AGREES, ClauseComposer, words_of
from gru_lint.training.data.corpus import corpus_name
from gru_lint.training.data.distractors import DISTRACTOR_BIT, distractors
from gru_lint.training.data.prepare import encode
from gru_lint.training.data.tagging import TAGS, TaggedTokens, tag_file
from gru_lint.training.data.tokenizing import tokenize_documents

# The first classes are the numbers, of which each word has the other one.
N_NUMBERS: Final = 2
# The label beside the bit of a noun that decides nothing (see distractors.py).
LABEL_MASK: Final = DISTRACTOR_BIT - 1
# Words that agree wherever they stand.
_ALWAYS_AGREE: Final = frozenset("is are am was were has does 're 'm these those".split())
_CHARACTERS_A_WORD = 5.0
# Of the sentences that are composed.
_SEED = 1
# Beside the pieces of `prepare` in one folder, these come last.
_PIECE_NUMBER = 90
# The tag of each form where it agrees.
_AGREEING_TAGS: Final = {
    "have": {"plural": "VBP"},
    "do": {"plural": "VBP"},
    "contraction": {"singular": "VBZ", "plural": "VBP"},
    "verb": {"singular": "VBZ", "plural": "VBP"},
    "verb or noun": {"singular": "VBZ", "plural": "VBP"},
    "near demonstrative": {"singular": "DT"},
    "far demonstrative": {"singular": "DT"},
}


def verb_labels(
    spellings: Sequence[str], indices: npt.NDArray[np.int32], tags: npt.NDArray[np.uint8]
) -> npt.NDArray[np.uint8]:
    """(N,): the label of every word, given as an index into the spellings, with its tag, a number in `TAGS`."""
    # What a spelling is where it agrees and where it does not, and the tag that tells.
    agreeing, other = np.zeros((2, len(spellings)), np.uint8)
    telling = np.full(len(spellings), -1)
    for number, spelling in enumerate(spellings):
        slot = slot_of_text(spelling)
        if slot is None:
            continue
        kind, form = slot
        agreeing[number], other[number] = _label(kind, form), _label(kind, FORM_CLASSES[NOT_AGREEING])
        if spelling.lower().replace("’", "'") in _ALWAYS_AGREE:
            other[number] = agreeing[number]
        else:
            telling[number] = TAGS.index(_AGREEING_TAGS[kind][form])
    labels: npt.NDArray[np.uint8] = np.where(telling[indices] == tags, agreeing[indices], other[indices])
    return labels


def label_verbs(
    corpora: Mapping[Path, float],
    vocabulary: Vocabulary,
    n_words: int,
    out: Path,
    report: Callable[[str], None],
) -> None:
    """Writes encoded pieces with labels to `out`, which can be read beside those of `prepare` or alone.

    corpora  each corpus file, and which share of `n_words` comes from it

    What has been tagged is kept there too, so that labels can be made anew in seconds.
    """
    out.mkdir(parents=True, exist_ok=True)
    lexicon = Lexicon(vocabulary)
    for path, share in corpora.items():
        name = corpus_name(path)
        kept = out / f"{name}-tagged.npz"
        if kept.exists():
            tagged = TaggedTokens.load(kept, name)
        else:
            tagged = tag_file(path, int(n_words * share * _CHARACTERS_A_WORD), report)
            tagged.save(kept)
        words = tagged.spellings, tagged.tokens.indices, tagged.tags
        labels = verb_labels(*words)
        labels |= distractors(*words) * np.uint8(DISTRACTOR_BIT)
        encoded = replace(encode(tagged.tokens, list(tagged.spellings), lexicon), verbs=labels)
        encoded.save(out / f"{name}-{_PIECE_NUMBER:02}.npz")
        report(f"{name}: {len(labels):,} words, {np.count_nonzero(labels & LABEL_MASK):,} of them labelled")


def write_clauses(
    corpora: Iterable[Path], vocabulary: Vocabulary, n_documents: int, out: Path, report: Callable[[str], None]
) -> None:
    """Writes an encoded piece of composed sentences (see clauses.py), whose labels are known.

    corpora  corpus files that `label_verbs` has tagged
    """
    names = [corpus_name(path) for path in corpora]
    words = words_of(TaggedTokens.load(out / f"{name}-tagged.npz", name) for name in names)
    known: dict[str, int] = {}
    with Pool() as pool:
        documents = ClauseComposer(words, Random(_SEED)).documents(n_documents)
        tokens = tokenize_documents("composed-clauses", documents, pool, known, report)
    spellings = [word.removeprefix(AGREES) for word in known]
    labels = np.zeros(len(known), np.uint8)
    for number, word in enumerate(known):
        slot = slot_of_text(spellings[number]) if word.startswith(AGREES) else None
        if slot is not None:
            labels[number] = _label(*slot)
    encoded = replace(encode(tokens, spellings, Lexicon(vocabulary)), verbs=labels[tokens.indices])
    encoded.save(out / f"{tokens.name}-{_PIECE_NUMBER:02}.npz")
    report(f"{tokens.name}: {len(tokens.indices):,} words")


def _label(kind: SlotKind, form: str) -> int:
    return 1 + SLOT_KINDS.index(kind) * len(FORM_CLASSES) + FORM_CLASSES.index(form)


def parted_labels(labels: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The kinds and the classes of labels, none of which is 0."""
    return (labels - 1) // len(FORM_CLASSES), (labels - 1) % len(FORM_CLASSES)
