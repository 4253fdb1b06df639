"""Invented contacts: calls with neighbors, lines with names nobody knows yet, seats of agencies."""

from __future__ import annotations

from datetime import timedelta

from wardroom.casework.models import Complaint
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.directory.actions import add_alias, hold_seat, note_contact_point
from wardroom.directory.models import Alias, Party, Seat
from wardroom.ledger.models import Entry
from wardroom.matters.actions import capture_line, log_contact

SEAT = "Core team"
FORMER_NAMES = {"DPW": "Public Works", "DDOT": "Streets and Traffic"}
LINES = (
    'Met @"Friends of the Corner" about #dumping; they would pay $1,200 for a gate.',
    "Called @desk_at_the_rec_center: the side door is locked again !7d",
)
SAID = "Thanks for the call back. She will look whether it is still clean on Sunday."


def show_contacts(plan: Plan) -> int:
    """Log a call with each neighbor, and write a few lines; returns how many there are."""
    if Entry.objects.filter(kind="ContactLogged").exists():
        return 0
    _keep_agencies(plan)
    complaints = Complaint.objects.select_related("matter", "reporter").exclude(reporter=None)
    for complaint in complaints.order_by("pk"):
        ward = complaint.matter.ward_code
        stamp = stamp_of(f"liaison{ward}@wardroom.example", plan.now - timedelta(hours=20))
        log_contact(
            complaint.matter,
            channel="phone",
            text=SAID,
            party=complaint.reporter,
            stamp=stamp,
        )
    five = stamp_of("liaison5@wardroom.example", plan.now - timedelta(hours=4))
    for text in LINES:
        capture_line(None, text=text, ward_code="5", stamp=five)
    first = complaints.filter(matter__ward_code="5").order_by("pk").first()
    if first is not None and first.reporter is not None:
        note_contact_point(
            first.reporter,
            channel="phone",
            value="202-555-0147",
            consent=False,
            how="only by e-mail, please",
            stamp=five,
        )
    return complaints.count() + len(LINES)


def _keep_agencies(plan: Plan) -> None:
    """Former names, and who sits on the core team of Ward 5 for each agency that answers."""
    director = stamp_of("director@wardroom.example", plan.now - timedelta(days=40))
    for agency in Party.objects.filter(agency=True).order_by("pk"):
        former = FORMER_NAMES.get(agency.code)
        if former and not Alias.objects.filter(party=agency, name=former).exists():
            add_alias(agency, name=former, valid_until=plan.end.replace(year=2015), stamp=director)
        email = f"partner.{agency.code.lower()}@wardroom.example"
        holder = Party.objects.filter(user__email=email).first()
        if holder is not None and not Seat.objects.filter(organisation=agency).exists():
            hold_seat(
                agency,
                title=SEAT,
                holder=holder,
                since_on=director.at.date(),
                ward_code="5",
                stamp=director,
            )
