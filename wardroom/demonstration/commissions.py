"""Invented meetings of ANC 5B: its year in the calendar, and the packet for the last one."""

from __future__ import annotations

from datetime import time, timedelta

from wardroom.access.actor import Stamp
from wardroom.calendar.actions import hold_event
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.directory.queries import get_commission
from wardroom.engagement.actions import plan_commission_meeting, plan_commission_year
from wardroom.reporting.actions import send_packet
from wardroom.reporting.models import Packet

LIAISON = "liaison5@wardroom.example"
HALL = "The library by the market"


def show_commissions(plan: Plan) -> int:
    """A meeting that is over with its packet, one within a week, and the year to come."""
    commission = get_commission("5B")
    if commission is None or Packet.objects.exists():
        return 0
    held_on, next_on = (plan.end + timedelta(days=days) for days in (-20, 6))
    where = {"starts": time(19), "place_text": HALL}
    held = plan_commission_meeting(commission, on=held_on, **where, stamp=_at(plan, 29))
    send_packet(held, note="We come with DPW's answer on the bulk pick-up.", stamp=_at(plan, 22))
    hold_event(held, stamp=_at(plan, 19))
    plan_commission_meeting(commission, on=next_on, **where, stamp=_at(plan, 18))
    plan_commission_year(
        commission,
        year=plan.end.year + 1,
        which=3,
        weekday=1,
        recess=(7, 8),
        **where,
        stamp=_at(plan, 1),
    )
    return 2


def _at(plan: Plan, back: int) -> Stamp:
    return stamp_of(LIAISON, plan.now - timedelta(days=back))
