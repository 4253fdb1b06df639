"""Silence climbs a ladder of letters; what is put on a list is told to whoever has it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON, stamp_for
from tests.ground import FRIDAY
from wardroom.access.actor import SYSTEM, Stamp
from wardroom.directory.actions import add_contact_point, add_party, hold_seat
from wardroom.directory.models import Party
from wardroom.ledger.reactions import deliver_receipt, due_receipts
from wardroom.matters.actions import add_task, climb_ladder
from wardroom.matters.models import Ask, Matter
from wardroom.notices.models import Message

pytestmark = pytest.mark.django_db


def follow(stamp: Stamp) -> list[Message]:
    """What the worker writes now."""
    before = set(Message.objects.values_list("pk", flat=True))
    for receipt in due_receipts(at=stamp.at, most=50):
        assert deliver_receipt(receipt, stamp=stamp)
    return list(Message.objects.exclude(pk__in=before).order_by("pk"))


def climb(ask: Ask) -> tuple[Ask, Stamp]:
    """Take the next step on the first day that it may be taken."""
    ask = Ask.objects.get(pk=ask.pk)
    assert ask.rung_on is not None
    stamp = stamp_for(SYSTEM, NOON + timedelta(days=(ask.rung_on - NOON.date()).days))
    return climb_ladder(ask, stamp=stamp), stamp


def test_each_step_writes_to_whom_it_concerns(
    requested: Ask, liaison5: Cast, director: Cast, agencies: dict[str, Party]
) -> None:
    follow(HOUSE)
    head = add_party(None, kind="person", name="Head of Public Works", stamp=HOUSE)
    add_contact_point(head, channel="email", value="head@dpw.example", consent=True, stamp=HOUSE)
    hold_seat(
        agencies["DPW"],
        holder=head,
        title="Head",
        since_on=date(2026, 1, 1),
        stamp=HOUSE,
    )
    told = []
    for _ in range(4):
        _, stamp = climb(requested)
        told.append([(m.to_address, m.subject.partition("] ")[2]) for m in follow(stamp)])
    assert told == [
        [("dpw@example.org", "Reminder: Clear the alley")],
        [(liaison5.email, "Please call Department of Public Works: Clear the alley")],
        [(director.email, "Department of Public Works is silent: Clear the alley")],
        [("head@dpw.example", "For the head of Department of Public Works: Clear the alley")],
    ]
    marked = [m.to_address for m in Message.objects.order_by("pk") if "{{key:" in m.text]
    assert marked == ["dpw@example.org", "dpw@example.org", "head@dpw.example"]


def test_without_a_head_the_agency_itself_is_written_to(
    requested: Ask, liaison5: Cast, director: Cast
) -> None:
    for _ in range(4):
        _, stamp = climb(requested)
        letters = follow(stamp)
    assert [m.to_address for m in letters] == ["dpw@example.org"]


def test_an_agency_that_answered_meanwhile_is_not_reminded(
    requested: Ask, partner_dpw: Cast
) -> None:
    follow(HOUSE)
    ask, stamp = climb(requested)
    from wardroom.matters.actions import decline_ask

    decline_ask(ask, code="not_ours", stamp=stamp_for(partner_dpw.actor, stamp.at))
    assert [m.subject for m in follow(stamp) if "Reminder" in m.subject] == []


def test_what_others_put_on_a_list_is_told_and_what_one_puts_there_is_not(
    matter5: Matter, liaison5: Cast, director: Cast
) -> None:
    for who in (liaison5, director):
        add_task(
            matter5,
            kind="todo",
            party=liaison5.party,
            wording=f"By {who.email}",
            due_on=FRIDAY,
            stamp=who.stamp,
        )
    (letter,) = follow(HOUSE)
    assert letter.to_address == liaison5.email
    assert letter.subject.endswith(
        "On your list by Friday, December 4, 2026: By director@example.org"
    )
    assert re.search(r"From: The Director", letter.text)
