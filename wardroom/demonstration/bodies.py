"""A public body of Ward 5: its seats and terms, a meeting on record, and one that is to come."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils.timezone import make_aware

from wardroom.access.actor import Stamp
from wardroom.city.queries import get_ward
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.directory.models import Party
from wardroom.engagement.actions import (
    BodyDraft,
    add_body_seat,
    begin_body,
    call_body_roll,
    note_motion,
    publish_body_notice,
    publish_minutes,
    publish_record,
    seat_member,
    set_body_meeting,
)
from wardroom.engagement.models import BodyMeeting, PublicBody
from wardroom.engagement.queries.body_meetings import body_meeting_file
from wardroom.matters.models import Matter

FIVE = "5"
LIAISON = f"liaison{FIVE}@wardroom.example"
SEATS = (
    ("Chair", "Mayor", "Odessa Whitlock", 400),
    ("Merchant member", "Council", "Bram Okafor", 100),
    ("Tenant member", "Mayor", "Lucille Tran", 20),
    ("Youth member", "Mayor", "", 0),
)
AGENDA = "Call to order\nOpening hours of the market\nPublic comment\n"


def show_bodies(plan: Plan) -> int:
    """A committee with a vacant seat and a term that ends soon, and two of its meetings."""
    if not PublicBody.objects.exists():
        body = _body(plan)
        _held(plan, body)
        coming = _set(plan, body, days=-13, since=6)
        publish_body_notice(coming, agenda=AGENDA + "Lease of the hall\n", stamp=_at(plan, days=2))
        _set(plan, body, days=-41, since=1)
    return BodyMeeting.objects.count()


def _body(plan: Plan) -> PublicBody:
    draft = BodyDraft(
        name="Market Square Advisory Committee",
        authority="Mayor's Order 2024-77",
        ward_code=FIVE,
        purpose="Advises the office on the market and on what happens around it.",
        cover_why="It recommends by motion and roll call",
        notice_to="market.news@wardroom.example",
    )
    body = begin_body(draft, stamp=_at(plan, days=60))
    for title, appointed_by, name, left in SEATS:
        since_on = plan.end - timedelta(days=730 - left)
        seat = add_body_seat(
            body,
            title=title,
            appointed_by=appointed_by,
            term_months=24,
            most_terms=2,
            since_on=since_on,
            stamp=_at(plan, days=60),
        )
        if name:
            seat_member(body, seat=seat, name=name, since_on=since_on, stamp=_at(plan, days=60))
    return body


def _held(plan: Plan, body: PublicBody) -> None:
    """A meeting of three weeks ago, with a motion, minutes and a record."""
    matter = _set(plan, body, days=21, since=40)
    publish_body_notice(matter, agenda=AGENDA, stamp=_at(plan, days=30))
    after = _at(plan, days=20)
    roll = [row.member.seat_id for row in body_meeting_file(matter.pk, after.actor).roll]
    call_body_roll(matter, attended=dict.fromkeys(roll, "present"), stamp=after)
    note_motion(
        matter,
        text="Recommend that the market stays open until nine on Fridays",
        mover=roll[0],
        seconder=roll[1],
        answers={seat: "yes" if seat != roll[-1] else "abstain" for seat in roll},
        stamp=after,
    )
    draft = body_meeting_file(matter.pk, after.actor).draft
    publish_minutes(matter, text=draft, stamp=_at(plan, days=19))
    publish_record(
        matter, recording_at="https://recordings.wardroom.example/market", stamp=_at(plan, days=17)
    )


def _set(plan: Plan, body: PublicBody, *, days: int, since: int) -> Matter:
    """A meeting so many days back, or ahead where that is below nothing."""
    starts_at = make_aware(datetime.combine(plan.end - timedelta(days=days), time(18)))
    meeting = set_body_meeting(
        body,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place_text="Market hall, upper room",
        join_text="By telephone at 202-555-0142",
        owner=Party.objects.get(user__email=LIAISON),
        ward=get_ward(FIVE, plan.end),
        stamp=_at(plan, days=since),
    )
    return meeting.matter


def _at(plan: Plan, *, days: int) -> Stamp:
    return stamp_of(LIAISON, plan.now - timedelta(days=days))
