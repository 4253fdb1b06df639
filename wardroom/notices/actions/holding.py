"""Mail after the house was restored: nothing that may have gone out already goes out blindly."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime

from wardroom.access.actor import Stamp
from wardroom.access.gate import action, guard_pass
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record, record_together
from wardroom.notices import facts, policy
from wardroom.notices.actions.outbox import told
from wardroom.notices.models import MailHold, Message

UNCERTAIN = (
    "It was being sent when the backup was made, so it may have gone out. "
    "Try again only if it did not."
)
BOOKKEEPING = "who lets mail go"
LEASE = timedelta(minutes=10)
AT_ONCE = 500
STOOD_BEFORE = timedelta(days=7)
GONE = "It was due before Wardroom stopped, so it went out then"


@action(policy.may_hold_mail)
def hold_mail(_: None, *, taken_at: datetime, stamp: Stamp) -> tuple[int, int]:
    """Hold all that waits in the outbox of a house that was just restored.

    What was being sent when the backup was made stands as failed until a person says whether
    it went out. Gives how many wait, and how many are uncertain. What people write by hand and
    whom an incident calls from now on goes out. Where mail was held when the backup was made,
    it is held anew, and the lost time goes on beginning at the earlier backup: nobody knows
    whether it was let go in the meantime.
    Refuses: nothing. Records: `MailHeld`, and `MessageFailed` for what is uncertain.
    """
    hold = MailHold.objects.filter(released_at=None).order_by("pk").first()
    hold = hold or MailHold(taken_at=taken_at)
    hold.since, hold.stopped_at, hold.leased_until = stamp.at, None, None
    hold.save()
    waiting = Message.objects.filter(state=Message.State.QUEUED)
    uncertain = list(waiting.filter(attempts__gt=0).order_by("pk"))
    for message in uncertain:
        message.state, message.error = Message.State.FAILED, UNCERTAIN
        message.save(update_fields=["state", "error"])
    left = waiting.count()
    record(facts.MailHeld(taken_at=taken_at, waiting=left, uncertain=len(uncertain)), stamp=stamp)
    failed = [facts.MessageFailed(**told(m), reason=UNCERTAIN) for m in uncertain]
    record_together(failed, stamp=stamp)
    return left, len(uncertain)


@action(policy.may_release_mail)
def release_mail(hold: MailHold, *, stopped_at: datetime, stamp: Stamp) -> tuple[int, int]:
    """Say when the old house stopped, so that the worker lets mail go out again.

    What was due before ``stopped_at`` went out then, and will be set aside; the rest goes out.
    Gives how many messages of those that wait now will go out, and how many will be set aside.
    First the worker lives through the lost time again, for what the old house wrote by the
    clock: mail is held until `end_hold`.
    It may have stood still for a week before the backup was made, as before a planned move.
    People say the minute: seconds make no moment wrong. Said anew, the later word counts, until
    the hold is ended: what was lived through after an earlier moment was not sent, and goes out.
    Refuses: `wrong_state` where nothing is held or this moment was said already; `bad_moment`
    where it would have stopped long before the backup, or after it was restored.
    Records: `MailReleaseWanted`.
    """
    said = hold.stopped_at and _minute(hold.stopped_at)
    if hold.released_at is not None or said == _minute(stopped_at):
        raise Refused("wrong_state", "Mail is not held, or is being let go already as you say.")
    first = hold.taken_at - STOOD_BEFORE
    if not _minute(first) <= _minute(stopped_at) <= _minute(hold.since):
        raise Refused(
            "bad_moment",
            "Wardroom stopped before it was restored, and a week before the backup was made at "
            f"most: between {_told(first)} and {_told(hold.since)}.",
            field="stopped_at",
        )
    hold.stopped_at = stopped_at = min(stopped_at, hold.since)
    hold.save(update_fields=["stopped_at"])
    record(facts.MailReleaseWanted(stopped_at=stopped_at), stamp=stamp)
    waiting = Message.objects.filter(state=Message.State.QUEUED)
    gone = _gone(hold).count()
    return waiting.count() - gone, gone


@action(policy.may_hold_mail)
def end_hold(hold: MailHold, *, lived_to: datetime, stamp: Stamp) -> tuple[int, int]:
    """Let mail go out again, once the lost time was lived through to the stop that was said.

    Gives how many messages go out and how many were set aside.
    Refuses: `wrong_state` where nothing is held, or nobody said when the old house stopped;
    `said_anew` where somebody changed it meanwhile.
    Records: `MailReleased`, and `MessageSetAside` for each that went out.
    """
    if hold.released_at is not None or hold.stopped_at is None:
        raise Refused("wrong_state", "Mail is not held, or nobody said when Wardroom stopped.")
    if hold.stopped_at != lived_to:
        raise Refused("said_anew", "Somebody changed when Wardroom stopped: begin anew.")
    hold.released_at = stamp.at
    hold.save(update_fields=["released_at"])
    gone = list(_gone(hold).order_by("pk"))
    for start in range(0, len(gone), AT_ONCE):
        some = Message.objects.filter(pk__in=[m.pk for m in gone[start : start + AT_ONCE]])
        some.update(state=Message.State.SET_ASIDE, error=GONE)
    going = Message.objects.filter(state=Message.State.QUEUED).count()
    fact = facts.MailReleased(stopped_at=hold.stopped_at, going=going, set_aside=len(gone))
    record(fact, stamp=stamp)
    record_together([facts.MessageSetAside(**told(m), reason=GONE) for m in gone], stamp=stamp)
    return going, len(gone)


def take_hold_to_end(*, stamp: Stamp) -> MailHold | None:
    """Take the hold that is to be ended, for this worker alone; None where there is none.

    The claim is a lease: where a worker died over it, another takes it minutes later.
    """
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        rows = MailHold.objects.filter(released_at=None, stopped_at__isnull=False)
        hold: MailHold | None = rows.select_for_update().order_by("pk").first()
        if hold is None or (hold.leased_until and hold.leased_until > stamp.at):
            return None
        _lease(hold, stamp)
    return hold


def keep_lease(hold: MailHold, *, stamp: Stamp, lived_until: datetime | None = None) -> None:
    """Keep the hold for this worker a while longer, which has lived until then."""
    with guard_pass(BOOKKEEPING):
        if lived_until is not None:
            hold.lived_until = lived_until
            hold.save(update_fields=["lived_until"])
        _lease(hold, stamp)


def drop_lease(hold: MailHold) -> None:
    """Leave the hold to whoever comes next, at once: something has to be waited for."""
    with guard_pass(BOOKKEEPING):
        hold.leased_until = None
        hold.save(update_fields=["leased_until"])


def _lease(hold: MailHold, stamp: Stamp) -> None:
    hold.leased_until = stamp.at + LEASE
    hold.save(update_fields=["leased_until"])


def _gone(hold: MailHold) -> QuerySet[Message]:
    """What the old house sent: it was written before the restoration and due before the stop."""
    rows = Message.objects.filter(state=Message.State.QUEUED, queued_at__lte=hold.since)
    return rows.filter(due_at__lte=hold.stopped_at)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _told(moment: datetime) -> str:
    return f"{localtime(moment):%Y-%m-%d %H:%M}"
