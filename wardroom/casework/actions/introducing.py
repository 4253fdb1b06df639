"""Residents hear who looks after their complaint from now on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.casework import facts, policy
from wardroom.casework.queries.greeting import Greeting, greetings
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.models import Handover


@action(policy.may_introduce_successor)
def introduce_successor(handover: Handover, *, stamp: Stamp) -> int:
    """Write to residents with open complaints who takes over from whom, each person once.

    Only those are written to who let us and whose issue was accepted; a successor writes for
    the own issues, the director for all. Gives the number of people. Refuses: nobody left to
    write to. Records: `SuccessorIntroduced` for each.
    """
    ready = greetings(handover, stamp.actor).ready
    if not ready:
        raise Refused("nobody_to_tell", "There is nobody left to write to.")
    for greeting in ready:
        record(facts.SuccessorIntroduced(**_words(greeting, handover)), stamp=stamp)
    return len(ready)


def _words(greeting: Greeting, handover: Handover) -> Mapping[str, Any]:
    first = greeting.about[0]
    return {
        "matter_id": first.matter_id,
        "title": first.title,
        "place_id": first.place_id,
        "ward_code": first.ward_code,
        "reporter_id": greeting.party_id,
        "reporter": greeting.name,
        "handover_id": handover.pk,
        "former_name": handover.party.name,
        "successor_name": greeting.successor_name,
        "matter_ids": tuple(row.matter_id for row in greeting.about),
        "complaint_ids": greeting.complaint_ids,
        "thread_matter": greeting.thread_matter,
    }
