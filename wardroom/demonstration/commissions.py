"""Invented meetings of ANC 5B, the packet for the last one, and notices that it is owed."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.calendar.actions import hold_event
from wardroom.city.queries import areas_named, get_ward
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.directory.models import Party
from wardroom.directory.queries import get_agency, get_commission
from wardroom.engagement.actions import (
    answer_notice_question,
    check_program,
    expect_notice,
    name_program,
    note_notice,
    plan_commission_meeting,
    plan_commission_year,
)
from wardroom.engagement.models import Commitment, NoticeOwed, Program
from wardroom.matters.models import Matter
from wardroom.reporting.actions import send_packet
from wardroom.reporting.models import Packet

FIVE = "5"
DIRECTOR = "director@wardroom.example"
LIAISON = "liaison5@wardroom.example"
HALL = "The library by the market"


def show_commissions(plan: Plan) -> int:
    """A meeting that is over with its packet, one within a week, and the year to come."""
    commission = get_commission("5B")
    if commission is None or Packet.objects.exists():
        return 0
    held_on, next_on = (plan.end + timedelta(days=days) for days in (-20, 6))
    where: dict[str, Any] = {"starts": time(19), "place_text": HALL}
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


def show_notices(plan: Plan) -> int:
    """A notice that came short, one that is awaited, and the answer for one of our own."""
    if NoticeOwed.objects.exists():
        return 0
    short = _owed(plan, "DDOT", "traffic", "One way past the school", ("SMD 5B02",), days=30)
    note_notice(
        short,
        sent_on=plan.end - timedelta(days=9),
        medium="email",
        sent_to="ANC 5B, its commissioner and the councilmember",
        stamp=_at(plan, 8),
    )
    _owed(plan, "DPW", "service", "Bulk pick-up moves to Saturdays", ("ANC 5B", "ANC 5C"), days=75)
    for matter in Matter.objects.filter(kind="initiative", ward_code=FIVE, state="open")[:1]:
        reason = "Nothing changes in what a District service does; the agencies come together."
        answer_notice_question(matter, required=False, reason=reason, stamp=_at(plan, 3))
    return 2


def show_programs(plan: Plan) -> int:
    """A program that carries a promise, and one that carries none."""
    if Program.objects.exists():
        return 0
    director = stamp_of(DIRECTOR, plan.now - timedelta(days=5))
    cans = name_program(
        None,
        name="Litter cans, DPW budget",
        kind="budget",
        agency=get_agency("DPW"),
        stamp=director,
    )
    name_program(None, name="Cleaner alleys plan", kind="plan", stamp=director)
    for row in Commitment.objects.filter(stage="confirmed", matter__state="open"):
        check_program(
            row,
            program=cans,
            verdict="drifted",
            text="The line pays for cans, but none is planned for this corner before spring.",
            checked_on=plan.end - timedelta(days=5),
            stamp=director,
        )
    return Program.objects.count()


def _owed(
    plan: Plan, agency: str, deed: str, title: str, areas: tuple[str, ...], *, days: int
) -> Matter:
    row = expect_notice(
        get_agency(agency),
        deed=deed,
        title=title,
        areas=[area for name in areas for area in areas_named(name, on=plan.end)],
        decide_on=plan.end + timedelta(days=days),
        owner=Party.objects.get(user__email=LIAISON),
        ward=get_ward(FIVE, plan.end),
        stamp=_at(plan, 12),
    )
    return row.matter


def _at(plan: Plan, back: int) -> Stamp:
    return stamp_of(LIAISON, plan.now - timedelta(days=back))
