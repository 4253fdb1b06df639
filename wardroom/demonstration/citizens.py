"""An invented citizen group of Ward 5: its members, a meeting with minutes, and who asks to join."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from wardroom.access.actor import NOBODY, Stamp
from wardroom.calendar.actions import hold_event, write_line
from wardroom.calendar.models import Event
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.directory.models import Party
from wardroom.engagement.actions import (
    CharterDraft,
    GroupDraft,
    Meetings,
    accept_sign_up,
    approve_minutes,
    call_members,
    found_group,
    name_officer,
    note_item,
    send_group_notice,
    sign_up,
)
from wardroom.engagement.models import Group, SignUp

LIAISON = "liaison5@wardroom.example"
NAME = "Neighbors for the Market Alleys"
CHARTER = CharterDraft(
    purpose="To keep the alleys behind the market clean and lit, and to tell the office what works "
    "and what does not.",
    who_may_join="Whoever lives, works or keeps a shop beside these alleys.",
    area="The alleys between the market and the school",
    term_months=12,
)
MEMBERS = ("Vera Lindqvist", "Omar Tesfaye", "June Abernathy", "Luis Carranza")
ASKS = "Paula Winters"
SAID = {
    2: "The group counts what is dumped and where; the office asks the agencies.",
    3: "The light behind the bakery, bulk trash on Mondays, and rats by the school fence.",
}


def show_citizens(plan: Plan) -> int:
    """Call a group together, take its members in, and let it meet; returns how many there are."""
    if not Group.objects.exists():
        group = _founded(plan)
        members = [_member(plan, group, name) for name in MEMBERS]
        _officers(plan, group, members)
        _met(plan, group, members)
        _asks(plan, group, ASKS, days=3)
    return Group.objects.count()


def _founded(plan: Plan) -> Group:
    first_on = plan.end - timedelta(days=56)
    draft = GroupDraft(
        name=NAME,
        ward_code="5",
        charter=CHARTER,
        meetings=Meetings(first_on=first_on, starts=time(18, 30), place_text="The branch library"),
    )
    return found_group(draft, stamp=_at(plan, 70))


def _asks(plan: Plan, group: Group, name: str, *, days: int) -> SignUp:
    address = f"{name.lower().replace(' ', '.')}@neighbors.example"
    visitor = replace(_at(plan, days), actor=NOBODY)
    sign_up(group, called=name, email=address, agreed=True, stamp=visitor)
    return SignUp.objects.get(group=group, match=address)


def _member(plan: Plan, group: Group, name: str) -> Party:
    row = accept_sign_up(_asks(plan, group, name, days=66), person=None, stamp=_at(plan, 65))
    assert row.party is not None
    return row.party


def _officers(plan: Plan, group: Group, members: list[Party]) -> None:
    stamp = _at(plan, 60)
    for role, member in zip(("Chair", "Secretary"), members, strict=False):
        name_officer(group, role=role, member=member, since_on=stamp.at.date(), stamp=stamp)
    send_group_notice(
        group,
        subject=f"{NAME}: the first meeting",
        text="We meet at the branch library at half past six. Bring what bothers you most.",
        stamp=stamp,
    )


def _met(plan: Plan, group: Group, members: list[Party]) -> None:
    event = Event.objects.filter(host=group.party).order_by("starts_at")[0]
    stamp = _at(plan, 55)
    hold_event(event, stamp=stamp)
    present = [member.pk for member in members[:3]]
    call_members(event, present=present, guests=["The principal of the school"], stamp=stamp)
    for position, text in SAID.items():
        note_item(event, position=position, text=text, stamp=stamp)
    write_line(event, kind="decision", text="Count what is dumped each Monday", stamp=stamp)
    approved = _at(plan, 27)
    approve_minutes(
        event,
        approved_on=approved.at.date(),
        approved_how="Read at the next meeting, nobody objected",
        stamp=approved,
    )


def _at(plan: Plan, days: int) -> Stamp:
    return stamp_of(LIAISON, plan.now - timedelta(days=days))
