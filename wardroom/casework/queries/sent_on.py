"""What of ours hangs on requests of other systems, and what can be sent to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from wardroom.access.actor import Actor
from wardroom.casework import policy
from wardroom.casework.models import Complaint
from wardroom.kernel.errors import NotFound
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Ask, Matter
from wardroom.service_requests.rules.drift import Held

COMPARED_FOR = timedelta(days=90)
OVER = ("declined", "withdrawn", "done")


@dataclass(frozen=True)
class SentOn:
    """What may be sent to another system: its words, where it lies, and whether it may go."""

    noun: str
    id: int
    title: str
    matter_id: int
    matter_kind: str
    matter_title: str
    place_label: str
    ward_code: str
    may_send: bool


def get_held_requests(at: datetime) -> list[Held]:
    """Every mirrored request that a complaint of ours names, with the matter it is in.

    A matter that was closed long ago is compared no more.
    """
    lately = Q(matter__state="open") | Q(matter__closed_at__gte=at - COMPARED_FOR)
    rows = Complaint.objects.filter(lately, request__isnull=False).order_by("pk")
    found = rows.values_list("request_id", "matter_id", "matter__ward_code", "matter__state")
    held = (Held(request, matter, ward, state == "open") for request, matter, ward, state in found)
    return list(dict.fromkeys(held))


def get_open_matters(ids: Iterable[int]) -> frozenset[int]:
    """Which of these matters are open."""
    rows = Matter.objects.filter(pk__among=list(ids), state="open")
    return frozenset(rows.values_list("pk", flat=True))


def matter_to_send_on(matter_id: int, actor: Actor) -> SentOn:
    """A matter that may be sent to another system; `NotFound` out of reach."""
    matter = _inside(actor).filter(pk=matter_id).first()
    if matter is None:
        raise NotFound(f"no matter {matter_id}")
    may = policy.may_send_on(actor, matter) and _goes(matter)
    return _shown("matter", matter.pk, matter.title, matter, may=may)


def ask_to_send_on(ask_id: int, actor: Actor) -> SentOn:
    """An ask that may be sent to another system; `NotFound` out of reach."""
    ask = Ask.objects.select_related("matter__place").filter(pk=ask_id).first()
    inside = ask is not None and ask.matter_id and _inside(actor).filter(pk=ask.matter_id).exists()
    if ask is None or ask.matter is None or not inside:
        raise NotFound(f"no ask {ask_id}")
    may = policy.may_send_ask_on(actor, ask) and _goes(ask.matter)
    may = may and ask.state not in OVER
    return _shown("ask", ask.pk, ask.wording, ask.matter, may=may)


def _inside(actor: Actor) -> Any:
    rows = Matter.objects.within(matters_policy.reach_inside(actor))
    return rows.select_related("place")


def _goes(matter: Matter) -> bool:
    return matter.state == "open" and not matter.restricted


def _shown(noun: str, key: int, title: str, matter: Matter, *, may: bool) -> SentOn:
    return SentOn(
        noun=noun,
        id=key,
        title=title,
        matter_id=matter.pk,
        matter_kind=matter.kind,
        matter_title=matter.title,
        place_label=matter.place.label if matter.place else "",
        ward_code=matter.ward_code,
        may_send=may,
    )
