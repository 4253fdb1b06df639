"""A public body of a ward, and a meeting of it that was held and has minutes on file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from wardroom.documents.actions import store_document
from wardroom.engagement.actions import (
    BodyDraft,
    add_body_seat,
    begin_body,
    call_body_roll,
    file_minutes,
    note_motion,
    publish_body_notice,
    publish_minutes,
    seat_member,
    set_body_meeting,
)
from wardroom.engagement.models import BodySeat, PublicBody
from wardroom.matters.models import Matter

SINCE = NOON.date() - timedelta(days=300)


def body_of(ward: str, who: Cast, *, seats: int = 3) -> tuple[PublicBody, list[BodySeat]]:
    """A body of a ward with so many voting members."""
    draft = BodyDraft(
        name=f"Market committee of Ward {ward}",
        authority="Mayor's Order 2026-40",
        ward_code=ward,
        notice_to="reader@example.org",
    )
    body = begin_body(draft, stamp=who.stamp)
    made = []
    for number in range(1, seats + 1):
        seat = add_body_seat(
            body,
            title=f"Member {number}",
            appointed_by="Mayor",
            term_months=12,
            since_on=SINCE,
            stamp=who.stamp,
        )
        seat_member(body, seat=seat, name=f"Holder {number}", since_on=SINCE, stamp=who.stamp)
        made.append(seat)
    return body, made


def body_met(matter: Matter, who: Cast) -> Matter:
    """A meeting of a body in the ward of a location: noticed late, held, and with minutes."""
    body, seats = body_of(matter.ward_code, who)
    starts_at = NOON + timedelta(hours=5)
    meeting = set_body_meeting(
        body,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        owner=who.party,
        ward=matter.ward,
        stamp=who.stamp,
    )
    its = meeting.matter
    notice = {"agenda": "Hours of the market", "late_why": "The lease ends tomorrow"}
    publish_body_notice(its, **notice, stamp=who.stamp)
    call_body_roll(its, attended={seat.pk: "present" for seat in seats}, stamp=who.stamp)
    note_motion(
        its,
        text="Open until nine",
        mover=seats[0].pk,
        seconder=seats[1].pk,
        answers={seat.pk: "yes" for seat in seats},
        stamp=replace(who.stamp, at=starts_at),
    )
    minutes = publish_minutes(its, text="We met", stamp=replace(who.stamp, at=starts_at))
    paper = store_document(
        None,
        name=f"minutes-{matter.ward_code}.pdf",
        media_type="application/pdf",
        content=f"%PDF minutes of Ward {matter.ward_code}".encode(),
        stamp=HOUSE,
    )
    file_minutes(minutes, document=paper, stamp=HOUSE)
    return its
