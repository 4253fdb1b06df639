"""Organisations, their seats and who holds them; ANCs made from the boundaries of the city."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from wardroom.city.actions import Feature, load_boundaries
from wardroom.demonstration.district import KINDS, boundaries
from wardroom.directory.actions import (
    PartyWords,
    add_organisation,
    add_seat,
    close_seat,
    describe_party,
    fill_seat,
    make_commissions,
    name_party,
    note_person,
    vacate_seat,
)
from wardroom.directory.models import Alias, Party, Seat
from wardroom.directory.queries import agency_named, party_card
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry

pytestmark = pytest.mark.django_db
TODAY = localdate(NOON)
D2013, D2023 = date(2013, 1, 1), date(2023, 1, 2)


def load_city(day: date = D2023) -> None:
    """The wards, ANCs and districts of the schematic city, in force from a day on."""
    for kind in KINDS:
        load_boundaries(
            None,
            kind=kind,
            valid_from=day,
            features=[Feature(s.code, s.name, s.geometry) for s in boundaries(kind)],
            source="a test",
            digest=f"{kind} of {day}",
            schematic=True,
            stamp=HOUSE,
        )


def refused(code: str, call: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as no:
        call()
    assert no.value.code == code
    return no.value


def association(who: Cast, name: str = "Friends of the Alley") -> Party:
    return add_organisation(None, name=name, organisation_kind="civic", stamp=who.stamp)


def seat_of(organisation: Party, title: str, who: Cast, **more: Any) -> Seat:
    return add_seat(organisation, title=title, stamp=who.stamp, **more)


@pytest.mark.any_database
def test_commissions_are_made_from_the_boundaries(director: Cast) -> None:
    load_city()
    assert make_commissions(None, stamp=director.stamp) == 345
    commissions = Party.objects.filter(organisation_kind="anc")
    assert commissions.count() == len(boundaries("anc"))
    assert not commissions.filter(area_code="7A").exists()
    shared = Seat.objects.filter(organisation__area_code="3/4G")
    assert set(shared.values_list("ward_code", flat=True)) == {"3", "4"}
    assert all(seat.smd_code.startswith("3/4G") for seat in shared)
    assert set(Seat.objects.values_list("since_on", flat=True)) == {D2023}
    card = party_card(commissions.get(area_code="5B").pk, director.actor, on=TODAY)
    assert card.vacancies == len(card.seats) > 0
    assert card.area == "ANC 5B"
    refused("nothing_new", lambda: make_commissions(None, stamp=director.stamp))


def test_newer_boundaries_end_seats_and_tenures_and_keep_the_commission(director: Cast) -> None:
    load_city(D2013)
    make_commissions(None, stamp=director.stamp)
    old = Seat.objects.get(smd_code="5B01")
    fill_seat(old, name="Robin Vale", since_on=date(2019, 1, 2), stamp=director.stamp)
    load_city(D2023)
    assert make_commissions(None, stamp=director.stamp) == 345
    old.refresh_from_db()
    assert (old.until_on, old.tenures.get().until_on) == (D2023, D2023)
    new = Seat.objects.get(smd_code="5B01", until_on=None)
    assert (new.organisation_id, new.since_on) == (old.organisation_id, D2023)
    assert new.district_id != old.district_id
    card = party_card(new.organisation_id, director.actor, on=TODAY)
    past = [s for s in card.seats if s.until_on is not None and s.smd_code == "5B01"]
    assert [h.name for h in past[0].former] == ["Robin Vale"]


def test_only_the_director_makes_commissions(liaison5: Cast) -> None:
    with pytest.raises(NotAllowed):
        make_commissions(None, stamp=liaison5.stamp)


def test_without_boundaries_there_is_nothing_to_make(director: Cast) -> None:
    refused("no_boundaries", lambda: make_commissions(None, stamp=director.stamp))


def test_commissioner_who_moves_away_leaves_a_vacancy(director: Cast, liaison5: Cast) -> None:
    load_city()
    make_commissions(None, stamp=director.stamp)
    seat = Seat.objects.get(smd_code="5B01")
    person = note_person(None, name="Robin Vale", stamp=liaison5.stamp)
    fill_seat(seat, holder=person, since_on=date(2025, 1, 2), stamp=liaison5.stamp)
    vacate_seat(seat, until_on=TODAY, reason="moved to another city", stamp=liaison5.stamp)
    card = party_card(seat.organisation_id, liaison5.actor, on=TODAY)
    shown = next(s for s in card.seats if s.smd_code == "5B01")
    assert shown.vacant
    assert [(h.name, h.until_on) for h in shown.former] == [("Robin Vale", TODAY)]
    holds = party_card(person.pk, liaison5.actor, on=TODAY).holds
    assert [(s.label, s.holder) for s in holds] == [("Commissioner, SMD 5B01", None)]
    refused("already_vacant", lambda: vacate_seat(seat, until_on=TODAY, stamp=liaison5.stamp))
    assert "moved to another city" in Entry.objects.filter(kind="SeatVacated").get().sentence


def test_seat_of_another_ward_is_not_mine_to_fill(director: Cast, liaison7: Cast) -> None:
    load_city()
    make_commissions(None, stamp=director.stamp)
    with pytest.raises(NotAllowed):
        fill_seat(Seat.objects.get(smd_code="5B01"), name="X", since_on=TODAY, stamp=liaison7.stamp)


@pytest.mark.any_database
def test_officer_passes_on_and_members_are_many(liaison5: Cast) -> None:
    group = association(liaison5)
    chair = seat_of(group, "President", liaison5)
    members = seat_of(group, "Member", liaison5)
    for name in ("Ash Reed", "Bo Lane"):
        for seat in (chair, members):
            fill_seat(seat, name=name, since_on=TODAY, stamp=liaison5.stamp)
    seats = {s.title: s for s in party_card(group.pk, liaison5.actor, on=TODAY).seats}
    assert [h.name for h in seats["President"].holders] == ["Bo Lane"]
    assert {h.name for h in seats["Member"].holders} == {"Ash Reed", "Bo Lane"}
    refused(
        "already_so",
        lambda: fill_seat(members, name="Bo Lane", since_on=TODAY, stamp=liaison5.stamp),
    )


def test_seat_that_is_held_is_not_closed(liaison5: Cast) -> None:
    seat = seat_of(association(liaison5), "Secretary", liaison5)
    fill_seat(seat, name="Ash Reed", since_on=TODAY, stamp=liaison5.stamp)
    refused("still_held", lambda: close_seat(seat, reason="x", stamp=liaison5.stamp))
    vacate_seat(seat, until_on=TODAY, stamp=liaison5.stamp)
    refused("reason_missing", lambda: close_seat(seat, reason=" ", stamp=liaison5.stamp))
    close_seat(seat, reason="not needed", stamp=liaison5.stamp)
    refused("seat_ended", lambda: fill_seat(seat, name="B", since_on=TODAY, stamp=liaison5.stamp))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": " "}, "name_missing"),
        ({"name": "x" * 201}, "too_long"),
        ({"organisation_kind": "agency"}, "unknown_organization_kind"),
        ({"organisation_kind": "club"}, "unknown_organization_kind"),
        ({"area": "Ward 99"}, "unknown_area"),
        ({"area": "around the corner"}, "unknown_area"),
    ],
)
def test_bad_organisation_is_refused(liaison5: Cast, given: dict[str, str], code: str) -> None:
    words = {"name": "A Group", "organisation_kind": "faith", **given}
    refused(code, lambda: add_organisation(None, **words, stamp=liaison5.stamp))
    assert not Party.objects.filter(kind="organisation").exists()


def test_same_name_and_kind_is_there_already(liaison5: Cast) -> None:
    association(liaison5, "The Friends")
    refused("already_there", lambda: association(liaison5, "the friends"))


def test_what_is_known_is_corrected_and_the_line_says_what(liaison5: Cast) -> None:
    load_city()
    group = association(liaison5)
    words = PartyWords(
        language="am", access_needs="A ramp", organisation_kind="tenant", area="smd 5b01"
    )
    describe_party(group, words=words, stamp=liaison5.stamp)
    card = party_card(group.pk, liaison5.actor, on=TODAY)
    assert (card.language, card.access_needs, card.area) == ("Amharic", "A ramp", "SMD 5B01")
    line = Entry.objects.filter(kind="PartyDescribed").get()
    assert {c["label"] for c in line.body["changes"]} == {
        "Language", "Access needs", "Kind of organization", "Area",
    }  # fmt: skip
    refused("nothing_new", lambda: describe_party(group, words=words, stamp=liaison5.stamp))


def test_agency_has_its_anc_liaison_named_by_the_director(
    director: Cast, liaison5: Cast, agencies: Mapping[str, Party]
) -> None:
    with pytest.raises(NotAllowed):
        seat_of(agencies["DPW"], "ANC liaison", liaison5)
    seat = seat_of(agencies["DPW"], "ANC liaison", director)
    fill_seat(seat, name="Kim of the yard", since_on=TODAY, stamp=director.stamp)
    seats = party_card(agencies["DPW"].pk, liaison5.actor, on=TODAY).seats
    assert [(s.title, s.holder and s.holder.name, s.may_keep) for s in seats] == [
        ("ANC liaison", "Kim of the yard", False)
    ]


def test_renamed_agency_is_found_by_the_name_of_the_day(
    director: Cast, agencies: Mapping[str, Party]
) -> None:
    dob = agencies["DOB"]
    name_party(dob, name="Office of Buildings", on=date(2026, 10, 1), stamp=director.stamp)
    assert Alias.objects.get(party=dob).valid_until == date(2026, 9, 30)
    assert agency_named("Department of Buildings", on=date(2026, 9, 30)) == dob
    assert agency_named("Department of Buildings", on=date(2026, 10, 1)) is None
    tomorrow = TODAY + timedelta(days=1)
    refused("yet_to_come", lambda: name_party(dob, name="X", on=tomorrow, stamp=director.stamp))


def test_seats_are_not_made_for_a_person(liaison5: Cast) -> None:
    person = note_person(None, name="Robin Vale", stamp=liaison5.stamp)
    refused("not_an_organization", lambda: seat_of(person, "Chair", liaison5))
