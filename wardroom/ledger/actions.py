"""Writing a line. Called inside an action's body, in the same commit as the change."""

from __future__ import annotations

import uuid

from wardroom.access.actor import Stamp
from wardroom.access.gate import note_fact
from wardroom.kernel.facts import Fact
from wardroom.ledger.models import About, Entry
from wardroom.ledger.reactions import open_receipts


def record(fact: Fact, *, stamp: Stamp) -> Entry:
    """Write a fact into the ledger, on the timeline of everything it is about.

    Records: the fact itself. Refuses nothing, but must be called inside an action.
    """
    note_fact(fact, stamp)
    about = tuple(dict.fromkeys(fact.about()))
    keys = {ref.noun: ref.key for ref in about}
    entry = Entry.objects.create(
        uid=uuid.uuid4(),
        at=stamp.at,
        actor_id=stamp.actor.user_id,
        actor_name=stamp.actor.name,
        window=stamp.window.value,
        kind=fact.kind,
        audience=fact.audience,
        ward_code=keys.get("ward", ""),
        agency_code=keys.get("agency", "") if fact.audience == "partner" else "",
        sentence=fact.sentence(),
        body=fact.to_plain(),
    )
    About.objects.bulk_create(About(entry=entry, noun=ref.noun, key=ref.key) for ref in about)
    open_receipts(entry)
    return entry
