"""What stands at the stops of a walk: each observer's last word, and the asks it bears on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardroom.access.actor import Actor
from wardroom.fieldwork import policy, rules
from wardroom.fieldwork.models import Walk, WalkLine, WalkStop
from wardroom.matters.models import Ask
from wardroom.matters.policy import is_sealed

TROUBLED = ("partly", "not_fixed")


@dataclass(frozen=True)
class AskToRepeat:
    """An ask that an agency called done, and the finding that says otherwise."""

    ask: Ask
    stop: WalkStop
    line: WalkLine


def standing_lines(walk_id: int, *, kept: bool = False) -> Mapping[int, tuple[WalkLine, ...]]:
    """The last finding of each observer at each stop of a walk, by the stop's number.

    A line that could not be applied is kept and is no finding; with ``kept`` it is there too,
    so that whoever wrote it down finds it again.
    """
    out = [rules.EARLY] if kept else [rules.EARLY, rules.KEPT]
    rows = WalkLine.objects.filter(walk_id=walk_id, kind=rules.FINDING).exclude(state__in=out)
    last: dict[tuple[int, int], WalkLine] = {}
    for line in rows.select_related("observer").order_by("device_at", "number", "pk"):
        last[line.stop_id, line.observer_id] = line
    found: dict[int, list[WalkLine]] = {}
    for (stop_id, _), line in sorted(last.items()):
        found.setdefault(stop_id, []).append(line)
    return {stop_id: tuple(lines) for stop_id, lines in found.items()}


def counted_line(stop: WalkStop, standing: tuple[WalkLine, ...]) -> WalkLine | None:
    """The finding that counts at a stop; none where people disagree and nobody settled it."""
    if not standing:
        return None
    if rules.disagree([line.finding for line in standing]):
        settled = next((line for line in standing if line.pk == stop.settled_as_id), None)
        newest = max(line.received_at for line in standing)
        fresh = stop.settled_at is not None and stop.settled_at >= newest
        return settled if fresh else None
    told = [line for line in standing if line.finding != "cannot_determine"]
    return max(told or standing, key=lambda line: (line.device_at, line.pk))


def asks_to_repeat(walk: Walk, actor: Actor) -> tuple[AskToRepeat, ...]:
    """The asks called done by then at whose stop trouble was found and nobody disagrees."""
    stops = WalkStop.objects.within(policy.reach_of_walk_stops(actor)).filter(walk=walk)
    standing = standing_lines(walk.pk)
    found: dict[int, tuple[WalkStop, WalkLine]] = {}
    for stop in stops.exclude(matter=None).order_by("position"):
        line = counted_line(stop, standing.get(stop.pk, ()))
        if line is not None and line.finding in TROUBLED and stop.matter_id is not None:
            found[stop.matter_id] = (stop, line)
    asks = Ask.objects.filter(
        matter__in=found, matter__state="open", kind="referral", state="done"
    ).select_related("party", "matter")
    return tuple(
        AskToRepeat(ask, *found[ask.case.pk])
        for ask in asks.order_by("pk")
        if ask.done_at is not None
        and ask.done_at <= found[ask.case.pk][1].seen_at
        and not is_sealed(actor, ask.matter_id)
    )
