"""Plans that groups submitted: the list, and one whole with its verdicts and the looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Min, Q, QuerySet

from wardroom.access.actor import Actor
from wardroom.engagement import policy
from wardroom.engagement.models import GroupPlan, PlanLook, PlanWording
from wardroom.engagement.queries.papers import OWN_MOVES
from wardroom.engagement.rules import group_plans as rules
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters.queries import MatterHeader, matter_allowed, matter_header

PAGE_ROWS = 25


@dataclass(frozen=True)
class GroupPlanRow:
    """A plan in the list: whose, how it stands, and when somebody looks at it next."""

    id: int
    title: str
    group_id: int
    group_name: str
    ward_code: str
    stage: str
    look_on: date | None
    overdue: bool


@dataclass(frozen=True)
class GroupPlanPage:
    """A page of plans, those to be looked at first unless asked otherwise."""

    rows: tuple[GroupPlanRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class WordingRow:
    """A plan's words as they were submitted, and the verdict on them."""

    version: int
    text: str
    submitted_on: date
    noted_by: str
    verdict: str
    words: str
    decided_on: date | None
    decided_by: str


@dataclass(frozen=True)
class LookRow:
    """A day on which the plan is looked at, and what was found."""

    due_on: date
    finding: str
    text: str
    looked_on: date | None
    looked_by: str


@dataclass(frozen=True)
class GroupPlanFile:
    """One plan, whole."""

    matter: MatterHeader
    row: GroupPlanRow
    wordings: tuple[WordingRow, ...]
    looks: tuple[LookRow, ...]
    timeline: TimelinePage
    allowed: frozenset[str]


def group_plan_page(
    actor: Actor, *, on: date, ward: str = "", stage: str = "", group: int | None = None,
    page: int = 1,
) -> GroupPlanPage:  # fmt: skip
    """The plans within reach; ``stage`` is one of theirs, an outcome's ``closed``, or empty."""
    rows = _counted(actor)
    if ward:
        rows = rows.filter(matter__ward_code=ward)
    if group is not None:
        rows = rows.filter(group=group)
    if stage == "closed":
        rows = rows.filter(matter__state="closed")
    elif stage:
        rows = rows.filter(stage=stage, matter__state="open")
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    chosen = rows.order_by(F("look_on").asc(nulls_last=True), "pk")[on_page]
    return GroupPlanPage(tuple(_row(row, on) for row in chosen), total, page, pages)


def group_plan_file(matter_id: int, actor: Actor, *, on: date) -> GroupPlanFile:
    """One plan, whole; `NotFound` where it is out of reach."""
    rows = _counted(actor).select_related("matter__owner", "matter__place", "group__party")
    row = rows.filter(matter_id=matter_id).first()
    if row is None:
        raise NotFound(f"no plan {matter_id} of a group")
    return GroupPlanFile(
        matter=matter_header(row.matter, actor),
        row=_row(row, on),
        wordings=tuple(_wording(one) for one in row.wordings.order_by("-version")),
        looks=tuple(_look(one) for one in row.looks.order_by("due_on")),
        timeline=timeline(actor, refs=[Ref("matter", str(matter_id))]),
        allowed=_allowed(row, actor),
    )


def _counted(actor: Actor) -> QuerySet[GroupPlan]:
    rows: QuerySet[GroupPlan] = GroupPlan.objects.within(policy.reach(actor))
    unseen = Q(looks__looked_on__isnull=True)
    found = rows.select_related("matter", "group__party")
    return found.annotate(look_on=Min("looks__due_on", filter=unseen))


def _allowed(row: GroupPlan, actor: Actor) -> frozenset[str]:
    moves = set(matter_allowed(row.matter, actor)) & OWN_MOVES
    if row.matter.state != "open":
        return frozenset(moves)
    able = {move for move, stages in rules.PLAN_MOVES.items() if row.stage in stages}
    decides = {"approve", "return"}
    able -= set() if policy.may_decide_plan(actor, row.matter) else decides
    able &= decides if not policy.may_carry_plan(actor, row.matter) else able
    return frozenset(moves | able)


def _row(row: Any, on: date) -> GroupPlanRow:
    matter = row.matter
    live = matter.state == "open"
    return GroupPlanRow(
        id=matter.pk,
        title=matter.title,
        group_id=row.group_id,
        group_name=row.group.party.name,
        ward_code=matter.ward_code,
        stage=row.stage if live else matter.outcome,
        look_on=row.look_on if live else None,
        overdue=live and row.look_on is not None and row.look_on < on,
    )


def _wording(row: PlanWording) -> WordingRow:
    return WordingRow(
        version=row.version,
        text=row.text,
        submitted_on=row.submitted_on,
        noted_by=row.noted_by,
        verdict=row.verdict,
        words=row.words,
        decided_on=row.decided_on,
        decided_by=row.decided_by,
    )


def _look(row: PlanLook) -> LookRow:
    finding = rules.LOOKS.get(row.finding, "")
    return LookRow(row.due_on, finding, row.text, row.looked_on, row.looked_by)
