"""What the page of a place and that of an area share: tables of what is open and came back."""

from __future__ import annotations

from collections.abc import Iterable

from wardroom.casework.queries import CameBack, OpenHere, RequestsHere
from wardroom.web.rows import matter_address, rows_address
from wardroom.web.ui.tables import Cell, Column, Table, table
from wardroom.web.ui.words import day_text

OPEN_COLUMNS = (Column("What is open"), Column("How far"), Column("Next"))
BACK_COLUMNS = (Column("What was closed"), Column("Closed"), Column("Came back"))


def open_table(caption: str, rows: Iterable[OpenHere]) -> Table:
    """What is open at a place and around it, the nearest first."""
    cells = [
        (
            Cell(
                row.title,
                href=matter_address(row.kind, row.matter_id),
                sub=f"W-{row.matter_id} · {row.owner_name}",
                main=True,
            ),
            Cell(f"{row.metres} m away" if row.metres else "Here"),
            Cell(day_text(row.next_on), sub=row.next_step),
        )
        for row in rows
    ]
    empty = "Nothing is open here or within 100 meters."
    return table(caption, OPEN_COLUMNS, cells, empty=empty, caption_hidden=True)


def came_back_table(caption: str, rows: Iterable[CameBack]) -> Table:
    """What was closed and came back, the latest first, with the issue it came back as."""
    cells = [
        (
            Cell(
                row.title,
                href=matter_address(row.kind, row.matter_id),
                sub=f"W-{row.matter_id}",
                main=True,
            ),
            Cell(day_text(row.closed_on) or "-"),
            Cell(
                f"{day_text(row.came_back_on)}, as W-{row.again_id}"
                if row.again_id
                else day_text(row.came_back_on),
                href=matter_address("issue", row.again_id) if row.again_id else "",
            ),
        )
        for row in rows
    ]
    empty = "Nothing that was closed here has come back."
    return table(caption, BACK_COLUMNS, cells, empty=empty, caption_hidden=True)


def requests_address(found: RequestsHere | None, **where: str) -> str:
    """The list of the 311 requests behind the count, or nothing where none are counted."""
    if found is None:
        return ""
    return rows_address("requests", [*where.items(), ("opened_from", found.since.isoformat())])
