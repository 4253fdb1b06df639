"""What is open in an area of the city."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.access.actor import Actor
from wardroom.city.queries import AreaRow, places_in
from wardroom.kernel.paging import page_at
from wardroom.matters import policy
from wardroom.matters.models import Matter

PAGE_ROWS = 25


@dataclass(frozen=True)
class OpenRow:
    """An open matter in an area."""

    matter_id: int
    kind: str
    title: str
    place_label: str
    owner_name: str
    next_on: date | None
    next_step: str


@dataclass(frozen=True)
class OpenPage:
    """A page of the open matters in an area, the soonest next date first."""

    rows: tuple[OpenRow, ...]
    total: int
    page: int
    pages: int


def open_in(area: AreaRow, actor: Actor, *, page: int = 1, rows: int = PAGE_ROWS) -> OpenPage:
    """The open matters at places in an area, within the actor's reach; staff only."""
    found = Matter.objects.within(policy.reach_inside(actor)).filter(places_in(area), state="open")
    total = found.count()
    page, pages, on_page = page_at(total, page, rows)
    chosen = found.select_related("owner", "place").order_by("next_on", "id")
    return OpenPage(
        rows=tuple(
            OpenRow(
                matter_id=m.pk,
                kind=m.kind,
                title=m.title,
                place_label=m.place.label if m.place else "",
                owner_name=m.owner.name,
                next_on=m.next_on,
                next_step=m.next_step,
            )
            for m in chosen[on_page]
        ),
        total=total,
        page=page,
        pages=pages,
    )
