"""Shifts in force: a gap is taken by a colleague, or given by the director under the rules."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.access.models import User
from wardroom.calendar.actions import assign_shift, take_shift
from wardroom.calendar.models import Shift
from wardroom.calendar.queries.duty import duty_row
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import ended
from wardroom.office import policy
from wardroom.office.queries.swaps import against_taking


@action(policy.may_take_gap)
def take_gap(shift: Shift, *, stamp: Stamp) -> Shift:
    """Take a shift that nobody has, if no rule speaks against it.

    Refuses: what somebody has; what is over; what a rule speaks against, which the director
    decides. Records: `ShiftGiven`.
    """
    found = against_taking(duty_row(shift), stamp.actor.user_id or 0, stamp.at)
    if found.words:
        raise Refused(
            "cannot", ended(f"A rule speaks against it: {found.words}") + " Ask the director."
        )
    return take_shift(shift, why="a gap filled", stamp=stamp)


@action(policy.may_plan_rota)
def give_shift(shift: Shift, *, user_id: int | None, because: str = "", stamp: Stamp) -> Shift:
    """Give a shift in force to somebody, or make it a gap, and tell those whom it touches.

    Refuses: what is over; what cannot be; what a warning speaks against, or a gap, unless
    ``because`` says why. Records: `ShiftGiven`.
    """
    because = because.strip()
    if user_id is None:
        if not because:
            raise Refused("why_missing", "Say why nobody has it.", field="because")
        return assign_shift(shift, user=None, why=because, stamp=stamp)
    found = against_taking(duty_row(shift), user_id, stamp.at)
    if found.never:
        who = User.objects.get(pk=user_id).name
        said = ended(f"This cannot be: {who} {', and '.join(found.never)}")
        raise Refused("cannot", said, field="user_id")
    if found.warnings and not because:
        raise Refused(
            "warned",
            ended(f"A rule speaks against it: {'; '.join(found.warnings)}")
            + " Say why all the same.",
            field="because",
        )
    user = User.objects.get(pk=user_id)
    return assign_shift(shift, user=user, why=because or "given by the director", stamp=stamp)
