"""What the ledger tells: the timeline of a matter, an ask, a place or a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from wardroom.access.actor import Actor
from wardroom.access.models import ScopedQuerySet
from wardroom.kernel.facts import Ref
from wardroom.ledger import policy
from wardroom.ledger.models import About, Entry

PAGE_ROWS = 50


@dataclass(frozen=True)
class TimelineLine:
    """One line: when, who, what, and through which window it came in."""

    at: datetime
    actor_name: str
    sentence: str
    window: str
    kind: str
    internal: bool


@dataclass(frozen=True)
class TimelinePage:
    """A page of a timeline, newest first."""

    lines: tuple[TimelineLine, ...]
    total: int
    page: int
    pages: int


def timeline(actor: Actor, *, refs: Iterable[Ref], page: int = 1) -> TimelinePage:
    """The lines about any of these things that the actor may read, newest first.

    Staff see the lines of their wards, partners those about asks to their agency that are
    not internal. No refs give no lines.
    """
    rows = _about(refs).within(policy.reach(actor))
    total = rows.count()
    pages = max(1, -(-total // PAGE_ROWS))
    page = min(max(1, page), pages)
    start = (page - 1) * PAGE_ROWS
    return TimelinePage(
        lines=tuple(_line(e) for e in rows.order_by("-at", "-id")[start : start + PAGE_ROWS]),
        total=total,
        page=page,
        pages=pages,
    )


def _about(refs: Iterable[Ref]) -> ScopedQuerySet:
    wanted = Q(pk__in=[])
    for ref in refs:
        wanted |= Q(noun=ref.noun, key=ref.key)
    return Entry.objects.filter(pk__in=About.objects.filter(wanted).values("entry_id"))


def _line(entry: Entry) -> TimelineLine:
    return TimelineLine(
        at=entry.at,
        actor_name=entry.actor_name,
        sentence=entry.sentence,
        window=entry.window,
        kind=entry.kind,
        internal=entry.audience == "internal",
    )
