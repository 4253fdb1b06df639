"""The lists of candidates: what each is for, its columns and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from django.http import QueryDict
from django.urls import reverse

from wardroom.problems.queries import OFFICE, CandidateRow, Evening, WeightsRow
from wardroom.problems.rules import (
    ALIKE,
    BUSIEST,
    COURSES,
    LISTS,
    NUMBERS,
    ORDINARY,
    SEVERITIES,
    STUCK,
    Reporting,
)
from wardroom.web.ui.tables import Cell, Column, address
from wardroom.web.ui.words import counted, day_text, state_tag

NAMES = {ORDINARY: "Out of the ordinary", BUSIEST: "Busiest", STUCK: "Stuck"}
LEADS = {
    ORDINARY: "Places where trouble keeps coming back more than is ordinary for them. The"
    " surest come first, and among these the most episodes over the ordinary.",
    BUSIEST: "Places with the most episodes of one kind in 12 months, whether that is ordinary for"
    " them or not.",
    STUCK: "Places with a case that nobody has closed for over a year while people report it"
    " month after month.",
}
ORDERS = {
    ORDINARY: "the clearest case first; the rank is that in the whole city",
    BUSIEST: "the busiest first",
    STUCK: "the most often reported again first",
    OFFICE: "in the office's own order",
}
EMPTY = {
    ORDINARY: "No place fits these filters. Choose another state or ward, or show all that"
    " were weighed.",
    BUSIEST: "No place fits these filters. Choose another state or ward.",
    STUCK: "No case is stuck where these filters look. Choose another state or ward.",
}
PLACE = "Place"
WALKS = "Where few report"
NOT_COUNTED = "not counted"
BESIDE = (Column("Severity", sort="-severity"), Column("Past due", sort="-overdue", number=True))
COLUMNS = {
    ORDINARY: (
        Column("Rank and place", sort="rank"),
        Column("Over the ordinary", sort="-excess", number=True),
        Column(ALIKE, sort="even", number=True),
        Column("Episodes", sort="-episodes", number=True),
        Column("Months", sort="-months", number=True),
        *BESIDE,
    ),
    BUSIEST: (
        Column(PLACE),
        Column("Episodes of one kind", sort="-busy", number=True),
        Column(ALIKE, sort="evenbusy", number=True),
        Column("Months", sort="-months", number=True),
        *BESIDE,
    ),
    STUCK: (
        Column(PLACE),
        Column("Months with repeats", sort="-stuck", number=True),
        *BESIDE,
    ),
}
OFFICE_COLUMNS = (
    Column("Rank and place", sort="rank"),
    Column("Office's order", sort=f"-{OFFICE}", number=True),
    Column("Over the ordinary", sort="-excess", number=True),
    Column("Severity adds", number=True),
    Column("Likely unreported adds", number=True),
    Column("Past due adds", number=True),
)
MEANT = {
    ORDINARY: ("excess", "episodes", "active_months", "severity", "overdue"),
    BUSIEST: ("episodes", "active_months", "severity", "overdue"),
    STUCK: ("severity", "overdue"),
}
TONES = {"new": "warn", "intensifying": "bad", "diminishing": "good"}


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
    """The lists, each with the other filters kept, and where few report."""
    start, walks = reverse("candidates"), reverse("walks")
    ward = address(QueryDict(), ward=given.get("ward", ""))
    return (
        *(
            Tab(
                NAMES[name],
                start + address(given, list="" if name == ORDINARY else name, sort="", sure=""),
                name == here,
            )
            for name in LISTS
        ),
        Tab(WALKS, walks + (ward if len(ward) > 1 else ""), here == WALKS),
    )


def orders(given: QueryDict, listed: str, *, office: bool) -> tuple[Tab, ...]:
    """The usual order and the office's own; only the first list has two."""
    if listed != ORDINARY:
        return ()
    return (
        Tab("by the evidence", address(given, sort=""), not office),
        Tab("by the office's own weights", address(given, sort=f"-{OFFICE}"), office),
    )


def meant(listed: str) -> tuple[tuple[str, str], ...]:
    """What the numbers of a list mean, each with its name."""
    told = {code: (name, text) for code, name, text in NUMBERS}
    return tuple(told[code] for code in MEANT[listed])


def columns(listed: str, *, office: bool = False) -> tuple[Column, ...]:
    """The columns of a list, or of the office's own order of the first."""
    return OFFICE_COLUMNS if office else COLUMNS[listed]


def cells(
    row: CandidateRow, listed: str, *, ward: bool, state: bool, office: WeightsRow | None = None
) -> tuple[Cell, ...]:
    """One candidate as a row of a list, with its state where states are mixed."""
    label = f"{row.rank}. {row.label}" if listed == ORDINARY else row.label
    place = Cell(
        label,
        href=reverse("candidate", args=[row.id]),
        sub=" · ".join(_why(row, listed, ward=ward)),
        tags=(state_tag(row.state),) if state else (),
        main=True,
    )
    if office:
        return (place, *_terms(row, office))
    severity = Cell(SEVERITIES[row.severity])
    return (place, *_figures(row, listed), severity, Cell(f"{row.overdue:,}", number=True))


def told_of(evening: Evening | None) -> str:
    """What the list would be if all districts reported alike, in a sentence."""
    if evening is None:
        return ""
    lead = "If people reported alike in every district,"
    if evening.total > evening.first:
        if not evening.others:
            return f"{lead} the first {evening.first} places here would be the same."
        places = counted(evening.others, "place")
        return (
            f"{lead} {places} would join the first {evening.first} here, and as many would leave"
            " them."
        )
    if not evening.higher:
        return f"{lead} the order here would be the same."
    return f"{lead} {counted(evening.higher, 'place')} here would stand higher."


def adds_in_words(office: WeightsRow | None) -> dict[str, str]:
    """What each term adds in the office's own order, as numbers are written."""
    return {n: f"{value:g}" for n, value in vars(office.weights).items()} if office else {}


def _terms(row: CandidateRow, office: WeightsRow) -> tuple[Cell, ...]:
    terms = row.terms(office.weights)
    unreported = f"{terms.unreported:.1f} a month" if terms.unreported else ""
    return (
        Cell(f"{terms.total:.2f}", number=True),
        Cell(f"{terms.excess:.2f}", sub="a month", number=True),
        Cell(f"{terms.severity:.2f}", sub=SEVERITIES[row.severity], number=True),
        Cell(f"{terms.equity:.2f}", sub=unreported, number=True),
        Cell(
            f"{terms.overdue:.2f}",
            sub=counted(terms.late, "request") if terms.late else "",
            number=True,
        ),
    )


def _figures(row: CandidateRow, listed: str) -> tuple[Cell, ...]:
    months = Cell(f"{row.active_months}", sub="of 12", number=True)
    if listed == BUSIEST:
        return Cell(f"{row.busy_episodes:,}", number=True), _even_busy(row), months
    if listed == STUCK:
        return (Cell(f"{row.stuck_months} of 12", number=True),)
    over = Cell(f"{row.excess_a_month:.1f}", sub="a month", number=True)
    return over, _even(row), Cell(f"{row.episodes:,}", number=True), months


def _even(row: CandidateRow) -> Cell:
    r = row.reporting
    if r is None:
        return Cell(NOT_COUNTED, number=True)
    return Cell(
        f"rank {r.even_rank:,}" if r.even_rank else "",
        sub=f"{r.excess:.1f} a month ({r.low:.1f} to {r.high:.1f})",
        number=True,
    )


def _even_busy(row: CandidateRow) -> Cell:
    r: Reporting | None = row.reporting
    if r is None:
        return Cell(NOT_COUNTED, number=True)
    busy, now, then = row.busy_episodes, row.busy_rank, row.even_busy_rank
    likely = f"{busy / r.relative:.0f} ({busy / r.upper:.0f} to {busy / r.lower:.0f})"
    return Cell(
        likely,
        sub=f"number {then:,} in the city; now {now:,}" if then and now else "",
        number=True,
    )


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
        yield "came back once" if row.returns == 1 else f"came back {row.returns:,} times"
    if row.course in COURSES:
        yield COURSES[row.course].label.lower()
    if listed == ORDINARY and not row.flagged:
        yield "not sure enough"
