"""Roles and seats of people on other terms: which they may have, and for how long."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import Cast
from tests.office.people import LAST, TODAY, day, detail, lent, placed, told, volunteer
from wardroom.access.actor import Role
from wardroom.access.models import Grant
from wardroom.access.queries import actor_for
from wardroom.directory.actions import end_grant, fill_seat, grant_role, invite_person
from wardroom.directory.models import Tenure
from wardroom.directory.queries.seats import get_liaison_of
from wardroom.ledger.models import Entry
from wardroom.office.actions import agree_term, extend_term, keep_as_employee, shorten_term, take_on

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_role_given_during_a_term_goes_no_further(director: Cast, liaison5: Cast) -> None:
    lent(liaison5, director)
    grant = grant_role(liaison5.party, role=Role.STAFF, valid_from=TODAY, stamp=director.stamp)
    assert grant.valid_until == LAST
    late = lambda: grant_role(  # noqa: E731
        liaison5.party, role=Role.STAFF, valid_from=day(90), stamp=director.stamp
    )
    assert told(late) == ("access_ended", "valid_from")


def test_who_stays_as_an_employee_keeps_everything(director: Cast, liaison5: Cast) -> None:
    term = lent(liaison5, director)
    keep_as_employee(term, reason="Appointed", stamp=director.stamp)
    liaison5.user.refresh_from_db()
    assert liaison5.user.ends_on is None
    assert actor_for(liaison5.user, on=day(300)).reach.wards == {"5"}


def test_last_director_cannot_be_on_a_term(director: Cast) -> None:
    one = lambda: agree_term(director.party, draft=detail(), stamp=director.stamp)  # noqa: E731
    assert told(one)[0] == "last_director"


def test_somebody_new_is_sent_a_link_and_ends_with_the_term(director: Cast) -> None:
    term = take_on(
        None,
        name="On loan",
        email="loan@example.org",
        role=Role.STAFF,
        draft=detail(),
        stamp=director.stamp,
    )
    user = term.party.user
    assert user is not None
    user.refresh_from_db()
    assert user.ends_on == LAST
    assert Entry.objects.filter(kind="PersonInvited").exists()


def test_volunteer_leads_no_ward(director: Cast, liaison5: Cast) -> None:
    new = lambda: take_on(  # noqa: E731
        None,
        name="A pupil",
        email="pupil@example.org",
        role=Role.LIAISON,
        role_ward="3",
        draft=volunteer(age="minor", consent_from="parent", consent_on=TODAY),
        stamp=director.stamp,
    )
    assert told(new) == ("displaces", "role")
    assert get_liaison_of("3", on=TODAY) is None
    known = lambda: agree_term(liaison5.party, draft=volunteer(), stamp=director.stamp)  # noqa: E731
    assert told(known) == ("displaces", "role")


def test_longer_term_leaves_the_seat_to_whoever_has_it_by_then(director: Cast) -> None:
    first = take_on(
        None,
        name="On loan",
        email="loan@example.org",
        role=Role.LIAISON,
        role_ward="3",
        draft=detail(),
        stamp=director.stamp,
    )
    invite_person(
        None,
        email="next@example.org",
        name="The successor",
        role=Role.LIAISON,
        since_on=day(90),
        ward_code="3",
        stamp=director.stamp,
    )
    extend_term(first, until_on=day(120), reason="To hand over", stamp=director.stamp)
    held = Tenure.objects.get(party=first.party)
    assert held.until_on == day(90)
    line = Entry.objects.filter(kind="AccessBounded").latest("pk")
    assert line.sentence.endswith("somebody else has the seat by then: Ward liaison, Ward 3")
    shorten_term(first, until_on=day(60), reason="Called back", stamp=director.stamp)
    held.refresh_from_db()
    assert held.until_on == day(61)


def test_what_was_ended_for_itself_stays_ended_when_somebody_stays(
    director: Cast, liaison5: Cast
) -> None:
    seat = placed("5", director).seat
    assert seat is not None
    fill_seat(seat, holder=liaison5.party, since_on=TODAY, stamp=director.stamp)
    own = grant_role(
        liaison5.party, role=Role.STAFF, valid_from=TODAY, valid_until=day(200),
        stamp=director.stamp,
    )  # fmt: skip
    term = lent(liaison5, director)
    own.refresh_from_db()
    assert own.valid_until == LAST
    ended = Grant.objects.get(user=liaison5.user, role=Role.LIAISON)
    end_grant(ended, until_on=LAST, stamp=director.stamp)
    keep_as_employee(term, reason="Appointed", stamp=director.stamp)
    ended.refresh_from_db()
    own.refresh_from_db()
    assert (ended.valid_until, own.valid_until) == (LAST, day(200))
    assert Tenure.objects.get(party=liaison5.party).until_on == day(90)


def test_role_ended_for_itself_is_not_extended_with_the_term(
    director: Cast, liaison5: Cast
) -> None:
    seat = placed("5", director).seat
    assert seat is not None
    fill_seat(seat, holder=liaison5.party, since_on=TODAY, stamp=director.stamp)
    term = lent(liaison5, director)
    ended = Grant.objects.get(user=liaison5.user, role=Role.LIAISON)
    end_grant(ended, until_on=day(30), stamp=director.stamp)
    assert Tenure.objects.get(party=liaison5.party).until_on == day(31)
    extend_term(term, until_on=day(120), reason="More to do", stamp=director.stamp)
    ended.refresh_from_db()
    assert ended.valid_until == day(30)
    assert Tenure.objects.get(party=liaison5.party).until_on == day(31)


def test_role_given_during_a_term_goes_on_when_somebody_stays(
    director: Cast, liaison5: Cast
) -> None:
    term = lent(liaison5, director)
    open_ended = grant_role(liaison5.party, role=Role.STAFF, valid_from=TODAY, stamp=director.stamp)
    keep_as_employee(term, reason="Appointed", stamp=director.stamp)
    open_ended.refresh_from_db()
    assert (open_ended.valid_until, open_ended.bounded) == (None, False)


@pytest.mark.parametrize("role", [Role.LIAISON, Role.DIRECTOR])
def test_volunteer_is_given_no_role_of_an_employee(director: Cast, role: Role) -> None:
    term = take_on(
        None,
        name="A neighbor who helps",
        email="helps@example.org",
        role=Role.STAFF,
        draft=volunteer(),
        stamp=director.stamp,
    )
    given: dict[str, Any] = {"role": role, "ward_code": "5", "stamp": director.stamp}
    give = lambda: grant_role(term.party, valid_from=TODAY, **given)  # noqa: E731
    assert told(give) == ("displaces", "role")
    shorten_term(term, until_on=TODAY, reason="Hired", stamp=director.stamp)
    assert told(give) == ("displaces", "role")
    assert not Grant.objects.filter(user__party=term.party, role=role.value).exists()
