"""Improvements that were agreed: for the week's report, as a list, and one whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Matter
from wardroom.matters.queries import MatterHeader, matter_allowed, matter_header
from wardroom.plans import policy, rules
from wardroom.plans.models import Improvement, WorkPlan

PAGE_ROWS = 25
MOST_CHOICES = 200
SORTS: Mapping[str, tuple[str, ...]] = {
    "agreed": ("agreed_on", "pk"),
    "-agreed": ("-agreed_on", "-pk"),
    "entity": ("entity_name", "-agreed_on", "-pk"),
    "-entity": ("-entity_name", "-agreed_on", "-pk"),
}


@dataclass(frozen=True)
class ImprovementRow:
    """A step agreed at the table: who takes it, by what authority, and where it came from.

    ``found_by`` is what found it and ``led_to`` the plan revision that followed, both in
    words; ``led_to`` is empty where no plan changed.
    """

    id: int
    entity_name: str
    wording: str
    authority: str
    agreed_on: date
    state: str
    found_by: str
    led_to: str
    ward_code: str = ""


@dataclass(frozen=True)
class ImprovementPage:
    """A page of improvements, the newest agreement first unless asked otherwise."""

    rows: tuple[ImprovementRow, ...]
    total: int
    page: int
    pages: int
    sort: str


@dataclass(frozen=True)
class LedTo:
    """The plan revision that followed: whose plan, of which kind of matter, and which version."""

    matter_id: int
    matter_kind: str
    title: str
    version: int


@dataclass(frozen=True)
class ImprovementFile:
    """One improvement with what found it, what shows it is in place, and what it led to."""

    matter: MatterHeader
    row: ImprovementRow
    entity_id: int | None
    found_noun: str
    found_key: str
    evidence: str
    evidence_on: date | None
    evidence_by: str
    led_to: LedTo | None
    timeline: TimelinePage
    allowed: frozenset[str]


def improvements_agreed(
    ward_code: str, from_at: datetime, until_at: datetime
) -> tuple[ImprovementRow, ...]:
    """The improvements of a ward that were written down in a span, the earliest agreed first.

    Unscoped, for the report of the ward. What is restricted is left out. Each one is in one
    span only, also where it was agreed some days before somebody wrote it down.
    """
    rows = _related(Improvement.objects.all()).filter(
        matter__ward_code=ward_code,
        matter__restricted=False,
        matter__opened_at__gte=from_at,
        matter__opened_at__lt=until_at,
    )
    return tuple(
        _row(row, names_plan=row.led_to is not None and not row.led_to.matter.restricted)
        for row in rows.order_by("agreed_on", "pk")
    )


def improvement_page(
    actor: Actor,
    *,
    ward: str = "",
    entity: str = "",
    state: str = "",
    sort: str = "-agreed",
    page: int = 1,
) -> ImprovementPage:
    """The improvements within reach; ``state`` is agreed, an outcome, or empty for all."""
    rows = _seen(actor)
    if ward:
        rows = rows.filter(matter__ward_code=ward)
    if entity:
        rows = rows.filter(entity_name=entity)
    if state:
        ended = Q(matter__state="closed", matter__outcome=state)
        rows = rows.filter(Q(matter__state="open") if state == "agreed" else ended)
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    sort = sort if sort in SORTS else "-agreed"
    chosen = _related(rows).order_by(*SORTS[sort])[on_page]
    return ImprovementPage(
        rows=tuple(_row(row, names_plan=_sees_plan(row, actor)) for row in chosen),
        total=total,
        page=page,
        pages=pages,
        sort=sort,
    )


def entities_named(actor: Actor) -> tuple[str, ...]:
    """Those who took a step in some improvement within reach, by name."""
    names = _seen(actor).order_by("entity_name").values_list("entity_name", flat=True)
    return tuple(names.distinct()[:MOST_CHOICES])


def improvement_file(matter_id: int, actor: Actor) -> ImprovementFile:
    """One improvement, whole; `NotFound` where it is out of reach."""
    rows = _related(_seen(actor)).select_related("matter__owner", "matter__place")
    row = rows.filter(matter_id=matter_id).first()
    if row is None:
        raise NotFound(f"no improvement {matter_id}")
    matter, plan = row.matter, row.led_to
    sees_plan = _sees_plan(row, actor)
    return ImprovementFile(
        matter=matter_header(matter, actor),
        row=_row(row, names_plan=sees_plan),
        entity_id=row.entity_id,
        found_noun=row.found_noun,
        found_key=row.found_key,
        evidence=row.evidence,
        evidence_on=row.evidence_on,
        evidence_by=row.evidence_by,
        led_to=LedTo(plan.matter_id, plan.matter.kind, plan.matter.title, plan.version)
        if plan and sees_plan
        else None,
        timeline=timeline(actor, refs=[Ref("matter", str(matter.pk))]),
        allowed=_allowed(row, actor),
    )


def improvements_behind(plan: WorkPlan, actor: Actor) -> tuple[ImprovementRow, ...]:
    """The improvements within reach that led to a version of a plan."""
    rows = _related(_seen(actor).filter(led_to=plan)).order_by("agreed_on", "pk")
    return tuple(_row(row, names_plan=True) for row in rows)


def improvements_to_trace(matter: Matter, actor: Actor) -> tuple[ImprovementRow, ...]:
    """Those of this ward, or citywide, for which nobody named a plan yet, the newest first."""
    rows = _seen(actor).filter(led_to=None, matter__ward_code__in=("", matter.ward_code))
    if not policy.may_adopt_plan(actor, matter):
        return ()
    chosen = _related(rows).order_by("-agreed_on", "-pk")[:MOST_CHOICES]
    return tuple(
        _row(row, names_plan=False)
        for row in chosen
        if policy.may_trace_improvement(actor, row.matter)
    )


def plans_to_name(matter: Matter, actor: Actor) -> tuple[tuple[int, str], ...]:
    """The newest version of each plan in an improvement's ward, with what it is called."""
    plans = WorkPlan.objects.within(policy.reach(actor)).select_related("matter")
    if matter.ward_code:
        plans = plans.filter(matter__ward_code=matter.ward_code)
    newest: dict[int, WorkPlan] = {}
    for plan in plans.filter(matter__state="open").order_by("version", "pk"):
        newest[plan.matter_id] = plan
    chosen = sorted(newest.values(), key=lambda p: (p.matter.title, p.pk))[:MOST_CHOICES]
    return tuple((p.pk, f"{p.matter.title}, version {p.version}") for p in chosen)


def get_plan_version(plan_id: int, actor: Actor) -> WorkPlan:
    """One version of a plan by its number, to name it; `NotFound` where it is out of reach."""
    plans = WorkPlan.objects.within(policy.reach(actor)).select_related("matter")
    plan: WorkPlan | None = plans.filter(pk=plan_id).first()
    if plan is None:
        raise NotFound(f"no plan {plan_id}")
    return plan


def _allowed(row: Improvement, actor: Actor) -> frozenset[str]:
    matter = row.matter
    moves = set(matter_allowed(matter, actor)) & {"set_next_step", "hand_over_matter"}
    if matter.state == "open":
        may: dict[str, Any] = {
            "note_evidence": policy.may_note_evidence,
            "end_improvement": policy.may_end_improvement,
        }
        moves |= {name for name, asked in may.items() if asked(actor, matter)}
    if row.led_to_id is None and policy.may_trace_improvement(actor, matter):
        moves.add("trace_improvement")
    return frozenset(moves)


def _row(row: Improvement, *, names_plan: bool) -> ImprovementRow:
    plan = row.led_to
    made = ImprovementRow(
        id=row.matter_id,
        entity_name=row.entity_name,
        wording=row.wording,
        authority=row.authority,
        agreed_on=row.agreed_on,
        state=rules.state_of(row.matter.state, row.matter.outcome),
        found_by=row.found_by,
        led_to="",
        ward_code=row.matter.ward_code,
    )
    if plan is None or not names_plan:
        return made
    return replace(made, led_to=f"Version {plan.version} of the work plan of {plan.matter.title}")


def _sees_plan(row: Improvement, actor: Actor) -> bool:
    return row.led_to is not None and matters_policy.may_see_inside(actor, row.led_to.matter)


def _seen(actor: Actor) -> QuerySet[Improvement]:
    return Improvement.objects.within(policy.reach(actor))


def _related(rows: QuerySet[Improvement]) -> QuerySet[Improvement]:
    return rows.select_related("matter", "led_to__matter")
