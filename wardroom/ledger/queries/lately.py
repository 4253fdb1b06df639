"""What changed lately: the lines of some kinds since an instant, counted and gathered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from wardroom.access.actor import Actor
from wardroom.ledger import policy
from wardroom.ledger.models import Entry

MOST_LINES = 200


@dataclass(frozen=True)
class LateLine:
    """One line of what changed."""

    entry_id: int
    at: datetime
    actor_name: str
    sentence: str


@dataclass(frozen=True)
class Changed:
    """Lines of one sort: how many there are, and the newest of them."""

    label: str
    count: int
    lines: tuple[LateLine, ...]


def changes_since(
    actor: Actor, *, since: datetime, sorts: Mapping[str, Sequence[str]], few: int = 10
) -> tuple[Changed, ...]:
    """What changed within reach since an instant, by sort; a sort without a line is left out.

    ``sorts`` names the kinds of line that belong together under each label.
    """
    kinds = [kind for group in sorts.values() for kind in group]
    rows = Entry.objects.within(policy.reach(actor)).filter(at__gte=since, kind__in=kinds)
    counted = rows.order_by().values("kind").annotate(n=Count("pk"))
    count = dict(counted.values_list("kind", "n"))
    columns = ("kind", "pk", "at", "actor_name", "sentence")
    newest = list(rows.order_by("-at", "-pk").values_list(*columns)[:MOST_LINES]) if count else []
    return tuple(
        Changed(
            label=label,
            count=sum(count.get(kind, 0) for kind in group),
            lines=tuple(LateLine(*line) for kind, *line in newest if kind in group)[:few],
        )
        for label, group in sorts.items()
        if any(kind in count for kind in group)
    )
