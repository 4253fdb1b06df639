"""How endpoints, drift and what was sent on are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.http import QueryDict
from django.urls import reverse

from wardroom.service_requests.queries import (
    DriftRow,
    EndpointRow,
    RunRow,
    SubmissionPage,
    SubmissionRow,
)
from wardroom.service_requests.rules import DRIFT_STATES, DRIFTS, MODES
from wardroom.service_requests.rules.submissions import STATES
from wardroom.web.rows import matter_address
from wardroom.web.ui.tables import Cell, Column, Control, Table, Tag, paging, table
from wardroom.web.ui.words import counted, instant_text, state_tag

ENDPOINT_COLUMNS = (
    Column("Endpoint"),
    Column("Last reading"),
    Column("Next reading"),
    Column("To be looked at"),
)
RUN_COLUMNS = (
    Column("Read"),
    Column("Rows", number=True),
    Column("New", number=True),
    Column("Changed", number=True),
    Column("Rejected", number=True),
    Column("State"),
)
SUBMISSION_COLUMNS = (Column("Sent on"), Column("About"), Column("State"), Column("There"))
DRIFT_COLUMNS = (
    Column("What"),
    Column("Here"),
    Column("There"),
    Column("Found", sort="-found"),
    Column("Do it here"),
)
SERVICE_COLUMNS = (Column("Service"), Column("Code"), Column("Group"))
TONES: Mapping[str, str] = {
    "waiting": "accent",
    "sending": "accent",
    "token": "accent",
    "sent": "good",
    "no_number": "good",
    "refused": "bad",
    "unclear": "warn",
}


def endpoint_cells(row: EndpointRow) -> tuple[Cell, ...]:
    """An endpoint as a row of the table."""
    tags = (Tag("Rests"),) if row.paused else ()
    failed = (Tag("Broke off", "bad"),) if row.failed_at else ()
    todo = [counted(row.drifts, "drift")] if row.drifts else []
    todo += [f"{row.unclear:,} not known whether sent"] if row.unclear else []
    return (
        Cell(
            row.name,
            href=reverse("endpoint", args=[row.id]),
            sub=f"{row.url} · {MODES[row.mode]}",
            tags=tags,
            main=True,
        ),
        Cell(instant_text(row.read_at) or "Never", sub=row.error, tags=failed),
        Cell(instant_text(row.next_at)),
        Cell(
            ", ".join(todo) or "Nothing",
            href=f"{reverse('drifts')}?endpoint={row.id}" if row.drifts else "",
        ),
    )


def run_table(rows: Iterable[RunRow]) -> Table:
    """The last readings, the newest first."""
    cells = [
        (
            Cell(_span(row), sub=instant_text(row.started_at), main=True),
            *(
                Cell(f"{n:,}", number=True)
                for n in (row.rows_read, row.rows_new, row.rows_changed, row.rows_rejected)
            ),
            Cell(tags=(state_tag("read" if row.state == "done" else row.state),)),
        )
        for row in rows
    ]
    return table("The last readings", RUN_COLUMNS, cells, empty="Nothing was read yet.")


def service_table(services: Iterable[tuple[str, str, str]]) -> Table:
    """What the other side takes."""
    cells = [(Cell(name, main=True), Cell(code), Cell(group)) for code, name, group in services]
    return table(
        counted(len(cells), "service"),
        SERVICE_COLUMNS,
        cells,
        empty="Its services are listed with the first reading.",
    )


def submission_table(found: SubmissionPage, state: QueryDict, kinds: Mapping[int, str]) -> Table:
    """What was sent on, the newest first."""
    return table(
        counted(found.total, "request"),
        SUBMISSION_COLUMNS,
        [submission_cells(row, kinds) for row in found.rows],
        empty="Nothing was sent here yet. Issues and asks lead to it.",
        state=state,
        paging=paging(state, page=found.page, pages=found.pages, total=found.total),
    )


def submission_cells(row: SubmissionRow, kinds: Mapping[int, str]) -> tuple[Cell, ...]:
    """Something that was sent on, as a row."""
    there = row.there_status.capitalize()
    return (
        Cell(
            row.service_name,
            href=reverse("submission", args=[row.id]),
            sub=f"{instant_text(row.made_at)}, {row.made_by}",
            main=True,
        ),
        about_cell(row.matter_id, kinds),
        Cell(row.number, sub=row.error, tags=(submission_tag(row.state),)),
        Cell(there, sub=row.there_notes),
    )


def submission_tag(state: str) -> Tag:
    """The state of something that was sent on."""
    return Tag(STATES[state], TONES.get(state, ""))


def about_cell(matter_id: int | None, kinds: Mapping[int, str]) -> Cell:
    """The matter that it hangs on, where there is one within reach."""
    if matter_id is None or matter_id not in kinds:
        return Cell("No matter of ours")
    return Cell(f"W-{matter_id}", href=matter_address(kinds[matter_id], matter_id))


def drift_cells(row: DriftRow, kinds: Mapping[int, str], back: str) -> tuple[Cell, ...]:
    """A drift as a row, with what can be done right there."""
    of = f"W-{row.matter_id} · " if row.matter_id in kinds else ""
    ward = f"Ward {row.ward_code}" if row.ward_code else "No ward"
    buttons: tuple[Control, ...] = ()
    folded: tuple[Control, ...] = ()
    if "accept_drift" in row.allowed:
        href = reverse("drift_move", args=[row.id, "accept"])
        buttons = (Control("Accept", href, row.what, f"accept_{row.id}", back, key="d"),)
        href = reverse("drift_move", args=[row.id, "ignore"])
        folded = (
            Control("Ignore", href, row.what, f"ignore_{row.id}", back,
                    "reason", "Why nothing follows"),
        )  # fmt: skip
    return (
        Cell(
            row.what,
            href=reverse("drift", args=[row.id]),
            sub=f"{of}{ward}{' · ' + row.endpoint_name if row.endpoint_name else ''}",
            tags=(drift_tag(row.kind),),
            main=True,
        ),
        Cell(row.here),
        Cell(row.there),
        Cell(
            instant_text(row.found_at),
            sub=row.reason,
            tags=() if row.state == "open" else (Tag(DRIFT_STATES[row.state]),),
        ),
        Cell(controls=buttons, folded=folded),
    )


def drift_tag(kind: str) -> Tag:
    """The kind of a drift."""
    return Tag(DRIFTS[kind], "warn" if kind in ("closed_there", "vanished") else "")


def span_words(span: timedelta) -> str:
    """A span of time in the largest whole unit."""
    seconds = int(abs(span.total_seconds()))
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            return counted(round(seconds / size), unit)
    return counted(seconds, "second")


def _span(row: RunRow) -> str:
    return row.file_name.partition(" ")[2].replace("T", " ").replace("Z", " UTC")
