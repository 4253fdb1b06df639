"""How public bodies, their seats, terms and meetings look in tables."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from wardroom.calendar.rules import STATES
from wardroom.engagement.queries.bodies import BodyMeetingRow, BodyRow, BodySeatRow, EndingTerm
from wardroom.engagement.queries.open_meetings import OpenMeetingRow
from wardroom.engagement.rules.bodies import OPEN_MEETINGS_ACT
from wardroom.web.meetings.showing import clock
from wardroom.web.speaking import Speaking
from wardroom.web.ui.tables import Cell, Column, Tag
from wardroom.web.ui.words import counted, day_text, from_today

BODIES = (Column("Body"), Column("Ward"), Column("Seats"), Column("Meets next"))
ENDING = (Column("Seat"), Column("Body"), Column("Who"), Column("Term ends"), Column("Appoints"))
SEATS = (Column("Seat"), Column("Who holds it"), Column("Term"), Column("Appoints"))
MEETINGS = (Column("When"), Column("Notice"), Column("Minutes"), Column("State"))
TONES = {"cancelled": "bad", "held": "good"}
BANDS = {
    "over": Tag("Term is over", "bad"),
    "30": Tag("Within 30 days", "bad"),
    "60": Tag("Within 60 days", "warn"),
    "90": Tag("Within 90 days"),
    "vacant": Tag("Vacant", "warn"),
}


def body_cells(row: BodyRow) -> tuple[Cell, ...]:
    """A public body in the list."""
    act = "Open Meetings Act" if row.cover == OPEN_MEETINGS_ACT else "Its own rules"
    vacant = (Tag(counted(row.vacant, "vacant seat"), "warn"),) if row.vacant else ()
    return (
        Cell(row.name, href=reverse("body", args=[row.id]), sub=row.authority, main=True),
        Cell(row.ward_code or "City"),
        Cell(f"{row.seated} of {row.seats} filled", tags=vacant),
        Cell(
            clock(row.next_at) if row.next_at else "No meeting set",
            href=reverse("body_meeting", args=[row.next_matter_id]) if row.next_matter_id else "",
            sub=act,
        ),
    )


def ending_cells(row: EndingTerm, today: date) -> tuple[Cell, ...]:
    """A term that ends, or a vacant seat."""
    since = f"since {day_text(row.vacant_since)}" if row.vacant_since else ""
    return (
        Cell(row.title, main=True, tags=(BANDS[row.band],)),
        Cell(row.body_name, href=reverse("body", args=[row.body_id])),
        Cell(row.name or "Nobody", sub=since),
        Cell(day_text(row.ends_on), sub=from_today(row.ends_on, today) if row.ends_on else ""),
        Cell(row.appointed_by),
    )


def seat_cells(row: BodySeatRow, today: date) -> tuple[Cell, ...]:
    """A seat of a body, with who holds it and for which term."""
    held = row.held
    tags = (BANDS[row.band],) if row.band else () if held else (BANDS["vacant"],)
    months = f"{row.term_months} months" if row.term_months else "no fixed term"
    most = f", at most {counted(row.most_terms, 'term')}" if row.most_terms else ""
    return (
        Cell(row.title, main=True, sub="" if row.voting else "Voice only, no roll call"),
        Cell(
            held.name if held else "Nobody",
            href=reverse("party", args=[held.party_id]) if held and held.party_id else "",
            sub=f"since {day_text(held.since_on)}, term {held.number}" if held else "",
        ),
        Cell(
            f"until {day_text(held.ends_on)}" if held and held.ends_on else months,
            sub=from_today(held.ends_on, today) if held and held.ends_on else "",
            tags=tags,
        ),
        Cell(row.appointed_by, sub=f"{months}{most}"),
    )


def meeting_cells(row: BodyMeetingRow) -> tuple[Cell, ...]:
    """A meeting in the list of its body."""
    return (
        Cell(clock(row.starts_at), href=reverse("body_meeting", args=[row.matter_id]), main=True),
        Cell(f"Version {row.noticed}" if row.noticed else "Not published"),
        Cell(f"Version {row.minutes}" if row.minutes else "None yet"),
        Cell(tags=(state_of(row.state, on_record=row.on_record),)),
    )


def open_cells(row: OpenMeetingRow, show: Speaking) -> tuple[Cell, ...]:
    """A meeting in the public list, in the reader's language."""
    words = show.words.meetings
    return (
        Cell(
            show.instant(row.starts_at),
            href=reverse("open_meeting", args=[row.id]) + show.keep,
            main=True,
        ),
        Cell(row.body, lang=show.lang, sub=show.ward(row.ward_code) if row.ward_code else ""),
        Cell(row.place, lang=show.lang),
        Cell(words.minutes_out if row.minutes else "", tags=(open_state(row.state, show),)),
    )


def open_state(state: str, show: Speaking) -> Tag:
    """How a meeting stands, in the reader's language."""
    return Tag(show.words.meetings.states[state], TONES.get(state, "accent"))


def state_of(state: str, *, on_record: bool = False) -> Tag:
    """How a meeting stands, as a tag."""
    if on_record:
        return Tag("On record", "good")
    return Tag(STATES[state].capitalize(), TONES.get(state, "accent"))
