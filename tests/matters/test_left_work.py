"""A last day that was named ahead: what came until then is handed to the director afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.cast import HOUSE, Cast, hire, on_day
from tests.conftest import NOON
from tests.ground import Ground, open_at
from wardroom.access.actor import Role, Stamp
from wardroom.access.models import Grant
from wardroom.directory.actions import cover_ward, deactivate_user, end_grant, grant_role
from wardroom.directory.models import Party
from wardroom.directory.queries import colleagues, get_colleague
from wardroom.jobs import routines
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import (
    add_task,
    finish_handover,
    open_matter,
    reopen_matter,
    take_items,
    take_up_left_work,
)
from wardroom.matters.actions.keeping import close_matter
from wardroom.matters.models import Handover, Matter
from wardroom.matters.queries import get_people_who_left_work, staff_list, things_in, worklist
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TODAY = NOON.date()
LAST = TODAY + timedelta(days=10)
AFTER = LAST + timedelta(days=1)


def house_on(day: date) -> Stamp:
    return replace(HOUSE, at=HOUSE.at + (day - TODAY))


@pytest.fixture
def leaver(liaison5: Cast, director: Cast) -> Cast:
    """The liaison of Ward 5, whose last day is in ten days and who has nothing yet."""
    end_grant(Grant.objects.get(user=liaison5.user), until_on=LAST, stamp=director.stamp)
    return liaison5


@pytest.fixture
def left(ground: Ground, leaver: Cast, director: Cast) -> Matter:
    """What came to them afterwards: a matter of the ward and something to do."""
    matter = open_at(ground, leaver, "5")
    add_task(None, party=leaver.party, wording="Ring them", due_on=LAST, stamp=director.stamp)
    return matter


def run_on(day: date, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(routines, "worker_stamp", lambda: house_on(day))
    return routines.take_up_left_work()


def listed(who: Cast, day: date) -> list[tuple[str, str]]:
    rows = worklist(on_day(who, day).actor, on=day, size=100).rows
    return [(row.reason, row.title) for row in rows]


def test_what_is_left_on_the_day_after_is_handed_to_the_director(
    left: Matter, leaver: Cast, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run_on(LAST, monkeypatch) == 0
    assert run_on(AFTER, monkeypatch) == 1
    handover = Handover.objects.get()
    assert (handover.party, handover.last_on, handover.ward_code) == (leaver.party, LAST, "")
    assert handover.items.count() == 2
    waits = [row for row in listed(director, AFTER) if row[0] == "left_behind"]
    assert waits == [("left_behind", "2 things of Liaison of Ward 5 left behind")]
    line = Entry.objects.get(kind="WorkLeftBehind")
    assert line.actor_id is None
    assert "ended on Saturday, November 28, 2026 with 1 open matter, 1 task" in line.sentence
    row = next(
        r
        for r in staff_list(director.actor, on=AFTER, group="former").rows
        if r.person.party_id == leaver.party.pk
    )
    assert (row.live, row.handover) == (2, handover.pk)


def test_the_next_night_finds_nothing_more(
    left: Matter, monkeypatch: pytest.MonkeyPatch, director: Cast
) -> None:
    assert run_on(AFTER, monkeypatch) == 1
    assert run_on(AFTER + timedelta(days=1), monkeypatch) == 0
    assert Handover.objects.count() == 1


def test_the_row_goes_as_things_find_somebody(
    left: Matter, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_on(AFTER, monkeypatch)
    handover = Handover.objects.get()
    then = on_day(director, AFTER)
    stamp = replace(then.stamp, at=house_on(AFTER).at)
    things = things_in(handover.pk, then.actor, on=AFTER)
    take_items(handover, things=things[:1], stamp=stamp)
    assert ("left_behind", "1 thing of Liaison of Ward 5 left behind") in listed(director, AFTER)
    take_items(handover, things=things[1:], stamp=stamp)
    assert "left_behind" not in dict(listed(director, AFTER))
    finish_handover(handover, stamp=stamp)
    assert Matter.objects.get().owner == director.party


def test_director_is_written_to(
    left: Matter, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_on(AFTER, monkeypatch)
    monkeypatch.setattr("django.utils.timezone.now", lambda: house_on(AFTER).at)
    sweep()
    message = Message.objects.get(subject="Left behind by Liaison of Ward 5")
    assert message.to_address == director.email
    assert "1 open matter, 1 task on the list" in message.text


def test_whoever_stays_in_another_ward_hands_over_the_ward_they_gave_up(
    ground: Ground, left: Matter, leaver: Cast, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant_role(
        leaver.party, role=Role.LIAISON, ward_code="7", valid_from=TODAY, stamp=director.stamp
    )
    open_at(ground, on_day(leaver, TODAY), "7")
    assert run_on(AFTER, monkeypatch) == 1
    handover = Handover.objects.get()
    assert handover.ward_code == "5"
    assert [item.key for item in handover.items.all()] == [str(left.pk)]


def test_what_came_with_a_cover_is_found_when_the_cover_has_ended(
    ground: Ground, liaison7: Cast, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cover_ward(
        liaison7.party, ward_code="5", valid_from=TODAY, valid_until=LAST, stamp=director.stamp
    )
    open_at(ground, on_day(liaison7, TODAY), "5")
    assert run_on(LAST, monkeypatch) == 0
    assert run_on(AFTER, monkeypatch) == 1
    assert Handover.objects.get().ward_code == "5"


def test_matter_taken_up_again_in_the_name_of_somebody_who_went_is_found(
    ground: Ground, liaison5: Cast, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = open_at(ground, liaison5, "5")
    close_matter(matter, outcome="resolved", stamp=director.stamp)
    deactivate_user(liaison5.party, reason="Left", stamp=director.stamp)
    reopen_matter(matter, reason="It is back", next_on=LAST, stamp=director.stamp)
    assert run_on(TODAY, monkeypatch) == 1


def test_who_left_nothing_has_nothing_to_hand_over(leaver: Cast, director: Cast) -> None:
    assert get_people_who_left_work(on=AFTER) == ()
    with pytest.raises(Refused) as no:
        take_up_left_work(leaver.party, stamp=house_on(AFTER))
    assert no.value.code == "nothing_left"


def test_only_the_house_does_that(left: Matter, leaver: Cast, director: Cast) -> None:
    with pytest.raises(NotAllowed):
        take_up_left_work(leaver.party, stamp=director.stamp)


def test_one_that_cannot_be_taken_up_stops_no_other(
    ground: Ground, left: Matter, leaver: Cast, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = hire("other", "Other Liaison", Role.LIAISON, ward="7")
    end_grant(Grant.objects.get(user=other.user), until_on=LAST, stamp=director.stamp)
    open_at(ground, other, "7")
    real = take_up_left_work

    def falls_over(party: Party, *, stamp: Stamp) -> Handover:
        if party == leaver.party:
            raise RuntimeError("the disk is full")
        return real(party, stamp=stamp)

    monkeypatch.setattr("wardroom.matters.actions.take_up_left_work", falls_over)
    assert run_on(AFTER, monkeypatch) == 1
    assert Handover.objects.get().party == other.party


def test_who_is_chosen_from_says_the_last_day_of_whoever_leaves(
    leaver: Cast, director: Cast
) -> None:
    found = {row.party_id: row for row in colleagues(director.actor, on=TODAY)}
    assert found[leaver.party.pk].label == "Liaison of Ward 5, until Saturday, November 28, 2026"
    assert found[director.party.pk].label == "The Director"
    assert found[leaver.party.pk].leaves_before(AFTER)
    assert not found[leaver.party.pk].leaves_before(LAST)
    assert not found[director.party.pk].leaves_before(AFTER)


def test_role_that_follows_another_counts(leaver: Cast, director: Cast) -> None:
    grant_role(leaver.party, role=Role.STAFF, valid_from=AFTER, stamp=director.stamp)
    (row,) = [c for c in colleagues(director.actor, on=TODAY) if c.party_id == leaver.party.pk]
    assert row.until_on is None


def test_nobody_else_is_a_colleague(
    leaver: Cast, director: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    assert get_colleague(leaver.party.pk, director.actor, on=LAST) == leaver.party
    for party, asker, on in (
        (leaver.party, director, AFTER),
        (records_officer.party, director, TODAY),
        (partner_dpw.party, director, TODAY),
        (director.party, partner_dpw, TODAY),
    ):
        with pytest.raises(NotFound):
            get_colleague(party.pk, asker.actor, on=on)


@pytest.fixture
def former_director(liaison7: Cast, director: Cast) -> Cast:
    """The liaison of Ward 7, who is director, too, for ten days yet."""
    grant = grant_role(liaison7.party, role=Role.DIRECTOR, valid_from=TODAY, stamp=director.stamp)
    end_grant(grant, until_on=LAST, stamp=director.stamp)
    return on_day(liaison7, TODAY)


def citywide(who: Cast) -> Matter:
    return open_matter(
        None, kind="issue", title="Rats all over the city", owner=who.party, next_on=LAST,
        stamp=who.stamp,
    )  # fmt: skip


def test_whoever_still_works_here_hands_over_what_they_left_and_keeps_the_rest(
    ground: Ground, former_director: Cast, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = open_at(ground, former_director, "7")
    left = citywide(former_director)
    assert run_on(AFTER, monkeypatch) == 1
    handover = Handover.objects.get()
    assert handover.ward_code == ""
    assert [item.key for item in handover.items.all()] == [str(left.pk)]
    then = on_day(director, AFTER)
    stamp = replace(then.stamp, at=house_on(AFTER).at)
    things = things_in(handover.pk, then.actor, on=AFTER)
    assert [thing.key for thing in things] == [str(left.pk)]
    take_items(handover, things=things, stamp=stamp)
    finish_handover(handover, stamp=stamp)
    assert on_day(former_director, AFTER).actor.roles == {Role.LIAISON}
    line = Entry.objects.get(kind="HandoverFinished")
    assert line.sentence == "What Liaison of Ward 7 left behind is handed over"
    own.refresh_from_db()
    assert own.owner == former_director.party


def test_two_wards_left_behind_are_handed_over_together(
    ground: Ground, left: Matter, leaver: Cast, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody stays in the office, but no longer in either of the wards they ran."""
    cover_ward(
        leaver.party, ward_code="7", valid_from=TODAY, valid_until=LAST, stamp=director.stamp
    )
    grant_role(leaver.party, role=Role.STAFF, valid_from=TODAY, stamp=director.stamp)
    in_7 = open_at(ground, on_day(leaver, TODAY), "7")
    assert run_on(AFTER, monkeypatch) == 1
    handover = Handover.objects.get()
    keys = {item.key for item in handover.items.filter(noun="matter")}
    assert (handover.ward_code, keys) == ("", {str(left.pk), str(in_7.pk)})
