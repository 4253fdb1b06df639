"""One meeting of a public body: clocks, notice, roll, motions, minutes and record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from wardroom.calendar.rules import PRESENT
from wardroom.engagement import actions
from wardroom.engagement.queries.body_meetings import (
    BodyMeetingFile,
    body_meeting_file,
    quorum_words,
)
from wardroom.engagement.rules.bodies import ANSWERS, CARRIED, CLOSED_REASONS, OUTCOMES
from wardroom.matters.queries import get_matter
from wardroom.web.bodies import meeting_forms as forms
from wardroom.web.bodies.showing import state_of
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.initiatives.shared import SHARED, shared_form
from wardroom.web.meetings.showing import clock
from wardroom.web.ui.forms import Form
from wardroom.web.ui.moves import (
    Failed,
    Move,
    as_filled_in,
    make,
    outcome,
    takes_move,
)
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.words import from_today


def _record(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    file = given.pop("file")
    content = {"name": file.name, "content": file.read()} if file else {}
    return actions.publish_record(matter, **given, **content, stamp=stamp_of(request))


MOVES: Mapping[str, Move] = {
    "notice": Move(
        "publish_body_notice",
        "Publish the notice",
        as_filled_in(actions.publish_body_notice),
        "The notice is on the public page, and is mailed.",
    ),
    "roll": Move(
        "call_body_roll",
        "Save the roll",
        as_filled_in(actions.call_body_roll),
        "The roll was saved.",
        part="#roll",
    ),
    "motion": Move(
        "note_motion",
        "Save the motion",
        as_filled_in(actions.note_motion),
        "The motion was saved.",
        part="#motions",
    ),
    "closed": Move(
        "close_session",
        "Write down a closed session",
        as_filled_in(actions.close_session),
        part="#motions",
    ),
    "minutes": Move(
        "publish_minutes",
        "Publish the minutes",
        as_filled_in(actions.publish_minutes),
        "The minutes are on the public page.",
        part="#minutes",
    ),
    "record": Move(
        "publish_record",
        "Publish the record",
        _record,
        "The record is published.",
        part="#record",
    ),
    "move": Move(
        "move_body_meeting",
        "Move the meeting",
        as_filled_in(actions.move_body_meeting),
        "The meeting has another time, and its clocks went with it.",
    ),
    "cancel": Move(
        "cancel_body_meeting",
        "Cancel the meeting",
        as_filled_in(actions.cancel_body_meeting),
        "The meeting was canceled, and its clocks were dropped.",
    ),
    **{verb: move for verb, move in SHARED.items() if verb != "reopen"},
}
AT_THE_TABLE = ("roll", "motion")


@require_safe
def meeting(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One meeting of a public body, whole."""
    return _page(request, body_meeting_file(matter_id, actor_of(request)))


@takes_move(MOVES)
def make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Do one thing at a meeting; what cannot be done at any has no page."""
    file = body_meeting_file(matter_id, actor_of(request))
    return make(
        request,
        MOVES[verb],
        get_matter(matter_id, actor_of(request)),
        _form(request, file, verb, request.POST),
        address=reverse("body_meeting", args=[matter_id]),
        again=lambda form: _page(request, file, failed={verb: form}),
    )


def _form(request: HttpRequest, file: BodyMeetingFile, verb: str, posted: Any = None) -> Form:
    if verb in SHARED:
        return shared_form(request, file.matter, verb, posted)
    makers: Mapping[str, Callable[[], Form]] = {
        "notice": lambda: forms.NoticeForm(
            posted, initial={"agenda": "\n".join(file.agenda), "join_text": file.join_text}
        ),
        "roll": lambda: forms.BodyRollForm(
            posted,
            members=[
                (row.member.seat_id, f"{row.member.name}, {row.member.title}", row.attended)
                for row in file.roll
            ],
        ),
        "motion": lambda: forms.MotionForm(
            posted, members=[(member.seat_id, member.name) for member in file.voting_here]
        ),
        "closed": lambda: forms.ClosedForm(
            posted,
            motions=[
                (str(m.id), f"{m.position}. {m.text}"[:120])
                for m in file.motions
                if m.outcome == CARRIED and not m.closes
            ],
        ),
        "minutes": lambda: forms.MinutesForm(posted, initial={"text": file.draft}),
        "record": lambda: forms.RecordForm(posted, request.FILES if posted is not None else None),
        "move": lambda: forms.MoveForm(
            posted, initial={"starts_at": file.starts_at, "ends_at": file.ends_at}
        ),
        "cancel": lambda: forms.CancelForm(posted),
    }
    return makers[verb]()


def _page(
    request: HttpRequest, file: BodyMeetingFile, *, failed: Failed | None = None
) -> HttpResponse:
    moves = {
        verb: (
            verb,
            move.title,
            (failed or {}).get(verb) or _form(request, file, verb),
            reverse("body_meeting_move", args=[file.matter.id, verb]),
        )
        for verb, move in MOVES.items()
        if _fits(file, verb, move, stamp_of(request).at) or verb in (failed or {})
    }
    today = today_of(request)
    return page(
        request,
        "bodies/meeting.html",
        title=file.matter.title,
        crumbs=(
            Crumb("Public bodies", reverse("bodies")),
            Crumb(file.body_name, reverse("body", args=[file.body_id])),
            Crumb("Meeting"),
        ),
        file=file,
        matter=file.matter,
        when=clock(file.starts_at),
        left=from_today(file.matter.next_on, today),
        state=state_of(
            file.event_state, on_record=file.matter.state == "closed" and bool(file.record)
        ),
        clocks=[(row, from_today(row.due_on, today)) for row in file.clocks],
        quorum=quorum_words(file.quorum),
        waits_for=_waits_for(file, stamp_of(request).at),
        called=any(row.attended for row in file.roll),
        here=[row.member for row in file.roll if row.attended == PRESENT],
        motions=[
            (row, OUTCOMES[row.outcome], [(name, ANSWERS[a]) for name, a in row.answers])
            for row in file.motions
        ],
        closed=[(CLOSED_REASONS[reason], text) for reason, text in file.closed],
        table_moves=[moves[verb] for verb in AT_THE_TABLE if verb in moves],
        moves=[entry for verb, entry in moves.items() if verb not in AT_THE_TABLE],
        **outcome(failed),
    )


def _waits_for(file: BodyMeetingFile, now: datetime) -> str:
    """Why the roll or a motion cannot be written down now; empty where it can."""
    if file.minutes:
        return "The minutes are public, so the roll and the motions stay as they are."
    if localdate(now) < localdate(file.starts_at):
        return "The roll is called on the day of the meeting. Motions follow once it has begun."
    if now < file.starts_at or not file.quorum.is_met:
        return "A motion is written down once the meeting has begun and a quorum is here."
    return ""


def _fits(file: BodyMeetingFile, verb: str, move: Move, now: datetime) -> bool:
    """Whether a form has anything to choose from, and its time has come."""
    if move.needs not in file.allowed:
        return False
    begun, out = now >= file.starts_at, bool(file.minutes)
    has = {
        "roll": bool(file.roll) and localdate(now) >= localdate(file.starts_at) and not out,
        "motion": begun and not out and file.quorum.is_met and len(file.voting_here) > 1,
        "minutes": begun,
        "closed": any(m.outcome == CARRIED and not m.closes for m in file.motions),
    }
    return has.get(verb, True)
