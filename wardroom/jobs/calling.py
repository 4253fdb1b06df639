"""Calling the next to an incident, by the clock; each step once, whoever is killed meanwhile."""

from __future__ import annotations

from typing import Any

from wardroom.incidents.actions import climb_call_out
from wardroom.incidents.queries import get_due_call_outs
from wardroom.jobs.delivery import send_quick
from wardroom.jobs.each import do_each
from wardroom.jobs.stamps import worker_stamp


def climb_call_outs() -> int:
    """Call the next wherever a call was not answered in time, and send what calls them.

    Each is a commit of its own; one that fails is written down and stops no other. Returns how
    many were called.
    """

    def climb(call_out: Any) -> None:
        climb_call_out(call_out.incident, stamp=worker_stamp())

    climbed = do_each(get_due_call_outs(at=worker_stamp().at), climb, told="call-out")
    send_quick()
    return climbed
