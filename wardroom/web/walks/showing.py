"""Walks as tables and maps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.urls import reverse

from wardroom.fieldwork.queries import WalkListRow
from wardroom.fieldwork.rules import REASONS
from wardroom.web.checks.showing import distance
from wardroom.web.ui.tables import Cell, Column, Pick, Table, Tag, table
from wardroom.web.ui.words import counted, day_text

COLUMNS = (Column("Walk"), Column("Day"), Column("Stops seen"), Column("Where it stands"))
OFFER_COLUMNS = (Column("Stop"), Column("Why"), Column("From the start"))
STANDINGS = {
    "planned": Tag("Planned", "accent"),
    "under_way": Tag("Under way", "warn"),
    "over": Tag("Over", "good"),
}
STATES = [
    ("all", "All walks"),
    ("planned", "Planned"),
    ("under_way", "Under way"),
    ("over", "Over"),
]

NO_MORE = "and nothing else waits near here. For other stops choose another start, or another day"
NOTHING = (
    "Nothing waits for a look in this ward: no open matter of it has a point on the map. Choose"
    " another ward above, or give an issue of this one its place."
)


def row_cells(row: WalkListRow) -> tuple[Cell, ...]:
    """One walk in the list."""
    tags = [STANDINGS[row.standing]]
    if row.kept:
        tags.append(Tag(f"{counted(row.kept, 'line')} to look at", "bad"))
    return (
        Cell(
            row.title,
            href=reverse("outing", args=[row.id]),
            sub=f"Ward {row.ward_code} · {row.drawn_by}",
            main=True,
        ),
        Cell(day_text(row.walk_on)),
        Cell(f"{row.seen} of {row.stops}"),
        Cell(tags=tuple(tags)),
    )


def offer_table(offered: Sequence[Any], chosen: Collection[str] | None) -> Table:
    """The stops that are proposed, ticked and in walking order; then those that may be added."""
    proposed = sum(each.proposed for each in offered)
    more = len(offered) - proposed
    others = f"{more} more to choose from" if more else NO_MORE
    return table(
        f"{counted(proposed, 'stop')} proposed, {others}",
        OFFER_COLUMNS,
        [
            (
                Cell(each.label, sub=each.what if each.what != each.label else "", main=True),
                Cell(REASONS[each.reason]),
                Cell(distance(each.away)),
            )
            for each in offered
        ],
        empty=NOTHING,
        picks=[
            Pick(
                each.ref,
                each.label,
                ticked=each.proposed if chosen is None else each.ref in chosen,
            )
            for each in offered
        ],
        picks_for="draw",
    )
