"""The real contacts behind a number: with whom, when and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from wardroom.access.actor import Actor
from wardroom.engagement.queries.silence import COLUMNS, contacts_seen
from wardroom.engagement.rules import outreach as rules
from wardroom.kernel.paging import page_at
from wardroom.matters.rules import CHANNELS

PAGE_ROWS = 25
USUAL_DAYS = 90


@dataclass(frozen=True)
class ContactRow:
    """One real contact; ``event_id`` is the event at which it was."""

    party_id: int
    name: str
    on: date
    how: str
    event_id: int | None
    smd_code: str
    ward_code: str


@dataclass(frozen=True)
class ContactPage:
    """A page of contacts, the newest first; ``occasions`` counts each line or event once."""

    rows: tuple[ContactRow, ...]
    total: int
    occasions: int
    page: int
    pages: int
    label: str
    days: int


def contact_page(
    actor: Actor, *, on: date, by: str = rules.SMD, key: str = "", days: int = 0, page: int = 1
) -> ContactPage:
    """The real contacts within reach with one district, ward, language or kind of group."""
    by = by if by in COLUMNS else rules.SMD
    days = days if 0 < days <= rules.MOST_DAYS else USUAL_DAYS
    rows = contacts_seen(actor).filter(on__gt=on - timedelta(days=days), on__lte=on)
    if key:
        rows = rows.filter(**{COLUMNS[by]: key})
    sources = list(rows.order_by().values_list("line", "event").distinct())
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    chosen = rows.select_related("party", "event").order_by("-on", "-pk")[on_page]
    return ContactPage(
        rows=tuple(
            ContactRow(
                party_id=c.party_id,
                name=c.party.name,
                on=c.on,
                how=c.event.title if c.event else CHANNELS.get(c.channel, c.channel).capitalize(),
                event_id=c.event_id,
                smd_code=c.smd_code,
                ward_code=c.ward_code,
            )
            for c in chosen
        ),
        total=total,
        occasions=len(sources),
        page=page,
        pages=pages,
        label=rules.words_of(by, key) if key else "Everybody",
        days=days,
    )
