"""How a hiring is handed over with the other work of a keeper who leaves."""

from __future__ import annotations

from dataclasses import replace

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.directory.models import Party
from wardroom.hiring.actions.postings import take_over_hiring
from wardroom.hiring.models import Posting
from wardroom.hiring.queries.leaving import counted_hirings, live_hirings
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Ref
from wardroom.matters.gateways import Gatherer


def pass_hiring(thing: Ref, leaver: Party, successor: Party, stamp: Stamp) -> None:
    """Let the successor keep a hiring. Refuses: who is no director, or applied for it."""
    if successor.user_id is None:
        raise Refused("no_director", "A hiring is kept by a director.", field="successor")
    take_over_hiring(
        Posting.objects.get(pk=int(thing.key)),
        user_id=successor.user_id,
        reason=f"{leaver.name} leaves",
        stamp=replace(stamp, actor=SYSTEM),
    )


HIRING_GATHERER = Gatherer(
    "hiring",
    "hiring that they keep",
    "hirings that they keep",
    "posting",
    live_hirings,
    counted_hirings,
    pass_hiring,
)
