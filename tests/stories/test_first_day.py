"""A liaison's first day: a call to a commissioner nobody introduced, a list, and a move away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from tests.cast import HOUSE, Cast, hire
from tests.conftest import NOON
from tests.directory.test_organisations import load_city
from tests.web.conftest import open_site, stop_at_noon
from wardroom.access.actor import Role
from wardroom.calendar.actions import add_participation, plan_event
from wardroom.calendar.actions.planning import EventDraft
from wardroom.calendar.models import Event
from wardroom.casework.actions import take_complaint
from wardroom.city.actions import note_place
from wardroom.city.models import District
from wardroom.directory.actions import OFFICE, add_party, hold_seat, make_commissions, note_person
from wardroom.directory.models import Party, Seat
from wardroom.directory.rules import LIAISON_SEAT
from wardroom.library.actions import load_reference_data
from wardroom.matters.actions import add_legal_deadline, log_contact

pytestmark = pytest.mark.django_db
TODAY = localdate(NOON)
LIST = "Name,E-mail,Language\nBo Lane,bo@example.org,Spanish\nKim Hale,kim@example.org,\n"


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at_noon(monkeypatch)


def test_first_day_of_a_liaison(director: Cast, liaison5: Cast) -> None:
    seat, person = the_former_liaison_knew_her(director, liaison5)
    new = hire("new5", "New Liaison of Ward 5", Role.LIAISON, ward="5")
    desk = open_site(new)
    the_brief_tells_what_to_know(desk, seat, person)
    the_calendar_leads_there(desk, person)
    a_list_is_read_in_and_taken_back(desk)
    she_moves_away_and_the_seat_is_vacant(desk, seat, person)


def the_former_liaison_knew_her(director: Cast, liaison5: Cast) -> tuple[Seat, Party]:
    load_city()
    make_commissions(None, stamp=director.stamp)
    load_reference_data(None, stamp=HOUSE)
    office = add_party(None, kind="organisation", name=OFFICE, stamp=HOUSE)
    hold_seat(
        office,
        title=LIAISON_SEAT,
        holder=liaison5.party,
        since_on=TODAY - timedelta(days=90),
        ward_code="5",
        stamp=HOUSE,
    )
    seat = Seat.objects.filter(ward_code="5", district__isnull=False).order_by("smd_code")[0]
    desk = open_site(liaison5)
    page = reverse("party", args=[seat.organisation_id])
    sent = {"seat_id": seat.pk, "who": "Ash Reed", "since_on": "2025-01-02"}
    assert desk.post(f"{page}fill/", sent).status_code == 302
    assert "Ash Reed" in desk.get(page).content.decode()
    person = _noted("Ash Reed", liaison5)
    again = {**sent, "who": f"P-{person.pk}", "since_on": "2025-02-01"}
    assert desk.post(f"{page}fill/", again).status_code == 302
    district = District.objects.get(boundary_set__valid_until=None, code=seat.smd_code)
    place = note_place(
        None,
        key=4242,
        label="Alley behind the school",
        latitude=(district.south + district.north) / 2,
        longitude=(district.west + district.east) / 2,
        stamp=HOUSE,
    )
    complaint = take_complaint(
        place, said="Rats again", channel="phone", reporter=person, stamp=liaison5.stamp
    )
    add_legal_deadline(
        complaint.matter,
        party=liaison5.party,
        wording="Answer her request for the work orders",
        rule_code="dc-foia",
        started_at=NOON - timedelta(days=4),
        stamp=liaison5.stamp,
    )
    for days, who in ((40, liaison5), (20, director), (10, liaison5), (3, liaison5)):
        at = replace(who.stamp, at=NOON - timedelta(days=days))
        words = f"Said something {days} days ago"
        log_contact(None, channel="phone", text=words, party=person, ward_code="5", stamp=at)
    return seat, person


def _noted(name: str, who: Cast) -> Party:
    return note_person(None, name=name, phone="202-555-0101", language="es", stamp=who.stamp)


def the_brief_tells_what_to_know(desk: Client, seat: Seat, person: Party) -> None:
    answer = desk.get(reverse("brief", args=[person.pk]))
    words = answer.content.decode()
    for said in (
        f"Commissioner, SMD {seat.smd_code}",
        "Spanish",
        "Answer her request for the work orders",
        "Said something 3 days ago",
        "Said something 10 days ago",
        "The Director",
        f"Inside SMD {seat.smd_code}",
        "1 open",
    ):
        assert said in words, said
    assert len(answer.context["brief"].touches) == 3
    assert "40 days ago" not in words


def the_calendar_leads_there(desk: Client, person: Party) -> None:
    starts = NOON + timedelta(days=7)
    draft = EventDraft(
        kind="joint_work_day",
        title="Clear the alley",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        ward_code="5",
    )
    event = plan_event(draft, stamp=hire("second5", "Second", Role.LIAISON, ward="5").stamp)
    sent = {"who": person.name, "role": "guest"}
    assert desk.post(reverse("event_move", args=[event.pk, "join"]), sent).status_code == 302
    stamp = replace(HOUSE, actor=hire("third5", "Third", Role.DIRECTOR).actor)
    add_participation(event, party=person, name="", role="guest", stamp=stamp)
    page = desk.get(reverse("event", args=[event.pk])).content.decode()
    assert reverse("brief", args=[person.pk]) in page
    brief = desk.get(reverse("brief", args=[person.pk])).content.decode()
    assert "Clear the alley" in brief
    assert Event.objects.count() == 1


def a_list_is_read_in_and_taken_back(desk: Client) -> None:
    way = reverse("contacts_import")
    before = Party.objects.count()
    shown = desk.post(way, {"text": LIST})
    assert shown.status_code == 200
    assert Party.objects.count() == before
    assert shown.context["to_write"] == 2
    digest = shown.context["preview"].digest
    stale = desk.post(way, {"text": LIST, "preview": "0" * 32, "write": "1"})
    assert (stale.status_code, Party.objects.count()) == (409, before)
    done = desk.post(way, {"text": LIST, "preview": digest, "write": "1"})
    assert done.status_code == 302
    assert "Bo Lane" in desk.get("/people/?kind=person").content.decode()
    page = done.headers["Location"]
    assert desk.post(f"{page}undo/").status_code == 302
    assert "Taken back" in desk.get(page).content.decode()
    people = desk.get("/people/?kind=person").content.decode()
    assert "Bo Lane" not in people
    assert "Kim Hale" not in people


def she_moves_away_and_the_seat_is_vacant(desk: Client, seat: Seat, person: Party) -> None:
    page = reverse("party", args=[seat.organisation_id])
    sent = {"seat_id": seat.pk, "until_on": TODAY.isoformat(), "reason": "moved away"}
    assert desk.post(f"{page}vacate/", sent).status_code == 302
    seats = desk.get(page).context["card"].seats
    shown = next(row for row in seats if row.seat_id == seat.pk)
    assert shown.vacant
    assert [(row.name, row.until_on) for row in shown.former][:1] == [("Ash Reed", TODAY)]
    listed = desk.get("/people/?waits=vacancy&ward=5&kind=anc").content.decode()
    assert f"ANC {seat.smd_code[:-2]}" in listed
    brief = desk.get(reverse("brief", args=[person.pk])).content.decode()
    assert "Holds no seat" in brief
    assert "Inside SMD" not in brief
