"""The note after a meeting, a work day or a walk: who came, what was agreed, what is open."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.calendar.models import MeetingLine
from wardroom.calendar.queries import (
    EventFile,
    EventRow,
    HeardAsk,
    MeetingPage,
    event_file,
    meeting_page,
)
from wardroom.calendar.rules import ASKED, ATTENDED, COME, CORE_TEAM, KINDS, NOTE, PROMISE
from wardroom.engagement.models import Commitment
from wardroom.engagement.rules.commitments import ENDS, STAGES
from wardroom.fieldwork.queries import WalkFile, checks_of, walk_file, walk_ledger
from wardroom.matters.models import Ask
from wardroom.matters.policy import reach_of_asks
from wardroom.reporting.queries.sheets.asked import asks_now, asks_told
from wardroom.reporting.queries.sheets.left_open import left_open
from wardroom.reporting.queries.sheets.walked import about_of, numbers_of, rows_of
from wardroom.reporting.rules.sheets import (
    ASKS,
    MEETING,
    WALK,
    Part,
    Sheet,
    ask_row,
    lines_of,
    still_open,
    table_of,
)
from wardroom.reporting.rules.wording import day_words, how_many

NEW = ("Owner", "What", "By when", "Where")
FOUND = ("No.", "Place", "What was found", "What happens next")
CLOSED = ("done", "verified", "withdrawn", "declined")
NOT_CALLED = "Nobody wrote down who came."
NOTHING_ASKED = "Nothing new was asked."
MOST_OPEN = 14


def note_of_event(event_id: int, actor: Actor, *, at: datetime) -> tuple[Sheet, str]:
    """The note after an event, and its ward."""
    file = event_file(event_id, actor, at=at)
    if file.row.kind == CORE_TEAM:
        page = meeting_page(event_id, actor, at=at)
        return _sheet(page.event, page.day, _of_meeting(page)), page.event.ward_code
    parts = (*_of_event(file, actor), *_said(event_id))
    return _sheet(file.row, file.day, parts), file.row.ward_code


def _said(event_id: int) -> tuple[Part, ...]:
    """What was written down while it was said: promises, what was asked, and the rest."""
    rows = MeetingLine.objects.filter(event=event_id, struck_at=None).select_related("matter")
    lines: dict[str, list[str]] = {}
    for row in rows.order_by("pk"):
        number = f" (W-{row.matter_id}, {_stage(row)})" if row.matter_id else ""
        lines.setdefault(row.kind, []).append(f"{row.text}{number}")
    return (
        Part("What was promised", lines=tuple(lines.get(PROMISE, ())),
             none="No promise was written down."),
        Part("What they asked", lines=tuple(lines.get(ASKED, ()))),
        Part("What was said", lines=tuple(lines.get(NOTE, ()))),
    )  # fmt: skip


def _stage(row: MeetingLine) -> str:
    """How far a promise that was heard is; it counts once it is confirmed."""
    promise = Commitment.objects.filter(matter=row.matter_id).first()
    if promise is None or row.matter is None:
        return "open"
    return {**STAGES, **ENDS}[row.matter.outcome or promise.stage].lower()


def _sheet(row: EventRow, day: date, parts: tuple[Part, ...]) -> Sheet:
    ward = f"Ward {row.ward_code}" if row.ward_code else ""
    held = "" if row.state == "held" else "canceled" if row.state == "cancelled" else (
        "nobody wrote down yet whether it was held"
    )  # fmt: skip
    when = f"{KINDS[row.kind]}, {day_words(day.isoformat())}"
    return Sheet(MEETING, row.id, row.title, (when, ward, row.place_label, held), day, parts)


def _of_meeting(page: MeetingPage) -> tuple[Part, ...]:
    came = [
        f"{row.agency_code or row.agency_name}: {row.came or ATTENDED.get(row.attended, '')}"
        for row in page.roll
        if row.attended in COME
    ]
    absent = [r.agency_code or r.agency_name for r in page.roll if r.attended == "absent"]
    if absent:
        came.append(f"Absent: {', '.join(absent)}")
    left = [ask for ask in page.last.asks if ask.standing not in CLOSED]
    decided = tuple(row.text for row in page.decisions)
    return (
        Part("Who came", lines=tuple(came), none=NOT_CALLED),
        Part("What was decided", lines=lines_of(decided), none="No decision was written down."),
        Part("New asks", head=NEW, rows=table_of([_new(ask) for ask in page.agreed]),
             none=NOTHING_ASKED),
        Part("What was found", lines=_found(page), none="Nothing was read out."),
        Part("What is open", head=ASKS, rows=table_of([_heard(ask) for ask in left], 8),
             none="Nothing of the meeting before is open."),
        Part("Put off", lines=lines_of([row.text for row in page.parked], 5)),
    )  # fmt: skip


def _found(page: MeetingPage) -> tuple[str, ...]:
    """How what was agreed and due before stood at this meeting, in numbers."""
    if not page.last.total:
        return ()
    counted = {
        "seen done by somebody else": sum(a.standing == "verified" for a in page.last.asks),
        "done, the agency says": sum(a.standing == "done" for a in page.last.asks),
        "not done, somebody else saw": sum(a.standing == "not_fixed" for a in page.last.asks),
        "late": sum(a.standing == "late" for a in page.last.asks),
    }
    told = [f"{number} {words}" for words, number in counted.items() if number]
    since = day_words(page.since_on.isoformat())
    asks = how_many(page.last.total, "ask")
    return (f"Of {asks} agreed or due since {since}: {', '.join(told) or 'none was done'}.",)


def _of_event(file: EventFile, actor: Actor) -> tuple[Part, ...]:
    people = [
        f"{row.name}{f', {row.agency_code}' if row.agency_code else ''}"
        for row in file.participants
        if row.attended in COME
    ]
    checks = checks_of(file.matter_id, actor).rows if file.matter_id else ()
    found = [
        f"{row.observer_name}: {row.finding_label}{f'. {row.note}' if row.note else ''}"
        for row in checks
        if localdate(row.seen_at) == file.day
    ]
    asks = asks_told(file.matter_id, actor) if file.matter_id else ()
    return (
        Part("Who came", lines=tuple(people), none=NOT_CALLED),
        Part("What was to be done", head=ASKS, rows=table_of([_heard(a) for a in file.run])),
        Part("What was found", lines=lines_of(found), none="Nobody wrote down what was found."),
        Part("New asks", head=ASKS, rows=_asked_since(file, actor), none=NOTHING_ASKED),
        Part("What is open", head=ASKS,
             rows=table_of([ask_row(ask, file.day) for ask in still_open(asks)], 8),
             none="No ask is open."),
    )  # fmt: skip


def _asked_since(file: EventFile, actor: Actor) -> tuple[tuple[str, ...], ...]:
    """What was asked in the event's matter on its day."""
    if file.matter_id is None:
        return ()
    rows = Ask.objects.within(reach_of_asks(actor)).filter(matter=file.matter_id)
    rows = rows.filter(kind="referral", asked_at__date=file.day)
    return table_of([ask_row(ask, file.day) for ask in asks_now(rows)])


def note_of_walk(walk_id: int, actor: Actor, *, at: datetime) -> tuple[Sheet, str]:
    """The note after a walk, and its ward."""
    found, file = walk_ledger(walk_id, actor), walk_file(walk_id, actor)
    parts = (
        Part("Who came", lines=lines_of(found.who_came), none=NOT_CALLED),
        Part("What was found", lines=(numbers_of(found),)),
        Part("Findings", head=FOUND, rows=table_of(rows_of(found), 10),
             none="Nothing has come in from this walk yet."),
        Part("New asks", head=ASKS, rows=_asked_again(file, actor), none=NOTHING_ASKED),
        Part("What is open", lines=lines_of(left_open(file, actor), MOST_OPEN), none="Nothing."),
    )  # fmt: skip
    return Sheet(WALK, walk_id, found.title, about_of(found), found.walk_on, parts), found.ward_code


def _asked_again(file: WalkFile, actor: Actor) -> tuple[tuple[str, ...], ...]:
    if file.ended_at is None:
        return ()
    matters = [stop.matter_id for stop in file.stops if stop.matter_id is not None]
    rows = Ask.objects.within(reach_of_asks(actor)).filter(matter__in=matters, kind="referral")
    asks = asks_now(rows.filter(asked_at=file.ended_at))
    return table_of([ask_row(ask, file.row.walk_on) for ask in asks])


def _new(ask: HeardAsk) -> tuple[str, ...]:
    owner = f"{ask.agency_code}, {ask.owner_name}".removesuffix(", ")
    where = ask.place_label or ask.matter_title
    return owner, ask.wording, day_words(ask.due_on.isoformat()), where


def _heard(ask: HeardAsk) -> tuple[str, ...]:
    why = f" Why: {'; '.join(ask.why)}" if ask.why else ""
    when = day_words(ask.expected_on.isoformat())
    return ask.agency_code, ask.wording, when, f"{ask.words}.{why}"
