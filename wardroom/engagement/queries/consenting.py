"""Who may be written to at this moment: their own word, and what the directory says since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from wardroom.directory.models import Consent, ContactPoint
from wardroom.directory.rules import PROGRESS, match_key
from wardroom.engagement.models import Subscriber
from wardroom.engagement.rules import subscriptions as rules

AT_ONCE = 1000
Refusals = Mapping[int, datetime]


def hindrances(subscribers: Iterable[Subscriber]) -> Mapping[int, str]:
    """Why each of these may not be written to now; empty words where they may."""
    found = list(subscribers)
    said: dict[str, list[rules.Said]] = {}
    for start in range(0, len(found), AT_ONCE):
        said |= _said([one.match for one in found[start : start + AT_ONCE]])
    return {
        one.pk: rules.hindrance(
            confirmed_at=one.confirmed_at,
            stopped_at=one.stopped_at,
            bounced_at=one.bounced_at,
            said=said.get(one.match, ()),
        )
        for one in found
    }


def hindered_among(subscribers: QuerySet[Subscriber]) -> set[int]:
    """Those of many who may not be written to now; only those of whom anything is held are read."""
    refused = Consent.objects.filter(point=OuterRef("pk"), purpose=PROGRESS, given=False)
    spoken = Q(bounced_at__isnull=False) | Q(ended_at__isnull=False) | Exists(refused)
    points = ContactPoint.objects.filter(spoken, channel="email")
    doubtful = Q(bounced_at__isnull=False) | Q(match__in=points.values("match"))
    return {pk for pk, why in hindrances(subscribers.filter(doubtful)).items() if why}


def why_no_news(key: str, address: str) -> str:
    """Why a message of a list is not sent to this subscriber any more; for the outbox."""
    one = Subscriber.objects.filter(pk=int(key)).first()
    if one is None or one.match != match_key("email", address):
        return rules.NO_NEWS
    return hindrances([one])[one.pk]


def _said(matches: list[str]) -> dict[str, list[rules.Said]]:
    """What the directory holds of the same addresses, whoever has them."""
    points = list(ContactPoint.objects.filter(channel="email", match__in=matches).order_by("pk"))
    refused = _refusals([point.pk for point in points])
    live = {point.match for point in points if point.ended_at is None}
    said: dict[str, list[rules.Said]] = {}
    for point in points:
        ended = None if point.match in live else point.ended_at
        row = rules.Said(refused.get(point.pk), point.bounced_at, ended)
        said.setdefault(point.match, []).append(row)
    return said


def _refusals(points: list[int]) -> Refusals:
    """When progress information was refused for each point, where that is the last word."""
    rows = Consent.objects.filter(point__in=points, purpose=PROGRESS)
    last = rows.values("point").annotate(last=Max("pk")).values("last")
    no = Consent.objects.filter(Q(pk__in=last), given=False)
    return dict(no.order_by("pk").values_list(F("point_id"), "at"))
