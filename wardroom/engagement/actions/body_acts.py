"""What a public body does at its meeting: the roll, its motions, and closed sessions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar.actions import add_participation, record_attendance
from wardroom.calendar.models import Participation
from wardroom.directory.models import Party
from wardroom.engagement import facts, policy
from wardroom.engagement.actions.body_meetings import meeting_words, open_meeting
from wardroom.engagement.models import (
    BodyMeeting,
    BodySeat,
    ClosedSession,
    Motion,
    RollCallLine,
)
from wardroom.engagement.queries.seated import Seated, quorum_at, seated_on
from wardroom.engagement.rules import bodies as rules
from wardroom.engagement.rules.body_meetings import check_meeting_began, check_minutes_open
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_text


@action(policy.may_run_body_meeting)
def call_body_roll(matter: Matter, *, attended: Mapping[int, str], stamp: Stamp) -> BodyMeeting:
    """Call the roll: who of the members is here. The quorum follows from that.

    ``attended`` is present or absent for each seat, by its number; called again, it corrects.
    Refuses: minutes that are out; nobody called; a seat that nobody holds; what
    `record_attendance` refuses.
    Records: `AttendanceRecorded`, and `ParticipationAdded` the first time.
    """
    meeting = open_meeting(matter)
    check_minutes_open(meeting.minutes.count())
    members = {seat.seat_id: seat for seat in _members(meeting)}
    called = {seat: word for seat, word in attended.items() if word}
    if not called:
        raise Refused("nobody_called", "Say of each member whether they are here.")
    if not called.keys() <= members.keys():
        raise Refused("not_seated", "Nobody holds one of these seats on that day.")
    for seat, word in called.items():
        row = _participation(meeting, members[seat], stamp)
        if row.attended != word:
            record_attendance(row, attended=word, stamp=stamp)
    return meeting


@action(policy.may_run_body_meeting)
def note_motion(
    matter: Matter,
    *,
    text: str,
    mover: int,
    seconder: int,
    answers: Mapping[int, str],
    stamp: Stamp,
) -> Motion:
    """Write down a motion, who moved and seconded it, and what each answered by roll call.

    Refuses: minutes that are out; no quorum; a meeting that has not begun; no words; a mover or
    seconder who is not here with a voting seat; a member who is here without an answer.
    Records: `MotionNoted`.
    """
    meeting = open_meeting(matter)
    check_minutes_open(meeting.minutes.count())
    members = {seat.seat_id: seat for seat in _members(meeting)}
    present = _check_quorum(meeting, members.values())
    check_meeting_began(meeting.event.starts_at, now=stamp.at)
    text = check_text(
        text, code="text_missing", sentence="Write the motion.", field="text", most=500
    )
    rules.check_motion(mover=mover, seconder=seconder, present=present, answers=answers)
    said = {seat: answers[seat] for seat in sorted(present, key=lambda s: members[s].title)}
    motion: Motion = Motion.objects.create(
        meeting=meeting,
        position=meeting.motions.count() + 1,
        text=text,
        mover_id=mover,
        mover_name=members[mover].name,
        seconder_id=seconder,
        seconder_name=members[seconder].name,
        outcome=rules.outcome_of(said.values()),
        noted_at=stamp.at,
        noted_by=stamp.actor.name,
    )
    lines = [
        RollCallLine(motion=motion, seat_id=seat, member_name=members[seat].name, answer=answer)
        for seat, answer in said.items()
    ]
    RollCallLine.objects.bulk_create(lines)
    record(_noted(motion, lines), stamp=stamp)
    return motion


def _check_quorum(meeting: BodyMeeting, members: Iterable[Seated]) -> Collection[int]:
    """The seats that are here, enough of them to act. Refuses: too few."""
    quorum, present = quorum_at(meeting, members)
    if not quorum.is_met:
        raise Refused(
            "no_quorum",
            f"{quorum.present} of {quorum.seated} are here; it takes {quorum.needed} to act.",
        )
    return present


def _noted(motion: Motion, lines: Iterable[RollCallLine]) -> facts.MotionNoted:
    return facts.MotionNoted(
        **meeting_words(motion.meeting),
        position=motion.position,
        text=motion.text,
        mover_name=motion.mover_name,
        seconder_name=motion.seconder_name,
        roll_call=tuple(f"{line.member_name}: {rules.ANSWERS[line.answer]}" for line in lines),
        outcome_label=rules.OUTCOMES[motion.outcome],
    )


@action(policy.may_run_body_meeting)
def close_session(
    matter: Matter, *, motion: int, reason: str, text: str, stamp: Stamp
) -> ClosedSession:
    """Write down that a part of the meeting was closed, on which motion, and for which reason.

    Refuses: a reason that the law does not list; a motion that did not carry, is not of this
    meeting, or closed a part already; no words. Records: `SessionClosed`.
    """
    meeting = open_meeting(matter)
    row = meeting.motions.filter(pk=motion).first()
    if row is None:
        raise Refused("no_such_motion", "Choose the motion that closed it.", field="motion")
    if ClosedSession.objects.filter(motion=row).exists():
        raise Refused("already_closed", "This motion closed a part already.", field="motion")
    session: ClosedSession = ClosedSession.objects.create(
        meeting=meeting,
        motion=row,
        reason=reason,
        text=rules.check_closed(reason, text, outcome=row.outcome),
        noted_at=stamp.at,
        noted_by=stamp.actor.name,
    )
    fact = facts.SessionClosed(
        **meeting_words(meeting), reason_label=rules.CLOSED_REASONS[reason], text=session.text
    )
    record(fact, stamp=stamp)
    return session


def _members(meeting: BodyMeeting) -> tuple[Seated, ...]:
    return seated_on([meeting.body_id], on=localdate(meeting.event.starts_at))


def _participation(meeting: BodyMeeting, member: Seated, stamp: Stamp) -> Participation:
    """The member's row at this meeting; one person is there once, whatever seats they hold."""
    there = Participation.objects.filter(event=meeting.event)
    seat = BodySeat.objects.select_related("seat").get(pk=member.seat_id).seat
    row = there.filter(seat=seat).first()
    if row is None:
        party = Party.objects.filter(pk=member.party_id).first() if member.party_id else None
        if party is not None and there.filter(party=party).exists():
            party = None
        row = add_participation(
            meeting.event,
            party=party,
            name=member.name,
            seat=seat,
            role="member",
            stamp=stamp,
        )
    row.event = meeting.event
    return row
