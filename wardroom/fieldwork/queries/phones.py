"""What a phone takes along: the stops of a walk, what is said there, and the pass to hand it in."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from wardroom.access.actor import Actor
from wardroom.directory.queries import get_party_of
from wardroom.fieldwork import policy, rules
from wardroom.fieldwork.models import WalkStop
from wardroom.fieldwork.queries.hints import hints_for
from wardroom.fieldwork.queries.passes import pass_of, passes_of
from wardroom.fieldwork.queries.standings import standing_lines
from wardroom.fieldwork.queries.walk_parts import get_walk
from wardroom.library.queries import topics

SEALED = "Restricted since the walk was drawn. Ask in the office."


@dataclass(frozen=True)
class PhoneStop:
    """One stop as a phone shows it; ``found`` is what this observer said of it so far.

    ``look`` says what to look for; what an agency claims is not in it. Of a matter that was
    restricted since, a phone keeps neither the place nor what is there.
    """

    id: int
    position: int
    label: str
    what: str
    look: tuple[str, ...]
    reason: str
    random: bool
    leg: int
    way: str
    found: str


@dataclass(frozen=True)
class PhoneSheet:
    """All that a phone keeps of a walk. No person stands in it but the observer.

    ``passes`` are the hashes of every pass that the observer ever had for this walk: by them a
    phone knows what it kept of old as the observer's own.
    """

    walk: int
    title: str
    ended: bool
    observer: int
    name: str
    token: str
    passes: tuple[str, ...]
    until: str
    stops: tuple[PhoneStop, ...]
    topics: tuple[tuple[str, str], ...]
    ratings: tuple[tuple[int, str], ...]

    def plain(self) -> dict[str, Any]:
        """The sheet as JSON-ready values."""
        return asdict(self)


def phone_sheet(walk_id: int, actor: Actor, *, at: datetime) -> PhoneSheet | None:
    """What the actor's phone takes along; none without a pass that is good.

    `NotFound` where the walk is out of reach.
    """
    walk = get_walk(walk_id, actor)
    held = pass_of(walk, actor, at=at)
    if held is None:
        return None
    rows = WalkStop.objects.within(policy.reach_of_walk_stops(actor)).filter(walk=walk)
    stops = list(rows.select_related("matter").order_by("position"))
    me = get_party_of(actor)
    standing = standing_lines(walk.pk, kept=True)
    named = (stop.matter_id for stop in stops if stop.matter_id is not None)
    look = hints_for(named, actor, on=walk.walk_on)
    ways = ["", *(rules.way_from(_point(a), _point(b)) for a, b in pairwise(stops))]
    return PhoneSheet(
        walk=walk.pk,
        title=walk.title,
        ended=walk.ended_at is not None,
        observer=me.pk,
        name=me.name,
        token=held[0],
        passes=passes_of(walk, actor),
        until=held[1].isoformat(),
        stops=tuple(
            PhoneStop(
                id=stop.pk,
                position=stop.position,
                label=f"Stop {stop.position}" if _sealed(stop) else stop.label,
                what=SEALED if _sealed(stop) else stop.what.removesuffix(f" at {stop.label}"),
                look=look.get(stop.matter_id or 0, ()),
                reason=rules.PHONE_REASONS[stop.reason],
                random=stop.reason == rules.RANDOM,
                leg=stop.leg,
                way=way,
                found=next(
                    (x.finding for x in standing.get(stop.pk, ()) if x.observer_id == me.pk), ""
                ),
            )
            for stop, way in zip(stops, ways, strict=True)
        ),
        topics=tuple((t.code, t.name) for t in topics() if not t.routine),
        ratings=tuple(rules.RATINGS.items()),
    )


def _sealed(stop: WalkStop) -> bool:
    return stop.matter is not None and stop.matter.restricted


def _point(stop: WalkStop) -> tuple[float, float]:
    return stop.latitude, stop.longitude
