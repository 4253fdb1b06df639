"""What follows from a line happens once, is tried again, and stands visibly where it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django_q.models import OrmQ

from tests.conftest import NOON, stamp_for
from tests.jobs.bells import BellHeard, BellRung, register_bells, ring_bell
from wardroom import reactions
from wardroom.access.actor import SYSTEM
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.reactions import deliver_receipt, due_receipts, register_reactions
from wardroom.ledger.rules import LONGEST_WAIT_SECONDS, MOST_ATTEMPTS, wait_after

STAMP = stamp_for(SYSTEM)


@pytest.fixture(autouse=True)
def bells() -> Iterator[None]:
    register_bells()
    yield
    register_reactions(reactions.FOLLOWS)


def heard() -> int:
    return Entry.objects.filter(kind=BellHeard.__name__).count()


def receipt() -> Receipt:
    return Receipt.objects.get()


@pytest.mark.django_db
def test_receipt_is_due_in_the_commit_of_its_line() -> None:
    entry = ring_bell(None, tone="high", stamp=STAMP)
    assert (receipt().entry_id, receipt().reaction, receipt().state) == (entry, "hear", "due")
    assert due_receipts(at=NOON, most=5) == (receipt().pk,)


@pytest.mark.django_db
def test_line_without_reactions_has_no_receipt() -> None:
    register_reactions({})
    ring_bell(None, tone="high", stamp=STAMP)
    assert not Receipt.objects.exists()


@pytest.mark.django_db
def test_reaction_runs_once_however_often_it_is_offered() -> None:
    ring_bell(None, tone="high", stamp=STAMP)
    assert deliver_receipt(receipt().pk, stamp=STAMP)
    assert not deliver_receipt(receipt().pk, stamp=STAMP)
    assert heard() == 1
    assert (receipt().state, receipt().attempts, receipt().done_at) == ("done", 1, NOON)
    assert due_receipts(at=NOON + timedelta(days=9), most=5) == ()


@pytest.mark.django_db
def test_failing_reaction_leaves_nothing_behind_and_waits_longer_each_time() -> None:
    ring_bell(None, tone="cracked", stamp=STAMP)
    at, waits = NOON, []
    for _ in range(3):
        assert not deliver_receipt(receipt().pk, stamp=stamp_for(SYSTEM, at))
        waits.append((receipt().next_try_at - at).total_seconds())
        at = receipt().next_try_at
    assert waits == [30, 120, 480]
    assert heard() == 0
    assert receipt().error == "ValueError: no sound"


@pytest.mark.django_db
def test_reaction_is_not_tried_before_its_time() -> None:
    ring_bell(None, tone="cracked", stamp=STAMP)
    deliver_receipt(receipt().pk, stamp=STAMP)
    deliver_receipt(receipt().pk, stamp=STAMP)
    assert receipt().attempts == 1


@pytest.mark.django_db
def test_reaction_that_always_fails_stands_as_failed() -> None:
    ring_bell(None, tone="cracked", stamp=STAMP)
    at = NOON
    for _ in range(MOST_ATTEMPTS):
        deliver_receipt(receipt().pk, stamp=stamp_for(SYSTEM, at))
        at = receipt().next_try_at
    assert (receipt().state, receipt().attempts) == ("failed", MOST_ATTEMPTS)
    assert due_receipts(at=at + timedelta(days=99), most=5) == ()


@pytest.mark.django_db
def test_reaction_that_left_the_list_fails_visibly() -> None:
    ring_bell(None, tone="high", stamp=STAMP)
    register_reactions({BellRung: ()})
    assert not deliver_receipt(receipt().pk, stamp=STAMP)
    assert "no longer in the list" in receipt().error


def test_waits_grow_to_six_hours() -> None:
    waits = [wait_after(n) for n in range(1, 9)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT_SECONDS
    with pytest.raises(ValueError, match="nothing has failed"):
        wait_after(0)


@pytest.mark.django_db(transaction=True)
def test_commit_nudges_the_worker_and_rollback_does_not() -> None:
    ring_bell(None, tone="high", stamp=STAMP)
    assert OrmQ.objects.count() == 1
    with pytest.raises(TypeError):
        ring_bell(None, tone=object(), stamp=STAMP)  # type: ignore[arg-type]
    assert OrmQ.objects.count() == 1
