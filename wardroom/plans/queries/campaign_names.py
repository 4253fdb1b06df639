"""The names of campaigns, which everybody in the office knows."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from wardroom.access.actor import Actor
from wardroom.matters.models import Matter
from wardroom.plans import policy

MOST_NAMED = 12


@dataclass(frozen=True)
class CampaignName:
    """A campaign by its name."""

    matter_id: int
    title: str


def campaigns_of(matter_id: int, actor: Actor) -> tuple[CampaignName, ...]:
    """The campaigns that an initiative is a part of."""
    found = _seen(actor).filter(
        links_to__of=matter_id, links_to__kind="part", links_to__ended_at=None
    )
    return _names(found)


def open_campaigns(actor: Actor) -> tuple[CampaignName, ...]:
    """The open campaigns of the whole city, the newest first."""
    return _names(_seen(actor).filter(ward_code="", state="open"))


def _seen(actor: Actor) -> QuerySet[Matter]:
    return Matter.objects.within(policy.reach_of_campaigns(actor)).filter(kind="campaign")


def _names(rows: QuerySet[Matter]) -> tuple[CampaignName, ...]:
    chosen = rows.order_by("-pk").values_list("pk", "title")[:MOST_NAMED]
    return tuple(CampaignName(pk, title) for pk, title in chosen)
