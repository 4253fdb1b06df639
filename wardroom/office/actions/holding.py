"""Who holds a position: noting it, with a word where somebody holds another full-time job."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import Q

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.actions import fill_seat
from wardroom.directory.models import Party, Seat, Tenure
from wardroom.kernel.errors import Refused
from wardroom.office import policy
from wardroom.office.models import Position
from wardroom.office.rules import structure as rules


@action(policy.may_build_office)
def hold_position(
    position: Position, *, holder: Party, since_on: date, again: bool = False, stamp: Stamp
) -> Tenure:
    """Note who holds a position from a day on; ``again`` says that they hold another one too.

    Refuses: a position that is only proposed, or no more; more than one full-time job of one
    person without a word; what `fill_seat` refuses. Records: `SeatFilled`.
    """
    if position.status != rules.EXISTING or position.seat is None:
        raise Refused("nobody_holds_it", "Nobody can hold a position that does not exist.")
    if not again:
        _check_one_job(position, holder, since_on)
    return fill_seat(position.seat, since_on=since_on, holder=holder, stamp=stamp)


def _check_one_job(position: Position, holder: Party, since_on: date) -> None:
    held = Tenure.objects.filter(
        Q(until_on=None) | Q(until_on__gt=since_on),
        party=holder,
        seat__position__status=rules.EXISTING,
    ).exclude(seat=position.seat)
    seats = Seat.objects.filter(tenures__in=held)
    others = list(Position.objects.filter(seat__in=seats).order_by("title", "pk"))
    jobs = sum((other.fte for other in others), Decimal(position.fte))
    if others and jobs > 1:
        named = "; ".join(f"{rules.called(other.title, other.ward_code)}" for other in others)
        raise Refused(
            "holds_another",
            f"{holder.name} holds {named} already. With this one that makes {jobs.normalize():f} "
            "full-time jobs. Say first that the other one is vacant, or that both are meant.",
            field="again",
        )
