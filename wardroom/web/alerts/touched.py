"""Who is in the districts that an alert touches: the districts themselves, and the groups there."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from wardroom.city.queries.areas import LABELS
from wardroom.engagement.queries.groups import groups_in
from wardroom.incidents.queries import AlertFile
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.ui.tables import Cell, Column, Table, table
from wardroom.web.ui.words import counted

DISTRICTS = (Column("Kind"), Column("Which"))
GROUPS = (Column("Group"), Column("Ward"), Column("Members", number=True))
MOST_NAMED, MOST_GROUPS = 60, 25
KINDS = ("ward", "anc", "smd")


def districts_table(file: AlertFile) -> Table:
    """The wards, ANCs and SMDs that it touches; where there are very many, how many."""
    rows = []
    for kind in KINDS:
        codes = file.codes(kind)
        if codes:
            named = ", ".join(codes[:MOST_NAMED])
            more = f" and {len(codes) - MOST_NAMED} more" if len(codes) > MOST_NAMED else ""
            rows.append((Cell(LABELS[kind], sub=f"{len(codes)}", main=True), Cell(named + more)))
    return table(
        "Districts it touches",
        DISTRICTS,
        rows,
        empty="None that its shapes or codes name. Read where its sender says it holds.",
    )


def groups_table(request: HttpRequest, file: AlertFile) -> Table | None:
    """The citizen groups of the wards that it touches, within reach; none where there is none."""
    actor, at = actor_of(request), stamp_of(request).at
    wards = file.codes("ward")
    if not wards:
        return None
    found, total = groups_in(actor, wards, at=at, most=MOST_GROUPS)
    rows = [
        (
            Cell(row.name, href=reverse("group", args=[row.id]), main=True),
            Cell(row.ward_code),
            Cell(f"{row.members:,}"),
        )
        for row in found
    ]
    return table(
        f"Groups there: {counted(total, 'group')}",
        GROUPS,
        rows,
        empty="No citizen group is on record in these wards.",
    )
