"""What people told the office itself about a place, beside what the feed of requests holds.

It is read from the ledger: cases are the business of another part of the house.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.timezone import localtime

from wardroom.access.actor import Actor
from wardroom.city.models import Place
from wardroom.ledger.models import Entry
from wardroom.ledger.policy import reach
from wardroom.matters.models import Matter

TAKEN, NO_NAME = "ComplaintTaken", "Somebody who gave no name"


@dataclass(frozen=True)
class ToldToUs:
    """The office's own issues of some trouble at a place, in some time.

    One issue is one episode, however many told of it. A complaint that carries a number of the
    city's own system is not here: the feed has it. ``months`` are as in 2026-03; ``reporters``
    counts people that the office knows apart.
    """

    episodes: int
    months: frozenset[str]
    reporters: int


def told_to_us(
    place_keys: Sequence[int],
    topics: Sequence[Any],
    actor: Actor,
    *,
    since: datetime,
    until: datetime,
) -> ToldToUs:
    """What the office was told of these troubles at these addresses, as far as the actor sees."""
    places = Place.objects.filter(key__in=place_keys).values(word=Cast("pk", CharField()))
    lines = Entry.objects.within(reach(actor)).filter(
        kind=TAKEN,
        about__noun="place",
        about__key__in=places,
        body__topic_code__in=[topic["code"] for topic in topics],
        body__request_number="",
        at__gt=since,
    )
    taken = [(body, datetime.fromisoformat(body["received_at"])) for body in _bodies(lines)]
    within = [(body, at) for body, at in taken if since < at <= until]
    numbers = {body["matter_id"] for body, _ in within}
    joined = Matter.objects.filter(pk__in=numbers, merged_into__isnull=False)
    into = dict(joined.values_list("pk", "merged_into")) if numbers else {}
    return ToldToUs(
        episodes=len({into.get(number, number) for number in numbers}),
        months=frozenset(f"{localtime(at):%Y-%m}" for _, at in within),
        reporters=len({_who(body) for body, _ in within} - {NO_NAME}),
    )


def _who(body: dict[str, Any]) -> Any:
    return body["party_id"] or body["reporter"]


def _bodies(lines: Any) -> list[dict[str, Any]]:
    return list(lines.order_by("pk").values_list("body", flat=True))
