"""What somebody still has after their role has ended: the house hands it to the director."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action, hold
from wardroom.access.models import Grant
from wardroom.access.queries import actor_for
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day
from wardroom.ledger.actions import record
from wardroom.matters import facts, policy
from wardroom.matters.actions.handing_over import start_handover
from wardroom.matters.actions.listing import keep_handover_waiting
from wardroom.matters.models import Handover
from wardroom.matters.queries.live import counted_things, left_behind


@action(policy.may_take_up_left_work)
def take_up_left_work(party: Party, *, stamp: Stamp) -> Handover:
    """Begin a handover of what somebody left behind when their role ended, for the director.

    Where they still work here it holds what they left and nothing else. Refuses: somebody who
    left nothing behind; a handover that runs already. Records: `WorkLeftBehind`,
    `HandoverStarted`.
    """
    today = localdate(stamp.at)
    hold(party)
    now = actor_for(party.user, on=today)
    left = left_behind(party, now, on=today)
    if not left:
        raise Refused("nothing_left", f"{party.name} left nothing behind.")
    wards = sorted({thing.ward_code for _, thing in left})
    last_on = _last_day(party, today)
    handover = start_handover(
        party,
        why=f"The role ended on {long_day(last_on)}",
        last_on=last_on,
        ward_code=wards[0] if now.roles and len(wards) == 1 else "",
        only_left=True,
        stamp=stamp,
    )
    fact = facts.WorkLeftBehind(
        handover_id=handover.pk,
        party_id=party.pk,
        party_name=party.name,
        ward=handover.ward_code,
        last_on=last_on,
        left=counted_things(left),
    )
    record(fact, stamp=stamp)
    keep_handover_waiting(handover, stamp=stamp)
    return handover


def _last_day(party: Party, today: date) -> date:
    """The last day of the role that ended most lately."""
    ended = Grant.objects.filter(user=party.user_id, valid_until__lt=today)
    last = ended.order_by("-valid_until").values_list("valid_until", flat=True).first()
    return last or today - timedelta(days=1)
