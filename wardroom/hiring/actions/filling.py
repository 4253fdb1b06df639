"""The end of a hiring: the posting is filled, and whoever is left is told."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.hiring import policy
from wardroom.hiring.actions.moving import check_no_part, check_told, move_one
from wardroom.hiring.actions.waiting import keep_hiring_waiting
from wardroom.hiring.models import Posting
from wardroom.hiring.queries.filling import rest_to_tell
from wardroom.hiring.rules import postings, stages
from wardroom.kernel.errors import Refused, Stale
from wardroom.matters.rules import check_reason


@action(policy.may_keep_hiring)
def tell_the_rest(
    posting: Posting, *, reason: str, seen: str, words: str = "", stamp: Stamp
) -> Posting:
    """Tell everybody who still waits that they were not selected, each in their language.

    ``seen`` are the numbers that the keeper was shown. Who has an offer is told one by one, and
    so is whoever the keeper may not read. Refuses: a posting that is not over; no reason; what a
    letter must not ask; nobody who waits; others than were shown; an application with the
    keeper's address.
    Records: `ApplicationMoved` for each.
    """
    reason, words = check_reason(reason), check_told(words, offered=None)
    if posting.state not in postings.ENDED:
        raise Refused("wrong_state", "Say first that the posting is filled or withdrawn.")
    check_no_part(posting)
    rows = rest_to_tell(posting, stamp.actor, lock=True)
    if not rows:
        raise Refused("nobody_left", "Everybody who can be told together was told.")
    now = ", ".join(str(row.number) for row in rows)
    if now != seen:
        raise Stale(seen=now, theirs=(("Still to be told, by number", now),))
    for row in rows:
        move_one(row, to=stages.NOT_SELECTED, reason=reason, words=words, stamp=stamp)
    keep_hiring_waiting(posting, stamp)
    return posting
