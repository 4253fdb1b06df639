"""An invented citizen group of Ward 5: members, a meeting with minutes, one who asks to join."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from wardroom.access.actor import NOBODY, Stamp
from wardroom.calendar.actions import (
    add_participation,
    hold_event,
    record_attendance,
    write_line,
)
from wardroom.calendar.models import Event
from wardroom.city.queries import get_ward
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.directory.models import Party
from wardroom.directory.queries import get_agency
from wardroom.engagement.actions import (
    AssistanceDraft,
    CharterDraft,
    GroupDraft,
    Meetings,
    ReviewDraft,
    SessionDraft,
    accept_guideline,
    accept_sign_up,
    add_need,
    answer_voice,
    approve_minutes,
    approve_plan,
    call_members,
    found_group,
    hear_voice,
    issue_guideline,
    meet_need,
    name_officer,
    note_item,
    note_review,
    open_assistance,
    plan_session,
    send_group_notice,
    sign_up,
    submit_plan,
)
from wardroom.engagement.models import Assistance, Group, Guideline, ReviewVoice, SignUp

DIRECTOR = "director@wardroom.example"
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
        _asks(plan, group, ASKS, days=3, tongue="es")
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


def _asks(plan: Plan, group: Group, name: str, *, days: int, tongue: str = "en") -> SignUp:
    address = f"{name.lower().replace(' ', '.')}@neighbors.example"
    visitor = replace(_at(plan, days), actor=NOBODY)
    sign_up(
        group,
        called=name,
        email=address,
        language=tongue,
        read_in=tongue,
        agreed=True,
        stamp=visitor,
    )
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


def show_groups_at_work(plan: Plan) -> int:
    """A guideline, a plan to be looked at, help with its hours, and a review of a program."""
    group = Group.objects.select_related("party").get()
    if not Guideline.objects.exists():
        _guideline(plan, group)
        _plan_of(plan, group)
        _help(plan, group)
        _review(plan, group)
    return Assistance.objects.count()


def _guideline(plan: Plan, group: Group) -> None:
    issued = issue_guideline(
        None,
        kind="framework",
        title="How citizen groups work with this office",
        text="Meet in the open. Write down what you decide. Say who speaks for you. Tell the"
        " office what you see, and it tells you what became of it.",
        stamp=stamp_of(DIRECTOR, plan.now - timedelta(days=69)),
    )
    stamp = _at(plan, 55)
    accept_guideline(
        group,
        guideline=issued,
        accepted_on=stamp.at.date(),
        accepted_by="The chair, at the first meeting",
        stamp=stamp,
    )


def _plan_of(plan: Plan, group: Group) -> None:
    made = submit_plan(
        group,
        title="Clean and lit alleys by spring",
        text="We count what is dumped each Monday, sweep on the first Saturday, and call in each "
        "light that is out.",
        owner=Party.objects.get(user__email=LIAISON),
        next_on=plan.end + timedelta(days=7),
        ward=get_ward("5", plan.end),
        stamp=_at(plan, 20),
    )
    look_on = [plan.end + timedelta(days=days) for days in (30, 90)]
    director = stamp_of(DIRECTOR, plan.now - timedelta(days=15))
    approve_plan(made.matter, words="Tell us what you need", look_on=look_on, stamp=director)


def _help(plan: Plan, group: Group) -> None:
    draft = AssistanceDraft(
        kind="technical_assistance",
        goal="Write by-laws and run a meeting without us",
        next_step="Look at the draft by-laws together",
    )
    made = open_assistance(
        group.party,
        draft=draft,
        owner=Party.objects.get(user__email=LIAISON),
        next_on=plan.end + timedelta(days=9),
        ward=get_ward("5", plan.end),
        stamp=_at(plan, 24),
    )
    starts_at = plan.now - timedelta(days=12)
    session = SessionDraft(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        title="By-laws, first draft",
        place_text="The branch library",
    )
    event = plan_session(made.matter, draft=session, stamp=_at(plan, 20))
    for name in MEMBERS[:3]:
        row = add_participation(event, name=name, role="member", stamp=_at(plan, 12))
        record_attendance(row, attended="present", stamp=_at(plan, 12))
    hold_event(event, stamp=_at(plan, 12))
    for kind, text in (("need", "By-laws"), ("need", "A way to keep minutes")):
        line = add_need(made.matter, kind=kind, text=text, stamp=_at(plan, 24))
    meet_need(line, done_words="They use our form for minutes since", stamp=_at(plan, 10))


def _review(plan: Plan, group: Group) -> None:
    draft = ReviewDraft(
        program="Bulk trash pick-up on the avenue",
        invited_by="The Department of Public Works",
        held_on=plan.end - timedelta(days=18),
        ward_code="5",
        agency=get_agency("DPW"),
        about="Whether Saturday pick-ups go on",
    )
    names = [group.party.name, "Merchants of the Market Street", "Tenants of the Long Block"]
    review = note_review(draft, groups=names, stamp=_at(plan, 17))
    voice = ReviewVoice.objects.get(review=review, party=group.party)
    hear_voice(voice, came=True, said="Keep Saturdays until spring", stamp=_at(plan, 17))
    answer_voice(
        voice, disposition="adopted", reason="DPW keeps them until April", stamp=_at(plan, 9)
    )
