"""How the parts of the house are drawn: findings, what was given up, jobs and processes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.http import QueryDict
from django.urls import reverse

from wardroom.upkeep.queries import DeadRow, HouseSheet, Process
from wardroom.upkeep.rules import Finding, Standing
from wardroom.web.ui.tables import Cell, Column, Control, Table, Tag, paging, table
from wardroom.web.ui.words import counted, instant_text

TONES = {
    Standing.FINE: Tag("Fine", "good"),
    Standing.LOOK: Tag("Look", "warn"),
    Standing.WRONG: Tag("Wrong", "bad"),
}
FINDINGS = (Column("Part"), Column("Stands"), Column("What was found"))
DEAD = (Column("What should follow"), Column("From"), Column("Tries"), Column("Do it here"))
JOBS = (Column("Job"), Column("When"), Column("Error"))
PROCESSES = (Column("Process"), Column("Machine"), Column("Version"), Column("Runs since"),
             Column("Last sign of life"))  # fmt: skip
GIGABYTE, MEGABYTE = 1_000_000_000, 1_000_000


class Typed(NamedTuple):
    """The reason that was typed to give one up, and was not taken."""

    receipt_id: int
    words: str


def all_findings(sheet: HouseSheet) -> list[tuple[Finding, datetime | None]]:
    """Every finding, the worst first; those of the worker with the time it asked."""
    found = [(one, None) for one in sheet.findings]
    looked = [(one, at) for one, at in sheet.looked]
    return sorted([*found, *looked], key=lambda one: -one[0].rank)


def finding_table(found: Iterable[tuple[Finding, datetime | None]]) -> Table:
    """What every check found, and what to do."""
    cells = [
        (
            Cell(one.name, main=True),
            Cell(tags=(TONES[one.standing],)),
            Cell(one.sentence, sub=_advice(one, at)),
        )
        for one, at in found
    ]
    empty = "Nothing was looked at yet."
    return table("What each check found", FINDINGS, cells, empty=empty, caption_hidden=True)


def dead_table(sheet: HouseSheet, state: QueryDict, typed: Typed | None = None) -> Table:
    """What failed at every try, with what can be done right there, and what was typed of one."""
    dead = sheet.dead
    return table(
        counted(dead.total, "consequence"),
        DEAD,
        [dead_cells(row, sheet.allowed, page=dead.page, typed=typed) for row in dead.rows],
        empty="Nothing was given up: all that follows from a change was done, or is tried again.",
        state=state,
        paging=paging(state, page=dead.page, pages=dead.pages, total=dead.total),
    )


def dead_cells(
    row: DeadRow, allowed: frozenset[str], *, page: int = 1, typed: Typed | None = None
) -> tuple[Cell, ...]:
    """One of them; who may not read its line sees what should follow, and no word of it."""
    about = f"{row.follows}, line {row.entry_id or 'not shown'}"
    back = reverse("the_house")
    buttons: tuple[Control, ...] = ()
    folded: tuple[Control, ...] = ()
    if "retry_receipt" in allowed:
        href = reverse("receipt_retry", args=[row.id])
        buttons = (Control("Try again", href, about, f"retry_{row.id}", back),)
    if "give_up_receipt" in allowed:
        wrong = typed is not None and typed.receipt_id == row.id
        there = reverse("receipt_give_up", args=[row.id])
        folded = (
            Control(
                "Give up",
                f"{there}?page={page}" if page > 1 else there,
                about,
                f"give_up_{row.id}",
                back,
                "reason",
                "Why it need not happen",
                value=typed.words if typed is not None and wrong else "",
                wrong=wrong,
            ),
        )
    return (
        Cell(row.follows.capitalize(), sub=row.error, main=True),
        Cell(
            row.sentence or "A line that you may not read",
            href=reverse("line", args=[row.entry_id]) if row.entry_id else "",
            sub=instant_text(row.at),
        ),
        Cell(f"{row.attempts:,}"),
        Cell(controls=buttons, folded=folded),
    )


def job_table(sheet: HouseSheet) -> Table | None:
    """The jobs that failed within a day, where any did."""
    cells = [
        (Cell(job.name.capitalize(), main=True), Cell(instant_text(job.at)), Cell(job.error))
        for job in sheet.jobs
    ]
    return table("Jobs that failed since yesterday", JOBS, cells, empty="") if cells else None


def process_table(found: Iterable[Process]) -> Table:
    """Each process that shows a sign of life."""
    cells = [
        (
            Cell("Worker" if one.is_worker else "Site", sub=f"Process {one.number}", main=True),
            Cell(one.node),
            Cell(one.version),
            Cell(instant_text(one.began_at)),
            Cell(instant_text(one.beat_at)),
        )
        for one in found
    ]
    return table(
        counted(len(cells), "process", "processes"),
        PROCESSES,
        cells,
        empty="No process shows a sign of life. Start one: wardroom serve --with-worker",
    )


def said_of(found: Iterable[Finding]) -> tuple[str, str]:
    """All of it in a sentence, and the tone of it."""
    ranks = [one.rank for one in found]
    wrong, look = ranks.count(2), ranks.count(1)
    more = f"{'is' if look == 1 else 'are'} to be looked at."
    if wrong:
        is_wrong = "is" if wrong == 1 else "are"
        said = f"{counted(wrong, 'part')} of the house {is_wrong} wrong"
        return f"{said}, and {look} {more}" if look else f"{said}.", "bad"
    if look:
        return f"{counted(look, 'part')} of the house {more}", "warn"
    return "All is fine.", "good"


def size_text(octets: int) -> str:
    """How much room something takes, in the unit that people know it by."""
    if octets >= GIGABYTE:
        return f"{octets / GIGABYTE:,.1f} GB"
    return f"{octets / MEGABYTE:,.1f} MB"


def _advice(one: Finding, at: datetime | None) -> str:
    asked = f"Asked {instant_text(at)}" if at else ""
    return " · ".join(words for words in (one.advice, asked) if words)
