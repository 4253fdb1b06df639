"""The three lists of candidates: what each is for, its columns and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from django.http import QueryDict
from django.urls import reverse

from wardroom.problems.queries import CandidateRow
from wardroom.problems.rules import BUSIEST, COURSES, LISTS, ORDINARY, SEVERITIES, STUCK
from wardroom.web.ui.tables import Cell, Column, address
from wardroom.web.ui.words import counted, day_text, state_tag

NAMES = {ORDINARY: "Out of the ordinary", BUSIEST: "Busiest", STUCK: "Stuck"}
LEADS = {
    ORDINARY: "Places where trouble keeps coming back more than is ordinary for them, those with"
    " the most episodes over the ordinary first.",
    BUSIEST: "Places with the most episodes of one kind in 12 months, whether that is ordinary for"
    " them or not.",
    STUCK: "Places with a case that nobody has closed for over a year while people report it"
    " month after month.",
}
ORDERS = {
    ORDINARY: "the clearest case first",
    BUSIEST: "the busiest first",
    STUCK: "the most often reported again first",
}
EMPTY = {
    ORDINARY: "No place fits these filters. Choose another state or ward, or show all that"
    " were weighed.",
    BUSIEST: "No place fits these filters. Choose another state or ward.",
    STUCK: "No case is stuck where these filters look. Choose another state or ward.",
}
PLACE = "Place"
BESIDE = (Column("Severity", sort="-severity"), Column("Past due", sort="-overdue", number=True))
COLUMNS = {
    ORDINARY: (
        Column("Rank and place", sort="rank"),
        Column("Over the ordinary", sort="-excess", number=True),
        Column("Episodes", sort="-episodes", number=True),
        Column("Months", sort="-months", number=True),
        *BESIDE,
    ),
    BUSIEST: (
        Column(PLACE),
        Column("Episodes of one kind", sort="-busy", number=True),
        Column("Months", sort="-months", number=True),
        *BESIDE,
    ),
    STUCK: (
        Column(PLACE),
        Column("Months with repeats", sort="-stuck", number=True),
        *BESIDE,
    ),
}
TONES = {"new": "warn", "intensifying": "bad", "diminishing": "good"}
STATE = Column("State")


class Tab(NamedTuple):
    """One of the lists, and where it is."""

    text: str
    href: str
    here: bool


def list_given(given: Mapping[str, str]) -> str:
    """The list that an address asks for; the first where it names none."""
    named = given.get("list", ORDINARY)
    return named if named in LISTS else ORDINARY


def tabs(given: QueryDict, here: str) -> tuple[Tab, ...]:
    """The lists, each with the other filters kept."""
    return tuple(
        Tab(
            NAMES[name],
            address(given, list="" if name == ORDINARY else name, sort="", sure=""),
            name == here,
        )
        for name in LISTS
    )


def columns(listed: str, *, state: bool) -> tuple[Column, ...]:
    """The columns of a list, with the state where states are mixed."""
    return (*COLUMNS[listed], STATE) if state else COLUMNS[listed]


def cells(row: CandidateRow, listed: str, *, ward: bool, state: bool) -> tuple[Cell, ...]:
    """One candidate as a row of a list."""
    label = f"{row.rank}. {row.label}" if listed == ORDINARY else row.label
    place = Cell(
        label,
        href=reverse("candidate", args=[row.id]),
        sub=" · ".join(_why(row, listed, ward=ward)),
        main=True,
    )
    severity = Cell(SEVERITIES[row.severity])
    late = Cell(f"{row.overdue:,}", number=True)
    made = (place, *_figures(row, listed), severity, late)
    return (*made, Cell(tags=(state_tag(row.state),))) if state else made


def _figures(row: CandidateRow, listed: str) -> tuple[Cell, ...]:
    months = Cell(f"{row.active_months} of 12", number=True)
    if listed == BUSIEST:
        return Cell(f"{row.busy_episodes:,}", number=True), months
    if listed == STUCK:
        return (Cell(f"{row.stuck_months} of 12", number=True),)
    over = Cell(f"{row.excess_a_month:.1f} a month", number=True)
    return over, Cell(f"{row.episodes:,}", number=True), months


def _why(row: CandidateRow, listed: str, *, ward: bool) -> Iterator[str]:
    if ward:
        yield f"Ward {row.ward_code}"
    if row.topics:
        yield ", ".join(row.topics[:3])
    if listed == STUCK:
        if row.open_since:
            yield f"open since {day_text(date.fromisoformat(row.open_since))}"
        return
    if row.returns:
        yield f"came back {counted(row.returns, 'time')}"
    if row.course in COURSES:
        yield COURSES[row.course].label.lower()
    if listed == ORDINARY and not row.flagged:
        yield "not sure enough"
