"""Which stops a walk should have, and in which order: proposed by the house, chosen by people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import Point, Polygon, shape
from shapely.geometry.base import BaseGeometry

from wardroom.access.actor import Actor
from wardroom.city.queries.boundaries import district_outlines
from wardroom.city.rules import METRES_PER_DEGREE, metres_between
from wardroom.fieldwork import rules
from wardroom.fieldwork.actions import WalkDraft, WalkStopDraft
from wardroom.fieldwork.gateways.walking import walking_order
from wardroom.fieldwork.queries.waiting import Waits, beside, waiting_in
from wardroom.fieldwork.queries.walks import legs_of
from wardroom.kernel.errors import Refused

RANK = {rules.DONE: 0, rules.RECHECK: 1, rules.OPEN: 2}
WEIGHT = {rules.DONE: 3.0, rules.RECHECK: 2.0, rules.OPEN: 1.0}
AROUND = 600.0
BAND = 100
TRIES = 400
MOST_OFFERED = 40
At = tuple[float, float]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class WalkWanted:
    """Where and when somebody wants to walk; ``start`` is a matter's number, or none."""

    ward_code: str
    walk_on: date
    stops: int = rules.USUAL_STOPS
    random: int = rules.USUAL_RANDOM
    start: int | None = None


@dataclass(frozen=True)
class Offered:
    """A stop that is proposed, or that could be added; ``ref`` names it in the form."""

    ref: str
    reason: str
    label: str
    what: str
    point: At
    away: float
    proposed: bool
    matter_id: int | None = None


@dataclass(frozen=True)
class WalkProposal:
    """What the house proposes: the offered stops, those proposed in their walking order first."""

    wanted: WalkWanted
    start_label: str
    text: str
    seed: int
    offered: tuple[Offered, ...]
    starts: tuple[tuple[int, str], ...]
    waiting: int


def propose_walk(wanted: WalkWanted, actor: Actor) -> WalkProposal:
    """A walk from where most waits: what agencies call done, what is due, and random stops.

    Those within 900 meters of the start, or twice that where they are few, come by why they wait
    and how near they are; the random stops fall anywhere in that circle inside the ward, by a
    seed that follows from the question.
    """
    waits = waiting_in(wanted.ward_code, actor, on=wanted.walk_on)
    start = _start(waits, wanted)
    if start is None:
        return WalkProposal(wanted, "", "", 0, (), (), 0)
    text = rules.walk_text(wanted.ward_code, wanted.walk_on, start.point, wanted.random)
    far = {w.matter_id: metres_between(*start.point, *w.point) for w in waits}
    most = max(wanted.stops - wanted.random, 1)
    radius = _radius(list(far.values()), most)
    near = sorted(
        (w for w in waits if far[w.matter_id] <= radius),
        key=lambda w: (w.matter_id != wanted.start, RANK[w.reason], far[w.matter_id], w.matter_id),
    )
    scattered = _random(wanted, start.point, radius, text)
    chosen = {w.matter_id for w in near[:most]}
    offered = [
        Offered(f"m{w.matter_id}", w.reason, w.label, w.title, w.point, far[w.matter_id],
                w.matter_id in chosen, w.matter_id)
        for w in near[: most + MOST_OFFERED]
    ]  # fmt: skip
    offered += scattered
    in_order = _in_order(offered)
    starts = sorted(((w.matter_id, w.label) for w in waits), key=lambda s: s[1])[:200]
    return WalkProposal(
        wanted,
        in_order[0].label if in_order else "",
        text,
        rules.seed_of(text),
        tuple(in_order),
        tuple(starts),
        len(waits),
    )


def draft_of(
    proposal: WalkProposal,
    refs: Collection[str],
    *,
    title: str,
    starts_at: datetime | None = None,
    meet_at: str = "",
) -> WalkDraft:
    """The walk of those stops that were chosen, in the shortest order from the first of them.

    Refuses: a stop that is not offered any longer.
    """
    found = [each for each in proposal.offered if each.ref in set(refs)]
    if len(found) != len(set(refs)):
        raise Refused(
            "stop_gone", "One of these stops is not offered any longer. Look again.", field="stops"
        )
    found = _walked(found)
    legs = legs_of([each.point for each in found])
    return WalkDraft(
        title=title,
        ward_code=proposal.wanted.ward_code,
        walk_on=proposal.wanted.walk_on,
        start_label=found[0].label if found else "",
        text=proposal.text,
        stops=tuple(
            WalkStopDraft(each.reason, each.matter_id, each.label, each.what, *each.point, leg)
            for each, leg in zip(found, legs, strict=True)
        ),
        starts_at=starts_at,
        meet_at=meet_at,
    )


def _start(waits: Sequence[Waits], wanted: WalkWanted) -> Waits | None:
    """The matter that was chosen, or the one with most that waits around it."""
    if not waits:
        return None
    named = next((w for w in waits if w.matter_id == wanted.start), None)
    if named is not None:
        return named
    spots = np.array([w.point for w in waits])
    north = spots[:, 0] * METRES_PER_DEGREE
    east = spots[:, 1] * METRES_PER_DEGREE * np.cos(np.radians(spots[:, 0].mean()))
    weights = np.array([WEIGHT[w.reason] for w in waits])
    return waits[int(weight_around(north, east, weights).argmax())]


def weight_around(north: Numbers, east: Numbers, weights: Numbers) -> Numbers:
    """How much lies around each point, band by band: far fewer pairs than all with all."""
    order = north.argsort()
    sorted_north = north[order]
    found = np.empty(len(order))
    for band in np.array_split(order, -(-len(order) // BAND)):
        first = np.searchsorted(sorted_north, north[band[0]] - AROUND)
        last = np.searchsorted(sorted_north, north[band[-1]] + AROUND, side="right")
        beside = order[first:last]
        up, across = north[band, None] - north[beside], east[band, None] - east[beside]
        found[band] = (up * up + across * across <= AROUND**2) @ weights[beside]
    return found


def _radius(away: Sequence[float], most: int) -> float:
    """How far a walk goes from its start: the narrowest ring with enough in it, or the widest."""
    enough = (ring for ring in rules.WALK_METRES if sum(d <= ring for d in away) >= most)
    return next(enough, rules.WALK_METRES[-1])


def _random(wanted: WalkWanted, start: At, within: float, text: str) -> list[Offered]:
    """Random points around the start, inside the ward; the same question gives the same ones."""
    rng = np.random.default_rng(rules.seed_of(text))
    across = METRES_PER_DEGREE * np.cos(np.radians(start[0]))
    ward = _outline(wanted)
    made: list[Offered] = []
    for _ in range(TRIES):
        if len(made) == min(wanted.random, rules.MOST_RANDOM):
            break
        radius = within * float(np.sqrt(rng.random()))
        turn = 2 * np.pi * float(rng.random())
        point = (
            round(start[0] + radius * float(np.sin(turn)) / METRES_PER_DEGREE, 6),
            round(start[1] + radius * float(np.cos(turn)) / float(across), 6),
        )
        if ward.contains(Point(point[1], point[0])):
            made.append(_offered(len(made), point, radius))
    return made


def _outline(wanted: WalkWanted) -> BaseGeometry:
    """The ward as it is drawn on the day of the walk; empty where there is none."""
    drawn = district_outlines("ward", wanted.walk_on)["features"]
    mine = [f["geometry"] for f in drawn if f["properties"]["code"] == wanted.ward_code]
    return shape(mine[0]) if mine else Polygon()


def _offered(number: int, point: At, away: float) -> Offered:
    near = beside(point)
    where = f"Latitude {point[0]:.5f}, longitude {point[1]:.5f}"
    if near is not None:
        block, metres, way = near
        feet = max(round(metres / 0.3048 / 10) * 10, 10)
        where = f"{feet:,} feet {way} of {block}"
    return Offered(
        f"r{number}", rules.RANDOM, where, "Look around: whatever is wrong here", point, away, True
    )


def _walked(stops: Sequence[Offered]) -> list[Offered]:
    """The stops in walking order, beginning at the one next to the start."""
    if not stops:
        return []
    first = min(range(len(stops)), key=lambda n: (stops[n].away, n))
    return [stops[n] for n in walking_order([each.point for each in stops], start=first)]


def _in_order(offered: Sequence[Offered]) -> list[Offered]:
    """Those proposed as they would be walked, then the others by how far off they are."""
    walked = _walked([each for each in offered if each.proposed])
    return [*walked, *(each for each in offered if not each.proposed)]
