"""What one commit lets be found is put into the index at its end, once, and only if it stays."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import HOUSE
from tests.conftest import NOON
from wardroom.access.gate import action
from wardroom.directory.actions import add_party
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Ref
from wardroom.search.actions import index_thing, unindex_thing
from wardroom.search.models import Doc

pytestmark = pytest.mark.django_db


def add() -> None:
    """Any change: an action has to record something."""
    add_party(None, kind="person", name="Kim", stamp=HOUSE)


@action(lambda actor, _: True)
def do(_: None, *, change: Any, stamp: Any) -> None:
    add()
    change()


@action(lambda actor, _: True)
def fail(_: None, *, stamp: Any) -> None:
    add()
    index_thing(Ref("note", "9"), title="Never", at=NOON)
    raise Refused("no", "No.")


def test_last_that_is_said_of_a_thing_is_found() -> None:
    def change() -> None:
        index_thing(Ref("note", "1"), title="Rats", at=NOON, new=True)
        index_thing(Ref("note", "1"), title="Mice", at=NOON)
        index_thing(Ref("note", "2"), title="Cats", at=NOON, new=True)
        assert not Doc.objects.filter(noun="note").exists()

    do(None, change=change, stamp=HOUSE)
    docs = Doc.objects.filter(noun="note").order_by("key")
    assert list(docs.values_list("title", flat=True)) == ["Mice", "Cats"]


def test_what_was_there_is_replaced() -> None:
    do(None, change=lambda: index_thing(Ref("note", "1"), title="Rats", at=NOON), stamp=HOUSE)
    later = NOON + timedelta(days=1)
    do(None, change=lambda: index_thing(Ref("note", "1"), title="Mice", at=later), stamp=HOUSE)
    assert Doc.objects.get(noun="note").title == "Mice"


def test_refused_part_leaves_nothing_to_be_found() -> None:
    def change() -> None:
        index_thing(Ref("note", "1"), title="Rats", at=NOON)
        with suppress(Refused):
            fail(None, stamp=HOUSE)

    do(None, change=change, stamp=HOUSE)
    assert list(Doc.objects.filter(noun="note").values_list("key", flat=True)) == ["1"]


def test_what_is_taken_out_in_the_same_commit_is_not_found() -> None:
    def change() -> None:
        index_thing(Ref("note", "1"), title="Rats", at=NOON)
        unindex_thing(Ref("note", "1"))

    do(None, change=change, stamp=HOUSE)
    assert not Doc.objects.filter(noun="note").exists()


def test_refused_part_that_took_something_out_takes_out_nothing() -> None:
    @action(lambda actor, _: True)
    def take_out(_: None, *, stamp: Any) -> None:
        unindex_thing(Ref("note", "1"))
        unindex_thing(Ref("note", "2"))
        index_thing(Ref("note", "9"), title="Never", at=NOON)
        raise Refused("no", "No.")

    def change() -> None:
        index_thing(Ref("note", "1"), title="Rats", at=NOON)
        with suppress(Refused):
            take_out(None, stamp=HOUSE)

    do(None, change=lambda: index_thing(Ref("note", "2"), title="Cats", at=NOON), stamp=HOUSE)
    do(None, change=change, stamp=HOUSE)
    kept = Doc.objects.filter(noun="note").order_by("key")
    assert list(kept.values_list("key", flat=True)) == ["1", "2"]


def test_many_things_of_a_commit_take_as_many_statements_as_one() -> None:
    def change(first: int, count: int) -> None:
        for n in range(first, first + count):
            index_thing(Ref("note", str(n)), title=f"Rats {n}", at=NOON)

    counts = []
    for first, count in ((1, 1), (10, 30)):
        with CaptureQueriesContext(connection) as seen:
            do(None, change=lambda first=first, count=count: change(first, count), stamp=HOUSE)
        counts.append(sum("search_doc" in q["sql"] for q in seen))
    assert counts[0] == counts[1]
