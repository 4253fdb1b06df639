"""Seats on a ward's core team: principal and alternate, from when to when, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from wardroom.directory.actions import SeatDraft, leave_seat, seat_agency, take_agency_off
from wardroom.directory.models import Party, Seat, Tenure
from wardroom.directory.queries.core_team import core_team, get_team_seat, wards_of_agencies
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
MONTH = timedelta(days=30)
Agencies = Mapping[str, Party]


def seated(who: Cast, agency: Party, name: str, **more: Any) -> Tenure:
    given = {"ward_code": "5", "since_on": TODAY - MONTH, **more}
    return seat_agency(SeatDraft(agency=agency, name=name, **given), stamp=who.stamp)


def refused(code: str, call: Callable[[], object]) -> None:
    with pytest.raises(Refused) as no:
        call()
    assert no.value.code == code


@pytest.mark.any_database
def test_agency_has_a_principal_and_an_alternate(liaison5: Cast, agencies: Agencies) -> None:
    seated(liaison5, agencies["DPW"], "Pat of the yard")
    seated(liaison5, agencies["DPW"], "Sam of the yard", alternate=True)
    seated(liaison5, agencies["DDOT"], "Kim of the street", alternate=True)
    rows = core_team("5", on=TODAY)
    shown = [
        (r.agency_code, r.principal and r.principal.name, r.alternate and r.alternate.name)
        for r in rows
    ]
    assert shown == [
        ("DPW", "Pat of the yard", "Sam of the yard"),
        ("DDOT", None, "Kim of the street"),
    ]
    assert wards_of_agencies(["DPW", "DOB"], on=TODAY) == {"DPW": frozenset({"5"})}
    assert core_team("7", on=TODAY) == ()


@pytest.mark.any_database
def test_name_nobody_knows_stays_a_name(liaison5: Cast, agencies: Agencies) -> None:
    tenure = seated(liaison5, agencies["DPW"], "  Pat   of the yard ")
    assert (tenure.party, tenure.holder_name) == (None, "Pat of the yard")


def test_person_of_the_agency_is_found_by_name(
    liaison5: Cast, partner_dpw: Cast, agencies: Agencies
) -> None:
    assert seated(liaison5, agencies["DPW"], "partner at dpw").party == partner_dpw.party
    assert seated(liaison5, agencies["DDOT"], "Partner at DPW").party is None
    [row] = [r for r in core_team("5", on=TODAY) if r.agency_code == "DPW"]
    assert row.principal is not None
    assert row.principal.addresses == (partner_dpw.email,)


def test_address_makes_a_person_that_mail_reaches(liaison5: Cast, agencies: Agencies) -> None:
    seated(liaison5, agencies["DPW"], "Pat of the yard", email="pat@example.org")
    [row] = core_team("5", on=TODAY)
    assert row.principal is not None
    assert row.principal.party_id is not None
    assert row.principal.addresses == ("pat@example.org",)
    refused("bad_email", lambda: seated(liaison5, agencies["DOB"], "Lee", email="lee at home"))


def test_next_holder_ends_the_one_before(liaison5: Cast, agencies: Agencies) -> None:
    seated(liaison5, agencies["DPW"], "Pat")
    refused("already_so", lambda: seated(liaison5, agencies["DPW"], "Pat"))
    early = TODAY - 2 * MONTH
    refused("starts_too_early", lambda: seated(liaison5, agencies["DPW"], "Lee", since_on=early))
    seated(liaison5, agencies["DPW"], "Lee", since_on=TODAY)
    [row] = core_team("5", on=TODAY)
    assert row.principal is not None
    assert row.principal.name == "Lee"
    assert [(h.name, h.until_on) for h in row.former] == [("Pat", TODAY)]
    [before] = core_team("5", on=TODAY - timedelta(days=1))
    assert before.principal is not None
    assert before.principal.name == "Pat"


def test_seat_may_be_vacant(liaison5: Cast, agencies: Agencies) -> None:
    seat = seated(liaison5, agencies["DPW"], "Pat").seat
    refused(
        "ends_too_early", lambda: leave_seat(seat, until_on=date(2020, 1, 1), stamp=liaison5.stamp)
    )
    leave_seat(seat, until_on=TODAY, stamp=liaison5.stamp)
    [row] = core_team("5", on=TODAY)
    assert row.principal is None
    refused("already_vacant", lambda: leave_seat(seat, until_on=TODAY, stamp=liaison5.stamp))


@pytest.mark.any_database
def test_agency_leaves_the_table_with_a_reason(liaison5: Cast, agencies: Agencies) -> None:
    seat = seated(liaison5, agencies["DPW"], "Pat").seat
    refused("reason_missing", lambda: take_agency_off(seat, reason=" ", stamp=liaison5.stamp))
    take_agency_off(seat, reason="It sends nobody", stamp=liaison5.stamp)
    assert core_team("5", on=TODAY) == ()
    assert len(core_team("5", on=TODAY - timedelta(days=1))) == 1
    assert Entry.objects.get(kind="AgencyLeftCoreTeam").sentence == (
        "Department of Public Works has no seat on the core team of Ward 5 from Wednesday, "
        "November 18, 2026: It sends nobody"
    )
    refused("already_off", lambda: take_agency_off(seat, reason="Again", stamp=liaison5.stamp))
    seated(liaison5, agencies["DPW"], "Lee", since_on=TODAY)
    assert len(core_team("5", on=TODAY)) == 1


def test_only_those_who_run_the_ward_keep_its_core_team(
    liaison5: Cast,
    liaison7: Cast,
    director: Cast,
    partner_dpw: Cast,
    staff: Cast,
    agencies: Agencies,
) -> None:
    for who in (liaison7, partner_dpw, staff):
        with pytest.raises(NotAllowed):
            seated(who, agencies["DPW"], "Pat")
    seat = seated(director, agencies["DPW"], "Pat").seat
    with pytest.raises(NotAllowed):
        leave_seat(seat, until_on=TODAY, stamp=liaison7.stamp)
    with pytest.raises(NotFound):
        get_team_seat(seat.pk, "7")
    assert Seat.objects.count() == 1


def test_what_is_no_agency_has_no_seat(liaison5: Cast) -> None:
    refused("not_an_agency", lambda: seated(liaison5, liaison5.party, "Pat"))
