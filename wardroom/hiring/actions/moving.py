"""Where an application goes: screening, interview, an offer, and what follows only after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.utils.timezone import localdate

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.access.gate import action, hold
from wardroom.hiring import facts, policy
from wardroom.hiring.actions.applying import moved_fact, note_move, told
from wardroom.hiring.actions.waiting import keep_hiring_waiting
from wardroom.hiring.models import Application, Posting
from wardroom.hiring.queries.filling import is_filled, passed_over
from wardroom.hiring.queries.panels import keeper_applied, may_read_whole
from wardroom.hiring.rules import postings, stages
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_length, check_reason
from wardroom.notices.actions import retry_message
from wardroom.notices.queries.about import get_failed_letter

MOST_TOLD, MOST_EARLY = 2000, 150
# As far away as a clock of residency may begin.
MOST_DAYS_AWAY = 366


@action(policy.may_move_application)
def move_application(
    application: Application,
    *,
    to: str,
    reason: str,
    words: str = "",
    early: str = "",
    stamp: Stamp,
) -> Application:
    """Take an application to another stage, with the reason; whoever applied is told.

    The reason is for the panel, ``words`` are added to the letter. A conditional offer comes
    before any suitability screening; one that is made before the last day, or while somebody
    was not screened, says why in ``early``. Refuses: no reason; a stage that does not follow,
    or that is not the keeper's to say; what a letter must not ask; who may not read it; an
    early offer without its word; an offer, or a letter that somebody was not selected, while an
    application gives the keeper's address. Records: `ApplicationMoved`.
    """
    if to in (stages.OFFER, stages.NOT_SELECTED):
        check_no_part(application.posting)
    move_one(application, to=to, reason=reason, words=words, early=early, stamp=stamp)
    keep_hiring_waiting(application.posting, stamp)
    return application


def move_one(
    application: Application, *, to: str, reason: str, words: str, early: str = "", stamp: Stamp
) -> None:
    """Take one application of many to another stage; the lists are kept once after the last."""
    reason, words = check_reason(reason), check_told(words, offered=application.offered_at)
    if to not in stages.BY_KEEPER:
        raise Refused("unknown_stage", "Choose a stage from the list.", field="to")
    stages.check_move(application.stage, to)
    check_decides(application, stamp)
    before, application.stage = application.stage, to
    if to == stages.OFFER:
        reason += _check_early(application, early, stamp)
        application.offered_at = stamp.at
    application.save(update_fields=["stage", "offered_at"])
    move = note_move(application, before, reason=reason, told=words, stamp=stamp)
    record(moved_fact(application, move), stamp=stamp)


@action(policy.may_move_application)
def send_letter_again(application: Application, *, letter_id: int, stamp: Stamp) -> Application:
    """Send a letter once more that could not be sent, such as for a full mailbox.

    Refuses: who may not read the application; one that did not fail. Records: `MessageRequeued`.
    """
    check_decides(application, stamp)
    letter = get_failed_letter("application", str(application.pk), letter_id)
    retry_message(letter, stamp=replace(stamp, actor=SYSTEM))
    return application


@action(policy.may_move_application)
def end_screening(application: Application, *, result: str, stamp: Stamp) -> Application:
    """Keep what the suitability screening found: suitable or not, and no detail of it.

    Refuses: before a conditional offer; a result that stands; no result; who may not read it.
    Records: `ScreeningEnded`.
    """
    check_decides(application, stamp)
    if application.suitability:
        raise Refused("already_there", "The screening has a result already.", field="result")
    application.suitability = stages.check_result(application.stage, result)
    application.save(update_fields=["suitability"])
    record(facts.ScreeningEnded(**told(application)), stamp=stamp)
    return application


@action(policy.may_move_application)
def appoint_applicant(
    application: Application,
    *,
    appointed_on: date,
    reason: str,
    words: str = "",
    beyond: str = "",
    stamp: Stamp,
) -> Application:
    """Appoint somebody who was found suitable; the clock of residency starts with that day.

    Where as many are appointed as were to be, ``beyond`` says why it is one more. Refuses: no
    reason; a day more than a year away; nobody found suitable; another stage; who may not read
    it; one more without its word; an application with the keeper's address.
    Records: `ApplicationMoved`, `ApplicantAppointed`.
    """
    reason, words = check_reason(reason), check_told(words, offered=application.offered_at)
    stages.check_move(application.stage, stages.APPOINTED)
    check_decides(application, stamp)
    check_no_part(application.posting)
    _check_first_day(appointed_on, stamp)
    if application.suitability != stages.CLEARED:
        raise Refused("not_suitable", "The suitability screening has to be passed first.")
    reason += _check_beyond(application.posting, beyond)
    before, application.stage = application.stage, stages.APPOINTED
    application.appointed_on = appointed_on
    application.save(update_fields=["stage", "appointed_on"])
    move = note_move(application, before, reason=reason, told=words, stamp=stamp)
    record(moved_fact(application, move), stamp=stamp)
    posting = application.posting
    fact = facts.ApplicantAppointed(
        posting=posting.pk,
        title=posting.title,
        appointee=application.name,
        office_name=posting.office_name,
        grade=posting.grade,
        appointed_on=appointed_on.isoformat(),
        lives_in_city=application.lives_here == "yes",
    )
    record(fact, stamp=stamp)
    keep_hiring_waiting(posting, stamp)
    return application


def check_decides(application: Application, stamp: Stamp) -> None:
    """Refuses: a keeper who may not read an application, such as for a conflict of interest."""
    if not may_read_whole(application, stamp.actor):
        sentence = "You may not read this application. Hand the hiring over to decide on it."
        raise Refused("not_declared", sentence)


def check_no_part(posting: Posting) -> None:
    """Refuses: deciding who gets a job while an application for it gives the keeper's address."""
    if keeper_applied(posting):
        sentence = (
            "An application gives your address. If you did not apply, withdraw it by the link"
            " that was mailed to you; if you did, hand the hiring over."
        )
        raise Refused("keeper_applied", sentence)


def _check_beyond(posting: Posting, beyond: str) -> str:
    """What is added to the reason of an appointment beyond the number that was to be appointed."""
    beyond = check_length(beyond, field="beyond", most=MOST_EARLY)
    hold(posting)
    filled = is_filled(posting)
    if filled and not beyond:
        sentence = f"{posting.seats} of {posting.seats} were appointed. Say why it is one more."
        raise Refused("all_appointed", sentence, field="beyond")
    return f" (One more: {beyond})" if filled else ""


def _check_early(application: Application, early: str, stamp: Stamp) -> str:
    """What is added to the reason of an offer that passes others over, who may still apply."""
    early = check_length(early, field="early", most=MOST_EARLY)
    found = passed_over(application, today=localdate(stamp.at))
    if found and not early:
        raise Refused("offer_early", f"{found} Say why the offer is made now.", field="early")
    return f" (Made early: {early})" if found else ""


def _check_first_day(first: date, stamp: Stamp) -> None:
    if abs((first - localdate(stamp.at)).days) > MOST_DAYS_AWAY:
        sentence = "Choose the first day, at most a year from today."
        raise Refused("too_far", sentence, field="appointed_on")


def check_told(words: str, *, offered: datetime | None) -> str:
    """What the keeper adds to a letter.

    Refuses: before an offer, every word of what the office asks nobody who applies, with or
    without a question mark; afterwards the question.
    """
    words = check_length(words, field="words", most=MOST_TOLD)
    asks = postings.NEVER_ASKED.search(words) if offered is None or "?" in words else None
    if asks is not None:
        about = asks.group().lower()
        sentence = f"Leave this out of the letter ({about}): the office does not ask it."
        raise Refused("never_asked", sentence, field="words")
    return words
