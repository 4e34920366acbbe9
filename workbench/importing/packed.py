"""Long columns of whole numbers in blocks, each block as small as its own numbers allow.

An import of four million rows holds six numbers of each. Rows that follow each other are one start
and one step, a column that never changes is one number, and what lies close together takes one or
two bytes, so that a table in order takes about six bytes a row in place of 22. Nothing goes to a
file: what is being imported may be confidential.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

BLOCK = 8_192
"""Numbers of every block but the last."""

Numbers = NDArray[np.int32]


class _Block(NamedTuple):
    """``start + step * place``, or ``start + held[place]`` when numbers are held."""

    start: int
    step: int
    size: int
    held: NDArray[Any] | None

    def numbers(self) -> Numbers:
        """The numbers of the block."""
        if self.held is not None:
            whole: Numbers = self.held.astype(np.int32)
            whole += np.int32(self.start)
            return whole
        if self.step == 0:
            return np.full(self.size, self.start, dtype=np.int32)
        stop = self.start + self.step * self.size
        return np.arange(self.start, stop, self.step, dtype=np.int32)

    def at(self, place: int) -> int:
        """One number."""
        more = self.step * place if self.held is None else int(self.held[place])
        return self.start + more


def _packed(numbers: Numbers) -> _Block:
    size = len(numbers)
    first = int(numbers[0])
    step = int(numbers[1]) - first if size > 1 else 0
    if first + step * (size - 1) == int(numbers[-1]) and bool((np.diff(numbers) == step).all()):
        return _Block(first, step, size, None)
    low, high = int(numbers.min()), int(numbers.max())
    for kind in (np.uint8, np.uint16):
        if high - low <= np.iinfo(kind).max:
            return _Block(low, 0, size, (numbers - np.int32(low)).astype(kind))
    return _Block(0, 0, size, numbers.copy())


class Packed:
    """A column of numbers that fit four bytes; it only grows.

    Args:
        numbers: the first ones.
    """

    __slots__ = ("_blocks", "_open")

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self._blocks: list[_Block] = []
        self._open = array("i")
        self.extend(numbers)

    def __len__(self) -> int:
        """How many numbers."""
        return len(self._blocks) * BLOCK + len(self._open)

    def __iter__(self) -> Iterator[int]:
        """All numbers in order."""
        for block in self.blocks():
            yield from block.tolist()

    def __getitem__(self, place: int) -> int:
        """The number at a position from 0."""
        block, inside = divmod(place, BLOCK)
        if block == len(self._blocks):
            return self._open[inside]
        return self._blocks[block].at(inside)

    def append(self, number: int) -> None:
        """Add one number."""
        self.extend((number,))

    def extend(self, numbers: Iterable[int]) -> None:
        """Add numbers."""
        self._open.extend(numbers)
        if len(self._open) >= BLOCK:
            self._close()

    def repeat(self, number: int, count: int) -> None:
        """Add the same number so many times."""
        self.extend(array("i", (number,)) * count)

    def _close(self) -> None:
        """Pack whole blocks; the rest stays open."""
        numbers = np.frombuffer(self._open, dtype=np.int32)
        whole = len(numbers) - len(numbers) % BLOCK
        self._blocks += [_packed(numbers[i : i + BLOCK]) for i in range(0, whole, BLOCK)]
        self._open = array("i", numbers[whole:].tobytes())

    def blocks(self) -> Iterator[Numbers]:
        """The numbers in order, ``BLOCK`` at a time."""
        for number in range(len(self._blocks) + bool(self._open)):
            yield self._block(number)

    def whole(self) -> Numbers:
        """All numbers as one array."""
        found = np.empty(len(self), dtype=np.int32)
        start = 0
        for block in self.blocks():
            found[start : start + len(block)] = block
            start += len(block)
        return found

    def tolist(self) -> list[int]:
        """All numbers as a list."""
        return list(self)

    def counts(self, size: int) -> NDArray[np.int64]:
        """How often each number from 0 below ``size`` is held; all numbers must be such."""
        found = np.zeros(size, dtype=np.int64)
        for block in self.blocks():
            part = np.bincount(block)
            found[: len(part)] += part
        return found

    def at(self, positions: NDArray[np.integer[Any]]) -> Numbers:
        """The numbers at ascending positions; only blocks that hold one are unpacked."""
        found = np.empty(len(positions), dtype=np.int32)
        ends = np.searchsorted(positions, np.arange(1, len(self._blocks) + 2) * BLOCK)
        low = 0
        for number, high in enumerate(ends.tolist()):
            if high > low:
                found[low:high] = self._block(number)[positions[low:high] - number * BLOCK]
            low = high
        return found

    def _block(self, number: int) -> Numbers:
        if number == len(self._blocks):
            return np.array(self._open, dtype=np.int32)
        return self._blocks[number].numbers()

    def taken(self, positions: NDArray[np.integer[Any]]) -> Packed:
        """A column of the numbers at these positions, in their order."""
        numbers = self.whole()
        found = Packed()
        for start in range(0, len(positions), BLOCK):
            found.extend(array("i", numbers[positions[start : start + BLOCK]].tobytes()))
        return found


def aligned(*columns: Packed) -> Iterator[tuple[Numbers, ...]]:
    """The blocks of columns of one length side by side."""
    assert len(set(map(len, columns))) == 1  # one entry a cell in each
    return zip(*(column.blocks() for column in columns), strict=True)
