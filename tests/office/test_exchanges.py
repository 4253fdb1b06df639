"""Two people exchange their shifts in one answer."""

from __future__ import annotations

import pytest

from tests.cast import HOUSE, Cast
from tests.office.rotas import DAY, MONDAY
from tests.office.swapping import people, shift_on
from wardroom.calendar.actions import assign_shift, exchange_shifts
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.notices.models import Message
from wardroom.office.actions import accept_swap, approve_swap, ask_swap, chase_swap, enter_wish
from wardroom.office.models import Swap
from wardroom.office.queries import get_swaps_to_chase, my_shifts

__all__ = ["people"]
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_two_people_exchange_shifts_in_one_answer(people: list[Cast]) -> None:
    ada, eve = people[0], people[4]
    swap = ask_swap(shift_on(0), in_return_id=shift_on(11).pk, stamp=ada.stamp)
    assert swap.asked == eve.user
    [row] = my_shifts(eve.actor, at=ada.stamp.at).asked
    assert row.in_return is not None
    assert row.in_return.id == shift_on(11).pk
    sweep()
    asked = Message.objects.get(subject__startswith="Can you take a shift?")
    assert "and takes On call, Fri, December 11" in asked.text
    accept_swap(swap, stamp=eve.stamp)
    assert (shift_on(0).user, shift_on(11).user) == (eve.user, ada.user)
    assert Swap.objects.get().state == "done"
    sweep()
    told = Message.objects.filter(text__contains="No longer yours")
    assert [mail.to_name for mail in told] == ["Ada"], "Eve did it herself, and the page says so"
    lines = Entry.objects.filter(kind__endswith="DutyChanged", body__because="a swap")
    assert {line.body["name"] for line in lines} == {"Ada", "Eve"}
    text = told.get(to_name="Ada").text
    assert "No longer yours: Mon, November 30" in text
    assert "Fri, December 11" in text


def test_nobody_exchanges_the_shifts_of_two_others(people: list[Cast], director: Cast) -> None:
    ada, ben, eve = people[0], people[1], people[4]
    with pytest.raises(NotAllowed):
        exchange_shifts(shift_on(0), other=shift_on(11), stamp=ben.stamp)
    assert (shift_on(0).user, shift_on(11).user) == (ada.user, eve.user)
    stale = shift_on(11)
    assign_shift(shift_on(11), user=ben.user, why="ill", stamp=director.stamp)
    with pytest.raises(NotAllowed):
        exchange_shifts(shift_on(0), other=stale, stamp=eve.stamp)
    exchange_shifts(shift_on(0), other=stale, stamp=ada.stamp)
    assert (shift_on(0).user, shift_on(11).user) == (ben.user, ada.user)
    exchange_shifts(shift_on(0), other=shift_on(11), stamp=director.stamp)
    assert (shift_on(0).user, shift_on(11).user) == (ada.user, ben.user)


def test_an_exchange_keeps_the_rules_for_both(people: list[Cast], director: Cast) -> None:
    ada, ben, eve = people[0], people[1], people[4]
    enter_wish(None, kind="cannot", from_on=MONDAY + 11 * DAY, stamp=ada.stamp)
    swap = ask_swap(shift_on(0), in_return_id=shift_on(11).pk, stamp=ada.stamp)
    held = accept_swap(swap, stamp=eve.stamp)
    assert (held.state, held.warnings) == ("accepted", ["Ada: not free then"])
    assert (shift_on(0).user, shift_on(11).user) == (ada.user, eve.user)
    approve_swap(held, stamp=director.stamp)
    assert (shift_on(0).user, shift_on(11).user) == (eve.user, ada.user)
    sweep()
    told = Message.objects.filter(text__contains="No longer yours")
    assert {mail.to_name for mail in told} == {"Ada", "Eve"}
    enter_wish(None, kind="leave", from_on=MONDAY + 8 * DAY, stamp=ada.stamp)
    for asked, day, code in ((None, 8, "cannot"), (eve.user.pk, 1, "not_theirs"),
                             (None, 7, "unknown_shift")):  # fmt: skip
        with pytest.raises(Refused) as no:
            ask_swap(shift_on(7), asked_id=asked, in_return_id=shift_on(day).pk, stamp=ada.stamp)
        assert (no.value.code, no.value.field) == (code, "in_return_id")
    again = ask_swap(shift_on(7), in_return_id=shift_on(1).pk, stamp=ada.stamp)
    assign_shift(shift_on(1), user=eve.user, why="ill", stamp=director.stamp)
    with pytest.raises(Refused) as no:
        accept_swap(again, stamp=ben.stamp)
    assert no.value.code == "moved_on"
    assert get_swaps_to_chase(at=ada.stamp.at) == (again,)
    assert chase_swap(Swap.objects.get(pk=again.pk), stamp=HOUSE).state == "lapsed"
