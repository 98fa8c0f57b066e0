"""First names and how each leans, as few bytes: as strings in a dictionary they would take twenty times as many."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

_NEWLINE = 10
Bytes = npt.NDArray[np.uint8]


class FirstNames(Mapping[str, int]):
    """N names in lower-case plain letters, each with its lean; a name is found by halving.

    joined  the names in the order of their UTF-8 bytes, joined by newlines
    leans   (N,) uint8, one for each

    Raises ValueError where there are not as many of one as of the other. Names in another order are not found.
    """

    def __init__(self, joined: Bytes, leans: Bytes) -> None:
        self.joined, self.leans = joined, leans
        self._names = joined.tobytes()
        ends = np.flatnonzero(joined == _NEWLINE)
        # Where each name starts, and where one after the last would.
        self._starts = np.concatenate([[0], ends + 1, [len(joined) + 1]] if len(joined) else [[0]]).astype(np.int32)
        if len(self) != len(leans):
            raise ValueError("there are not as many first names as leans")

    @classmethod
    def of(cls, leans: Mapping[str, int]) -> FirstNames:
        """The same names and leans, packed."""
        in_order = sorted((name.encode("utf-8", "surrogatepass"), lean) for name, lean in leans.items())
        joined = np.frombuffer(b"\n".join(name for name, _ in in_order), np.uint8)
        return cls(joined, np.array([lean for _, lean in in_order], np.uint8))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[str]:
        return (self._name(index).decode() for index in range(len(self)))

    def __getitem__(self, name: str) -> int:
        wanted = name.encode("utf-8", "surrogatepass")
        index = bisect_left(range(len(self)), wanted, key=self._name)
        if index == len(self) or self._name(index) != wanted:
            raise KeyError(name)
        return int(self.leans[index])

    def _name(self, index: int) -> bytes:
        return self._names[self._starts[index] : self._starts[index + 1] - 1]
