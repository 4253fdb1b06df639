"""When a hiring is put away: it is kept for its months, held if it must be, then disposed of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.timezone import localdate

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.access.gate import action
from wardroom.directory.queries import get_records_officers
from wardroom.documents.actions import forget_bytes
from wardroom.documents.gateways import must_be_kept
from wardroom.documents.queries import is_needed
from wardroom.hiring import facts, policy
from wardroom.hiring.actions.postings import told
from wardroom.hiring.models import Answer, Application, Declaration, Posting, Score, StageMove
from wardroom.hiring.queries.keeping import due_on
from wardroom.hiring.rules import stages
from wardroom.hiring.rules.postings import ENDED, KEPT_HIRING, LOOK_AT_HIRING
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import erase_values, record
from wardroom.ledger.models import Entry
from wardroom.matters.actions.waiting import end_wait, end_waits, wait_for
from wardroom.matters.rules import PANEL_NOUN, Wait, check_reason
from wardroom.notices.actions import empty_messages
from wardroom.notices.queries import lines_of_mail_that_goes

REMOVED = "(removed)"


@action(policy.may_hold_hiring)
def hold_hiring(posting: Posting, *, reason: str, stamp: Stamp) -> Posting:
    """Say that what was sent must be kept, such as for a complaint or a court.

    Refuses: no reason; one that is held, or disposed of. Records: `HiringHeld`.
    """
    reason = check_reason(reason)
    if posting.held_for or posting.disposed_at:
        raise Refused("wrong_state", "It is held already, or nothing of it is left.")
    posting.held_for, posting.lifted_for = reason, ""
    posting.save(update_fields=["held_for", "lifted_for"])
    end_wait(KEPT_HIRING, str(posting.pk))
    record(facts.HiringHeld(**told(posting)), stamp=stamp)
    return posting


@action(policy.may_hold_hiring)
def lift_hold(posting: Posting, *, reason: str, stamp: Stamp) -> Posting:
    """Say that what was sent need not be kept any longer than its months.

    Refuses: no reason; one that is not held. Records: `HiringHeld`.
    """
    reason = check_reason(reason)
    if not posting.held_for:
        raise Refused("wrong_state", "It is not held.")
    posting.held_for, posting.lifted_for = "", reason
    posting.save(update_fields=["held_for", "lifted_for"])
    record(facts.HiringHeld(**told(posting), lifted=True), stamp=stamp)
    return posting


@action(policy.may_dispose_hiring)
def dispose_hiring(posting: Posting, *, stamp: Stamp) -> Posting:
    """Remove what applicants sent and what the panel wrote: words, files, letters and links.

    So of the reasons that were given in it. The posting and the counts stay. Whoever disposes
    has read none of it. Refuses: before its day; while it is held; twice; while something is
    still to follow from its mail.
    Records: `HiringDisposed`.
    """
    if posting.disposed_at is not None:
        raise Refused("already_disposed", "This was disposed of.")
    if posting.held_for or must_be_kept("hirings", str(posting.pk)):
        raise Refused("held", "It must be kept for now.")
    due = due_on(posting)
    if due is None or due > localdate(stamp.at):
        raise Refused("too_early", "Its time is not over yet.")
    rows = list(posting.applications.filter(emptied_at__isnull=True))
    sent = sum(1 for row in rows if row.stage != stages.DRAFT)
    files = _empty(rows, stamp)
    posting.disposed_at = stamp.at
    posting.ended_for = posting.lifted_for = posting.handed_for = posting.moved_for = ""
    posting.save()
    end_wait(KEPT_HIRING, str(posting.pk))
    end_wait(LOOK_AT_HIRING, str(posting.pk))
    end_waits(PANEL_NOUN, f"{posting.pk}-")
    fact = facts.HiringDisposed(**told(posting), applications=sent, files=files)
    record(fact, stamp=stamp)
    return posting


@action(policy.may_remind_of_disposal)
def remind_of_disposal(posting: Posting, *, stamp: Stamp) -> Posting:
    """Put into the records officer's list that a hiring can be disposed of, without a name.

    Refuses: before its day; while it is held; one of which nothing is left; no records officer.
    Records: `HiringDue`.
    """
    due, today = due_on(posting), localdate(stamp.at)
    if due is None or due > today or posting.held_for or posting.disposed_at is not None:
        raise Refused("too_early", "There is nothing to remind of.")
    officer = next(iter(get_records_officers(on=today)), None)
    if officer is None:
        raise Refused("nobody_there", "Nobody keeps the records.")
    wait_for(
        KEPT_HIRING,
        str(posting.pk),
        Wait("hiring_due", due),
        party=officer,
        title=f"Hiring: {posting.title}",
        stamp=stamp,
    )
    record(facts.HiringDue(**told(posting)), stamp=stamp)
    return posting


@action(policy.may_drop_drafts)
def drop_drafts(posting: Posting, *, stamp: Stamp) -> Posting:
    """Empty the drafts that were never sent, some days after their posting is over.

    Refuses: a posting that still takes applications; no draft; what a
    legal hold keeps. Records: `DraftsDropped`.
    """
    today = localdate(stamp.at)
    over = posting.state in ENDED or (posting.closes_on is not None and posting.closes_on < today)
    rows = list(posting.applications.filter(stage=stages.DRAFT, emptied_at__isnull=True))
    if not rows or not (over or posting.state == "closed"):
        raise Refused("no_drafts", "There is no draft to empty.")
    if must_be_kept("hirings", str(posting.pk)):
        raise Refused("held", "It must be kept for now.")
    _empty(rows, stamp)
    record(facts.DraftsDropped(posting=posting.pk, drafts=len(rows)), stamp=stamp)
    return posting


def _empty(rows: Iterable[Application], stamp: Stamp) -> int:
    """Take every word out of some applications; how many files go from the disk with the commit."""
    rows = list(rows)
    ids = [row.pk for row in rows]
    digests = {row.file_digest for row in rows if row.file_digest}
    Answer.objects.filter(application__in=ids).update(text="")
    Score.objects.filter(application__in=ids).update(words="")
    Declaration.objects.filter(application__in=ids).update(words="")
    StageMove.objects.filter(application__in=ids).update(reason="", told="")
    StageMove.objects.filter(application__in=ids, by=None).update(by_name=REMOVED)
    Application.objects.filter(pk__in=ids).update(
        name="",
        email="",
        phone="",
        lives_here="",
        pasted="",
        file_name="",
        file_type="",
        file_size=0,
        file_digest="",
        caution="",
        receipt=[],
        discussed_for="",
        emptied_at=stamp.at,
    )
    house = replace(stamp, actor=SYSTEM)
    keys = [str(number) for number in ids]
    answers = empty_messages("application", keys, stamp=house)
    _take_out_of_lines(keys, house)
    gone = [digest for digest in sorted(digests | set(answers)) if not is_needed(digest)]
    forget_bytes(gone)
    return len(gone)


def _take_out_of_lines(keys: Sequence[str], stamp: Stamp) -> None:
    """Take what a mail server or a colleague wrote of their mail out of its lines."""
    rows = Entry.objects.filter(lines_of_mail_that_goes("application", keys))
    lines = sorted(set(rows.values_list("pk", flat=True)))
    try:
        erase_values(lines, reason="The hiring that it was about was disposed of", stamp=stamp)
    except Refused as no:
        if no.code != "nothing_to_take_out":
            raise
