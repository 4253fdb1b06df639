"""How commissions, their meetings and packets look in tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate

from wardroom.calendar.queries import EventRow, city_zone
from wardroom.calendar.rules import state_shown
from wardroom.engagement.queries.meetings import CommissionRow
from wardroom.reporting.queries import SentPacket
from wardroom.web.meetings.showing import MEETING_STATES, clock
from wardroom.web.ui.tables import Cell, Column, Tag
from wardroom.web.ui.words import day_text, from_today

COMMISSIONS = (Column("Commission"), Column("Ward"), Column("Next meeting"), Column("Packet"))
MEETINGS = (Column("Meeting"), Column("Where"), Column("State"), Column("Packet"))


def soonest(rows: Iterable[CommissionRow]) -> list[CommissionRow]:
    """The commissions that have a meeting ahead, the soonest first."""
    meet = [(row.next_meeting.starts_at, row.name, row) for row in rows if row.next_meeting]
    return [row for *_, row in sorted(meet, key=lambda one: one[:2])]


def commission_cells(
    row: CommissionRow, sent: Mapping[int, SentPacket], today: date
) -> tuple[Cell, ...]:
    """A commission that has a meeting ahead, when that is, and whether its packet went out."""
    meeting = row.next_meeting
    assert meeting is not None
    name = Cell(row.name, href=reverse("anc", args=[row.party_id]), main=True)
    wards = Cell(" and ".join(row.wards))
    when = from_today(localdate(meeting.starts_at), today)
    return (name, wards, Cell(clock(meeting.starts_at), sub=when), packet_cell(meeting, sent))


def meeting_cells(row: EventRow, sent: Mapping[int, SentPacket], at: datetime) -> tuple[Cell, ...]:
    """One meeting of a commission."""
    shown = state_shown(row.state, row.ends_at, now=at, zone=city_zone())
    return (
        Cell(clock(row.starts_at), href=reverse("event", args=[row.id]), main=True),
        Cell(row.place_label),
        Cell(tags=(MEETING_STATES[shown],), sub=row.cancelled_why),
        packet_cell(row, sent),
    )


def packet_cell(meeting: EventRow, sent: Mapping[int, SentPacket]) -> Cell:
    """The packet of a meeting: sent in some version, or as it stands."""
    if meeting.state == "cancelled":
        return Cell()
    href = reverse("packet", args=[meeting.id])
    packet = sent.get(meeting.id)
    if packet is None:
        return Cell("As it stands", href=href, tags=(Tag("Not sent", "warn"),))
    went = day_text(localdate(packet.sent_at))
    return Cell(f"Version {packet.version}", href=href, sub=f"Sent {went}")
