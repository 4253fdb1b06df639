"""Initiatives and campaigns: the list, and one whole with its plan and its asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters.models import Matter
from wardroom.matters.policy import may_link_matter, reach_inside
from wardroom.matters.queries import (
    AskRow,
    LinkRow,
    MatterHeader,
    asks_of,
    links_of,
    matter_allowed,
    matter_header,
)
from wardroom.matters.rules import LINKS_BACK, LIVE, REFERRAL, WITH_AGENCY, kind_of
from wardroom.plans import policy, rules
from wardroom.plans.queries.campaign_names import CampaignName, campaigns_of
from wardroom.plans.queries.plans import PlanView, plan_allowed, plan_of

PAGE_ROWS = 25
CITYWIDE = "citywide"
HAS_AS_PART = LINKS_BACK["part"]
SORTS: Mapping[str, tuple[str, ...]] = {
    "next": ("next_on", "pk"),
    "-next": ("-next_on", "-pk"),
    "title": ("title", "pk"),
    "-title": ("-title", "-pk"),
    "opened": ("opened_at", "pk"),
    "-opened": ("-opened_at", "-pk"),
}


@dataclass(frozen=True)
class InitiativeRow:
    """An initiative or a campaign as the list shows it."""

    matter_id: int
    kind: str
    kind_label: str
    title: str
    ward_code: str
    lead_name: str
    state: str
    outcome_label: str
    next_on: date | None
    next_step: str
    asks_open: int
    asks_late: int
    plan_version: int | None
    opened_on: date


@dataclass(frozen=True)
class InitiativePage:
    """A page of initiatives and campaigns, the soonest next date first."""

    rows: tuple[InitiativeRow, ...]
    total: int
    page: int
    pages: int
    sort: str


@dataclass(frozen=True)
class InitiativeFile:
    """One initiative or campaign with its plan, its asks and the wards that take part."""

    matter: MatterHeader
    plan: PlanView | None
    asks: tuple[AskRow, ...]
    parts: tuple[LinkRow, ...]
    part_of: tuple[CampaignName, ...]
    timeline: TimelinePage
    allowed: frozenset[str]


def initiative_page(
    actor: Actor,
    *,
    on: date,
    kind: str = "",
    ward: str = "",
    state: str = "open",
    sort: str = "next",
    page: int = 1,
) -> InitiativePage:
    """The initiatives and campaigns within reach; ``state`` is open, closed or all."""
    kinds = [kind] if kind in rules.INITIATIVES else list(rules.INITIATIVES)
    rows = Matter.objects.within(reach_inside(actor)).filter(kind__in=kinds)
    if ward:
        rows = rows.filter(ward_code="" if ward == CITYWIDE else ward)
    if state in {"open", "closed"}:
        rows = rows.filter(state=state)
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    sort = sort if sort in SORTS else "next"
    chosen = with_asks_counted(rows, on).order_by(*SORTS[sort])[on_page]
    return InitiativePage(tuple(_row(m) for m in chosen), total, page, pages, sort)


def initiative_file(matter_id: int, actor: Actor) -> InitiativeFile:
    """One initiative or campaign, whole; `NotFound` where it is out of reach."""
    rows = Matter.objects.within(reach_inside(actor)).filter(kind__in=rules.INITIATIVES)
    matter: Matter | None = rows.select_related("owner", "place").filter(pk=matter_id).first()
    if matter is None:
        raise NotFound(f"no initiative {matter_id}")
    links = [link for link in links_of(matter.pk, actor) if link.label == HAS_AS_PART]
    allowed = matter_allowed(matter, actor) | plan_allowed(matter, actor)
    if matter.kind == "campaign" and matter.state == "open" and may_link_matter(actor, matter):
        allowed |= {"open_part"}
    return InitiativeFile(
        matter=matter_header(matter, actor),
        plan=plan_of(matter.pk, actor),
        asks=asks_of(matter.pk, actor),
        parts=tuple(links),
        part_of=campaigns_of(matter.pk, actor),
        timeline=timeline(actor, refs=[Ref("matter", str(matter.pk))]),
        allowed=allowed,
    )


def may_open_initiatives(actor: Actor) -> bool:
    """Whether this person opens initiatives."""
    return policy.may_open_initiative(actor, None)


def may_agree_improvements(actor: Actor) -> bool:
    """Whether this person writes agreed improvements down."""
    return policy.may_agree_improvement(actor, None)


def with_asks_counted(rows: Any, on: date) -> Any:
    """Matters with their lead, how many asks are open, late and done, and the plan's version."""
    asked = Q(asks__kind=REFERRAL)
    over = Q(asks__promised_on__lt=on) | Q(asks__promised_on=None, asks__due_on__lt=on)
    return rows.select_related("owner").annotate(
        asks_open=Count("asks", filter=asked & Q(asks__state__in=LIVE), distinct=True),
        asks_late=Count(
            "asks", filter=asked & Q(asks__state__in=WITH_AGENCY) & over, distinct=True
        ),
        asks_done=Count("asks", filter=asked & Q(asks__state="done"), distinct=True),
        plan_version=Max("plans__version"),
    )


def _row(matter: Any) -> InitiativeRow:
    kind = kind_of(matter.kind)
    return InitiativeRow(
        matter_id=matter.pk,
        kind=matter.kind,
        kind_label=kind.label,
        title=matter.title,
        ward_code=matter.ward_code,
        lead_name=matter.owner.name,
        state=matter.state,
        outcome_label=kind.outcomes.get(matter.outcome, ""),
        next_on=matter.next_on,
        next_step=matter.next_step,
        asks_open=matter.asks_open,
        asks_late=matter.asks_late,
        plan_version=matter.plan_version,
        opened_on=localdate(matter.opened_at),
    )
