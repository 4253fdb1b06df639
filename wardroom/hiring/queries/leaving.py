"""The hirings that somebody keeps, to be handed over before they leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Count, QuerySet

from wardroom.directory.models import Party
from wardroom.hiring.models import Posting
from wardroom.hiring.rules.postings import WITHDRAWN
from wardroom.matters.gateways import LiveThing


def live_hirings(party: Party, on: date) -> tuple[LiveThing, ...]:
    """The hirings that a person keeps; one that was never published is not called by its name."""
    rows = (
        _kept().filter(keeper=party.user_id)
        if party.user_id is not None
        else Posting.objects.none()
    )
    return tuple(
        LiveThing(
            noun="posting",
            key=str(row.pk),
            title=f"Hiring: {row.title}" if row.published_at else "A posting not yet published",
            detail="Only a director can take it over.",
            needs="director",
            address="/hiring/",
        )
        for row in rows.order_by("pk")
    )


def counted_hirings(people: Iterable[int], on: date) -> Mapping[int, int]:
    """How many hirings each of these people keeps."""
    rows = _kept().filter(keeper__party__in=list(people)).values_list("keeper__party")
    return dict(rows.annotate(Count("pk")).order_by("keeper__party"))


def _kept() -> QuerySet[Posting]:
    """What somebody has to keep: until all of it was disposed of, or nothing came of a draft."""
    rows = Posting.objects.filter(disposed_at__isnull=True)
    return rows.exclude(state=WITHDRAWN, published_at=None)
