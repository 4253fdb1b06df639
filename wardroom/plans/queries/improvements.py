"""Improvements that were agreed: for the week's report, as a list, and one whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from wardroom.access.actor import Actor
from wardroom.plans import policy, rules
from wardroom.plans.models import Improvement, WorkPlan


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
    return tuple(improvement_row(row) for row in rows.order_by("agreed_on", "pk"))


def improvements_behind(plan: WorkPlan, actor: Actor) -> tuple[ImprovementRow, ...]:
    """The improvements within reach that led to a version of a plan."""
    rows = Improvement.objects.within(policy.reach(actor)).filter(led_to=plan)
    return tuple(improvement_row(row) for row in _related(rows).order_by("agreed_on", "pk"))


def improvement_row(improvement: Improvement) -> ImprovementRow:
    """One improvement as lists and reports show it; it comes with its matter and plan."""
    plan = improvement.led_to
    return ImprovementRow(
        id=improvement.matter_id,
        entity_name=improvement.entity_name,
        wording=improvement.wording,
        authority=improvement.authority,
        agreed_on=improvement.agreed_on,
        state=rules.state_of(improvement.matter.state, improvement.matter.outcome),
        found_by=improvement.found_by,
        led_to=f"Version {plan.version} of the work plan of {plan.matter.title}" if plan else "",
    )


def _related(rows: QuerySet[Improvement]) -> QuerySet[Improvement]:
    return rows.select_related("matter", "led_to__matter")
