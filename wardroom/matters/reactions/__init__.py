"""What follows from what happens to an ask or a task: letters to those whom it concerns."""

from __future__ import annotations

from wardroom.matters.reactions.asks import tell_agency, tell_owner
from wardroom.matters.reactions.handovers import (
    tell_of_left_work,
    tell_sent_back,
    tell_successor,
)
from wardroom.matters.reactions.silence import (
    remind_agency,
    tell_caller,
    tell_directors,
    tell_head,
)
from wardroom.matters.reactions.tasks import tell_holder

__all__ = [
    "remind_agency",
    "tell_agency",
    "tell_caller",
    "tell_directors",
    "tell_head",
    "tell_holder",
    "tell_of_left_work",
    "tell_owner",
    "tell_sent_back",
    "tell_successor",
]
