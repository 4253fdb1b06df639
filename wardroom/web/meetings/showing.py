"""How asks, meetings and seats of a core team look in tables."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from wardroom.access.actor import Actor
from wardroom.calendar.queries import (
    ActionList,
    HeardAsk,
    ListedAsk,
    MatterRow,
    MeetingPage,
    MeetingRow,
    Some,
    TeamPage,
    TeamRow,
)
from wardroom.directory.queries.core_team import TeamHolder, TeamSeat
from wardroom.web.rows import matter_address
from wardroom.web.ui.tables import Cell, Column, Control, Table, Tag, table
from wardroom.web.ui.words import counted, day_text

STANDINGS = {
    "verified": Tag("Verified", "good"),
    "done": Tag("Agency says done", "accent"),
    "not_fixed": Tag("Said done, and is not", "bad"),
    "late": Tag("Late", "bad"),
    "accepted": Tag("Promised", "good"),
    "requested": Tag("No answer yet"),
    "countered": Tag("Other date offered", "warn"),
    "declined": Tag("Declined", "bad"),
    "withdrawn": Tag("Withdrawn"),
    "proposed": Tag("Not asked yet"),
}
MEETING_STATES = {
    "planned": Tag("Planned", "accent"),
    "held": Tag("Held", "good"),
    "cancelled": Tag("Canceled", "bad"),
    "not_written": Tag("Not written down", "warn"),
}
ASKS = (Column("Ask"), Column("Agency"), Column("Expected"), Column("How it stands"))
MATTERS = (Column("Matter"), Column("Where"), Column("Next"))
MEETINGS = (Column("Meeting"), Column("State"), Column("Seats filled"), Column("Action list"))
TEAMS = (
    Column("Ward"),
    Column("Seats"),
    Column("Next meeting"),
    Column("Held this quarter"),
)
LISTED = (Column("Item"), Column("Where"), Column("Owner"), Column("Due"), Column("Status"))


def clock(at: datetime) -> str:
    """A day with its weekday, and the time on the office's clock."""
    return date_format(localtime(at), "D, M j, Y, g:i a")


def ask_table(caption: str, some: Some, view: MeetingPage, *, empty: str) -> Table:
    """Asks to go through; why one is late is written right in its row."""
    rows = [ask_cells(ask, _why(ask, view)) for ask in some.asks]
    return table(caption, ASKS, rows, empty=empty, caption_hidden=True)


def agreed_table(asks: tuple[HeardAsk, ...]) -> Table:
    """The asks that were agreed in a meeting, as they stand."""
    rows = [ask_cells(ask) for ask in asks]
    return table("Agreed here", ASKS, rows, empty="Nothing was agreed yet.", caption_hidden=True)


def ask_cells(ask: HeardAsk, folded: tuple[Control, ...] = ()) -> tuple[Cell, ...]:
    """One ask as it is read out."""
    where = ask.place_label or ask.matter_title
    said = "; ".join(ask.why) or ask.answer_text
    tag = STANDINGS[ask.standing]
    told = [ask.words] if ask.words != tag.text else []
    words = ". ".join([*told, f"“{said}”"] if said else told)
    return (
        Cell(ask.wording, href=reverse("ask", args=[ask.ask_id]), sub=where, main=True),
        Cell(ask.agency_code, sub=ask.owner_name),
        Cell(day_text(ask.expected_on)),
        Cell(tags=(tag,), sub=words, folded=folded),
    )


def _why(ask: HeardAsk, view: MeetingPage) -> tuple[Control, ...]:
    if "write_line" not in view.allowed or ask.standing == "verified":
        return ()
    why = Control(
        label="Note why",
        href=reverse("meeting_move", args=[view.event.id, "why"]),
        about=ask.wording,
        ident=f"why_{ask.ask_id}",
        asks="text",
        asks_label="Why",
        kept=(("ask", str(ask.ask_id)),),
    )
    return (why,)


def matter_table(caption: str, rows: tuple[MatterRow, ...]) -> Table:
    """Matters that somebody has to talk about."""
    cells = [
        (
            Cell(row.title, href=matter_address(row.kind, row.id), sub=f"W-{row.id}", main=True),
            Cell(row.place_label),
            Cell(
                day_text(row.next_on),
                sub=f"Came back {day_text(row.came_back_on)}"
                if row.came_back_on
                else row.next_step,
            ),
        )
        for row in rows
    ]
    return table(caption, MATTERS, cells, empty="None.", caption_hidden=True)


def meeting_cells(row: MeetingRow) -> tuple[Cell, ...]:
    """One meeting in the list of a core team."""
    event = row.event
    return (
        Cell(
            clock(event.starts_at),
            href=reverse("meeting", args=[event.id]),
            sub=event.place_label,
            main=True,
        ),
        Cell(tags=(MEETING_STATES[row.state],), sub=event.cancelled_why or _unwritten(row)),
        Cell(f"{row.came} of {row.seats}" if row.state == "held" else "-"),
        Cell("Sent", href=reverse("action_list", args=[event.id])) if row.listed else Cell("-"),
    )


def _unwritten(row: MeetingRow) -> str:
    return "Nobody wrote down whether it was held" if row.state == "not_written" else ""


def team_cells(row: TeamRow) -> tuple[Cell, ...]:
    """The core team of a ward in the list of all."""
    kept = row.kept
    nobody = f"Nobody named for {row.vacant}" if row.vacant else ""
    unwritten = f"{kept.not_written} not written down" if kept.not_written else ""
    coming = row.next_meeting
    return (
        Cell(row.name, href=reverse("team", args=[row.ward_code]), main=True),
        Cell(str(row.seats) if row.seats else "None yet", sub=nobody),
        Cell(clock(coming.starts_at), href=reverse("meeting", args=[coming.id]))
        if coming
        else Cell("None planned"),
        Cell(f"{kept.held} of {kept.planned}" if kept.planned else "None planned", sub=unwritten),
    )


def seat_table(view: TeamPage) -> Table:
    """Who sits there for which agency, from when on, and how often somebody came."""
    came = {row.agency_code: row for row in view.attendance}
    keeps = "keep_core_team" in view.allowed
    columns = (
        Column("Agency"),
        Column("Principal"),
        Column("Alternate"),
        Column("Came this quarter"),
    )
    rows = []
    for seat in view.seats:
        told = came[seat.agency_code]
        filled = f"{told.filled} of {told.called}" if told.called else "Not called yet"
        sub = f"{counted(told.alternate, 'time')} by the alternate" if told.alternate else ""
        rows.append(
            (
                Cell(
                    seat.agency_code,
                    sub=seat.agency_name,
                    main=True,
                    folded=_moves(seat, view.ward_code) if keeps else (),
                ),
                _holder(seat.principal),
                _holder(seat.alternate),
                Cell(filled, sub=sub),
            )
        )
    return table(
        counted(len(view.seats), "agency", "agencies"),
        columns,
        rows,
        empty="No agency has a seat yet. Give each agency that is to come a seat.",
    )


def _holder(holder: TeamHolder | None) -> Cell:
    if holder is None:
        return Cell("Nobody named")
    unknown = (Tag("Name only"),) if holder.party_id is None else ()
    href = reverse("party", args=[holder.party_id]) if holder.party_id else ""
    return Cell(holder.name, href=href, sub=f"Since {day_text(holder.since_on)}", tags=unknown)


def _moves(seat: TeamSeat, ward: str) -> tuple[Control, ...]:
    """Who left a seat, and the agency that leaves the table."""
    left = [
        Control(
            label=f"{holder.name} left",
            href=reverse("team_move", args=[ward, "leave"]),
            about=seat.agency_code,
            ident=f"leave_{holder.seat_id}",
            kept=(("seat", str(holder.seat_id)),),
        )
        for holder in (seat.principal, seat.alternate)
        if holder is not None
    ]
    off = Control(
        label="Take it off the core team",
        href=reverse("team_move", args=[ward, "off"]),
        about=seat.agency_name,
        ident=f"off_{seat.seat_id}",
        asks="reason",
        asks_label="Why",
        kept=(("seat", str(seat.seat_id)),),
    )
    return (*left, off)


def listed_table(
    caption: str, made: ActionList, actor: Actor, *, agreed: bool, empty: str
) -> Table:
    """The items of an action list; a link leads to the ask, for whoever may read it."""

    def href(item: ListedAsk) -> str:
        opens = actor.is_staff or item.agency_code in actor.reach.agencies
        return reverse("ask", args=[item.ask_id]) if opens else ""

    rows = [
        (
            Cell(item.item, href=href(item), main=True),
            Cell(item.where),
            Cell(item.agency_code, sub=item.owner_name),
            Cell(day_text(item.due_on)),
            Cell(item.status),
        )
        for item in (made.agreed if agreed else made.last_week)
    ]
    return table(caption, LISTED, rows, empty=empty, caption_hidden=True)
