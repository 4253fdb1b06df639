"""Applying: begun by a link, sent whole or not at all, and taken back."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Max
from django.utils.timezone import localdate

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.access.gate import action
from wardroom.hiring import facts, policy
from wardroom.hiring.actions.drafts import Filled, asked_of, keep_filled
from wardroom.hiring.actions.waiting import keep_hiring_waiting
from wardroom.hiring.models import Application, Posting, StageMove
from wardroom.hiring.queries.own import application_of
from wardroom.hiring.rules import applying as rules
from wardroom.hiring.rules import stages
from wardroom.hiring.rules.postings import takes_applications
from wardroom.hiring.rules.receipts import WHOLE, receipt_parts
from wardroom.hiring.rules.tongues import check_language
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.notices.actions import issue_key

LINK_FOR = timedelta(days=400)


@action(policy.may_apply)
def begin_application(
    posting: Posting, *, name: str, email: str, language: str, stamp: Stamp
) -> Application:
    """Begin to apply: from now on the draft is kept, and its link is mailed.

    Refuses: a posting that takes no applications now; no name; an address that is none; far
    too many drafts of one address. Records: `DraftBegun`, `KeyIssued`.
    """
    check_taking(posting, stamp)
    name, email = rules.check_name(name), _check_email(email)
    mine = posting.applications.filter(stage=stages.DRAFT, email__iexact=email)
    if mine.filter(begun_at__gt=stamp.at - timedelta(days=1)).count() >= rules.MOST_DRAFTS:
        raise Refused("too_many", "You began several today. Look for our mail, with the link.")
    row: Application = Application.objects.create(
        posting=posting,
        name=name,
        email=email,
        language=check_language(language),
        begun_at=stamp.at,
        saved_at=stamp.at,
    )
    row.link = issue_key(
        None,
        purpose=rules.PURPOSE,
        noun="application",
        key=str(row.pk),
        holder=email,
        expires_at=stamp.at + LINK_FOR,
        stamp=replace(stamp, actor=SYSTEM),
    )
    row.save(update_fields=["link"])
    record(facts.DraftBegun(posting=posting.pk, application=row.pk), stamp=stamp)
    return row


@action(policy.may_apply)
def send_application(_: None, *, token: str, filled: Filled, stamp: Stamp) -> Application:
    """Send an application: all of it in one commit, or nothing.

    Whoever presses twice has sent one, and is shown the same receipt. Whether an address has
    applied before is told to the panel alone: anybody may type it. Refuses: `key_closed`; a
    posting that takes no applications now; whatever is missing, at its field.
    Records: `ApplicationSent`.
    """
    row = application_of(token, at=stamp.at, lock=True)
    if row.stage != stages.DRAFT:
        record(_sent(row), stamp=stamp)
        return row
    posting = Posting.objects.select_for_update(no_key=True).get(pk=row.posting_id)
    row.posting = posting
    check_taking(posting, stamp)
    keep_filled(row, filled, stamp)
    _check_whole(row)
    row.number = (posting.applications.aggregate(last=Max("number"))["last"] or 0) + 1
    row.stage, row.sent_at = stages.RECEIVED, stamp.at
    row.receipt = [asdict(part) for part in _parts(row)]
    row.save()
    note_move(row, stages.DRAFT, reason="", told="", stamp=stamp, name=row.name)
    record(_sent(row), stamp=stamp)
    keep_hiring_waiting(posting, stamp)
    return row


@action(policy.may_apply)
def withdraw_application(_: None, *, token: str, stamp: Stamp) -> Application:
    """Withdraw an application by its link; the panel reads no more of it than that.

    Refuses: `key_closed`; one that is over, or was never sent. Records: `ApplicationMoved`.
    """
    row = application_of(token, at=stamp.at, lock=True)
    if row.stage in stages.OVER or row.stage == stages.DRAFT:
        raise Refused("wrong_state", "This application is over; there is nothing to withdraw.")
    before, row.stage = row.stage, stages.WITHDRAWN
    row.save(update_fields=["stage"])
    move = note_move(row, before, reason="", told="", stamp=stamp, name=row.name)
    record(moved_fact(row, move), stamp=stamp)
    keep_hiring_waiting(row.posting, stamp)
    return row


def check_taking(posting: Posting, stamp: Stamp) -> None:
    """Refuses: a posting that takes no applications at this moment."""
    if not takes_applications(
        posting.state,
        opens_on=posting.opens_on,
        closes_on=posting.closes_on,
        today=localdate(stamp.at),
    ):
        raise Refused("not_taking", "This posting takes no applications now.")


def note_move(
    row: Application, before: str, *, reason: str, told: str, stamp: Stamp, name: str = ""
) -> StageMove:
    """Write down a step of an application."""
    return StageMove.objects.create(
        application=row,
        from_stage=before,
        to_stage=row.stage,
        reason=reason,
        told=told,
        by_id=stamp.actor.user_id,
        by_name=name or stamp.actor.name,
        at=stamp.at,
    )


def moved_fact(row: Application, move: StageMove) -> facts.ApplicationMoved:
    """The line of a step."""
    return facts.ApplicationMoved(
        **told(row), to_stage=move.to_stage, label=stages.STAGES[move.to_stage], move=move.pk
    )


def told(row: Application) -> dict[str, Any]:
    """What every line about an application says of it: never a name."""
    return {"posting": row.posting_id, "application": row.pk, "number": row.number}


def _check_whole(row: Application) -> None:
    """Refuses: what is missing, the first in the order of the form."""
    rules.check_name(row.name)
    if row.posting.preference != "none" and not row.lives_here:
        raise Refused("no_answer", "Choose yes or no.", field="lives_here")
    if not (row.file_digest or row.pasted.strip()):
        raise Refused("no_resume", "Attach your resume or paste it.", field="resume")
    given = dict(row.answers.values_list("question_id", "text"))
    for question in asked_of(row):
        if question.must and not given.get(question.pk, "").strip():
            raise Refused("no_answer", "Answer this question.", field=f"answer_{question.pk}")


def _parts(row: Application) -> Any:
    given = dict(row.answers.values_list("question_id", "text"))
    return receipt_parts(
        person=(row.name, row.email, row.phone, row.lives_here),
        pasted=row.pasted,
        file_digest=row.file_digest,
        answers=[(q.text, given.get(q.pk, "")) for q in asked_of(row)],
    )


def _sent(row: Application) -> facts.ApplicationSent:
    whole = next(part["digest"] for part in row.receipt if part["name"] == WHOLE)
    return facts.ApplicationSent(**told(row), digest=whole)


def _check_email(email: str) -> str:
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError:
        raise Refused("bad_email", f"{email!r} is no e-mail address.", field="email") from None
    return email[:254]
