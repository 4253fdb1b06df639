"""A public body on the database: its clocks, who may run it, and what everybody may read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import Ground
from tests.trouble import load_topics
from tests.web.bodies import body_of
from wardroom.access.actor import NOBODY
from wardroom.calendar.actions import cancel_event, move_event
from wardroom.engagement.actions import (
    BodyDraft,
    call_body_roll,
    cancel_body_meeting,
    describe_body,
    follow_event,
    note_motion,
    publish_body_notice,
    publish_minutes,
    publish_record,
    set_body_meeting,
)
from wardroom.engagement.models import BodyMeeting, PublicBody
from wardroom.engagement.queries.bodies import body_file, body_page
from wardroom.engagement.queries.body_meetings import body_meeting_file
from wardroom.engagement.queries.open_meetings import open_meeting, open_meetings
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.matters.actions import pause_clock
from wardroom.matters.models import Ask, Matter

pytestmark = [pytest.mark.django_db]
EVENING = NOON + timedelta(days=20, hours=6)


@pytest.fixture(autouse=True)
def rules_are_known(db: None) -> None:
    load_topics()


def meeting_of(body: PublicBody, ground: Ground, who: Cast, at: Any = EVENING) -> BodyMeeting:
    return set_body_meeting(
        body,
        starts_at=at,
        ends_at=at + timedelta(hours=2),
        owner=who.party,
        ward=ground.wards[body.ward_code],
        stamp=who.stamp,
    )


def clocks(matter: Matter) -> dict[str, tuple[str, str]]:
    rows = Ask.objects.filter(matter=matter, kind="legal_deadline").order_by("pk")
    return {row.wording: (row.due_on.isoformat(), row.state) for row in rows}


def test_day_of_a_meeting_makes_its_clocks_and_cancelling_drops_them(
    ground: Ground, liaison5: Cast
) -> None:
    body, _ = body_of("5", liaison5)
    meeting = meeting_of(body, ground, liaison5)
    assert list(clocks(meeting.matter).values()) == [
        ("2026-12-04", "requested"), ("2026-12-11", "requested"), ("2026-12-17", "requested"),
    ]  # fmt: skip
    cancel_body_meeting(meeting.matter, reason="No quorum can be had", stamp=liaison5.stamp)
    assert {state for _, state in clocks(meeting.matter).values()} == {"withdrawn"}
    assert Matter.objects.get(pk=meeting.matter.pk).outcome == "canceled"
    with pytest.raises(Refused, match="closed"):
        cancel_body_meeting(meeting.matter, reason="Twice", stamp=liaison5.stamp)


def test_body_under_its_own_rules_has_no_clock(ground: Ground, liaison5: Cast) -> None:
    body, _ = body_of("5", liaison5)
    draft = BodyDraft(name="", authority="Its by-laws", cover="own_rules")
    describe_body(body, draft=draft, stamp=liaison5.stamp)
    assert clocks(meeting_of(body, ground, liaison5).matter) == {}


def test_clocks_follow_a_meeting_that_the_calendar_moved_and_a_notice_goes_out_again(
    ground: Ground, liaison5: Cast
) -> None:
    body, _ = body_of("5", liaison5)
    meeting = meeting_of(body, ground, liaison5)
    publish_body_notice(meeting.matter, agenda="Hours", stamp=liaison5.stamp)
    later = EVENING + timedelta(days=7)
    move_event(
        meeting.event,
        starts_at=later,
        ends_at=later + timedelta(hours=2),
        reason="No heating",
        stamp=liaison5.stamp,
    )
    assert open_meeting(meeting.matter_id, NOBODY).moved_to.startswith("Tuesday, December 15")
    sweep()
    assert clocks(meeting.matter) == {
        "Publish the notice and the agenda of the meeting": ("2026-12-04", "done"),
        "Publish the minutes of the meeting": ("2026-12-18", "requested"),
        "Publish the full record of the meeting": ("2026-12-24", "requested"),
        "Publish the notice again, with the new time": ("2026-12-11", "requested"),
    }
    why = Ask.objects.get(matter=meeting.matter, rule_code="dc-open-meeting-minutes").why_due
    assert why is not None
    assert why["steps"][0].startswith("Counted anew: the meeting moved to Tuesday, December 15")
    with pytest.raises(Refused, match="already"):
        follow_event(meeting.matter, reason="Again", stamp=liaison5.stamp)


def test_clock_that_was_paused_starts_anew_and_holds_up_no_other(
    ground: Ground, liaison5: Cast
) -> None:
    body, _ = body_of("5", liaison5)
    matter = meeting_of(body, ground, liaison5, at=NOON - timedelta(hours=1)).matter
    clock = Ask.objects.get(matter=matter, rule_code="dc-open-meeting-minutes")
    pause_clock(clock, from_on=NOON.date(), reason="No quorum", stamp=liaison5.stamp)
    event = BodyMeeting.objects.get(matter=matter).event
    move_event(event, starts_at=EVENING, ends_at=EVENING + timedelta(hours=2), stamp=liaison5.stamp)
    sweep()
    rows = Ask.objects.filter(matter=matter, state="requested").order_by("pk")
    assert {row.started_at for row in rows} == {EVENING}
    assert rows.filter(rule_code=clock.rule_code, pauses=[]).count() == 1
    clock.refresh_from_db()
    assert clock.state == "withdrawn"


def test_meeting_that_the_calendar_canceled_is_called_off_and_tells_no_inner_reason(
    ground: Ground, liaison5: Cast
) -> None:
    body, _ = body_of("5", liaison5)
    matter = meeting_of(body, ground, liaison5).matter
    publish_body_notice(matter, agenda="Hours", stamp=liaison5.stamp)
    event = BodyMeeting.objects.get(matter=matter).event
    cancel_event(event, reason="Lund is ill", stamp=liaison5.stamp)
    sweep()
    assert {state for _, state in clocks(matter).values()} == {"done", "withdrawn"}
    assert Matter.objects.get(pk=matter.pk).outcome == "canceled"
    shown = open_meeting(matter.pk, NOBODY)
    assert (shown.state, shown.cancelled_why) == ("cancelled", "")


def test_nothing_is_decided_without_a_quorum_and_nothing_written_of_a_day_to_come(
    ground: Ground, liaison5: Cast
) -> None:
    body, seats = body_of("5", liaison5)
    matter = meeting_of(body, ground, liaison5, at=NOON + timedelta(hours=5)).matter
    numbers = [seat.pk for seat in seats]
    called = dict(zip(numbers, ("present", "absent", "absent"), strict=True))
    call_body_roll(matter, attended=called, stamp=liaison5.stamp)
    motion: dict[str, Any] = {
        "text": "Open until nine", "mover": numbers[0], "seconder": numbers[1],
        "answers": dict.fromkeys(numbers, "yes"),
    }  # fmt: skip
    with pytest.raises(Refused, match="it takes 2 to act"):
        note_motion(matter, **motion, stamp=liaison5.stamp)
    call_body_roll(matter, attended=dict.fromkeys(numbers, "present"), stamp=liaison5.stamp)
    for early in (
        lambda: note_motion(matter, **motion, stamp=liaison5.stamp),
        lambda: publish_minutes(matter, text="We met", stamp=liaison5.stamp),
    ):
        with pytest.raises(Refused, match="has not begun"):
            early()
    with pytest.raises(Refused, match="Publish the minutes first"):
        publish_record(matter, recording_at="Shelf 4", stamp=liaison5.stamp)
    coming = meeting_of(body, ground, liaison5).matter
    with pytest.raises(Refused):
        call_body_roll(coming, attended=called, stamp=liaison5.stamp)
    with pytest.raises(Refused, match="Call the roll first"):
        publish_minutes(coming, text="We met", stamp=liaison5.stamp)


def test_roll_and_motions_stay_as_the_published_minutes_say(ground: Ground, liaison5: Cast) -> None:
    body, seats = body_of("5", liaison5)
    starts_at = NOON + timedelta(hours=5)
    matter = meeting_of(body, ground, liaison5, at=starts_at).matter
    then = replace(liaison5.stamp, at=starts_at)
    called = {seat.pk: "present" for seat in seats}
    call_body_roll(matter, attended=called, stamp=then)
    publish_minutes(matter, text="We met", stamp=then)
    motion: dict[str, Any] = {
        "text": "Open",
        "mover": seats[0].pk,
        "seconder": seats[1].pk,
        "answers": {},
    }
    for late in (
        lambda: call_body_roll(matter, attended=called, stamp=then),
        lambda: note_motion(matter, **motion, stamp=then),
    ):
        with pytest.raises(Refused, match="The minutes are public"):
            late()


def test_others_see_and_run_only_what_is_theirs(
    ground: Ground, liaison5: Cast, liaison7: Cast, partner_dpw: Cast, director: Cast
) -> None:
    body, _ = body_of("5", liaison5)
    meeting = meeting_of(body, ground, liaison5)
    for who in (liaison7, partner_dpw):
        assert body_page(who.actor, now=NOON).total == 0
        with pytest.raises(NotFound):
            body_file(body.party_id, who.actor, now=NOON)
        with pytest.raises(NotFound):
            body_meeting_file(meeting.matter_id, who.actor)
        with pytest.raises(NotAllowed):
            publish_body_notice(meeting.matter, agenda="Hours", stamp=who.stamp)
    assert "publish_body_notice" in body_meeting_file(meeting.matter_id, director.actor).allowed


def test_public_reads_a_meeting_from_its_notice_on(ground: Ground, liaison5: Cast) -> None:
    body, _ = body_of("5", liaison5)
    meeting = meeting_of(body, ground, liaison5)
    assert open_meetings(NOBODY, now=NOON).total == 0
    with pytest.raises(NotFound):
        open_meeting(meeting.matter_id, NOBODY)
    publish_body_notice(meeting.matter, agenda="Hours\n\nLease", stamp=liaison5.stamp)
    assert open_meetings(NOBODY, now=NOON).total == 1
    assert open_meeting(meeting.matter_id, NOBODY).content["agenda"] == ["Hours", "Lease"]
    cancel_body_meeting(meeting.matter, reason="A storm", stamp=liaison5.stamp)
    assert open_meeting(meeting.matter_id, NOBODY).cancelled_why == "A storm"
