"""How members, roles and meetings of a group stand in tables."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from wardroom.engagement.queries.groups import GroupFile, MetRow
from wardroom.web.meetings.showing import MEETING_STATES, clock
from wardroom.web.ui.tables import Cell, Column, Table, Tag, table
from wardroom.web.ui.words import day_text, from_today

MEMBERS = (Column("Member"), Column("Since"), Column("Notices"))
ROLES = (Column("Role"), Column("Held by"), Column("Term ends"))
MEETINGS = (Column("Meeting"), Column("State"), Column("Came", number=True), Column("Minutes"))


def member_table(file: GroupFile) -> Table:
    """The members by name."""
    rows = [
        (
            Cell(
                row.name,
                href=reverse("party", args=[row.party_id]) if row.party_id else "",
                sub=", ".join(row.roles),
                main=True,
            ),
            Cell(day_text(row.since_on)),
            Cell("By e-mail" if row.by_mail else "Not by e-mail"),
        )
        for row in file.members
    ]
    empty = "Nobody joined yet. Share the link, and take in who asks."
    return table("Members", MEMBERS, rows, empty=empty, caption_hidden=True)


def role_table(file: GroupFile, today: date) -> Table:
    """The roles, vacant ones too."""
    rows = [
        (
            Cell(row.title, main=True),
            Cell(row.name or "", tags=() if row.name else (Tag("Vacant", "warn"),)),
            Cell(
                day_text(row.ends_on),
                sub=from_today(row.ends_on, today),
                tags=(Tag("Soon", "warn"),) if row.soon else (),
            )
            if row.ends_on
            else Cell("No end" if row.name else ""),
        )
        for row in file.roles
    ]
    return table("Roles", ROLES, rows, empty="It has no roles yet.", caption_hidden=True)


def meeting_table(caption: str, rows: tuple[MetRow, ...], *, empty: str) -> Table:
    """Meetings, how many came, and whether the minutes were approved."""
    cells = [_meeting(row) for row in rows]
    return table(caption, MEETINGS, cells, empty=empty, caption_hidden=True)


def _meeting(row: MetRow) -> tuple[Cell, ...]:
    event, held = row.event, row.state == "held"
    minutes = "Approved" if row.minutes else ("Not approved" if held else "-")
    return (
        Cell(
            clock(event.starts_at),
            href=reverse("group_meeting", args=[event.id]),
            sub=event.place_label,
            main=True,
        ),
        Cell(tags=(MEETING_STATES[row.state],), sub=event.cancelled_why),
        Cell(str(row.came) if held else "-", number=True),
        Cell(minutes),
    )
