"""The positions by the fund that pays them, as a table and as words on one position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from wardroom.office.queries.paying import FundStaff, PaidBy, PaidPart
from wardroom.office.rules.amounts import shown
from wardroom.office.rules.funds import SORTS
from wardroom.office.rules.structure import called as called_so
from wardroom.web.ui.tables import Cell, Column, Table, table
from wardroom.web.ui.words import counted, day_text

MOST_NAMED = 12
COLUMNS = (
    Column("Fund"),
    Column("Positions"),
    Column("FTE existing", number=True),
    Column("FTE filled", number=True),
    Column("FTE proposed", number=True),
    Column("Allocated", number=True),
)


@dataclass(frozen=True)
class PaidWords:
    """A fund that pays a position, in words."""

    fund: str
    href: str
    words: str


def fund_table(rows: Sequence[FundStaff]) -> Table:
    """The positions by fund, with the full-time jobs that each pays."""
    funded = [row for row in rows if row.fund_id is not None]
    jobs = sum((row.existing for row in funded), Decimal(0))
    every = sum((row.existing for row in rows), Decimal(0))
    funds = counted(len(funded), "fund that runs", "funds that run")
    return table(
        f"{fte_text(jobs)} of {fte_text(every)} full-time jobs are paid by {funds} today",
        COLUMNS,
        [_cells(row) for row in rows],
        empty="No position is written down yet, and no fund pays one.",
    )


def paid_words(found: Sequence[PaidBy]) -> tuple[PaidWords, ...]:
    """The funds that pay one position."""
    return tuple(
        PaidWords(
            one.fund,
            reverse("fund", args=[one.fund_id]),
            f"{fte_text(one.part)} FTE, {shown(one.cents)} allocated, "
            f"until {day_text(one.ends_on)}",
        )
        for one in found
    )


def fte_text(jobs: Decimal) -> str:
    """Full-time jobs without needless zeros."""
    return f"{jobs.normalize():f}"


def _cells(row: FundStaff) -> tuple[Cell, ...]:
    counts = tuple(Cell(fte_text(jobs)) for jobs in (row.existing, row.filled, row.proposed))
    names = [_named(one) for one in row.paid[:MOST_NAMED]]
    more = len(row.paid) - len(names)
    listed = "; ".join([*names, *([f"and {more} more"] if more else [])])
    if row.fund_id is None or row.ends_on is None:
        head = Cell("No fund that runs today", main=True)
        return head, Cell(listed), *counts, Cell("-")
    words = f"{shown(row.in_words)} to positions in words, not counted" if row.in_words else ""
    head = Cell(
        row.fund,
        href=reverse("fund", args=[row.fund_id]),
        sub=f"{SORTS[row.sort]}, until {day_text(row.ends_on)}",
        main=True,
    )
    return head, Cell(listed or "-", sub=words), *counts, Cell(shown(row.cents))


def _named(one: PaidPart) -> str:
    called = called_so(one.row.title, one.row.ward_code)
    return called if one.part == 1 else f"{called} ({fte_text(one.part)})"
