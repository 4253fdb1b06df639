"""A campaign over all wards: the part of each, who leads it, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from wardroom.access.actor import Actor
from wardroom.city.queries import districts
from wardroom.kernel.errors import NotFound
from wardroom.matters.models import Matter, MatterLink
from wardroom.matters.policy import may_link_matter, may_see_inside
from wardroom.matters.rules import kind_of
from wardroom.plans import policy
from wardroom.plans.queries.initiatives import with_asks_counted


@dataclass(frozen=True)
class CampaignWard:
    """A ward in a campaign: its part with its progress, or none yet.

    ``asks`` are all that were not taken back: done and open. ``opens`` says whether the asker
    may read the part whole.
    """

    ward_code: str
    matter_id: int | None = None
    title: str = ""
    lead_name: str = ""
    state: str = ""
    outcome_label: str = ""
    next_on: date | None = None
    next_step: str = ""
    asks: int = 0
    asks_done: int = 0
    asks_late: int = 0
    plan_version: int | None = None
    opens: bool = False


@dataclass(frozen=True)
class CampaignView:
    """A campaign as everybody in the office sees it, with a row for each part and each ward."""

    matter_id: int
    title: str
    lead_name: str
    standing: str
    state: str
    rows: tuple[CampaignWard, ...]
    opens: bool
    allowed: frozenset[str]

    @property
    def taking_part(self) -> int:
        """How many wards have a part."""
        return len({row.ward_code for row in self.rows if row.matter_id is not None})


def campaign_view(matter_id: int, actor: Actor, *, on: date) -> CampaignView:
    """A campaign over all wards; `NotFound` for whoever is not of the office."""
    seen = Matter.objects.within(policy.reach_of_campaigns(actor))
    campaign = seen.select_related("owner").filter(pk=matter_id, kind="campaign").first()
    if campaign is None:
        raise NotFound(f"no campaign {matter_id}")
    links = MatterLink.objects.filter(to=campaign, kind="part", ended_at=None)
    parts = with_asks_counted(seen.filter(pk__in=links.values("of")), on)
    rows = [_part(part, actor) for part in parts.order_by("ward_code", "pk")]
    there = {row.ward_code for row in rows}
    rows += [CampaignWard(w.code) for w in districts("ward", on) if w.code not in there]
    may_open = campaign.state == "open" and may_link_matter(actor, campaign)
    return CampaignView(
        matter_id=campaign.pk,
        title=campaign.title,
        lead_name=campaign.owner.name,
        standing=campaign.standing,
        state=campaign.state,
        rows=tuple(sorted(rows, key=lambda row: (row.ward_code, row.matter_id or 0))),
        opens=may_see_inside(actor, campaign),
        allowed=frozenset({"open_part"} if may_open else ()),
    )


def _part(part: Any, actor: Actor) -> CampaignWard:
    return CampaignWard(
        ward_code=part.ward_code,
        matter_id=part.pk,
        title=part.title,
        lead_name=part.owner.name,
        state=part.state,
        outcome_label=kind_of(part.kind).outcomes.get(part.outcome, ""),
        next_on=part.next_on if part.state == "open" else None,
        next_step=part.next_step,
        asks=part.asks_done + part.asks_open,
        asks_done=part.asks_done,
        asks_late=part.asks_late,
        plan_version=part.plan_version,
        opens=may_see_inside(actor, part),
    )
