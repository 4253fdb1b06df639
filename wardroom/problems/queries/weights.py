"""What weighs how much in the office's own order, who set it and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.access.actor import Actor
from wardroom.problems import policy, rules
from wardroom.problems.models import OfficeWeights
from wardroom.problems.rules import Weights

MOST_KEPT = 50


@dataclass(frozen=True)
class WeightsRow:
    """Weights with who set them, when and why; nobody and never for those that came with us."""

    weights: Weights
    set_by: str = ""
    set_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class WeightsPage:
    """The weights that hold, the earlier ones, newest first, and what the actor may do."""

    now: WeightsRow
    history: tuple[WeightsRow, ...]
    allowed: frozenset[str]


def office_weights() -> WeightsRow:
    """The weights that hold."""
    return next(iter(_rows(1)), WeightsRow(rules.DEFAULT_WEIGHTS))


def weights_page(actor: Actor) -> WeightsPage:
    """The weights and their history, the latest fifty."""
    rows = _rows(MOST_KEPT)
    may = policy.may_set_weights(actor, None)
    return WeightsPage(
        now=rows[0] if rows else WeightsRow(rules.DEFAULT_WEIGHTS),
        history=rows,
        allowed=frozenset({"set_weights"} if may else ()),
    )


def _rows(most: int) -> tuple[WeightsRow, ...]:
    kept = OfficeWeights.objects.select_related("set_by").order_by("-set_at", "-pk")[:most]
    return tuple(
        WeightsRow(
            Weights(severity=row.severity, equity=row.equity, overdue=row.overdue),
            set_by=row.set_by.name,
            set_at=row.set_at,
            reason=row.reason,
        )
        for row in kept
    )
