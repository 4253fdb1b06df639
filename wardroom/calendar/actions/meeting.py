"""Running a meeting: the roll, asks agreed aloud, decisions, and what is parked."""

from __future__ import annotations

from datetime import date
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar import facts, policy, rules
from wardroom.calendar.actions.taking_part import add_participation, record_attendance
from wardroom.calendar.actions.words import event_words
from wardroom.calendar.models import AgreedAsk, Event, MeetingLine, Participation
from wardroom.calendar.queries.events import city_zone
from wardroom.directory.models import Party, Seat
from wardroom.directory.queries.core_team import TeamHolder, core_team
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import propose_ask, request_ask
from wardroom.matters.actions.outside import check_names_nobody
from wardroom.matters.models import Ask, Matter
from wardroom.matters.rules import check_text

VACANT = "Nobody named"


@action(policy.may_call_roll)
def call_seat(
    event: Event, *, seat: Seat, attended: str, note: str = "", stamp: Stamp
) -> Participation:
    """Call the roll: write down whether an agency's seat was filled, by whom, or was empty.

    Refuses: a seat that is not at this table; what `record_attendance` refuses.
    Records: `AttendanceRecorded`, and `ParticipationAdded` the first time.
    """
    zone = city_zone()
    rules.check_meeting(event.state, event.starts_at, now=stamp.at, zone=zone)
    row = Participation.objects.filter(event=event, seat=seat).first()
    if row is None:
        seats = core_team(event.ward_code, on=event.starts_at.astimezone(zone).date())
        mine = next((s for s in seats if s.seat_id == seat.pk), None)
        if mine is None:
            raise Refused("not_at_the_table", "This seat is not on this core team.")
        row = _take_part(event, seat, mine.principal or mine.alternate, mine.agency_code, stamp)
    row.event = event
    return record_attendance(row, attended=attended, note=note, stamp=stamp)


def _take_part(
    event: Event, seat: Seat, holder: TeamHolder | None, agency_code: str, stamp: Stamp
) -> Participation:
    party = Party.objects.filter(pk=holder.party_id).first() if holder and holder.party_id else None
    if party is not None and Participation.objects.filter(event=event, party=party).exists():
        party = None
    return add_participation(
        event,
        party=party,
        name=holder.name if holder else VACANT,
        seat=seat,
        agency_code=agency_code,
        role="principal",
        stamp=stamp,
    )


@action(policy.may_agree_ask)
def agree_ask(
    event: Event,
    *,
    matter: Matter,
    agency: Party,
    wording: str,
    owner_name: str,
    due_on: date,
    authority: str = "",
    stamp: Stamp,
) -> AgreedAsk:
    """Ask an agency for what was agreed aloud in a meeting: one thing, one person, one date.

    It becomes an ask like any other, and its agency answers it as any other: what somebody
    says at the table is no promise yet.
    Refuses: a meeting that was canceled or is still to come; a matter of another ward; nobody
    who takes it on; what `propose_ask` and `request_ask` refuse.
    Records: `AskProposed`, `AskRequested`, `AskAgreed`.
    """
    rules.check_meeting(event.state, event.starts_at, now=stamp.at, zone=city_zone())
    if event.ward_code and matter.ward_code != event.ward_code:
        raise Refused(
            "other_ward", f"This matter is not in Ward {event.ward_code}.", field="matter"
        )
    owner = check_text(
        owner_name,
        code="owner_missing",
        sentence="Say who of the agency takes it on.",
        field="owner_name",
        most=120,
    )
    ask = propose_ask(
        matter, party=agency, wording=wording, authority=authority, due_on=due_on, stamp=stamp
    )
    ask = request_ask(ask, stamp=stamp)
    agreed = AgreedAsk.objects.create(event=event, ask=ask, owner_name=owner, agreed_at=stamp.at)
    fact = facts.AskAgreed(
        **{**event_words(event), "matter_id": matter.pk, "place_id": matter.place_id},
        ask_id=ask.pk,
        agency_code=ask.agency_code,
        wording=ask.wording,
        owner_name=owner,
        due_on=due_on,
    )
    record(fact, stamp=stamp)
    return agreed


@action(policy.may_write_line)
def write_line(
    event: Event,
    *,
    kind: str,
    text: str,
    ask: Ask | None = None,
    promise: Matter | None = None,
    stamp: Stamp,
) -> MeetingLine:
    """Write down a decision, what is parked, why an ask is late, or what was said or asked.

    It may go out with an action list or a note, so no resident is named in it. ``promise`` is
    the matter that a promise became.
    Refuses: a meeting that was canceled or is still to come; no words; the name of somebody who
    complained in the ward; a kind that is not known. Records: `LineWritten`.
    """
    rules.check_meeting(event.state, event.starts_at, now=stamp.at, zone=city_zone())
    rules.check_line(kind, about_ask=ask is not None, about_promise=promise is not None)
    check_names_nobody(text, ward_code=event.ward_code, field="text")
    line = MeetingLine.objects.create(
        event=event,
        kind=kind,
        text=check_text(
            text, code="text_missing", sentence="Write what was said.", field="text", most=300
        ),
        ask=ask,
        matter=promise,
        written_at=stamp.at,
        written_by=stamp.actor.name,
    )
    record(facts.LineWritten(**_line_words(line)), stamp=stamp)
    return line


@action(policy.may_strike_line)
def strike_line(line: MeetingLine, *, stamp: Stamp) -> MeetingLine:
    """Take back a line that was written down wrongly; the record of it stays.

    Refuses: one that was taken back already. Records: `LineStruck`.
    """
    if line.struck_at is not None:
        raise Refused("already_struck", "This line was taken back already.")
    line.struck_at = stamp.at
    line.save(update_fields=["struck_at"])
    record(facts.LineStruck(**_line_words(line)), stamp=stamp)
    return line


def _line_words(line: MeetingLine) -> dict[str, Any]:
    """A line about an ask belongs to the ask's matter, so that a seal hides it, too."""
    words = event_words(line.event)
    if line.ask is not None:
        words["matter_id"] = line.ask.matter_id
    elif line.matter_id is not None:
        words["matter_id"] = line.matter_id
    return {
        **words,
        "line_id": line.pk,
        "line_kind": line.kind,
        "line_label": rules.LINES[line.kind],
        "text": line.text,
        "ask_id": line.ask_id,
    }
