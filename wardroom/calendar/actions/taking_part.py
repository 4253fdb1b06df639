"""Who takes part in an event, whether they come, and whether they were there."""

from __future__ import annotations

from collections.abc import Sequence

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar import facts, policy, rules
from wardroom.calendar.actions.planning import EventDraft, hold_event, plan_event
from wardroom.calendar.actions.words import participation_words
from wardroom.calendar.models import Event, Participation
from wardroom.calendar.queries.events import city_zone
from wardroom.directory.models import Party, Seat
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_length


@action(policy.may_add_participation)
def add_participation(
    event: Event,
    *,
    party: Party | None = None,
    name: str = "",
    seat: Seat | None = None,
    agency_code: str = "",
    role: str = "guest",
    stamp: Stamp,
) -> Participation:
    """Note that somebody, or an agency, takes part; a name may stay a name.

    An agency itself is a party too: its code is then its own.
    Refuses: an event that was canceled; nobody named; a role that is not known; who takes
    part already. Records: `ParticipationAdded`.
    """
    if event.state == rules.CANCELLED:
        raise Refused("wrong_state", "This was canceled. Nobody takes part in it.")
    name = check_length(name, field="name", most=120)
    if party is None and not name:
        raise Refused("nobody_named", "Say who takes part.", field="name")
    if role not in rules.ROLES:
        raise Refused("unknown_role", "Choose a role from the list.", field="role")
    there = Participation.objects.filter(event=event)
    if party is not None and there.filter(party=party).exists():
        raise Refused("already_there", f"{party.name} takes part already.", field="name")
    if seat is not None and there.filter(seat=seat).exists():
        raise Refused("already_there", "This seat takes part already.", field="name")
    if party is not None and party.agency and not agency_code:
        agency_code = party.code
    row = Participation.objects.create(
        event=event,
        party=party,
        name="" if party is not None else name,
        seat=seat,
        agency_code=agency_code,
        role=role,
        added_at=stamp.at,
    )
    record(facts.ParticipationAdded(**participation_words(row), role=role), stamp=stamp)
    return row


@action(policy.may_plan_event)
def plan_event_with(draft: EventDraft, *, agencies: Sequence[Party], stamp: Stamp) -> Event:
    """Put an event into the calendar together with the agencies that take part; all or nothing.

    Refuses: what `plan_event` and `add_participation` refuse.
    Records: `EventPlanned`, and `ParticipationAdded` for each agency.
    """
    event = plan_event(draft, stamp=stamp)
    for agency in agencies:
        add_participation(event, party=agency, role="agency", stamp=stamp)
    return event


@action(policy.may_hold_event)
def hold_event_with(event: Event, *, present: Sequence[Participation], stamp: Stamp) -> Event:
    """Write down that an event took place, and at once who was there.

    Refuses: what `hold_event` and `record_attendance` refuse.
    Records: `EventHeld`, and `AttendanceRecorded` for each who was there.
    """
    held = hold_event(event, stamp=stamp)
    for row in present:
        row.event = held
        record_attendance(row, attended=rules.PRESENT, stamp=stamp)
    return held


@action(policy.may_note_answer)
def note_answer(participation: Participation, *, answer: str, stamp: Stamp) -> Participation:
    """Note whether somebody said that they come.

    Refuses: an answer that is not in the list; an event that is over or canceled.
    Records: `AnswerNoted`.
    """
    if answer not in rules.ANSWERS or not answer:
        raise Refused("unknown_answer", "Choose an answer from the list.", field="answer")
    if participation.event.state != rules.PLANNED:
        raise Refused("wrong_state", f"This is {rules.STATES[participation.event.state]}.")
    participation.answer = answer
    participation.save(update_fields=["answer"])
    record(facts.AnswerNoted(**participation_words(participation), answer=answer), stamp=stamp)
    return participation


@action(policy.may_record_attendance)
def record_attendance(
    participation: Participation, *, attended: str, note: str = "", stamp: Stamp
) -> Participation:
    """Write down whether somebody was there, the alternate was, or nobody was.

    Refuses: what is not in the list; an event that was canceled; one whose day is still to
    come. Records: `AttendanceRecorded`.
    """
    event = participation.event
    if attended not in rules.ATTENDED:
        raise Refused("unknown_attendance", "Choose from the list.", field="attended")
    if event.state == rules.CANCELLED:
        raise Refused("wrong_state", "This was canceled. Nobody was there.")
    rules.check_begun(event.starts_at, now=stamp.at, zone=city_zone())
    participation.attended = attended
    participation.note = check_length(note, field="note", most=200)
    participation.save(update_fields=["attended", "note"])
    fact = facts.AttendanceRecorded(**participation_words(participation), attended=attended)
    record(fact, stamp=stamp)
    return participation
