"""Shifts of somebody who leaves: handed over before, and freed after."""

from __future__ import annotations

import pytest

from tests.cast import HOUSE, Cast
from tests.office.rotas import DAY, MONDAY, begin, turn_on
from tests.office.swapping import people, shift_on
from wardroom.access.gate import guard_pass
from wardroom.calendar.queries import duty_of_person, gaps
from wardroom.calendar.queries.duty import duty_row
from wardroom.directory.actions import deactivate_user
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Ref
from wardroom.matters.gateways import gatherer_of
from wardroom.office.actions import enter_wish
from wardroom.office.gateways import free_shifts_of_leavers
from wardroom.office.queries import who_could_take
from wardroom.office.queries.proposing import problem_of

__all__ = ["people"]
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


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
