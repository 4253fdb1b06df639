"""How a policy is drawn: what was said in each ward, and the entries themselves."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from wardroom.engagement.queries.policies import AboutSaid, PolicyFile, SaidRow, WardSaid
from wardroom.engagement.rules.policies import TENORS, WAYS_HEARD
from wardroom.web.ui.lists import Found
from wardroom.web.ui.tables import Cell, Column, Table, paging, table
from wardroom.web.ui.words import counted, day_text

WARD_COLUMNS = (
    Column("Ward"),
    *(Column(label, number=True) for label in TENORS.values()),
    Column("Against the ward's own weeks"),
)
ABOUT_COLUMNS = (
    Column("What it is about"),
    Column("Where"),
    *(Column(label, number=True) for label in TENORS.values()),
)
LINE_COLUMNS = (
    Column("What was said"),
    Column("What it was"),
    Column("Where"),
    Column("Heard"),
)


def ward_table(file: PolicyFile) -> Table:
    """Each ward with its counts, which lead to the entries that they count."""
    here = reverse("policy", args=[file.id])
    rows = [_ward(row, here) for row in file.wards]
    return table("Ward by ward", WARD_COLUMNS, rows, empty="Nothing was said yet.")


def about_table(file: PolicyFile) -> Table | None:
    """What it was about, with its wards and tenors; none where nobody summed anything up."""
    if not any(row.about for row in file.abouts):
        return None
    here = reverse("policy", args=[file.id])
    rows = [_about(row, here) for row in file.abouts]
    return table("What it is about", ABOUT_COLUMNS, rows, empty="")


def line_table(said: Found, state: QueryDict) -> Table:
    """The entries, the newest first."""
    return table(
        counted(said.total, "entry", "entries"),
        LINE_COLUMNS,
        [_line(row) for row in said.rows],
        empty="Nothing that was said fits these filters.",
        state=state,
        paging=paging(state, page=said.page, pages=said.pages, total=said.total),
    )


def _ward(row: WardSaid, here: str) -> tuple[Cell, ...]:
    counts = [
        Cell(
            f"{row.counts[tenor]:,}",
            href=f"{here}?ward={row.ward_code}&tenor={tenor}#results" if row.counts[tenor] else "",
        )
        for tenor in TENORS
    ]
    return Cell(f"Ward {row.ward_code}", main=True), *counts, Cell(row.words)


def _about(row: AboutSaid, here: str) -> tuple[Cell, ...]:
    href = f"{here}?{urlencode({'about': row.about})}#results" if row.about else ""
    where = ", ".join(f"Ward {ward}: {n:,}" for ward, n in row.wards.items())
    counts = (Cell(f"{row.tenors.get(tenor, 0):,}") for tenor in TENORS)
    return Cell(row.about or "Not summed up", href=href, main=True), Cell(where), *counts


def _line(row: SaidRow) -> tuple[Cell, ...]:
    heard = f"{WAYS_HEARD[row.channel].capitalize()}, {day_text(row.heard_on)}"
    return (
        Cell(row.text, main=True),
        Cell(TENORS[row.tenor]),
        Cell(f"Ward {row.ward_code}"),
        Cell(heard),
    )
