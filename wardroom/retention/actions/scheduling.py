"""Writing down the schedule that was approved for a class of records."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.retention import facts, policy, rules
from wardroom.retention.models import Schedule
from wardroom.retention.rules.classes import CLASSES


@action(policy.may_adopt_schedule)
def adopt_schedule(
    _: None,
    *,
    class_code: str,
    months: int | None,
    fate: str,
    number: str,
    basis: str,
    from_on: date,
    stamp: Stamp,
) -> Schedule:
    """Write down for how long a class is kept, under the schedule that was approved.

    The schedule before it holds until the day before. Refuses: an unknown class or fate; no
    number of a schedule; no basis; a day that is over; one at or before the last schedule's.
    Records: `ScheduleAdopted`.
    """
    if class_code not in CLASSES or fate not in rules.FATES:
        raise Refused("unknown", "Choose from the list.", field="fate")
    months = rules.check_months(months)
    if months is None and fate == rules.DESTROY:
        raise Refused("no_months", "Say after how many months it is destroyed.", field="months")
    number = rules.check_words(
        number, field="number", sentence="Give the number of the approved schedule.", most=60
    )
    basis = rules.check_words(basis, field="basis", sentence="Say on which law it rests.")
    if from_on < localdate(stamp.at):
        raise Refused("too_early", "Choose today or a later day.", field="from_on")
    rows = Schedule.objects.select_for_update().filter(class_code=class_code)
    last = rows.order_by("-from_on").first()
    if last is not None and last.from_on >= from_on:
        sentence = "A schedule begins on that day or later already. Choose a later day."
        raise Refused("overlaps", sentence, field="from_on")
    if last is not None:
        last.until_on = from_on - timedelta(days=1)
        last.save(update_fields=["until_on"])
    made: Schedule = Schedule.objects.create(
        class_code=class_code,
        months=months,
        fate=fate,
        number=number,
        basis=basis,
        from_on=from_on,
        by_name=stamp.actor.name,
        at=stamp.at,
    )
    fact = facts.ScheduleAdopted(
        class_code=class_code, months=months, fate=fate, number=number, from_on=from_on
    )
    record(fact, stamp=stamp)
    return made
