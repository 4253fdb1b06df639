"""Keeping the list of a handover true, and the worklists of those who have a part in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors
from wardroom.matters import rules
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.gateways import Gatherer, LiveThing
from wardroom.matters.models import Handover, HandoverItem, Waiting
from wardroom.matters.queries.live import things_to_hand_over
from wardroom.matters.rules import Wait

NOUN = "handover"


def brought_up_to_date(handover: Handover, *, stamp: Stamp) -> tuple[int, int]:
    """Write down what is live now: gives how much came onto the list, and how much fell off.

    Called by every change to a handover, in its own commit.
    """
    today = localdate(stamp.at)
    alive = {
        (gatherer.kind, thing.noun, thing.key): (gatherer, thing)
        for gatherer, thing in things_to_hand_over(handover, on=today)
    }
    found = overtaken = 0
    known, moved = set(), []
    for item in handover.items.order_by("pk"):
        ident = (item.kind, item.noun, item.key)
        known.add(ident)
        state = rules.state_now(item.state, alive=ident in alive)
        if state != item.state:
            found += state == "gathered"
            overtaken += state == "overtaken"
            item.state = state
            item.successor = None if state == "gathered" else item.successor
            moved.append(item)
    HandoverItem.objects.bulk_update(moved, ["state", "successor"])
    fresh = [_item(handover, *alive[ident]) for ident in alive if ident not in known]
    HandoverItem.objects.bulk_create(fresh)
    return found + len(fresh), overtaken


def _item(handover: Handover, gatherer: Gatherer, thing: LiveThing) -> HandoverItem:
    return HandoverItem(
        handover=handover,
        kind=gatherer.kind,
        noun=thing.noun,
        key=thing.key,
        title=thing.title[:300],
        ward_code=thing.ward_code,
        needs=thing.needs,
        matter_id=thing.matter_id,
    )


def keep_handover_waiting(handover: Handover, *, stamp: Stamp) -> None:
    """One row for each successor with how much is handed to them; one for what came back.

    What the house began has a row, too, for what nobody was chosen for.
    """
    running = handover.state == "running"
    items = handover.items.filter(state="proposed") if running else handover.items.none()
    rows = items.order_by().values_list("successor").annotate(Count("pk"))
    wanted = {party_id: number for party_id, number in rows if party_id is not None}
    due = max(handover.last_on, localdate(stamp.at))
    ident = f"{handover.pk}-"
    gone = Waiting.objects.filter(noun=NOUN, key__startswith=ident)
    gone.exclude(key__in=[f"{ident}{party_id}" for party_id in wanted]).delete()
    for party in Party.objects.filter(pk__in=wanted).order_by("pk"):
        wait_for(
            NOUN,
            f"{ident}{party.pk}",
            Wait("handover", due),
            party=party,
            title=f"{_counted(wanted[party.pk])} from {handover.party.name}",
            stamp=stamp,
        )
    back = handover.items.filter(state="sent_back").count() if running else 0
    # Nobody looks at a handover that the house began, unless it stands in somebody's list.
    left = 0 if handover.begun_by or not running else _with_nobody(handover)
    reason = "sent_back" if back else "left_behind"
    director = handover.begun_by or next(iter(get_directors(on=localdate(stamp.at))), None)
    wait_for(
        NOUN,
        str(handover.pk),
        Wait(reason, localdate(stamp.at)) if back or left else None,
        party=director,
        title=f"{_counted(back or left)} of {handover.party.name} "
        f"{'came back' if back else 'left behind'}",
        stamp=stamp,
    )


def _with_nobody(handover: Handover) -> int:
    return int(handover.items.filter(state="gathered").count())


def _counted(number: int) -> str:
    return f"{number} {'thing' if number == 1 else 'things'}"


def handover_words(handover: Handover) -> Mapping[str, Any]:
    """What every line about a handover says of it."""
    return {
        "handover_id": handover.pk,
        "party_id": handover.party.pk,
        "party_name": handover.party.name,
        "ward": handover.ward_code,
    }
