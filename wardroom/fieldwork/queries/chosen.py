"""Looks at places that somebody chose: apart from what a lot drew, and in no estimate.

Whoever chooses where to look finds what they looked for. So these have no share, no interval
and no part in accepting an agency's work; they are told one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wardroom.access.actor import Actor
from wardroom.fieldwork import policy, rules
from wardroom.fieldwork.models import ConditionCheck, WalkLine
from wardroom.kernel.paging import page_at

PER_PAGE = 25


@dataclass(frozen=True)
class ChosenRow:
    """One look that somebody chose to take; ``walk_id`` where it was on a walk."""

    id: int
    matter_id: int
    matter_kind: str
    title: str
    label: str
    ward_code: str
    seen_at: datetime
    observer_name: str
    finding_label: str
    rating: int | None
    walk_id: int | None


@dataclass(frozen=True)
class ChosenPage:
    """A page of them, the newest first."""

    rows: tuple[ChosenRow, ...]
    total: int
    page: int
    pages: int


def chosen_checks(
    actor: Actor, *, ward: str | None = None, finding: str = "", page: int = 1
) -> ChosenPage:
    """The looks within reach that nobody drew by lot."""
    rows = ConditionCheck.objects.within(policy.reach(actor))
    if ward:
        rows = rows.filter(matter__ward_code=ward)
    if finding in rules.FINDINGS:
        rows = rows.filter(finding=finding)
    total = rows.count()
    page, pages, on_page = page_at(total, page, PER_PAGE)
    shown = list(
        rows.select_related("matter", "place", "observer").order_by("-seen_at", "-pk")[on_page]
    )
    lines = WalkLine.objects.filter(check_made__in=[check.pk for check in shown])
    walks = dict(lines.values_list("check_made_id", "walk_id"))
    return ChosenPage(
        tuple(_row(check, walks.get(check.pk)) for check in shown), total, page, pages
    )


def _row(check: Any, walk_id: int | None) -> ChosenRow:
    return ChosenRow(
        id=check.pk,
        matter_id=check.matter_id,
        matter_kind=check.matter.kind,
        title=check.matter.title,
        label=check.place.label,
        ward_code=check.matter.ward_code,
        seen_at=check.seen_at,
        observer_name=check.observer.name,
        finding_label=rules.FINDINGS[check.finding],
        rating=check.rating,
        walk_id=walk_id,
    )
