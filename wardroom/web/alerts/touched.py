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

GROUPS = (Column("Group"), Column("Ward"), Column("Members", number=True))
MOST_NAMED, MOST_GROUPS = 60, 25
KINDS = ("ward", "anc", "smd")


def districts_named(file: AlertFile) -> list[tuple[str, int, str]]:
    """The wards, ANCs and SMDs that it touches: how many of each, and which."""
    found = []
    for kind in KINDS:
        codes = file.codes(kind)
        more = f" and {len(codes) - MOST_NAMED} more" if len(codes) > MOST_NAMED else ""
        if codes:
            found.append((f"{LABELS[kind]}s", len(codes), ", ".join(codes[:MOST_NAMED]) + more))
    return found


def groups_table(request: HttpRequest, file: AlertFile) -> Table | None:
    """The citizen groups of the wards that it touches, within reach; none where there is none."""
    actor, at = actor_of(request), stamp_of(request).at
    wards = file.codes("ward")
    if not wards:
        return None
    found, total = groups_in(actor, wards, at=at, most=MOST_GROUPS)
    if not found:
        return None
    rows = [
        (
            Cell(row.name, href=reverse("group", args=[row.id]), main=True),
            Cell(row.ward_code),
            Cell(f"{row.members:,}"),
        )
        for row in found
    ]
    return table(f"Groups there: {counted(total, 'group')}", GROUPS, rows, empty="")
