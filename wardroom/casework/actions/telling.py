"""Telling the people who reported an issue what became of it: only that closes it."""

from __future__ import annotations

from datetime import date

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.casework import facts, policy, rules
from wardroom.casework.actions.intake import complaint_words, reporter_name
from wardroom.casework.models import Complaint
from wardroom.directory.queries import email_addresses
from wardroom.kernel.errors import NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import close_matter, note_told, reopen_matter
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_outcome, check_text, kind_of


@action(policy.may_tell_reporter)
def note_reporter_told(
    matter: Matter, *, complaint_id: int, how: str, text: str, stamp: Stamp
) -> Complaint:
    """Note that you told somebody what became of their complaint, and in which words.

    Refuses: a complaint that is not of this issue; somebody anonymous; no words; a way that
    is not in the list; somebody who was told already. Records: `ReporterTold`.
    """
    rows = matter.complaints.select_for_update(of=("self",), no_key=True).select_related(
        "reporter", "matter"
    )
    complaint = rows.filter(pk=complaint_id).first()
    if complaint is None:
        raise NotFound(f"no complaint {complaint_id}")
    if complaint.anonymous:
        raise Refused("anonymous", "This person gave no name, so nobody can tell them.")
    if complaint.told_at is not None:
        raise Refused("already_told", f"{reporter_name(complaint)} was told already.")
    rules.check_way(how)
    return _tell(complaint, how, _words(text), stamp)


@action(policy.may_close_issue)
def close_issue(matter: Matter, *, outcome: str, text: str, stamp: Stamp) -> Matter:
    """Tell everybody who reported an issue what became of it, and close it.

    Everybody with an e-mail address that we may use is written to, each in their own thread;
    who can only be reached otherwise has to be told first; nobody can tell the anonymous.
    Refuses: an outcome that is not in the list; no words; people who are not told yet; what
    `close_matter` refuses. Records: `ReporterTold` for each, `ReportersTold`, `MatterClosed`.
    """
    check_outcome(kind_of(matter.kind), outcome)
    words = _words(text)
    rows = matter.complaints.select_for_update(of=("self",), no_key=True).select_related(
        "reporter", "matter"
    )
    untold = [c for c in rows.filter(told_at=None).order_by("pk") if not c.anonymous]
    by_mail = [c for c in untold if c.reporter is not None and email_addresses(c.reporter.pk)]
    others = [reporter_name(c) for c in untold if c not in by_mail]
    if others:
        raise Refused("not_told", rules.untold_sentence(others))
    for complaint in by_mail:
        _tell(complaint, "email", words, stamp)
    told = matter.complaints.filter(told_at__isnull=False).count()
    matter = note_told(matter, people=told, stamp=stamp)
    return close_matter(matter, outcome=outcome, text=words, stamp=stamp)


@action(policy.may_reopen_issue)
def reopen_issue(
    matter: Matter, *, reason: str, next_on: date, next_step: str = "", stamp: Stamp
) -> Matter:
    """Take a closed issue up again; whoever was told of its end is told of the next one too.

    Refuses: what `reopen_matter` refuses. Records: `MatterReopened`.
    """
    matter = reopen_matter(matter, reason=reason, next_on=next_on, next_step=next_step, stamp=stamp)
    for complaint in matter.complaints.filter(told_at__isnull=False).order_by("pk"):
        forget_telling(complaint)
    return matter


def forget_telling(complaint: Complaint) -> None:
    """Let somebody wait to be told again; what they were told stays in the ledger."""
    complaint.told_at = None
    complaint.told_how = complaint.told_by = complaint.told_text = ""
    complaint.save(update_fields=["told_at", "told_how", "told_by", "told_text"])


def _tell(complaint: Complaint, how: str, text: str, stamp: Stamp) -> Complaint:
    complaint.told_at, complaint.told_how = stamp.at, how
    complaint.told_by, complaint.told_text = stamp.actor.name, text
    complaint.save(update_fields=["told_at", "told_how", "told_by", "told_text"])
    fact = facts.ReporterTold(
        **complaint_words(complaint), how=how, how_label=rules.WAYS_TO_TELL[how], text=text
    )
    record(fact, stamp=stamp)
    return complaint


def _words(text: str) -> str:
    return check_text(
        text,
        code="text_missing",
        sentence="Write what the people who reported it are told.",
        field="text",
        most=2000,
    )
