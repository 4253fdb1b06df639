"""What somebody wants to register, as a draft with its locations where their reasons say.

Light: pages call it. What came before at each location is counted by a worker.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Actor, Stamp
from wardroom.kernel.errors import Refused
from wardroom.problems import models
from wardroom.problems.actions import register_evaluation
from wardroom.problems.queries.evaluations import locations_to_evaluate
from wardroom.problems.queries.previews import get_preview
from wardroom.problems.rules.evaluations import (
    USUAL_RADIUS_M,
    EvaluationDraft,
    PlaceDraft,
    check_draft,
)
from wardroom.service_requests.queries import data_as_of

STALE = "This is not what you were shown. Look at what would be registered, then register it."


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to register: the locations by number, the days, the lot."""

    title: str
    locations: tuple[int, ...]
    starts_on: date
    verdict_on: date
    at_once: int | None = None


def reached_until(now: datetime) -> datetime:
    """Up to when the requests are known, never after now. Refuses: a mirror without requests."""
    latest = data_as_of()
    if latest is None:
        raise Refused("no_requests", "There are no requests yet, so nothing can be tested.")
    return min(latest, now)


def drafted(wanted: Wanted, actor: Actor, now: datetime) -> EvaluationDraft:
    """What would be registered, without the counts before.

    Refuses: what could not be registered.
    """
    rows = locations_to_evaluate(actor).filter(pk__in=wanted.locations).order_by("pk")
    draft = EvaluationDraft(
        title=wanted.title.strip(),
        places=tuple(_located(row) for row in rows),
        data_until=localdate(reached_until(now)),
        starts_on=wanted.starts_on,
        verdict_on=wanted.verdict_on,
        at_once=wanted.at_once,
    )
    check_draft(draft, today=localdate(now))
    return draft


def register_seen(wanted: Wanted, *, seen: str, stamp: Stamp) -> models.Evaluation:
    """Register what was counted and shown, if that is still what is wanted.

    ``seen`` is the hash of what was shown.
    Refuses: anything else; data that came in since; what cannot be registered.
    """
    draft = drafted(wanted, stamp.actor, stamp.at)
    preview = get_preview(stamp.actor)
    kept = preview.draft if preview is not None and preview.sha256 == seen else None
    if kept is None or preview is None or EvaluationDraft.from_plain(preview.wanted) != draft:
        raise Refused("stale", STALE)
    return register_evaluation(EvaluationDraft.from_plain(kept), stamp=stamp)


def _located(location: Any) -> PlaceDraft:
    """A location where its reasons say it is, or at its place where they say nothing of it."""
    candidate, place = location.decision.candidate, location.place
    radius = candidate.radius_m if candidate is not None else 0
    at = candidate if radius and candidate is not None else place
    return PlaceDraft(
        location_id=location.pk,
        ward_code=location.matter.ward_code,
        latitude=float(at.latitude or 0.0),
        longitude=float(at.longitude or 0.0),
        radius_m=float(radius or USUAL_RADIUS_M),
        topics=tuple(sorted({topic["code"] for topic in location.topics})),
        before=0,
    )
