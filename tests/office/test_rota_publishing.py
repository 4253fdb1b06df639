"""Rotas in force: what stops publication, who is told what, new versions, and gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.office.rotas import (
    DAY,
    MONDAY,
    at,
    begin,
    by_hand,
    people,
    published,
    quick,
    refused,
    turn_on,
    wall,
)
from wardroom.access.gate import guard_pass
from wardroom.calendar.actions import assign_shift
from wardroom.calendar.models import Shift
from wardroom.calendar.queries import on_duty
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import Refused
from wardroom.matters.models import Waiting
from wardroom.notices.models import Message
from wardroom.office.actions import (
    accept_swap,
    ask_swap,
    enter_wish,
    give_turn,
    keep_gaps,
    publish_rota,
    revise_rota,
    want_proposal,
)
from wardroom.office.queries import rota_file, rota_list
from wardroom.office.queries.gaps import gaps_have_changed

__all__ = ["people", "quick"]
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_publishing_makes_shifts_and_tells_those_it_touches(
    director: Cast, people: list[Cast]
) -> None:
    published(director, people)
    assert Shift.objects.count() == 14
    found = on_duty(wall(MONDAY, 22))
    assert found is not None
    assert found.name == "Ada"
    told = Message.objects.filter(subject__startswith="Your shifts have changed")
    assert {m.to_name for m in told} == {who.user.name for who in people}
    ada = told.get(to_name="Ada")
    assert "Yours now: Mon, November 30, 5:00 p.m. to Tue 8:00 a.m.: On call" in ada.text


def test_a_new_version_tells_only_who_it_touches_and_the_old_stays(
    director: Cast, people: list[Cast], liaison5: Cast
) -> None:
    rota = published(director, people)
    made = revise_rota(rota, stamp=director.stamp)
    with pytest.raises(Refused):
        revise_rota(rota, stamp=director.stamp)
    give_turn(turn_on(made, MONDAY), user_id=people[4].user.pk, because="x", stamp=director.stamp)
    before = set(Message.objects.values_list("pk", flat=True))
    publish_rota(made, stamp=director.stamp)
    sweep()
    told = Message.objects.exclude(pk__in=before).filter(subject__startswith="Your shifts")
    assert {m.to_name for m in told} == {"Ada", "Eve"}
    old = rota_file(rota.pk, liaison5.actor)
    assert (old.row.state, old.later_id, old.turns[0].name) == ("replaced", made.pk, "Ada")
    assert rota_file(made.pk, liaison5.actor).turns[0].name == "Eve"
    assert [row.version for row in rota_list(liaison5.actor)] == [2, 1]


def test_what_changed_hands_while_a_version_was_drafted_stays_so(
    director: Cast, people: list[Cast]
) -> None:
    rota = published(director, people)
    made = revise_rota(rota, stamp=director.stamp)
    ada, ben, eve = people[0], people[1], people[4]
    swap = ask_swap(Shift.objects.get(on_date=MONDAY), asked_id=eve.user.pk, stamp=ada.stamp)
    accept_swap(swap, stamp=eve.stamp)
    assign_shift(
        Shift.objects.get(on_date=MONDAY + 2 * DAY), user=None, why="ill", stamp=director.stamp
    )
    before = set(Message.objects.values_list("pk", flat=True))
    publish_rota(made, stamp=director.stamp)
    assert Shift.objects.get(on_date=MONDAY).user == eve.user
    assert Shift.objects.get(on_date=MONDAY + 2 * DAY).user is None
    assert Shift.objects.get(on_date=MONDAY + DAY).user == ben.user
    assert not Message.objects.exclude(pk__in=before).filter(subject__startswith="Your shifts")


def test_a_turn_changed_in_the_draft_and_in_force_is_given_again(
    director: Cast, people: list[Cast]
) -> None:
    rota = published(director, people)
    made = revise_rota(rota, stamp=director.stamp)
    dov, eve = people[3], people[4]
    turn = turn_on(made, MONDAY)
    give_turn(turn, user_id=dov.user.pk, because="x", stamp=director.stamp)
    assign_shift(Shift.objects.get(on_date=MONDAY), user=eve.user, why="x", stamp=director.stamp)
    with pytest.raises(Refused) as no:
        publish_rota(made, stamp=director.stamp)
    assert refused(no) == "moved_on"
    assert no.value.sentence.startswith("Mon, November 30, 5:00 p.m. to Tue 8:00 a.m. changed")
    assert Shift.objects.get(on_date=MONDAY).user == eve.user
    give_turn(turn, user_id=dov.user.pk, because="x", stamp=director.stamp)
    publish_rota(made, stamp=director.stamp)
    assert Shift.objects.get(on_date=MONDAY).user == dov.user


def test_a_proposal_fills_the_gaps_of_a_new_version_and_moves_nobody(
    director: Cast, people: list[Cast]
) -> None:
    rota = published(director, people, weeks=1)
    shift = Shift.objects.get(on_date=MONDAY + 2 * DAY)
    assign_shift(shift, user=None, why="ill", stamp=director.stamp)
    made = revise_rota(rota, stamp=director.stamp)
    held = dict(made.turns.filter(user__isnull=False).values_list("pk", "user"))
    want_proposal(made, stamp=director.stamp)
    sweep()
    file = rota_file(made.pk, director.actor)
    assert (file.sought, file.row.gaps) == ("found", 0)
    assert held.items() <= dict(made.turns.values_list("pk", "user")).items()


def test_who_left_has_no_turn_in_a_new_version_and_the_director_keeps_theirs(
    director: Cast, people: list[Cast]
) -> None:
    rota = published(director, people)
    shift = Shift.objects.get(on_date=MONDAY + DAY)
    assign_shift(shift, user=director.user, why="x", stamp=director.stamp)
    with guard_pass("a test"):
        people[0].user.grants.update(valid_until=MONDAY + 3 * DAY)
    made = revise_rota(rota, stamp=director.stamp)
    assert turn_on(made, MONDAY).user == people[0].user
    assert turn_on(made, MONDAY + 8 * DAY).user is None
    publish_rota(made, stamp=director.stamp)
    assert Shift.objects.get(on_date=MONDAY + DAY).user == director.user
    assert Shift.objects.get(on_date=MONDAY + 8 * DAY).user is None


def test_two_rotas_do_not_hold_the_same_days(director: Cast, people: list[Cast]) -> None:
    published(director, people)
    other = begin(director, backup=False)
    with pytest.raises(Refused) as no:
        publish_rota(other, stamp=director.stamp)
    assert refused(no) == "overlaps"


def test_leave_that_came_after_the_draft_stops_publishing(
    director: Cast, people: list[Cast]
) -> None:
    rota = begin(director, backup=False)
    by_hand(rota, director, people)
    enter_wish(None, kind="leave", from_on=MONDAY, stamp=people[0].stamp)
    with pytest.raises(Refused) as no:
        publish_rota(rota, stamp=director.stamp)
    assert "Ada cannot have Mon, November 30" in no.value.sentence
    with pytest.raises(Refused) as no:
        publish_rota(rota, stamp=at(director, NOON + timedelta(days=60)))
    assert refused(no) == "over"


def test_a_reason_for_a_warning_does_not_hide_leave(director: Cast, people: list[Cast]) -> None:
    rota, ada = begin(director, backup=False), people[0]
    for day in (0, 1):
        turn = turn_on(rota, MONDAY + day * DAY)
        give_turn(turn, user_id=ada.user.pk, because="asked for", stamp=director.stamp)
    assert turn_on(rota, MONDAY + DAY).overridden
    enter_wish(None, kind="leave", from_on=MONDAY + DAY, stamp=ada.stamp)
    assert [row.turn.on_date for row in rota_file(rota.pk, director.actor).troubled] == [
        MONDAY, MONDAY + DAY
    ]  # fmt: skip
    with pytest.raises(Refused) as no:
        publish_rota(rota, stamp=director.stamp)
    assert refused(no) == "impossible"


def test_gaps_stand_in_the_directors_day_until_they_are_filled(
    director: Cast, people: list[Cast]
) -> None:
    rota = begin(director, weeks=6, backup=False)
    by_hand(rota, director, people)
    give_turn(turn_on(rota, MONDAY), user_id=None, stamp=director.stamp)
    publish_rota(rota, stamp=director.stamp)
    keep_gaps(None, stamp=HOUSE)
    row = Waiting.objects.get(noun="gap")
    assert row.party == director.party
    assert row.title.startswith("Nobody is planned to be on call in the nights from Wednesday")
    assert row.title.endswith("and 1 more gap")
    assert row.due_on == NOON.date()
    later = at(director, wall(MONDAY, 9))
    assign_shift(Shift.objects.get(on_date=MONDAY), user=people[3].user, why="x", stamp=later)
    assert gaps_have_changed(on=MONDAY)
    keep_gaps(None, stamp=replace(HOUSE, at=later.at))
    assert not Waiting.objects.filter(noun="gap").exists()
    assert not gaps_have_changed(on=MONDAY)
