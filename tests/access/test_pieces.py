"""Long lists are read in pieces, each behind the last row of the one before."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from tests.conftest import NOON
from wardroom.access.gate import guard_pass
from wardroom.access.models import Tally, in_pieces

pytestmark = pytest.mark.django_db
Counts = Callable[[int], AbstractContextManager[Any]]


def count(*names: str) -> None:
    with guard_pass("rows to read"):
        Tally.objects.bulk_create(Tally(name=name, until=NOON) for name in names)


@pytest.mark.parametrize("by", ["name", "-name"])
def test_every_row_comes_once_and_in_order(by: str, django_assert_num_queries: Counts) -> None:
    count(*"abcdefg")
    with django_assert_num_queries(3):
        pieces = list(in_pieces(Tally.objects.all(), by=by, size=3))
    assert [len(piece) for piece in pieces] == [3, 3, 1]
    read = [row.name for piece in pieces for row in piece]
    assert read == sorted("abcdefg", reverse=by[0] == "-")
    plain = list(in_pieces(Tally.objects.values("name"), by=by, size=4))
    assert [row["name"] for piece in plain for row in piece] == read


def test_a_list_that_ends_with_a_piece_ends() -> None:
    count(*"abcd")
    assert [len(piece) for piece in in_pieces(Tally.objects.all(), by="name", size=2)] == [2, 2]
    assert list(in_pieces(Tally.objects.filter(name="none"), by="name")) == []


def test_what_comes_in_meanwhile_moves_nothing() -> None:
    count(*"bdf")
    read = []
    for piece in in_pieces(Tally.objects.all(), by="-name", size=2):
        read += [row.name for row in piece]
        if len(read) == 2:
            count("a", "z")
    assert read == ["f", "d", "b", "a"]
