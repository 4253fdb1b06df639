"""Sending a request to an endpoint, looking for one that may have arrived, and asking after it."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from wardroom.access.actor import Stamp
from wardroom.service_requests import actions
from wardroom.service_requests.actions import Sending
from wardroom.service_requests.actions.drifting import (
    has_news,
    is_new,
    no_number_find,
    submission_finds,
    vanished_find,
)
from wardroom.service_requests.gateways.asking import Line, Pages, Unanswered, their_time
from wardroom.service_requests.gateways.calling import Answer, Pairs, send
from wardroom.service_requests.gateways.wire import errors_in, requests_in
from wardroom.service_requests.models import Submission
from wardroom.service_requests.rules.drift import Seen
from wardroom.service_requests.rules.submissions import (
    MOST_TRIES,
    NUMBER_WITHIN,
    REPEAT_WITHIN,
    words_to_send,
)
from wardroom.service_requests.rules.told import Told, instant_of

TIMED_OUT = 408
BACK, AHEAD = timedelta(hours=2), timedelta(days=1)
UNTAKEN = frozenset({425, 429})
LOOK_SECONDS = 60.0
NO_KEY = "No key is set for this endpoint."
NOT_FOUND = (
    "it was sent, no answer came, and it is not in the list there under its mark. It may have "
    "arrived all the same: not every endpoint lists at once, or shows its words."
)
NO_ANSWER = "It answered, but gave neither a number nor a token."


def send_submission(submission_id: int, *, stamp: Stamp) -> None:
    """Make one try: send it, or look for it where an earlier try may have arrived.

    It goes out at most once a try, and never again while it is not known whether it arrived,
    but where the other side keeps repetitions once.
    """
    claimed = actions.claim_submission(submission_id, stamp=stamp)
    if claimed is None:
        return
    if claimed.key is None:
        actions.note_not_taken(claimed.submission, reason=NO_KEY, again=False, stamp=stamp)
        return
    began = time.monotonic()
    if claimed.may_have_arrived:
        try:
            if _look_for(claimed.submission, stamp):
                return
        except StillUnknown as no:
            if claimed.submission.attempts >= MOST_TRIES:
                actions.note_unclear(claimed.submission, reason=str(no), stamp=stamp)
            return
        now = stamp.at + timedelta(seconds=time.monotonic() - began)
        if not _may_repeat(claimed.submission, now):
            actions.note_unclear(claimed.submission, reason=NOT_FOUND, stamp=stamp)
            return
    _send(claimed, stamp)


def _may_repeat(row: Submission, now: datetime) -> bool:
    sent = row.first_sent_at
    return row.endpoint.keeps_repeats and sent is not None and now - sent <= REPEAT_WITHIN


def _send(claimed: Sending, stamp: Stamp) -> None:
    row = claimed.submission
    line = Line(row.endpoint)
    try:
        answer = send(
            line.address("requests"), _form(row, claimed.key or ""), query=dict(line.always)
        )
    except Unanswered as no:
        if not no.arrived:
            actions.note_not_taken(row, reason=no.sentence, again=True, stamp=stamp)
        return  # it stays as sending; once the lease is over it is looked for
    if 200 <= answer.status < 300:
        _note_answer(row, answer, line, stamp)
    elif answer.status in UNTAKEN:
        reason = errors_in(answer, line.form)
        actions.note_not_taken(row, reason=reason, again=True, wait=answer.wait, stamp=stamp)
    elif 400 <= answer.status < 500 and answer.status != TIMED_OUT:
        reason = errors_in(answer, line.form)
        actions.note_not_taken(row, reason=reason, again=False, stamp=stamp)


def _form(row: Submission, key: str) -> Pairs:
    pairs = [("api_key", key)] if key else []
    pairs += [
        ("service_code", row.service_code),
        ("description", words_to_send(row.description, row.mark)),
    ]
    if row.endpoint.jurisdiction:
        pairs.append(("jurisdiction_id", row.endpoint.jurisdiction))
    if row.address:
        pairs.append(("address_string", row.address))
    if row.latitude is not None and row.longitude is not None:
        pairs += [("lat", f"{row.latitude:.6f}"), ("long", f"{row.longitude:.6f}")]
    pairs += [(f"attribute[{code}]", str(value)) for code, value in sorted(row.answers.items())]
    return pairs


def _note_answer(row: Submission, answer: Answer, line: Line, stamp: Stamp) -> None:
    try:
        told = requests_in(answer, line.form)
    except Unanswered:
        told = ()
    if not told or len(told) > 1:
        actions.note_unclear(row, reason=NO_ANSWER, stamp=stamp)
        return
    one = told[0]
    if not (one.number or one.token or one.notice):
        actions.note_unclear(row, reason=NO_ANSWER, stamp=stamp)
        return
    actions.note_taken(row, number=one.number, token=one.token, notice=one.notice, stamp=stamp)


def _look_for(row: Submission, stamp: Stamp) -> bool:
    """Look for it by its mark in the list there; whether it was found."""
    skew = timedelta(seconds=row.endpoint.skew_seconds)
    sent, now = (row.first_sent_at or stamp.at) + skew, stamp.at + skew
    given = (
        ("service_code", row.service_code),
        ("start_date", their_time(sent - BACK)),
        ("end_date", their_time(min(sent + AHEAD, now + BACK))),
    )
    pages, broke_off = Pages(), ""
    try:
        Line(row.endpoint).pages(given, pages, ends=time.monotonic() + LOOK_SECONDS)
    except Unanswered as no:
        broke_off = no.sentence
    found = [t for t in pages.all if row.mark in t.description and t.number]
    if not found and (broke_off or pages.out_of_time):
        raise StillUnknown(broke_off or "There is more than can be looked through in a minute.")
    if not found:
        return False
    actions.note_taken(row, number=found[0].number, notice=found[0].notice, stamp=stamp)
    return True


class StillUnknown(Exception):
    """The other side could not be asked; it is looked for again once the lease is over."""


def follow_submission(row: Submission, *, open_here: bool, stamp: Stamp) -> None:
    """Ask after a request that was sent on: its number while there is a token, else its state."""
    line = Line(row.endpoint)
    try:
        if row.state == "token":
            _ask_for_number(row, line, stamp)
            return
        told = line.one(row.external_id)
    except Unanswered as no:
        actions.note_looked(row.pk, after=row.attempts + 1, error=no.sentence, stamp=stamp)
        return
    if told is None:
        if is_new(row, vanished_find(row)):
            actions.note_sent_vanished(row, stamp=stamp)
        actions.note_looked(row.pk, stamp=stamp)
        return
    _keep_state(row, told, open_here=open_here, stamp=stamp)


def _ask_for_number(row: Submission, line: Line, stamp: Stamp) -> None:
    number = line.token(row.token)
    if number:
        actions.note_taken(row, number=number, stamp=stamp)
        return
    late = row.first_sent_at is not None and stamp.at - row.first_sent_at > NUMBER_WITHIN
    if late and is_new(row, no_number_find(row)):
        actions.note_no_number(row, stamp=stamp)
    actions.note_looked(row.pk, after=row.attempts + 1, stamp=stamp)


def _keep_state(row: Submission, told: Told, *, open_here: bool, stamp: Stamp) -> None:
    zone = ZoneInfo(row.endpoint.feed.zone if row.endpoint.feed else settings.TIME_ZONE)
    due_at = instant_of(told.expected, zone)
    point = _point(told)
    if (row.there_status, row.there_notes) != (told.status, told.notes):
        row = actions.note_status_there(
            row,
            status=told.status,
            closed=told.is_closed,
            notes=told.notes,
            due_at=due_at,
            point=point,
            stamp=stamp,
        )
    latitude, longitude = point or (None, None)
    now = Seen(not told.is_closed, due_at, latitude, longitude)
    if has_news(row, submission_finds(row, now=now, open_here=open_here)):
        actions.compare_submission(row, now=now, open_here=open_here, stamp=stamp)
    actions.note_looked(row.pk, stamp=stamp)


def _point(told: Told) -> tuple[float, float] | None:
    try:
        latitude, longitude = float(told.latitude), float(told.longitude)
    except ValueError:
        return None
    inside = -90 <= latitude <= 90 and -180 <= longitude <= 180
    return (latitude, longitude) if inside and (latitude or longitude) else None
