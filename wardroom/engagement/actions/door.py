"""The run of show of an event, and checking people in at its door."""

from __future__ import annotations

from datetime import datetime, timedelta

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar.actions import add_participation, hold_event, record_attendance
from wardroom.calendar.actions.words import event_words, name_of, when
from wardroom.calendar.models import Event, Participation
from wardroom.calendar.rules import ABSENT, PLANNED, PRESENT
from wardroom.directory.actions import note_person
from wardroom.directory.models import Party
from wardroom.directory.rules import check_language
from wardroom.documents.actions import attach_document, keep_upload
from wardroom.engagement import facts, policy
from wardroom.engagement.models import CheckIn, RunLine, SignInSheet
from wardroom.engagement.rules import visits as rules
from wardroom.kernel.errors import Refused, Stale
from wardroom.kernel.versions import moved_since, version_of
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_text

MINUTE = timedelta(minutes=1)


@action(policy.may_run_show)
def write_run_line(
    event: Event, *, starts_at: datetime, minutes: int, text: str, owner: str, stamp: Stamp
) -> RunLine:
    """Write a line of the run of show: when, how long, what, and who does it.

    It is kept by its distance from the start, so that it moves with the event.
    Refuses: an event that was canceled; a time more than a week off; no words; nobody.
    Records: `RunLineWritten`.
    """
    if event.state == "cancelled":
        raise Refused("wrong_state", "This was canceled.")
    offset = round((starts_at - event.starts_at) / MINUTE)
    said, who = rules.check_run_line(offset=offset, minutes=minutes, text=text, owner=owner)
    line: RunLine = RunLine.objects.create(
        event=event, offset=offset, minutes=minutes, text=said, owner=who, written_at=stamp.at
    )
    fact = facts.RunLineWritten(
        **event_words(event), line_id=line.pk, text=said, owner=who, at=when(starts_at)
    )
    record(fact, stamp=stamp)
    return line


@action(policy.may_change_run)
def revise_run_line(
    line: RunLine,
    *,
    starts_at: datetime,
    minutes: int,
    text: str,
    owner: str,
    seen: str = "",
    stamp: Stamp,
) -> RunLine:
    """Change a line of the run of show: its time, how long, what, or who does it.

    Refuses: one that was taken out; an event that was canceled; nothing new; `Stale`, where
    somebody changed it since it was ``seen``; what `write_run_line` refuses.
    Records: `RunLineRevised`, with the line as it was.
    """
    if line.struck_at is not None:
        raise Refused("already_struck", "This line was taken out.")
    if line.event.state == "cancelled":
        raise Refused("wrong_state", "This was canceled.")
    _check_line_seen(line, seen)
    offset = round((starts_at - line.event.starts_at) / MINUTE)
    said, who = rules.check_run_line(offset=offset, minutes=minutes, text=text, owner=owner)
    if (offset, minutes, said, who) == (line.offset, line.minutes, line.text, line.owner):
        raise Refused("nothing_new", "Nothing was changed.")
    former = _line_words(line)
    line.offset, line.minutes, line.text, line.owner = offset, minutes, said, who
    line.save(update_fields=["offset", "minutes", "text", "owner"])
    fact = facts.RunLineRevised(
        **event_words(line.event),
        line_id=line.pk,
        text=said,
        owner=who,
        at=when(starts_at),
        former=former,
    )
    record(fact, stamp=stamp)
    return line


@action(policy.may_change_run)
def strike_run_line(line: RunLine, *, stamp: Stamp) -> RunLine:
    """Take a line out of the run of show; the record of it stays.

    Refuses: one that was taken out. Records: `RunLineStruck`.
    """
    if line.struck_at is not None:
        raise Refused("already_struck", "This line was taken out already.")
    line.struck_at = stamp.at
    line.save(update_fields=["struck_at"])
    record(
        facts.RunLineStruck(**event_words(line.event), line_id=line.pk, text=line.text), stamp=stamp
    )
    return line


@action(policy.may_run_show)
def check_in_guest(
    event: Event,
    *,
    name: str,
    phone: str = "",
    email: str = "",
    consent: bool = False,
    language: str = "en",
    sheet: SignInSheet | None = None,
    came_at: datetime | None = None,
    stamp: Stamp,
) -> CheckIn:
    """Check in somebody who walks in, by the name alone, or by a row of a paper sheet.

    Whoever leaves a way to reach them is in the directory from now on; whether it may be used
    is what they said. Somebody who turns out to be on the list is checked in there. The first
    one writes down that the event is held. ``came_at`` is when, if not now.
    Refuses: no name; an address that is none; an event that was canceled or is still to come;
    who is checked in.
    Records: `ParticipationAdded`, `AttendanceRecorded`, `GuestCheckedIn`; `PersonNoted`.
    """
    check_language(language)
    called = check_text(
        name, code="name_missing", sentence="Write the name.", field="name", most=120
    )
    party = None
    if phone.strip() or email.strip():
        party = note_person(
            None,
            name=called,
            phone=phone,
            email=email,
            language=language,
            consent=consent,
            consent_how=f"At the door of {event.title}"[:200] if consent else "",
            stamp=stamp,
        )
    row = _on_the_list(event, party)
    if row is None:
        row = add_participation(event, party=party, name=called, role="guest", stamp=stamp)
    source = rules.PAPER if sheet is not None else rules.WALK_IN
    return _came(row, source, language, stamp, sheet=sheet, came_at=came_at)


@action(policy.may_run_show)
def check_in_invited(
    event: Event,
    *,
    participation: Participation,
    came_at: datetime | None = None,
    stamp: Stamp,
) -> CheckIn:
    """Check in somebody who is on the list.

    Refuses: somebody of another event; who is checked in. Records: `AttendanceRecorded`,
    `GuestCheckedIn`.
    """
    if participation.event_id != event.pk:
        raise Refused("other_event", "They are on another list.")
    _check_not_there(participation)
    participation.event = event
    party = participation.party
    language = party.language if party is not None and party.language else "en"
    return _came(participation, rules.WALK_IN, language, stamp, came_at=came_at)


@action(policy.may_run_show)
def take_back_check_in(
    event: Event, *, participation: Participation, stamp: Stamp
) -> Participation:
    """Take back a check-in that was pressed by mistake; they stay on the list.

    The record keeps that they were checked in and that it was taken back.
    Refuses: somebody who is not checked in at this event; an event that was canceled.
    Records: `AttendanceRecorded`, `CheckInTakenBack`.
    """
    made = CheckIn.objects.filter(participation=participation, participation__event=event).first()
    if made is None:
        raise Refused("not_there", f"{name_of(participation)} is not checked in.", field="guest")
    record_attendance(participation, attended=ABSENT, stamp=stamp)
    made.delete()
    fact = facts.CheckInTakenBack(
        **event_words(event), participation_id=participation.pk, guest=name_of(participation)
    )
    record(fact, stamp=stamp)
    return participation


@action(policy.may_run_show)
def keep_sheet(event: Event, *, name: str, content: bytes, stamp: Stamp) -> SignInSheet:
    """Keep the photograph of a paper sheet; it waits until its names are typed.

    Refuses: what is no file that is accepted. Records: `DocumentStored`, `DocumentAttached`,
    `SheetKept`.
    """
    document = keep_upload(None, name=name, content=content, stamp=stamp)
    attach_document(
        document,
        noun="event",
        key=str(event.pk),
        ward_code=event.ward_code,
        matter_key=str(event.matter_id or ""),
        caption="Sign-in sheet",
        stamp=stamp,
    )
    sheet: SignInSheet = SignInSheet.objects.create(
        event=event, document=document, added_at=stamp.at, added_by=stamp.actor.name
    )
    fact = facts.SheetKept(**event_words(event), sheet_id=sheet.pk, document=document.pk)
    record(fact, stamp=stamp)
    return sheet


@action(policy.may_type_sheet)
def finish_sheet(sheet: SignInSheet, *, stamp: Stamp) -> SignInSheet:
    """Say that everybody on a paper sheet was typed.

    Refuses: one that was finished. Records: `SheetTyped`.
    """
    if sheet.typed_at is not None:
        raise Refused("already_typed", "This sheet is done.")
    sheet.typed_at, sheet.typed_by = stamp.at, stamp.actor.name
    sheet.save(update_fields=["typed_at", "typed_by"])
    fact = facts.SheetTyped(**event_words(sheet.event), sheet_id=sheet.pk, rows=sheet.rows.count())
    record(fact, stamp=stamp)
    return sheet


def _check_line_seen(line: RunLine, seen: str) -> None:
    now = {"at": line.event.starts_at + line.offset * MINUTE, "minutes": line.minutes}
    now |= {"text": line.text, "owner": line.owner}
    if seen and moved_since(seen, now):
        raise Stale(seen=version_of(now), theirs=(("Now", _line_words(line)),))


def _line_words(line: RunLine) -> str:
    starts_at = line.event.starts_at + line.offset * MINUTE
    return f"{when(starts_at)}, {line.minutes} min: {line.text} ({line.owner})"


def _on_the_list(event: Event, party: Party | None) -> Participation | None:
    """Where somebody with a record is on the list already. Refuses: who is checked in."""
    if party is None:
        return None
    row: Participation | None = Participation.objects.filter(event=event, party=party).first()
    if row is not None:
        _check_not_there(row)
        row.event = event
    return row


def _check_not_there(row: Participation) -> None:
    if CheckIn.objects.filter(participation=row).exists():
        raise Refused("already_there", f"{name_of(row)} is checked in.", field="name")


def _came(
    row: Participation,
    source: str,
    language: str,
    stamp: Stamp,
    *,
    sheet: SignInSheet | None = None,
    came_at: datetime | None = None,
) -> CheckIn:
    event = row.event
    record_attendance(row, attended=PRESENT, stamp=stamp)
    if event.state == PLANNED:
        hold_event(event, stamp=stamp)
    check_in: CheckIn = CheckIn.objects.create(
        participation=row,
        source=source,
        language=language,
        sheet=sheet,
        came_at=came_at or stamp.at,
    )
    fact = facts.GuestCheckedIn(
        **event_words(event),
        participation_id=row.pk,
        guest=name_of(row),
        source_label=rules.SOURCES[source],
        language=language,
    )
    record(fact, stamp=stamp)
    return check_in
