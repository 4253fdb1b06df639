"""Swaps: asked, answered, decided, chased by the clock, and shifts of somebody who leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.cast import HOUSE, Cast
from tests.office.rotas import DAY, MONDAY, at, begin, crew, published, turn_on, wall
from tests.trouble import load_topics
from wardroom.access.actor import NOBODY, Stamp
from wardroom.access.gate import guard_pass
from wardroom.calendar.actions import assign_shift, exchange_shifts
from wardroom.calendar.models import Shift
from wardroom.calendar.queries import duty_of_person, gaps
from wardroom.calendar.queries.duty import duty_row
from wardroom.directory.actions import deactivate_user
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.models import Entry
from wardroom.matters.gateways import gatherer_of
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
from wardroom.office.gateways import free_shifts_of_leavers
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
from wardroom.office.queries.proposing import problem_of
from wardroom.office.reactions import tell_of_swap, tell_swap_ended
from wardroom.office.rules.swaps import next_step

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def people(director: Cast) -> list[Cast]:
    """Seven people, each on call one night of the week: Ada on Monday, Ben on Tuesday."""
    people = crew(7)
    published(director, people)
    return people


def shift_on(day: int) -> Shift:
    """The shift that begins so many days after the first Monday."""
    return Shift.objects.get(on_date=MONDAY + day * DAY)


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


def test_who_has_shifts_hands_them_over_before_leaving(people: list[Cast], director: Cast) -> None:
    ada, eve = people[0], people[4]
    with pytest.raises(Refused) as no:
        deactivate_user(ada.party, reason="Left", stamp=director.stamp)
    assert no.value.code == "has_live_work"
    assert "1 set of shifts to come" in no.value.sentence
    gatherer = gatherer_of("shift")
    assert gatherer.count([ada.party.pk, director.party.pk], MONDAY) == {ada.party.pk: 1}
    [thing] = gatherer.gather(ada.party, MONDAY - DAY)
    assert thing.title.startswith("2 shifts of the rota, the first Mon, November 30")
    enter_wish(None, kind="leave", from_on=MONDAY + 7 * DAY, stamp=eve.stamp)
    gatherer.pass_on(Ref("shift", thing.key), ada.party, eve.party, director.stamp)
    assert shift_on(0).user == eve.user
    assert shift_on(7).user is None
    assert not duty_of_person(ada.user.pk, from_on=MONDAY)
    deactivate_user(ada.party, reason="Left", stamp=director.stamp)


def test_shifts_of_somebody_whose_role_ended_become_gaps(people: list[Cast]) -> None:
    ada = people[0]
    with guard_pass("a test"):
        ada.user.grants.update(valid_until=MONDAY + DAY)
    assert free_shifts_of_leavers(stamp=HOUSE) == 1
    assert shift_on(0).user == ada.user
    assert shift_on(7).user is None
    found = gaps(MONDAY, MONDAY + 13 * DAY)
    assert [gap.on_date for gap in found] == [MONDAY + 7 * DAY]


def test_a_night_that_begins_on_a_last_day_is_freed_and_not_proposed(
    people: list[Cast], director: Cast
) -> None:
    ada = people[0]
    with guard_pass("a test"):
        ada.user.grants.update(valid_until=MONDAY + 7 * DAY)
    assert free_shifts_of_leavers(stamp=HOUSE) == 1
    assert shift_on(7).user is None
    row = duty_row(shift_on(7))
    assert "Ada" not in [name for _, name, _ in who_could_take(row, at=ada.stamp.at)]
    rota = begin(director, backup=False)
    [away] = problem_of(rota).wishes
    turns = {turn.key: turn for turn in problem_of(rota).turns}
    last = turns[str(turn_on(rota, MONDAY + 7 * DAY).pk)]
    assert away.touches(last)
    assert not away.touches(turns[str(turn_on(rota, MONDAY + 6 * DAY).pk)])


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
