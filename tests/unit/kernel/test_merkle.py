"""The hash tree is the one of RFC 6962, and its proofs hold for every size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.kernel.merkle import (
    NOTHING,
    Edge,
    consistency_path,
    inclusion_path,
    leaf_hash,
    node_hash,
    root_of,
)

# The lines that the logs of certificates test themselves with, and the roots of the first n.
KNOWN_LINES = [
    bytes.fromhex(word)
    for word in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
KNOWN_ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


@pytest.mark.parametrize("size", KNOWN_ROOTS)
def test_root_is_the_published_one(size: int) -> None:
    assert root_of(KNOWN_LINES[:size]).hex() == KNOWN_ROOTS[size]


def plain_root(lines: list[bytes]) -> bytes:
    """The root as the words of RFC 6962 define it."""
    if not lines:
        return NOTHING
    if len(lines) == 1:
        return leaf_hash(lines[0])
    cut = 1
    while cut * 2 < len(lines):
        cut *= 2
    return node_hash(plain_root(lines[:cut]), plain_root(lines[cut:]))


@given(st.integers(0, 200), st.integers(0, 200))
def test_tree_goes_on_from_its_edge(first: int, more: int) -> None:
    lines = [str(n).encode() for n in range(first + more)]
    edge = Edge()
    for line in lines[:first]:
        edge.add(line)
    again = Edge(edge.size, list(edge.parts))
    for line in lines[first:]:
        again.add(line)
    assert (again.size, again.root()) == (first + more, plain_root(lines))
    assert len(again.parts) == (first + more).bit_count()


@pytest.mark.parametrize("index", [-1, 3])
def test_line_that_is_not_there_has_no_path(index: int) -> None:
    with pytest.raises(ValueError, match="no such line"):
        inclusion_path([b"a", b"b", b"c"], index)


@pytest.mark.parametrize("earlier", [0, 4])
def test_list_that_was_never_that_long_has_no_path(earlier: int) -> None:
    with pytest.raises(ValueError, match="never that long"):
        consistency_path([b"a", b"b", b"c"], earlier)
