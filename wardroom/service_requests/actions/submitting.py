"""Requests of ours that go to another endpoint: one for each thing, and never twice unasked.

The other side knows no repetition: what was sent and not answered may have arrived. So every
try is written down before it is made, and what is not known is looked for, or shown to a person.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from wardroom.access.actor import Stamp
from wardroom.access.gate import action, guard_pass
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.service_requests import facts, policy
from wardroom.service_requests.actions.endpoints import key_of
from wardroom.service_requests.models import Endpoint, Submission
from wardroom.service_requests.rules.endpoints import MIRROR
from wardroom.service_requests.rules.submissions import (
    GONE,
    LEASE,
    LOOK_EVERY,
    MOST_TRIES,
    OVER,
    SubmissionDraft,
    check_submission,
    check_there,
    next_move,
    next_try,
)

BOOKKEEPING = "a try to send a request on"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Sending:
    """One try: what goes out where, and whether an earlier try may have arrived."""

    submission: Submission
    key: str | None
    may_have_arrived: bool


@action(policy.may_submit_request)
def submit_request(endpoint: Endpoint, *, draft: SubmissionDraft, stamp: Stamp) -> Submission:
    """Have a request sent to another endpoint; the worker sends it after the commit.

    Refuses: an endpoint that takes nothing now; `already_sent` where the same thing is on its
    way there or arrived; what `check_submission` refuses. Records: `RequestSubmitted`.
    """
    if endpoint.mode == MIRROR or endpoint.paused or key_of(endpoint) is None:
        raise Refused("not_taken", f"{endpoint.name} takes nothing from us now.", field="endpoint")
    known = {row["code"]: row["name"] for row in endpoint.services}
    check_submission(draft, known=known)
    same = Submission.objects.filter(endpoint=endpoint, noun=draft.noun, key=draft.key)
    if same.exclude(state__in=OVER).exists():
        raise _sent_already(endpoint)
    try:
        with transaction.atomic():
            row = Submission.objects.create(
                endpoint=endpoint,
                noun=draft.noun,
                key=draft.key,
                matter_id=draft.matter_id,
                ward_code=draft.ward_code,
                mark="WR-" + "".join(secrets.choice(LETTERS) for _ in range(8)),
                service_code=draft.service_code,
                service_name=known.get(draft.service_code, draft.service_code),
                description=draft.description.strip(),
                address=draft.address[:200],
                latitude=draft.latitude,
                longitude=draft.longitude,
                answers=dict(draft.answers),
                made_at=stamp.at,
                made_by=stamp.actor.name,
                next_at=stamp.at,
            )
    except IntegrityError:
        raise _sent_already(endpoint) from None
    fact = facts.RequestSubmitted(**told_of_it(row), description=row.description)
    record(fact, stamp=stamp)
    return row


def claim_submission(submission_id: int, *, stamp: Stamp) -> Sending | None:
    """Take a submission for one try, written down before anything goes out; None where not due.

    The claim is a lease. A worker that dies while sending leaves it as sending, and whoever
    takes it next knows that it may have arrived.
    """
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        due = Submission.objects.filter(
            pk=submission_id,
            state__in=("waiting", "sending"),
            next_at__lte=stamp.at,
            endpoint__paused=False,
        )
        row = due.select_for_update(of=("self",)).first()
        if row is None:
            return None
        tried = row.state == "sending"
        row.state, row.next_at = "sending", stamp.at + LEASE
        row.attempts += 1
        row.first_sent_at = row.first_sent_at or stamp.at
        row.save(update_fields=["state", "next_at", "attempts", "first_sent_at"])
    return Sending(row, key_of(row.endpoint), tried)


@action(policy.may_work_submission)
def note_taken(
    submission: Submission, *, number: str = "", token: str = "", notice: str = "", stamp: Stamp
) -> Submission:
    """Write down that the other side took it: under a number, with a token, or with neither.

    Refuses: one that is settled. Records: `NumberGiven`, `TokenGiven` or `TakenWithoutNumber`.
    """
    if submission.state not in ("sending", "unclear", "token", "no_number"):
        raise Refused("wrong_state", "This was settled in the meantime.")
    submission.notice, submission.error = notice[:500] or submission.notice, ""
    if number:
        return _numbered(submission, number, stamp)
    submission.attempts = 0
    if token:
        submission.state, submission.token = "token", token[:200]
        submission.next_at = next_try(stamp.at, 1)
        fact: Any = facts.TokenGiven(**told_of_it(submission))
    else:
        submission.state, submission.next_at = "no_number", None
        fact = facts.TakenWithoutNumber(**told_of_it(submission), notice=submission.notice)
    submission.save()
    record(fact, stamp=stamp)
    return submission


@action(policy.may_work_submission)
def note_not_taken(
    submission: Submission, *, reason: str, again: bool, wait: int = 0, stamp: Stamp
) -> Submission:
    """Write down that it did not arrive, or was not taken; what may go better is tried again.

    Refuses: one that is not on its way. Records: `SubmissionRefused`.
    """
    if submission.state != "sending":
        raise Refused("wrong_state", "This was settled in the meantime.")
    again = again and submission.attempts < MOST_TRIES
    submission.error = reason[:300]
    submission.state = "waiting" if again else "refused"
    later = max(next_try(stamp.at, submission.attempts), stamp.at + timedelta(seconds=wait))
    submission.next_at = later if again else None
    submission.first_sent_at = None
    submission.save()
    record(facts.SubmissionRefused(**told_of_it(submission), reason=submission.error), stamp=stamp)
    return submission


@action(policy.may_work_submission)
def note_unclear(submission: Submission, *, reason: str, stamp: Stamp) -> Submission:
    """Say that nobody can know whether it arrived; a person decides what to do.

    Refuses: one that is not on its way. Records: `SubmissionUnclear`.
    """
    if submission.state != "sending":
        raise Refused("wrong_state", "This was settled in the meantime.")
    submission.state, submission.next_at, submission.error = "unclear", None, reason[:300]
    submission.save()
    record(facts.SubmissionUnclear(**told_of_it(submission), reason=submission.error), stamp=stamp)
    return submission


@action(policy.may_work_submission)
def send_again(submission: Submission, *, stamp: Stamp) -> Submission:
    """Send it once more, though it may have arrived or was refused before.

    Refuses: one that is on its way or arrived; one whose matter was destroyed.
    Records: `SubmissionRetried`.
    """
    check_there(submission.description)
    submission.state = next_move(submission.state, "send_again")
    submission.next_at, submission.attempts, submission.first_sent_at = stamp.at, 0, None
    try:
        with transaction.atomic():
            submission.save()
    except IntegrityError:
        raise _sent_already(submission.endpoint) from None
    record(facts.SubmissionRetried(**told_of_it(submission), look_first=False), stamp=stamp)
    return submission


@action(policy.may_work_submission)
def look_again(submission: Submission, *, stamp: Stamp) -> Submission:
    """Look for it at the other side once more; it is not sent.

    Refuses: one of which it is known whether it arrived; one whose matter was destroyed.
    Records: `SubmissionRetried`.
    """
    check_there(submission.description)
    submission.state = next_move(submission.state, "look_again")
    submission.next_at = stamp.at
    submission.save()
    record(facts.SubmissionRetried(**told_of_it(submission), look_first=True), stamp=stamp)
    return submission


@action(policy.may_work_submission)
def doubt_submission(submission: Submission, *, taken_at: datetime, stamp: Stamp) -> Submission:
    """Take one that waited when a backup was made for one that may have arrived since.

    The house that was backed up sent it minutes later; after a restoration it is looked for
    before it is sent. Refuses: one that does not wait. Records: `SubmissionRetried`.
    """
    if submission.state != "waiting":
        raise Refused("wrong_state", "It does not wait to be sent.")
    submission.state, submission.first_sent_at = "sending", submission.first_sent_at or taken_at
    submission.save(update_fields=["state", "first_sent_at"])
    record(facts.SubmissionRetried(**told_of_it(submission), look_first=True), stamp=stamp)
    return submission


@action(policy.may_work_submission)
def number_submission(submission: Submission, *, number: str, stamp: Stamp) -> Submission:
    """Say under which number the other side has it, as somebody learned by telephone or mail.

    Refuses: no number; one that was refused or given up; one whose matter was destroyed.
    Records: `NumberGiven`.
    """
    check_there(submission.description)
    next_move(submission.state, "number_submission")
    if not number.strip():
        raise Refused("no_number", "Fill in the number that they gave.", field="number")
    return _numbered(submission, number.strip(), stamp)


@action(policy.may_work_submission)
def give_up_submission(submission: Submission, *, reason: str, stamp: Stamp) -> Submission:
    """Send it no more, and say why.

    Refuses: no reason; one that is on its way or arrived; one whose matter was destroyed.
    Records: `SubmissionGivenUp`.
    """
    check_there(submission.description)
    submission.state = next_move(submission.state, "give_up_submission")
    if not reason.strip():
        raise Refused("no_reason", "Say why it is not sent.", field="reason")
    submission.next_at, submission.error = None, reason.strip()[:300]
    submission.save()
    record(facts.SubmissionGivenUp(**told_of_it(submission), reason=submission.error), stamp=stamp)
    return submission


@action(policy.may_work_submission)
def note_status_there(
    submission: Submission,
    *,
    status: str,
    closed: bool,
    notes: str,
    due_at: datetime | None,
    point: tuple[float, float] | None,
    stamp: Stamp,
) -> Submission:
    """Keep what the other side calls it now.

    Refuses: where nothing changed; where what it was about was destroyed.
    Records: `StatusThereChanged`.
    """
    check_there(submission.description)
    before = submission.there_status
    if (before, submission.there_notes) == (status[:60], notes[:500]):
        raise Refused("nothing_changed", "It says the same as before.")
    submission.there_status, submission.there_notes = status[:60], notes[:500]
    submission.there_closed = closed
    submission.looked_at, submission.next_at = stamp.at, stamp.at + LOOK_EVERY
    submission.there_due_at = submission.there_due_at or due_at
    if submission.there_latitude is None and point is not None:
        submission.there_latitude, submission.there_longitude = point
    submission.save()
    fact = facts.StatusThereChanged(
        **told_of_it(submission), before=before, after=status[:60], notes=notes[:500]
    )
    record(fact, stamp=stamp)
    return submission


def note_looked(submission_id: int, *, after: int = 0, error: str = "", stamp: Stamp) -> None:
    """Keep that somebody looked and nothing is new; ``after`` tries wait longer each time."""
    later = next_try(stamp.at, after) if after else stamp.at + LOOK_EVERY
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        rows = Submission.objects.filter(pk=submission_id, state__in=("token", "sent"))
        rows = rows.exclude(description=GONE)
        values = {"looked_at": stamp.at} if not error else {}
        rows.update(next_at=later, attempts=after, error=error[:300], **values)


def told_of_it(row: Submission) -> dict[str, Any]:
    """What every line about a submission says of it."""
    return {
        "submission_id": row.pk,
        "endpoint_code": row.endpoint.code,
        "endpoint_name": row.endpoint.name,
        "service_name": row.service_name,
        "noun": row.noun,
        "key": row.key,
        "matter_id": row.matter_id,
        "ward_code": row.ward_code,
    }


def _numbered(submission: Submission, number: str, stamp: Stamp) -> Submission:
    submission.state, submission.external_id = "sent", number[:200]
    submission.attempts, submission.error = 0, ""
    submission.next_at = stamp.at + LOOK_EVERY
    submission.save()
    fact = facts.NumberGiven(**told_of_it(submission), number=submission.external_id)
    record(fact, stamp=stamp)
    return submission


def _sent_already(endpoint: Endpoint) -> Refused:
    return Refused("already_sent", f"This is at {endpoint.name} already, or on its way there.")
