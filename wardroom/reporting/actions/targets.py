"""What the office wants of its own measures."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.ledger.actions import record
from wardroom.reporting import facts, policy
from wardroom.reporting.models import MeasureTarget
from wardroom.reporting.rules.office_measures import MEASURES, check_target, target_words


@action(policy.may_set_target)
def set_measure_target(
    subject: None, *, code: str, value: float | None, from_on: date, why: str, stamp: Stamp
) -> MeasureTarget:
    """Say what the office wants of one of its measures from a day on, or that it wants nothing.

    ``value`` is a share from 0 to 1, or days; what held before that day stays as it was.
    Refuses: a measure that is not among the twelve; a number that cannot be; a day that is over;
    no reason. Records: `MeasureTargetSet`.
    """
    why = check_target(code, value, why, from_on=from_on, today=localdate(stamp.at))
    measure = MEASURES[code]
    made: MeasureTarget = MeasureTarget.objects.create(
        code=code,
        value=value,
        from_on=from_on,
        why=why,
        set_at=stamp.at,
        set_by=stamp.actor.name,
    )
    fact = facts.MeasureTargetSet(
        code=code,
        name=measure.name,
        wanted=target_words(measure, value) if value is not None else "",
        from_on=from_on,
        reason=why,
    )
    record(fact, stamp=stamp)
    return made
