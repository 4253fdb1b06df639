"""Wishes: told by a person about the own days, or entered for them, without a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.access.models import User
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.office import facts, policy
from wardroom.office.models import Wish
from wardroom.office.queries.people import duty_people
from wardroom.office.rules.wishes import check_wish


@action(policy.may_enter_wish)
def enter_wish(
    person: User | None, *, kind: str, from_on: date, until_on: date | None = None, stamp: Stamp
) -> Wish:
    """Tell of days: on leave, cannot, would rather not, or would rather be on duty.

    Without a person they are your own; the director enters leave for somebody who is ill, who is
    told. Without a last day it is the first alone. Nobody is asked why.
    Refuses: days that are over; a last day before the first; the same told already; for somebody
    else what they would rather, or days on which they are not on duty. Records: `WishEntered`.
    """
    last = until_on or from_on
    user_id = person.pk if person is not None else stamp.actor.user_id
    assert user_id is not None
    other = user_id != stamp.actor.user_id
    check_wish(kind, from_on, last, today=localdate(stamp.at), other=other)
    if other and user_id not in {one.user_id for one in duty_people(from_on, last)}:
        raise Refused("not_here", "They are not on duty here on these days.", field="from_on")
    same = Wish.objects.filter(
        user=user_id, kind=kind, from_on=from_on, until_on=last, withdrawn_at=None
    )
    if same.exists():
        raise Refused("already_there", "This was told already.", field="from_on")
    wish = Wish.objects.create(
        user_id=user_id,
        kind=kind,
        from_on=from_on,
        until_on=last,
        entered_at=stamp.at,
        entered_by=stamp.actor.name if other else "",
    )
    record(facts.WishEntered(**_words(wish, stamp)), stamp=stamp)
    return wish


@action(policy.may_withdraw_wish)
def withdraw_wish(wish: Wish, *, stamp: Stamp) -> Wish:
    """Take back what was told of some days. Refuses: one that was taken back.

    Records: `WishWithdrawn`.
    """
    if wish.withdrawn_at is not None:
        raise Refused("already_so", "This was taken back already.")
    wish.withdrawn_at = stamp.at
    wish.save(update_fields=["withdrawn_at"])
    record(facts.WishWithdrawn(**_words(wish, stamp)), stamp=stamp)
    return wish


def _words(wish: Wish, stamp: Stamp) -> dict[str, Any]:
    by = stamp.actor.name if wish.user_id != stamp.actor.user_id else ""
    return {"wish_id": wish.pk, "user_id": wish.user_id, "name": wish.user.name, "by": by}
