"""How events, agencies' days and those who take part look in tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from wardroom.calendar.queries import (
    AgencyDay,
    Busy,
    EventFile,
    EventRow,
    InvitedRow,
    SharedEvent,
    city_zone,
)
from wardroom.calendar.rules import CORE_TEAM, GROUP_MEETING, state_shown
from wardroom.web.meetings.showing import MEETING_STATES, STANDINGS, clock
from wardroom.web.ui.tables import Cell, Column, Control, Table, Tag, table
from wardroom.web.ui.words import counted, day_text

COLUMNS = (Column("When"), Column("What"), Column("Where"), Column("Ward"), Column("State"))
BUSY = (Column("Agency"), Column("When"), Column("What"), Column("Where"))
PEOPLE = (Column("Who"), Column("As"), Column("Comes"), Column("Was there"))
RUN = (Column("Where"), Column("Agency"), Column("What"), Column("How it stands"))


# The pages on which the office runs meetings of a kind.
RUN_ON = {CORE_TEAM: "meeting", GROUP_MEETING: "group_meeting"}


def event_cells(row: EventRow, now: datetime, *, staff: bool) -> tuple[Cell, ...]:
    """One event in the list of a week."""
    shown = state_shown(row.state, row.ends_at, now=now, zone=city_zone())
    page = RUN_ON.get(row.kind, "event") if staff else "event"
    return (
        Cell(clock(row.starts_at), sub=f"to {_time(row.ends_at)}"),
        Cell(row.title, href=reverse(page, args=[row.id]), sub=row.kind_label, main=True),
        Cell(row.place_label),
        Cell(row.ward_code or "City"),
        Cell(tags=(MEETING_STATES[shown],), sub=row.cancelled_why),
    )


def clash_table(days: Sequence[AgencyDay]) -> Table:
    """What gets in the way of each agency, with what else it promised that day."""
    rows = [busy_cells(thing) for day in days for thing in day.things]
    clashes = sum(len(day.clashes) for day in days)
    caption = counted(clashes, "clash", "clashes") if clashes else "No clash"
    return table(caption, BUSY, rows, empty="These agencies have nothing else that day.")


def busy_table(agency: str, days: Sequence[AgencyDay]) -> Table:
    """All that one agency has in a week."""
    rows = [busy_cells(thing, marked=False) for day in days for thing in day.things]
    return table(f"All that {agency} has this week", BUSY, rows, empty=f"{agency} has nothing.")


def busy_cells(thing: Busy, *, marked: bool = True) -> tuple[Cell, ...]:
    """One thing in an agency's calendar; what is out of reach is told by its time alone."""
    href = ""
    if thing.event_id is not None:
        href = reverse("event", args=[thing.event_id])
    elif thing.ask_id is not None:
        href = reverse("ask", args=[thing.ask_id])
    if thing.starts_at is not None and thing.ends_at is not None:
        when, sub = clock(thing.starts_at), f"to {_time(thing.ends_at)}"
    else:
        when, sub = day_text(thing.on), "Promised for this day"
    tags = (Tag("Clash", "bad"),) if thing.clash and marked else ()
    return (
        Cell(thing.agency_code, tags=tags),
        Cell(when, sub=sub),
        Cell(thing.what, href=href, main=True),
        Cell(thing.where),
    )


def people_table(view: EventFile, shared: SharedEvent) -> Table:
    """Who takes part, whether they were invited by mail and come, and whether they were there."""
    rows = []
    for row in view.participants:
        named = row.agency_code and row.agency_code != row.name
        rows.append(
            (
                Cell(
                    row.name,
                    href=reverse("brief", args=[row.party_id])
                    if row.party_id and "add_participation" in view.allowed
                    else "",
                    sub=row.agency_code if named else "",
                    main=True,
                ),
                Cell(row.role_label),
                Cell(
                    row.answer_label.capitalize(),
                    sub=_invited(shared.invited.get(row.id)),
                    folded=(
                        *(
                            _choice(view, row.id, row.name, "answer", ANSWERING)
                            if "note_answer" in view.allowed
                            else ()
                        ),
                        *_inviting(view, shared, row.id, row.name),
                    ),
                ),
                Cell(
                    row.attended.capitalize(),
                    folded=_choice(view, row.id, row.name, "attend", ATTENDING)
                    if "record_attendance" in view.allowed
                    else (),
                ),
            )
        )
    return table(counted(len(rows), "participant"), PEOPLE, rows, empty="Nobody was named yet.")


ANSWERING = ("answer", "Note the answer", (("yes", "Comes"), ("no", "Does not come")))
ATTENDING = (
    "attended",
    "Write it down",
    (("present", "Present"), ("alternate", "Alternate"), ("absent", "Absent")),
)


def _choice(
    view: EventFile,
    row_id: int,
    name: str,
    verb: str,
    asked: tuple[str, str, tuple[tuple[str, str], ...]],
) -> tuple[Control, ...]:
    field, label, options = asked
    control = Control(
        label=label,
        href=reverse("event_move", args=[view.row.id, verb]),
        about=name,
        ident=f"{verb}_{row_id}",
        asks=field,
        asks_label=label,
        options=options,
        kept=(("row", str(row_id)),),
    )
    return (control,)


def _invited(row: InvitedRow | None) -> str:
    """Whether somebody was invited by mail, and how they answered."""
    if row is None:
        return ""
    if row.answered_at is not None:
        return f"Answered by {row.answered_how}"
    return f"Invited by mail, {day_text(localtime(row.invited_at).date())}"


def _inviting(view: EventFile, shared: SharedEvent, row_id: int, name: str) -> tuple[Control, ...]:
    if "invite_participant" not in shared.allowed:
        return ()
    control = Control(
        label="Invite by mail",
        href=reverse("event_move", args=[view.row.id, "invite"]),
        about=name,
        ident=f"invite_{row_id}",
        asks="address",
        asks_label="E-mail, where we have none",
        kept=(("row", str(row_id)),),
    )
    return (control,)


def run_table(view: EventFile) -> Table:
    """The run of the day: place by place, who does what."""
    rows = [
        (
            Cell(ask.place_label or ask.matter_title),
            Cell(ask.agency_code),
            Cell(ask.wording, href=reverse("ask", args=[ask.ask_id]), main=True),
            Cell(tags=(STANDINGS[ask.standing],), sub=ask.words),
        )
        for ask in view.run
    ]
    empty = "Nothing is promised for that day. Ask each agency for its part, for this day."
    return table(counted(len(rows), "stop", "things to do"), RUN, rows, empty=empty)


def clock_until(starts_at: datetime, ends_at: datetime) -> str:
    """When an event begins, and the time at which it ends."""
    return f"{clock(starts_at)} to {_time(ends_at)}"


def _time(at: datetime) -> str:
    return date_format(localtime(at), "g:i a")
