"""What the worker has to do for subscribers now: move them, write to them, send letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from wardroom.city.models import BoundarySet
from wardroom.engagement.models import AreaMove, Circular, Digest, Subscriber, Subscription
from wardroom.engagement.rules import circulars as moves
from wardroom.engagement.rules.subscriptions import FREQUENCIES, period_of


def moves_due(*, on: date) -> Iterator[tuple[Subscription, BoundarySet]]:
    """The live wishes for districts of boundaries that are no longer in force, with the new."""
    live = Subscription.objects.filter(confirmed_at__isnull=False, ended_at=None)
    for kind, version in in_force(on).items():
        followed = AreaMove.objects.filter(subscription=OuterRef("pk"), boundary_set=version)
        rows = live.filter(kind=kind, district__isnull=False).exclude(
            district__boundary_set=version
        )
        for row in rows.exclude(Exists(followed)).order_by("pk"):
            yield row, version


def subscribers_due(*, on: date) -> Iterator[tuple[Subscriber, str]]:
    """Who has no digest yet for the day, the week or the month, with the frequency."""
    for frequency in FREQUENCIES:
        wishes = Subscription.objects.filter(
            subscriber=OuterRef("pk"),
            frequency=frequency,
            confirmed_at__isnull=False,
            ended_at=None,
            lost_at=None,
        )
        written = Digest.objects.filter(
            subscriber=OuterRef("pk"), frequency=frequency, period=period_of(frequency, on)
        )
        rows = Subscriber.objects.filter(
            Exists(wishes), confirmed_at__isnull=False, stopped_at=None, bounced_at=None
        )
        for row in rows.exclude(Exists(written)).order_by("pk"):
            yield row, frequency


def circulars_to_send(*, at: datetime) -> tuple[int, ...]:
    """The letters whose half minute is over, and those of which copies are still waiting."""
    due = Q(state=moves.APPROVED, goes_at__lte=at) | Q(state=moves.SENDING)
    return tuple(
        Circular.objects.filter(due).order_by("goes_at", "pk").values_list("pk", flat=True)
    )


def get_circular_to_send(circular_id: int) -> Circular:
    """One letter, for the worker to act on."""
    found: Circular = Circular.objects.get(pk=circular_id)
    return found


def in_force(on: date) -> dict[str, BoundarySet]:
    """The boundaries of each kind that hold on a day."""
    rows = BoundarySet.objects.filter(valid_from__lte=on).filter(
        Q(valid_until=None) | Q(valid_until__gte=on)
    )
    return {row.kind: row for row in rows.order_by("valid_from")}
