"""Swaps: asked, answered, decided, and chased by the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.cast import HOUSE, Cast
from tests.office.rotas import DAY, MONDAY, at, wall
from tests.office.swapping import people, shift_on
from tests.trouble import load_topics
from wardroom.access.actor import NOBODY, Stamp
from wardroom.calendar.queries.duty import duty_row
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.models import Waiting
from wardroom.notices.models import Message
from wardroom.office.actions import (
    accept_swap,
    approve_swap,
    ask_swap,
    chase_swap,
    decline_swap,
    enter_wish,
    refuse_swap,
    withdraw_swap,
)
from wardroom.office.facts import SwapAsked, SwapEnded
from wardroom.office.models import Swap
from wardroom.office.queries import (
    get_swap,
    get_swaps_to_chase,
    my_shifts,
    open_swaps,
    shift_sheet,
    swap_file,
    who_could_take,
)
from wardroom.office.reactions import tell_of_swap, tell_swap_ended
from wardroom.office.rules.swaps import next_step

__all__ = ["people"]
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def house(moment: datetime) -> Stamp:
    return replace(HOUSE, at=moment)


def test_a_colleague_takes_a_shift(people: list[Cast]) -> None:
    ada, *_, eve = people[:5]
    swap = ask_swap(shift_on(0), asked_id=eve.user.pk, stamp=ada.stamp)
    assert Waiting.objects.get(noun="swap").party == eve.party
    assert [row.asker for row in my_shifts(eve.actor, at=ada.stamp.at).asked] == ["Ada"]
    sweep()
    accept_swap(swap, stamp=eve.stamp)
    assert shift_on(0).user == eve.user
    assert Swap.objects.get().state == "done"
    assert not Waiting.objects.filter(noun="swap").exists()
    sweep()
    asked = Message.objects.get(subject__startswith="Can you take a shift?")
    assert asked.to_name == "Eve"
    told = Message.objects.filter(subject__startswith="Your shifts have changed: 1 shift")
    assert "No longer yours: Mon, November 30" in told.get(to_name="Ada").text


@pytest.mark.parametrize(("day", "waits"), [(6, False), (7, False), (8, True)])
def test_mail_about_a_shift_that_begins_before_it_would_be_read_goes_at_once(
    day: int, waits: bool, people: list[Cast], settings: Any
) -> None:
    settings.QUIET_HOURS = True
    load_topics()
    saturday, opens = wall(MONDAY + 5 * DAY, 14), wall(MONDAY + 7 * DAY, 9)
    asks, asked = people[day % 7], people[(day + 3) % 7]
    swap = ask_swap(shift_on(day), asked_id=asked.user.pk, stamp=at(asks, saturday))
    tell(SwapAsked, saturday)
    mail = Message.objects.get(subject__startswith="Can you take a shift?")
    assert mail.due_at == (opens if waits else saturday)
    decline_swap(swap, stamp=at(asked, saturday))
    tell(SwapEnded, saturday)
    mail = Message.objects.get(subject__startswith="Still yours")
    assert mail.due_at == (opens if waits else saturday)
    again = ask_swap(shift_on(day), stamp=at(asks, saturday))
    accept_swap(again, stamp=at(asked, saturday))
    line = Entry.objects.get(kind__endswith="DutyChanged", body__user_id=asks.user.pk,
                             at=saturday)  # fmt: skip
    assert line.body["soon"] is not waits


def tell(kind: type[SwapAsked] | type[SwapEnded], moment: datetime) -> None:
    """Let the house write what follows from the last fact of a kind about a swap."""
    line = Entry.objects.filter(kind__endswith=kind.__name__).order_by("-pk")[0]
    fact = kind(**line.body)
    if isinstance(fact, SwapEnded):
        tell_swap_ended(fact, entry_id=line.pk, stamp=house(moment))
    else:
        tell_of_swap(fact, entry_id=line.pk, stamp=house(moment))


def test_anyone_may_take_it_and_one_does(people: list[Cast], auditor: Cast) -> None:
    ada, _, _, dov, eve = people[:5]
    swap = ask_swap(shift_on(0), stamp=ada.stamp)
    assert not Waiting.objects.filter(noun="swap").exists()
    accept_swap(swap, stamp=dov.stamp)
    with pytest.raises(Refused) as no:
        accept_swap(swap, stamp=eve.stamp)
    assert no.value.code == "wrong_state"
    with pytest.raises(NotAllowed):
        accept_swap(ask_swap(shift_on(7), stamp=ada.stamp), stamp=auditor.stamp)


def test_what_a_rule_speaks_against_the_director_decides(
    people: list[Cast], director: Cast
) -> None:
    ada, ben = people[:2]
    swap = ask_swap(shift_on(0), asked_id=ben.user.pk, stamp=ada.stamp)
    held = accept_swap(swap, stamp=ben.stamp)
    assert held.state == "accepted"
    assert held.warnings == ["less than 10 hours of rest: Tue, December 1, 5:00 p.m. to Wed"
                             " 8:00 a.m."]  # fmt: skip
    assert shift_on(0).user == ada.user
    assert Waiting.objects.get(noun="swap").party == director.party
    with pytest.raises(NotAllowed):
        approve_swap(swap, stamp=ben.stamp)
    approve_swap(swap, stamp=director.stamp)
    assert shift_on(0).user == ben.user
    with pytest.raises(Refused):
        refuse_swap(swap, stamp=director.stamp)


def test_a_swap_that_cannot_be_is_refused(people: list[Cast]) -> None:
    ada, _, _, _, eve = people[:5]
    enter_wish(None, kind="leave", from_on=MONDAY, stamp=eve.stamp)
    with pytest.raises(Refused) as no:
        ask_swap(shift_on(0), asked_id=eve.user.pk, stamp=ada.stamp)
    assert no.value.sentence == "They cannot take it: not free then."
    swap = ask_swap(shift_on(0), stamp=ada.stamp)
    with pytest.raises(Refused):
        accept_swap(swap, stamp=eve.stamp)
    for again, who, code in (
        (shift_on(0), ada, "already_there"),
        (shift_on(7), ada, "yourself"),
    ):
        with pytest.raises(Refused) as no:
            ask_swap(again, asked_id=who.user.pk, stamp=who.stamp)
        assert no.value.code == code
    with pytest.raises(NotAllowed):
        ask_swap(shift_on(1), stamp=ada.stamp)
    with pytest.raises(Refused):
        ask_swap(shift_on(7), stamp=at(ada, wall(MONDAY + 7 * DAY, 18)))
    row = my_shifts(ada.actor, at=ada.stamp.at).shifts[0]
    assert "Eve" not in [name for _, name, _ in who_could_take(row, at=ada.stamp.at)]


def test_colleagues_learn_that_somebody_is_not_free_and_no_more(
    people: list[Cast], director: Cast, liaison7: Cast
) -> None:
    ada, _, _, dov, eve = people[:5]
    enter_wish(None, kind="cannot", from_on=MONDAY, stamp=eve.stamp)
    enter_wish(None, kind="rather_not", from_on=MONDAY, stamp=eve.stamp)
    row = duty_row(shift_on(0))

    def said(who: Cast) -> str:
        found = dict(shift_sheet(row, who.actor, at=ada.stamp.at).people)
        return found[eve.user.pk]

    assert said(ada) == "Eve: not free then"
    assert said(director) == (
        "Eve: cannot on Mon, November 30; would rather not on Mon, November 30"
    )
    swap = ask_swap(shift_on(0), asked_id=eve.user.pk, stamp=ada.stamp)
    own = swap_file(swap.pk, eve.actor, at=ada.stamp.at).found.words
    assert own.startswith("cannot on Mon")
    held = accept_swap(swap, stamp=eve.stamp)
    assert (held.state, held.warnings) == ("accepted", ["not free then"])
    for who, words in (
        (liaison7, "not free then"),
        (ada, "not free then"),
        (dov, "not free then"),
        (director, own),
        (eve, own),
    ):
        assert swap_file(swap.pk, who.actor, at=ada.stamp.at).found.words == words
    sweep()
    line = Entry.objects.get(kind__endswith="SwapAccepted")
    assert "the director decides: not free then" in line.sentence
    assert "cannot" not in str(line.body)
    told = Message.objects.filter(subject__startswith="A swap waits for you")
    assert told
    assert not told.filter(text__contains="cannot on")
    later = at(ada, wall(MONDAY - DAY, 18)).at
    chase_swap(get_swap(swap.pk, director.actor), stamp=house(later))
    reminded = Entry.objects.get(kind__endswith="SwapReminded").sentence
    assert reminded.startswith("Asked the director again to decide on a swap of On call")


def test_the_statements_of_who_could_take_a_shift_do_not_grow_with_people(
    people: list[Cast], django_assert_max_num_queries: object
) -> None:
    row = duty_row(shift_on(0))
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        assert len(who_could_take(row, at=people[0].stamp.at)) == 6


def test_no_leaves_it_with_whoever_asked(people: list[Cast], director: Cast) -> None:
    ada, ben, _, _, eve = people[:5]
    swap = ask_swap(shift_on(0), asked_id=eve.user.pk, stamp=ada.stamp)
    with pytest.raises(NotAllowed):
        decline_swap(swap, stamp=ben.stamp)
    decline_swap(swap, stamp=eve.stamp)
    sweep()
    assert Message.objects.get(subject__startswith="Still yours").to_name == "Ada"
    again = ask_swap(shift_on(0), asked_id=ben.user.pk, stamp=ada.stamp)
    accept_swap(again, stamp=ben.stamp)
    assert refuse_swap(again, stamp=director.stamp).state == "declined"
    third = ask_swap(shift_on(0), stamp=ada.stamp)
    with pytest.raises(Refused) as no:
        decline_swap(third, stamp=ben.stamp)
    assert no.value.code == "anyone"
    with pytest.raises(NotAllowed):
        withdraw_swap(third, stamp=ben.stamp)
    withdraw_swap(third, stamp=ada.stamp)
    assert not open_swaps(ada.actor)


def test_a_swap_chases_itself_and_ends_when_the_shift_begins(people: list[Cast]) -> None:
    ada, _, _, _, eve = people[:5]
    asked = wall(MONDAY - 3 * DAY, 9)
    swap = ask_swap(shift_on(0), asked_id=eve.user.pk, stamp=at(ada, asked))
    assert not get_swaps_to_chase(at=asked + timedelta(hours=23))
    steps = []
    for moment in (
        asked + timedelta(hours=24),
        asked + timedelta(hours=30),
        wall(MONDAY - DAY, 18),
        wall(MONDAY, 12),
        wall(MONDAY, 17),
    ):
        for due in get_swaps_to_chase(at=moment):
            chase_swap(due, stamp=house(moment))
            now = Swap.objects.get(pk=swap.pk)
            steps.append((moment, now.state))
    assert steps == [
        (asked + timedelta(hours=24), "open"),
        (wall(MONDAY - DAY, 18), "open"),
        (wall(MONDAY, 17), "lapsed"),
    ]
    sweep()
    assert Message.objects.filter(subject__startswith="Again: ").count() <= 2
    with pytest.raises(Refused):
        chase_swap(swap, stamp=HOUSE)
    with pytest.raises(NotAllowed):
        chase_swap(swap, stamp=ada.stamp)


def test_the_clock_reminds_once_warns_once_and_ends() -> None:
    at_nine, begins = wall(MONDAY, 9), wall(MONDAY + 3 * DAY, 17)

    def step(hours: float, reminded: float | None = None, warned: float | None = None) -> str:
        after = [None if h is None else at_nine + timedelta(hours=h) for h in (reminded, warned)]
        return next_step(
            at=at_nine + timedelta(hours=hours),
            asked_at=at_nine,
            starts_at=begins,
            reminded_at=after[0],
            warned_at=after[1],
        )

    assert [step(1), step(24), step(25, 24), step(56, 24), step(57, 24, 56)] == [
        "", "remind", "", "warn", "",
    ]  # fmt: skip
    assert step(80, 24, 56) == "lapse"


def test_others_see_nothing(people: list[Cast], partner_dpw: Cast, auditor: Cast) -> None:
    ada, ben = people[:2]
    swap = ask_swap(shift_on(0), asked_id=ben.user.pk, stamp=ada.stamp)
    assert swap_file(swap.pk, auditor.actor, at=ada.stamp.at).row.allowed == frozenset()
    for outside in (partner_dpw.actor, NOBODY):
        assert not open_swaps(outside)
        with pytest.raises(NotFound):
            get_swap(swap.pk, outside)
