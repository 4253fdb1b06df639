"""Two changes that wait for each other's row: the database undoes one, and it begins anew."""

from __future__ import annotations

import threading

import pytest
from django.db import OperationalError, connection, transaction

from tests.cast import Cast
from tests.matters.test_same_time import race
from wardroom.access import gate
from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.ledger.actions import record
from wardroom.ledger.models import Entry
from wardroom.matters.facts import NextStepSet
from wardroom.matters.models import Matter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]


def knotted(one: Matter, two: Matter, stamp: Stamp) -> list[str]:
    """Two changes, each of which holds its own row and then wants the other's."""
    both_hold = threading.Barrier(2)
    tries = {one.pk: 0, two.pk: 0}

    @action(lambda actor, _: True)
    def reach_over(matter: Matter, *, other: Matter, stamp: Stamp) -> None:
        tries[matter.pk] += 1
        if tries[matter.pk] == 1:
            both_hold.wait(timeout=20)
        Matter.objects.select_for_update(of=("self",), no_key=True).get(pk=other.pk)
        record(
            NextStepSet(
                matter_id=matter.pk, title="", place_id=None, ward_code="5",
                next_on=stamp.at.date(), next_step="",
            ),
            stamp=stamp,
        )  # fmt: skip

    said = race(
        lambda: reach_over(one, other=two, stamp=stamp),
        lambda: reach_over(two, other=one, stamp=stamp),
    )
    assert sum(tries.values()) >= 2
    return said


@pytest.fixture
def rows_are_locked() -> None:
    if not connection.features.has_select_for_update:
        pytest.skip("one writer at a time cannot wait for another")


@pytest.mark.usefixtures("rows_are_locked")
def test_both_changes_are_made(
    matter5: Matter, matter7: Matter, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Entry.objects.filter(kind="NextStepSet").count()
    assert knotted(matter5, matter7, liaison5.stamp) == ["done", "done"]
    assert Entry.objects.filter(kind="NextStepSet").count() == before + 2


@pytest.mark.usefixtures("rows_are_locked")
def test_without_a_second_try_one_would_be_lost(
    matter5: Matter, matter7: Matter, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "TRIES", 1)
    said = knotted(matter5, matter7, liaison5.stamp)
    assert sorted(words[:16] for words in said) == ["OperationalError", "done"]


@pytest.mark.usefixtures("rows_are_locked")
def test_a_locked_row_can_be_pointed_at(matter5: Matter, liaison5: Cast) -> None:
    """What waits only to check a reference to a row is not stopped by a change to that row."""
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            gate._locked(matter5)
            held.set()
            assert done.wait(timeout=20)

    def point() -> None:
        assert held.wait(timeout=20)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '2s'")
                cursor.execute(
                    "SELECT 1 FROM matters_matter WHERE id = %s FOR KEY SHARE", [matter5.pk]
                )
        except OperationalError:
            pytest.fail("a reference waits for a change")
        finally:
            done.set()

    assert race(hold, point) == ["done", "done"]
