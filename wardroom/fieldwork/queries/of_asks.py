"""What spot checks found of one ask, for whoever follows it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.access.actor import Actor
from wardroom.fieldwork import policy, rules
from wardroom.fieldwork.models import SpotCheck, Stop


@dataclass(frozen=True)
class AskLook:
    """What somebody found whom the lot had sent to look at an ask, and in which round."""

    round_id: int
    stop_id: int
    round_title: str
    observer_name: str
    seen_at: datetime
    finding: str
    finding_label: str
    note: str
    disputed: bool


def spot_checks_of_ask(ask_id: int, actor: Actor) -> tuple[AskLook, ...]:
    """The spot checks of an ask within reach, the newest first; corrected ones are not here."""
    stops = Stop.objects.within(policy.reach_of_stops(actor)).filter(ask_id=ask_id)
    rows = SpotCheck.objects.filter(stands=True, stop__in=stops.values("pk"))
    related = ("observer", "stop__round", "stop__dispute")
    return tuple(_look(row) for row in rows.select_related(*related).order_by("-seen_at", "-pk"))


def _look(row: SpotCheck) -> AskLook:
    stop = row.stop
    return AskLook(
        round_id=stop.round_id,
        stop_id=stop.pk,
        round_title=stop.round.title,
        observer_name=row.observer.name,
        seen_at=row.seen_at,
        finding=row.finding,
        finding_label=rules.SPOT_FINDINGS[row.finding],
        note=row.note,
        disputed=hasattr(stop, "dispute"),
    )
