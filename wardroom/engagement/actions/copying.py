"""The copies of a letter to many: one for each address, put into the outbox some at a time.

Each step is one commit, and a copy is marked in the same commit in which it is queued, so a
worker that is killed midway loses none and repeats none.
"""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.engagement import facts, policy
from wardroom.engagement.actions.circulars import told
from wardroom.engagement.actions.links import queue_news, standing_link
from wardroom.engagement.models import Circular, CircularCopy
from wardroom.engagement.queries.audiences import audience_of, reached
from wardroom.engagement.queries.circulars import words_of_letter
from wardroom.engagement.queries.consenting import hindrances
from wardroom.engagement.rules import circulars as moves
from wardroom.engagement.rules.tongues import tongue_of
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record

AT_ONCE = 2000


@action(policy.may_send_news)
def open_circular(circular: Circular, *, stamp: Stamp) -> Circular:
    """Make one copy for each address, once the half minute to take it back is over.

    Refuses: `too_early`; one that was taken back. Records: `CircularOpened`.
    """
    moves.check_move(circular.state, "open_circular")
    if circular.goes_at is None or circular.goes_at > stamp.at:
        raise Refused("too_early", "It can still be taken back.")
    for_whom = reached(audience_of(circular), on=localdate(stamp.at))
    copies = CircularCopy.objects.bulk_create(
        (
            CircularCopy(circular=circular, subscriber_id=pk, match=match)
            for pk, match in for_whom.values_list("pk", "match")
        ),
        batch_size=AT_ONCE,
    )
    circular.state = moves.SENDING
    circular.save(update_fields=["state"])
    record(facts.CircularOpened(**told(circular), copies=len(copies)), stamp=stamp)
    return circular


@action(policy.may_send_news)
def send_copies(circular: Circular, *, stamp: Stamp) -> int:
    """Put the next copies into the outbox, and leave out those who may not be written to now.

    Returns how many are still waiting. Refuses: one that is not going out. Records:
    `CopiesQueued`, and `CircularSent` with the last of them.
    """
    moves.check_move(circular.state, "send_copies")
    waiting = circular.copies.filter(state=moves.WAITING).order_by("pk")
    copies = list(waiting.select_related("subscriber__link")[: moves.BATCH])
    why = hindrances(copy.subscriber for copy in copies)
    wanted = [copy for copy in copies if not why[copy.subscriber_id]]
    for copy in copies:
        if why[copy.subscriber_id]:
            copy.state, copy.why = moves.LEFT_OUT, why[copy.subscriber_id]
    CircularCopy.objects.bulk_update(
        [copy for copy in copies if copy.state == moves.LEFT_OUT], ["state", "why"]
    )
    fact = facts.CopiesQueued(
        **told(circular), queued=len(wanted), left_out=len(copies) - len(wanted)
    )
    entry = record(fact, stamp=stamp)
    _queue(circular, wanted, entry_id=entry.pk, stamp=stamp)
    left = waiting.count()
    if not left:
        _end(circular, stamp)
    return left


def _queue(circular: Circular, copies: list[CircularCopy], *, entry_id: int, stamp: Stamp) -> None:
    texts = words_of_letter(circular)
    for copy in copies:
        one = copy.subscriber
        mail = moves.circular_mail(
            tongue_of(one.language),
            texts,
            kind=circular.area_kind,
            code=circular.area_code,
            link=standing_link(one, stamp=stamp),
        )
        key = f"circular:{circular.pk}:{copy.match}"
        copy.message = queue_news(one, mail, entry_id=entry_id, key=key, urgent=True, stamp=stamp)
        copy.state = moves.QUEUED
    CircularCopy.objects.bulk_update(copies, ["state", "message"])


def _end(circular: Circular, stamp: Stamp) -> None:
    circular.state, circular.ended_at = moves.SENT, stamp.at
    circular.save(update_fields=["state", "ended_at"])
    fact = facts.CircularSent(
        **told(circular),
        queued=circular.copies.filter(state=moves.QUEUED).count(),
        left_out=circular.copies.filter(state=moves.LEFT_OUT).count(),
    )
    record(fact, stamp=stamp)
