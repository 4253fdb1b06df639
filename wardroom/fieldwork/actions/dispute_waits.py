"""Disputes that wait for the office, in the list of somebody who may settle them."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.directory.queries import get_directors, get_liaison_of
from wardroom.fieldwork.models import Dispute
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.rules import dispute_waits

NOUN = "dispute"


def keep_dispute_waiting(dispute: Dispute, *, stamp: Stamp) -> None:
    """Put a dispute into the list of the director, or of the liaison; take a settled one off.

    Whoever looked there, or asked for the work, does not settle it.
    """
    stop, today = dispute.stop, localdate(stamp.at)
    barred = set(stop.checks.values_list("observer", flat=True))
    if stop.ask is not None:
        barred.add(stop.ask.asked_by_id)
    people = (*get_directors(on=today), get_liaison_of(stop.ward_code, on=today))
    fit = [party for party in people if party is not None]
    free = [party for party in fit if party.pk not in barred]
    wait_for(
        NOUN,
        f"{stop.round_id}-{stop.pk}",
        None if dispute.settled_at else dispute_waits(localdate(dispute.disputed_at)),
        party=next(iter([*free, *fit]), None),
        title=f"{stop.agency}: {stop.kind_name}, {stop.label}",
        matter=stop.ask.matter if stop.ask is not None else None,
        ward_code=stop.ward_code,
        agency_code=stop.agency,
        place_label=stop.label,
        stamp=stamp,
    )
