"""The features of single words, which the network reads: `Lexicon` turns words into arrays.

Training and linting share this code. Only at lint time do words depend on the others of their window: sentences in
capitals, and people whose first name misleads (`Lexicon.encode`).
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, pairwise

import numpy as np
import numpy.typing as npt

from gru_lint.english.capitals import stands_in_capitals
from gru_lint.english.pronouns import CLASS_OF_FORM, AgreementClass
from gru_lint.english.spelling import capitals_of, normalise, without_accents
from gru_lint.english.vocabulary import (
    AMBIGUOUS_NAME,
    FAMILY_NAME,
    GENDERED,
    N_GENDER_BINS,
    NAME_ID,
    NOUN,
    PROPER,
    SPECIAL_WORDS,
    UNKNOWN_CAPITAL_ID,
    Vocabulary,
)
from gru_lint.english.word_files import commoner_words, misleading_people, names_of_either, roles_of_either

_SPECIAL_ID = {word: word_id for word_id, word in enumerate(SPECIAL_WORDS)}
_UNKNOWN_SUFFIXES = ("ing", "ion", "ed", "ly", "er", "s", "y")

_BIN_OF_GENDER: dict[AgreementClass | None, int] = {None: 0, "masculine": 1, "feminine": N_GENDER_BINS - 1}
_NEITHER = N_GENDER_BINS // 2
# Which name of its window a name is: 0 for "not a name", else a hash of the name.
N_NAME_SLOTS = 64
# See `spelling.capitals_of`.
N_CAPITALS, _ALL_CAPITALS = 4, 2

# Personal pronouns and indefinites are mentions although no determiner precedes them.
_PRONOUN_MENTIONS = frozenset(CLASS_OF_FORM) | frozenset(
    """
        i me my mine we us our ours you your yours myself ourselves yourself yourselves themself who whose
        whom everyone everybody someone somebody anyone anybody nobody something everything
        """.split()
)
# A server runs for days: the cache is cleared when it holds this many distinct words.
_MAX_KNOWN_WORDS = 100_000


@dataclass(frozen=True, slots=True)
class EncodedWords:
    """T words in a row, as the network reads them.

    word_ids    (T,) int32, rows of the embedding
    capitals    (T,) uint8, 0..3
    gender_bins (T,) uint8, 0..7
    name_slots  (T,) uint8, 0..63
    candidates  (T,) bool, whether a mention ends here: a name's last word, a noun, a pronoun
    """

    word_ids: npt.NDArray[np.int32]
    capitals: npt.NDArray[np.uint8]
    gender_bins: npt.NDArray[np.uint8]
    name_slots: npt.NDArray[np.uint8]
    candidates: npt.NDArray[np.bool_]

    def part(self, start: int, end: int) -> EncodedWords:
        """Some of these words, the end excluded."""
        return EncodedWords(
            self.word_ids[start:end],
            self.capitals[start:end],
            self.gender_bins[start:end],
            self.name_slots[start:end],
            self.candidates[start:end],
        )


_FIRST_NAMES_OF_PEOPLE = frozenset(first for first, _ in misleading_people())
_NAME_LIKE, _MENTION, _FIRST_NAME, _FAMILY_NAME = 1, 2, 4, 8


class Lexicon:
    """Looks words up in a vocabulary; each distinct spelling is analysed once and cached.

    declared  words to read as names, each with its gender, whatever the vocabulary says of them
    """

    def __init__(self, vocabulary: Vocabulary, declared: Mapping[str, AgreementClass | None] | None = None) -> None:
        self.vocabulary = vocabulary
        self._declared = declared or {}
        self._known: dict[str, int] = {}
        # Columns: word id, capitals, gender bin, name slot, kind (bits _NAME_LIKE, _MENTION, ...).
        self._rows = np.zeros((1024, 5), np.int32)

    @cached_property
    def _word_ids(self) -> dict[str, int]:
        return {word: word_id for word_id, word in enumerate(self.vocabulary.words)}

    def encode(self, words: Sequence[str]) -> EncodedWords:
        """The arrays of T words; see `EncodedWords`. BEGIN, CONTINUE and PARAGRAPH are words too."""
        return self.encode_each([words])[0]

    def encode_each(self, windows: Sequence[Sequence[str]]) -> list[EncodedWords]:
        """The arrays of the words of B windows. A window begins with a mark, so no name spans two of them."""
        if len(self._known) > _MAX_KNOWN_WORDS:
            self._known.clear()
        rows = self._known_rows(list(chain.from_iterable(windows)))
        bounds = list(pairwise(accumulate(map(len, windows), initial=0)))
        for (start, end), words in zip(bounds, windows, strict=True):
            self._read_in_context(words, rows[start:end])
        encoded = encode_sequence(rows)
        return [encoded.part(start, end) for start, end in bounds]

    def _read_in_context(self, words: Sequence[str], rows: npt.NDArray[np.int32]) -> None:
        """Changes the rows (T, 5) of words that are read otherwise in the context of their window."""
        if np.count_nonzero(rows[:, 1] == _ALL_CAPITALS) > 1:
            words = [
                self._in_usual_case(word) if row[1] and stands_in_capitals(words, index) else word
                for index, (word, row) in enumerate(zip(words, rows, strict=True))
            ]
            rows[:] = self._known_rows(words)
        misled = _misleading_first_names(words)
        if misled:
            rows[[word in misled for word in words], 2] = 0

    def _known_rows(self, words: Sequence[str]) -> npt.NDArray[np.int32]:
        """(T, 5), a copy of what is cached of each word; see `rows`."""
        known = self._known
        try:
            indices = [known[word] for word in words]
        except KeyError:
            for word in words:
                if word not in known:
                    self._learn(word)
            indices = [known[word] for word in words]
        return self._rows[indices] if indices else self._rows[:0]

    def _in_usual_case(self, word: str) -> str:
        """A word of a sentence in capitals as an ordinary sentence would spell it: "Anna", "hurt"."""
        lower = word.lower()
        word_id = self._word_ids.get(normalise(lower))
        is_word = word_id is not None and not self.vocabulary.flags[word_id] & (PROPER | AMBIGUOUS_NAME)
        return lower if is_word or not lower[:1].isalpha() else lower.capitalize()

    def rows(self, words: Sequence[str]) -> npt.NDArray[np.int32]:
        """(T, 5): the features of each word by itself, from which `encode_sequence` makes arrays."""
        return np.array([self._analyse(word) for word in words], np.int32).reshape(-1, 5)

    def is_name_like(self, word: str) -> bool:
        """Whether the word, in this spelling, looks like part of a name: "Watson", "Mr", "Inés"."""
        index = self._known.get(word)
        kinds = self._analyse(word)[4] if index is None else self._rows[index, 4]
        return bool(kinds & _NAME_LIKE)

    def _known_word(self, key: str) -> str:
        """The word, or a commoner one of its gender where the vocabulary does not know its gender: "stewardess"."""
        commoner = commoner_words().get(key)
        if commoner is None or commoner not in self._word_ids:
            return key
        word_id = self._word_ids.get(key)
        return key if word_id is not None and self.vocabulary.flags[word_id] & GENDERED else commoner

    def _bin_of_name(self, plain: str) -> int:
        gender_bin = self.vocabulary.names.get(plain, 0)
        return _NEITHER if gender_bin and plain in names_of_either() else gender_bin

    def _learn(self, word: str) -> None:
        index = len(self._known)
        if index >= len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._rows[index] = self._analyse(word)
        self._known[word] = index

    def _analyse(self, word: str) -> tuple[int, int, int, int, int]:
        """Word id, capitals, gender bin, name slot and kind of one spelling."""
        special = _SPECIAL_ID.get(word)
        if special is not None:
            return special, 0, 0, 0, 0
        key = self._known_word(normalise(word))
        capitals = capitals_of(word)
        word_id = self._word_ids.get(key)
        if self._declared and (composed := unicodedata.normalize("NFC", word)) in self._declared:
            gender_bin = _BIN_OF_GENDER[self._declared[composed]]
            # "Will" may still be the verb: an ambiguous name keeps its own row.
            if word_id is None or not self.vocabulary.flags[word_id] & AMBIGUOUS_NAME:
                word_id = NAME_ID if gender_bin else UNKNOWN_CAPITAL_ID
            return word_id, capitals, gender_bin, _name_slot(without_accents(key)), _NAME_LIKE | _MENTION | _FIRST_NAME
        if word_id is None and capitals in (1, 2) and word[0].isalpha():
            plain = without_accents(key)
            gender_bin = self._bin_of_name(plain)
            word_id = NAME_ID if gender_bin else UNKNOWN_CAPITAL_ID
            kinds = _NAME_LIKE | _MENTION | _kinds_of_name(gender_bin)
            return word_id, capitals, gender_bin % FAMILY_NAME, _name_slot(plain), kinds
        if word_id is None:
            return _unknown_id(key), capitals, 0, 0, 0
        if key in _PRONOUN_MENTIONS:
            return word_id, capitals, 0, 0, _MENTION
        flags = int(self.vocabulary.flags[word_id])
        in_vocabulary = int(self.vocabulary.gender_bins[word_id])
        gender = (_NEITHER if key in roles_of_either() else in_vocabulary) if flags & GENDERED else 0
        if capitals in (1, 2) and flags & (PROPER | AMBIGUOUS_NAME):
            gender_bin = gender or (_NEITHER if key in names_of_either() else in_vocabulary)
            slot = _name_slot(key) if gender_bin and not gender else 0
            kinds = 0 if gender else _kinds_of_name(gender_bin)
            return word_id, capitals, gender_bin % FAMILY_NAME, slot, _NAME_LIKE | _MENTION | kinds
        return word_id, capitals, gender, 0, _MENTION if flags & (NOUN | GENDERED) else 0


def encode_sequence(rows: npt.NDArray[np.int32]) -> EncodedWords:
    """The arrays of T words that stand in this order, from their `Lexicon.rows` (T, 5).

    A mention ends at the last word of a name. A family name has no gender bin: "Dodd" in "Claire Dodd", although it is
    a first name too, and "Lewis" where no name follows.
    """
    kinds = rows[:, 4]
    is_name_like = (kinds & _NAME_LIKE) > 0
    is_first_name = (kinds & _FIRST_NAME) > 0
    followed_by_name = np.append(is_name_like, False)[1:]
    follows_first_name = np.insert(is_first_name, 0, False)[:-1]
    is_family_name = is_first_name & (follows_first_name | (((kinds & _FAMILY_NAME) > 0) & ~followed_by_name))
    return EncodedWords(
        word_ids=rows[:, 0],
        capitals=rows[:, 1].astype(np.uint8),
        gender_bins=np.where(is_family_name, 0, rows[:, 2]).astype(np.uint8),
        name_slots=rows[:, 3].astype(np.uint8),
        candidates=((kinds & _MENTION) > 0) & ~(is_name_like & followed_by_name),
    )


def _misleading_first_names(words: Sequence[str]) -> set[str]:
    """First names in the text that are followed by the surname of a well-known person of the other gender."""
    if _FIRST_NAMES_OF_PEOPLE.isdisjoint(words):
        return set()
    return {first for first, last in pairwise(words) if (first, last) in misleading_people()}


def _kinds_of_name(gender_bin: int) -> int:
    return (_FIRST_NAME if gender_bin else 0) | (_FAMILY_NAME if gender_bin > FAMILY_NAME else 0)


def _name_slot(name: str) -> int:
    return 1 + zlib.crc32(name.encode()) % (N_NAME_SLOTS - 1)


def _unknown_id(key: str) -> int:
    if any(c.isdigit() for c in key):
        is_year = len(key) == 4 and key.isdigit() and "1000" <= key < "2100"
        return _SPECIAL_ID["<year>" if is_year else "<number>"]
    if not key[:1].isalpha():
        return _SPECIAL_ID["<symbol>"]
    for suffix in _UNKNOWN_SUFFIXES:
        if key.endswith(suffix) and len(key) > len(suffix) + 2:
            return _SPECIAL_ID[f"<unknown-{suffix}>"]
    return _SPECIAL_ID["<unknown>"]
