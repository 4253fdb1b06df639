"""A hash tree over the lines of a list that only grows, as RFC 6962 builds it.

Its root says all of the list in 32 bytes. Whoever keeps a root of last month can be shown in
a few hashes that a line was in the list then, and that the list of today begins with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

NOTHING = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one line of the list."""
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two parts of the list that stand side by side."""
    return hashlib.sha256(b"\1" + left + right).digest()


@dataclass
class Edge:
    """The right edge of a tree: all that is needed to go on with it and to tell its root.

    ``parts`` are the whole subtrees from left to right, each with its height; there are no
    more than the size has binary figures.
    """

    size: int = 0
    parts: list[tuple[int, bytes]] = field(default_factory=list)

    def add(self, data: bytes) -> None:
        """Put one more line at the end."""
        height, top = 0, leaf_hash(data)
        while self.parts and self.parts[-1][0] == height:
            top = node_hash(self.parts.pop()[1], top)
            height += 1
        self.parts.append((height, top))
        self.size += 1

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        if not self.parts:
            return NOTHING
        top = self.parts[-1][1]
        for _, left in reversed(self.parts[:-1]):
            top = node_hash(left, top)
        return top


def root_of(lines: Iterable[bytes]) -> bytes:
    """The root over all of these lines, in their order."""
    edge = Edge()
    for data in lines:
        edge.add(data)
    return edge.root()


def inclusion_path(lines: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from one line to the root of all, the deepest first."""
    if not 0 <= index < len(lines):
        raise ValueError("there is no such line")
    if len(lines) == 1:
        return []
    cut = _cut(len(lines))
    if index < cut:
        return [*inclusion_path(lines[:cut], index), root_of(lines[cut:])]
    return [*inclusion_path(lines[cut:], index - cut), root_of(lines[:cut])]


def consistency_path(lines: Sequence[bytes], earlier: int) -> list[bytes]:
    """The hashes that show that the list began with the first so many of its lines."""
    if not 0 < earlier <= len(lines):
        raise ValueError("the list was never that long")
    return _consistency(lines, earlier, known=True)


def _consistency(lines: Sequence[bytes], earlier: int, *, known: bool) -> list[bytes]:
    if earlier == len(lines):
        return [] if known else [root_of(lines)]
    cut = _cut(len(lines))
    if earlier <= cut:
        return [*_consistency(lines[:cut], earlier, known=known), root_of(lines[cut:])]
    return [*_consistency(lines[cut:], earlier - cut, known=False), root_of(lines[:cut])]


def _cut(size: int) -> int:
    """The largest power of two below a size: how many lines stand in the left part."""
    return 1 << (size - 1).bit_length() - 1
