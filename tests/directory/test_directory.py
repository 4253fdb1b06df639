"""The directory keeps who is who, and only the right people change it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from tests.cast import HOUSE, Cast, hire
from wardroom.access.actor import NOBODY, Role
from wardroom.access.models import Grant, User
from wardroom.access.queries import actor_for
from wardroom.directory import actions, queries
from wardroom.directory.models import Party
from wardroom.directory.rules import LIAISON_SEAT
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry

pytestmark = pytest.mark.django_db


def test_renamed_agency_keeps_its_identity(agencies: Mapping[str, Party]) -> None:
    dob = agencies["DOB"]
    actions.add_alias(dob, name="DCRA", valid_until=date(2022, 9, 30), stamp=HOUSE)
    assert queries.agency_named("dcra") == dob
    assert queries.agency_named("DCRA", on=date(2021, 1, 1)) == dob
    assert queries.agency_named("DCRA", on=date(2023, 1, 1)) is None
    assert queries.agency_named("department of buildings") == dob
    assert queries.agency_named("  ") is None


def test_liaison_may_not_grant_roles(liaison5: Cast, liaison7: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.grant_role(
            liaison7.party,
            role=Role.DIRECTOR,
            valid_from=date(2026, 1, 1),
            stamp=liaison5.stamp,
        )


@pytest.mark.parametrize(
    ("email", "password", "code"),
    [
        ("not an address", "walk-the-alley-twice", "bad_email"),
        ("new@example.org", "password", "weak_password"),
        ("LIAISON5@example.org", "walk-the-alley-twice", "email_taken"),
    ],
)
def test_bad_user_is_refused(
    liaison5: Cast, director: Cast, email: str, password: str, code: str
) -> None:
    with pytest.raises(Refused) as no:
        actions.add_user(None, email=email, name="New", password=password, stamp=director.stamp)
    assert no.value.code == code
    assert User.objects.count() == 2


def test_liaison_needs_a_ward_and_partner_an_agency(liaison5: Cast, director: Cast) -> None:
    for role, code in ((Role.LIAISON, "ward_missing"), (Role.PARTNER, "agency_missing")):
        with pytest.raises(Refused) as no:
            actions.grant_role(
                liaison5.party, role=role, valid_from=date(2026, 1, 1), stamp=director.stamp
            )
        assert no.value.code == code


def test_last_director_cannot_be_ended(director: Cast) -> None:
    grant = Grant.objects.get(user=director.user)
    with pytest.raises(Refused) as no:
        actions.end_grant(grant, until_on=date(2026, 12, 1), stamp=director.stamp)
    assert no.value.code == "last_director"
    hire("second", "Second Director", Role.DIRECTOR)
    actions.end_grant(grant, until_on=date(2026, 12, 1), stamp=director.stamp)
    assert not actor_for(director.user, on=date(2026, 12, 2)).roles


def test_seat_passes_on(director: Cast, liaison5: Cast, liaison7: Cast) -> None:
    office = actions.add_party(
        None, kind="organisation", name="Office of Community Relations", stamp=HOUSE
    )
    for holder, since in ((liaison5, date(2025, 1, 1)), (liaison7, date(2026, 6, 1))):
        actions.hold_seat(
            office,
            title=LIAISON_SEAT,
            holder=holder.party,
            since_on=since,
            ward_code="5",
            stamp=director.stamp,
        )
    assert queries.liaison_of("5", on=date(2026, 5, 31)) == liaison5.party.name
    assert queries.liaison_of("5", on=date(2026, 6, 1)) == liaison7.party.name
    assert queries.liaison_of("3", on=date(2026, 6, 1)) == ""


def test_seats_of_the_core_team_make_nobody_liaison(
    director: Cast, liaison5: Cast, partner_dpw: Cast, agencies: Mapping[str, Party]
) -> None:
    office = actions.add_party(None, kind="organisation", name=actions.OFFICE, stamp=HOUSE)
    for seat in (
        (office, LIAISON_SEAT, liaison5.party, date(2026, 1, 1)),
        (agencies["DPW"], "Core team, Ward 5", partner_dpw.party, date(2026, 6, 1)),
        (agencies["DPW"], LIAISON_SEAT, partner_dpw.party, date(2026, 6, 1)),
        (office, "Assistant", director.party, date(2026, 6, 1)),
    ):
        organisation, title, holder, since = seat
        actions.hold_seat(
            organisation,
            title=title,
            holder=holder,
            since_on=since,
            ward_code="5",
            stamp=director.stamp,
        )
    assert queries.get_liaison_of("5", on=date(2026, 7, 1)) == liaison5.party


def test_every_change_is_a_line_of_the_ledger(liaison5: Cast) -> None:
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"UserAdded", "RoleGranted"} <= kinds
    line = Entry.objects.get(kind="RoleGranted")
    assert line.sentence == "Liaison of Ward 5 is liaison of Ward 5 from January 1, 2026"


def test_stranger_sees_no_agency_and_is_no_party(agencies: Mapping[str, Party]) -> None:
    assert queries.agencies(NOBODY) == ()
    with pytest.raises(NotFound):
        queries.get_party_of(NOBODY)
