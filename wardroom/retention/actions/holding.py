"""Legal holds: what must be kept although its time is over."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.retention import facts, policy, rules
from wardroom.retention.gateways import hold_the_door
from wardroom.retention.models import LegalHold
from wardroom.retention.queries.naming import is_there
from wardroom.retention.rules.classes import CLASSES
from wardroom.retention.rules.holds import Scope, check_scope

WHY = "Say why it must be kept, such as the case of a court."


@action(policy.may_hold_records)
def place_hold(
    _: None, *, reason: str, asked_by: str, since_on: date, scope: Scope, stamp: Stamp
) -> LegalHold:
    """Keep some records whatever their schedule says, until the hold is lifted.

    From this commit on nothing that it covers is destroyed, whatever was approved. Refuses: no
    reason; nobody who asked; a day to come; a scope that says nothing; an unknown class; a
    record that is not there.
    Records: `HoldPlaced`.
    """
    reason = rules.check_words(reason, field="reason", sentence=WHY)
    asked_by = rules.check_words(
        asked_by, field="asked_by", sentence="Say who asked.", most=rules.MOST_WORDS
    )
    if since_on > localdate(stamp.at):
        raise Refused("to_come", "Choose today or a day before.", field="since_on")
    scope = check_scope(scope)
    if scope.class_code and scope.class_code not in CLASSES:
        raise Refused("unknown", "Choose from the list.", field="class_code")
    if scope.unit and not is_there(scope.unit):
        raise Refused("not_there", "There is no such record. Look at its number.", field="unit")
    hold_the_door()
    row: LegalHold = LegalHold.objects.create(
        reason=reason,
        asked_by=asked_by,
        since_on=since_on,
        class_code=scope.class_code,
        unit=scope.unit,
        person=scope.person,
        place=scope.place,
        words=scope.words,
        from_on=scope.from_on,
        until_on=scope.until_on,
        placed_by=stamp.actor.name,
        placed_at=stamp.at,
    )
    record(facts.HoldPlaced(hold=row.pk), stamp=stamp)
    return row


@action(policy.may_hold_records)
def lift_hold(hold: LegalHold, *, reason: str, stamp: Stamp) -> LegalHold:
    """Say that records need not be kept any longer than their schedule says.

    Refuses: no reason; one that was lifted. Records: `HoldLifted`.
    """
    reason = rules.check_words(reason, field="reason", sentence="Say why it is lifted.")
    if hold.lifted_at is not None:
        raise Refused("lifted", "It was lifted already.")
    hold.lifted_at, hold.lifted_by, hold.lifted_for = stamp.at, stamp.actor.name, reason
    hold.save(update_fields=["lifted_at", "lifted_by", "lifted_for"])
    record(facts.HoldLifted(hold=hold.pk), stamp=stamp)
    return hold
