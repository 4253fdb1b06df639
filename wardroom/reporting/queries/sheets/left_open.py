"""What a walk left open: what was not fixed, what is new, and who has it by when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wardroom.access.actor import Actor
from wardroom.fieldwork.queries import WalkFile
from wardroom.fieldwork.queries.standings import TROUBLED
from wardroom.library.queries import topics
from wardroom.matters.models import Ask, Matter
from wardroom.matters.policy import reach_of_asks
from wardroom.matters.rules import LIVE
from wardroom.reporting.queries.sheets.asked import asks_now
from wardroom.reporting.rules.sheets import AskNow, ask_row
from wardroom.reporting.rules.wording import how_many

Asks = Mapping[int, tuple[AskNow, ...]]


def left_open(file: WalkFile, actor: Actor) -> tuple[str, ...]:
    """What a walk left undone, a sentence each; nothing of a matter that is restricted now."""
    carried = _matters_of(file)
    sealed = set(
        Matter.objects.filter(pk__in=carried, restricted=True).values_list("pk", flat=True)
    )
    asks = _live_asks(carried - sealed, actor)
    stops = [stop for stop in file.stops if stop.matter_id not in sealed]
    unseen = file.row.stops - file.row.seen
    differ = [str(stop.position) for stop in stops if stop.conflict]
    told = (
        *_not_fixed(file, sealed, asks),
        *_new_troubles(file, sealed, asks),
        f"{how_many(unseen, 'stop')} not seen." if unseen else "",
        f"People differ about stop {', '.join(differ)}." if differ else "",
        f"{how_many(len(file.again), 'ask')} to ask again." if file.again else "",
        "" if file.ended_at else "The walk has not been ended.",
    )
    return tuple(line for line in told if line)


def _matters_of(file: WalkFile) -> set[int]:
    """The matters of the stops and those that new trouble made."""
    found = {stop.matter_id for stop in file.stops}
    found |= {line.matter_id for stop in file.stops for line in stop.troubles}
    return {pk for pk in found if pk is not None}


def _live_asks(matters: set[int], actor: Actor) -> Asks:
    rows = Ask.objects.within(reach_of_asks(actor)).filter(matter__in=matters, state__in=LIVE)
    found: dict[int, tuple[AskNow, ...]] = {}
    for ask in asks_now(rows):
        pk = ask.matter_id or 0
        found[pk] = (*found.get(pk, ()), ask)
    return found


def _not_fixed(file: WalkFile, sealed: set[int], asks: Asks) -> list[str]:
    """The stops that were not fixed, or only partly, with what carries them."""
    return [
        f"Stop {stop.position}, {stop.label}: {stop.counted.label.lower()}."
        f" {_carried(stop.matter_id, asks, file.row.walk_on)}"
        for stop in file.stops
        if stop.counted is not None
        and stop.counted.finding in TROUBLED
        and stop.matter_id not in sealed
    ]


def _new_troubles(file: WalkFile, sealed: set[int], asks: Asks) -> list[str]:
    """The new trouble of a walk, with the matter that was made of it."""
    named = {topic.code: topic.name for topic in topics()}
    return [
        f"New near stop {stop.position}, {stop.label}:"
        f" {named.get(line.topic_code, line.topic_code) or 'trouble'}."
        f" {_carried(line.matter_id, asks, file.row.walk_on)}"
        for stop in file.stops
        for line in stop.troubles
        if line.matter_id not in sealed and stop.matter_id not in sealed
    ]


def _carried(matter_id: int | None, asks: Asks, on: date) -> str:
    """Which matter has it, and whose asks in it are open until when."""
    if matter_id is None:
        return "No matter carries it yet."
    rows = [ask_row(ask, on) for ask in asks.get(matter_id, ())]
    told = "; ".join(f"{who}, “{what}” by {when}, {how}" for who, what, when, how in rows)
    return f"W-{matter_id}: {told or 'nobody is asked yet'}."
