"""Invented groups: commissions with their seats, associations with officers, lists of contacts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from wardroom.access.actor import Stamp
from wardroom.calendar.actions import add_participation
from wardroom.calendar.models import Event
from wardroom.casework.actions import take_complaint
from wardroom.casework.queries import import_preview
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.directory.actions import (
    PartyWords,
    add_organisation,
    add_seat,
    describe_party,
    fill_seat,
    import_contacts,
    make_commissions,
    note_consent,
    note_person,
    vacate_seat,
)
from wardroom.directory.models import Party, Seat
from wardroom.matters.actions import add_legal_deadline, log_contact
from wardroom.matters.models import Ask

FIRST = ("Alma", "Bruno", "Celia", "Dario", "Edda", "Felix", "Greta", "Hugo", "Ines", "Jonas")
LAST = ("Ashdown", "Birchall", "Calder", "Dunmore", "Elmsley", "Fairholt", "Garland")
GROUPS = (
    ("Friends of the Garden Square", "civic", "SMD 5B02", ("President", "Secretary")),
    ("Tenants of the Long Block", "tenant", "SMD 5A03", ("Chair",)),
    ("Chapel on the Hill", "faith", "Ward 5", ("Contact person",)),
    ("Merchants of the Market Street", "business", "ANC 5C", ("President", "Treasurer")),
    ("School at the Bend", "school", "SMD 5D01", ("Contact person",)),
)
LIST = """Name,E-mail,Phone,Language,Access needs
Mira Halloway,mira.halloway@neighbors.example,202-555-0171,Spanish,
Oren Castell,oren.castell@neighbors.example,202-555-0172,,Step-free entrance
Tess Winslow,,202-555-0173,Amharic,
"""
TWIN = ("Robin Merriweather", "Robin Meriweather", "202-555-0181")
SEATED_ON = date(2025, 1, 2)


def show_groups(plan: Plan) -> int:
    """Make the commissions and groups of the district; returns how many organizations there are."""
    if Party.objects.filter(organisation_kind="anc").exists():
        return 0
    director = stamp_of("director@wardroom.example", plan.now - timedelta(days=30))
    five = stamp_of("liaison5@wardroom.example", plan.now - timedelta(days=21))
    make_commissions(None, stamp=director)
    _seat_commissioners(five)
    for position, (name, kind, area, titles) in enumerate(GROUPS):
        group = add_organisation(None, name=name, organisation_kind=kind, area=area, stamp=five)
        for offset, title in enumerate(titles):
            seat = add_seat(group, title=title, stamp=five)
            fill_seat(seat, name=_name(position * 3 + offset), since_on=five.at.date(), stamp=five)
    for agency in Party.objects.filter(agency=True).order_by("code")[:3]:
        seat = add_seat(agency, title="ANC liaison", stamp=director)
        fill_seat(seat, name=_name(agency.pk), since_on=director.at.date(), stamp=director)
    _bring_a_matter(five)
    _read_in(five)
    _note_twins(five)
    return Party.objects.exclude(organisation_kind="").count()


def _seat_commissioners(stamp: Stamp) -> None:
    """Who sits for the districts of Ward 5; one moved away, and two seats wait for somebody."""
    seats = list(Seat.objects.filter(ward_code="5", district__isnull=False).order_by("smd_code"))
    for position, seat in enumerate(seats[2:]):
        if position > 2:
            fill_seat(seat, name=_name(position), since_on=SEATED_ON, stamp=stamp)
            continue
        person = note_person(
            None,
            name=_name(position),
            phone=f"202-555-016{position}",
            email=f"{seat.smd_code.lower()}@anc.example",
            stamp=stamp,
        )
        fill_seat(seat, holder=person, since_on=SEATED_ON, stamp=stamp)
        _come_to_know(person, stamp)
    vacate_seat(
        seats[-1], until_on=stamp.at.date(), reason="moved out of the district", stamp=stamp
    )


def _come_to_know(person: Party, stamp: Stamp) -> None:
    words = PartyWords(language="es", interpreter=False, access_needs="Call after 6 p.m.")
    describe_party(person, words=words, stamp=stamp)
    for point in person.contact_points.order_by("pk"):
        note_consent(
            person,
            point_id=point.pk,
            purpose="progress",
            given=point.channel == "email",
            how="at the first meeting",
            stamp=stamp,
        )
    director = stamp_of("director@wardroom.example", stamp.at + timedelta(days=6))
    for who, days, text in (
        (stamp, 3, "Asked about the alley behind the school; wants a date, not a promise."),
        (director, 0, "Met at the council hearing. Happy with the new lights."),
        (stamp, 14, "Called back: the dumping is less, the rats are not."),
    ):
        at = replace(who, at=who.at + timedelta(days=days))
        log_contact(None, channel="phone", text=text, party=person, ward_code="5", stamp=at)


def _bring_a_matter(stamp: Stamp) -> None:
    """The first commissioner reports what an agency promised, and comes to the work day."""
    first = Seat.objects.filter(ward_code="5", tenures__party__isnull=False, district__isnull=False)
    seat = first.order_by("smd_code").first()
    asked = Ask.objects.filter(
        matter__kind="issue", matter__ward_code="5", matter__state="open", state="requested"
    )
    ask = asked.select_related("matter").order_by("pk").first()
    liaison = Party.objects.filter(user=stamp.actor.user_id).first()
    if seat is None or ask is None or liaison is None:
        return
    person = seat.tenures.get(party__isnull=False).party
    matter = ask.case
    now = replace(stamp, at=stamp.at + timedelta(days=20))
    take_complaint(
        matter.place,
        said="Three residents of my district called about this.",
        channel="phone",
        reporter=person,
        onto=matter,
        stamp=now,
    )
    add_legal_deadline(
        matter,
        party=liaison,
        wording="Answer the commissioner's request for records",
        rule_code="dc-foia",
        started_at=stamp.at,
        stamp=now,
    )
    coming = Event.objects.filter(ward_code="5", state="planned", starts_at__gt=now.at)
    event = coming.exclude(kind="core_team").order_by("starts_at").first()
    if event is not None:
        add_participation(event, party=person, name="", role="guest", stamp=now)


def _read_in(stamp: Stamp) -> None:
    lines = import_preview(LIST, stamp.actor).lines
    import_contacts(None, source="Sign-in sheet of the spring fair.csv", lines=lines, stamp=stamp)


def _note_twins(stamp: Stamp) -> None:
    one, other, phone = TWIN
    for name in (one, other):
        note_person(None, name=name, phone=phone, stamp=stamp)


def _name(number: int) -> str:
    return f"{FIRST[number % len(FIRST)]} {LAST[(number * 3) % len(LAST)]}"
