"""First names with their gender bins in few bytes: strings in a dictionary would take twenty times as many."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

_NEWLINE = 10
Bytes = npt.NDArray[np.uint8]


class FirstNames(Mapping[str, int]):
    """N names in lower-case plain letters, each with its gender bin; looked up by binary search.

    joined       the names in the order of their UTF-8 bytes, joined by newlines
    gender_bins  (N,) uint8, one for each name

    Raises ValueError where the two differ in length. Names in another order are not found.
    """

    def __init__(self, joined: Bytes, gender_bins: Bytes) -> None:
        self.joined, self.gender_bins = joined, gender_bins
        self._names = joined.tobytes()
        ends = np.flatnonzero(joined == _NEWLINE)
        # Where each name starts, and where a name after the last one would.
        self._starts = np.concatenate([[0], ends + 1, [len(joined) + 1]] if len(joined) else [[0]]).astype(np.int32)
        if len(self) != len(gender_bins):
            raise ValueError(f"there are {len(self)} first names and {len(gender_bins)} gender bins")

    @classmethod
    def of(cls, gender_bins: Mapping[str, int]) -> FirstNames:
        """The same names and bins, packed."""
        rows = sorted((name.encode("utf-8", "surrogatepass"), gender_bins[name]) for name in gender_bins)
        joined = np.frombuffer(b"\n".join(name for name, _ in rows), np.uint8)
        return cls(joined, np.array([gender_bin for _, gender_bin in rows], np.uint8))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[str]:
        return (self._name(index).decode() for index in range(len(self)))

    def __getitem__(self, name: str) -> int:
        wanted = name.encode("utf-8", "surrogatepass")
        index = bisect_left(range(len(self)), wanted, key=self._name)
        if index == len(self) or self._name(index) != wanted:
            raise KeyError(name)
        return int(self.gender_bins[index])

    def _name(self, index: int) -> bytes:
        return self._names[self._starts[index] : self._starts[index + 1] - 1]
