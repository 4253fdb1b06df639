"""What was seen in the field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.access.actor import Actor
from wardroom.fieldwork import policy, rules
from wardroom.fieldwork.models import ConditionCheck
from wardroom.matters.models import Matter


@dataclass(frozen=True)
class CheckRow:
    """One look at a place."""

    id: int
    seen_at: datetime
    observer_name: str
    finding: str
    finding_label: str
    rating: int | None
    rating_label: str
    note: str


@dataclass(frozen=True)
class ChecksView:
    """All looks at the place of a matter, newest first, and what changed at the last one.

    ``trend`` is better, worse, same, or unknown before two ratings stand.
    """

    rows: tuple[CheckRow, ...]
    trend: str
    clean_in_a_row: int
    findings: tuple[tuple[str, str], ...]
    ratings: tuple[tuple[int, str], ...]


def checks_of(matter_id: int, actor: Actor) -> ChecksView:
    """The condition checks of a matter within reach, with the scale that they use."""
    seen = ConditionCheck.objects.within(policy.reach(actor)).filter(matter_id=matter_id)
    checks = list(seen.select_related("observer").order_by("-seen_at", "-id"))
    return ChecksView(
        rows=tuple(_row(check) for check in checks),
        trend=rules.trend_of([c.rating for c in checks]),
        clean_in_a_row=rules.clean_in_a_row([c.finding for c in checks]),
        findings=tuple(rules.FINDINGS.items()),
        ratings=tuple(rules.RATINGS.items()),
    )


def checks_allowed(matter: Matter, actor: Actor) -> frozenset[str]:
    """Whether this actor may record a check of a matter now."""
    may = matter.place_id is not None and policy.may_record_check(actor, matter)
    return frozenset({"record_check"} if may else ())


def _row(check: ConditionCheck) -> CheckRow:
    return CheckRow(
        id=check.pk,
        seen_at=check.seen_at,
        observer_name=check.observer.name,
        finding=check.finding,
        finding_label=rules.FINDINGS[check.finding],
        rating=check.rating,
        rating_label=rules.RATINGS.get(check.rating, "") if check.rating else "",
        note=check.note,
    )
