"""The tables of a roll-up and of a monthly report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from wardroom.reporting.queries import ReportFile
from wardroom.reporting.rules import MONTHLY, ROLL_UP
from wardroom.reporting.rules.monthly import COLUMNS
from wardroom.web.ui.tables import Cell, Column, Table, Tag, table
from wardroom.web.ui.words import state_tag

WARD_COLUMNS = (
    Column("Ward"),
    Column("Report"),
    Column("Promises kept", number=True),
    Column("Asks past their date", number=True),
    Column("Matters open", number=True),
)


def wards_table(file: ReportFile) -> Table:
    """Each ward: whether it signed, and its numbers beside those of the week before."""
    return table(
        "The wards in the order of their numbers, with the week before in small print",
        WARD_COLUMNS,
        [_ward(row) for row in file.facts["wards"]],
        empty="There are no wards.",
    )


def smds_table(file: ReportFile) -> Table:
    """Each SMD with its counts, and what may be shown of the sums."""
    rows = [
        (Cell(f"SMD {row['smd']}", main=True), *(_number(row[code]) for code in COLUMNS))
        for row in file.facts["smds"]
    ]
    totals = file.facts["totals"]
    whole = (Cell("The whole ANC", main=True), *(_number(totals[code]) for code in COLUMNS))
    return table(
        "Requests by single-member district",
        (Column("District"), *(Column(label, number=True) for label in COLUMNS.values())),
        [*rows, whole],
        empty="The boundaries know no single-member district here.",
    )


def _ward(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    if row["edition_id"] is None:
        missing = Cell(tags=(Tag("Not drafted", "bad"),))
        return (Cell(f"Ward {row['ward']}", main=True), missing, *(_number("-") for _ in range(3)))
    codes = ("promises_kept", "asks_late", "matters_open")
    return (
        Cell(f"Ward {row['ward']}", href=reverse("report", args=[row["edition_id"]]), main=True),
        Cell(tags=(state_tag(row["state"]),), sub=row["signed_by"]),
        *(_number(row[code], f"before: {row[f'{code}_before']}") for code in codes),
    )


def _number(text: str, sub: str = "") -> Cell:
    return Cell(text, sub=sub, number=True)


def tables_of(file: ReportFile) -> dict[str, Table]:
    """The tables that the page of this kind of report shows."""
    if file.head.report == ROLL_UP:
        return {"wards": wards_table(file)}
    return {"smds": smds_table(file)} if file.head.report == MONTHLY else {}
