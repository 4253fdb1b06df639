"""Telling the people who reported an issue what became of it: only that closes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.casework import facts, policy, rules
from wardroom.casework.actions.ending import settle_public_end
from wardroom.casework.actions.wording import complaint_words
from wardroom.casework.models import Complaint
from wardroom.casework.queries.outgoing import end_is_told
from wardroom.directory.queries import email_addresses
from wardroom.kernel.errors import NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import close_matter, note_told, reopen_matter
from wardroom.matters.actions.following import follow_telling
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_outcome, check_text, kind_of
from wardroom.notices.actions import recall_message
from wardroom.notices.models import Message
from wardroom.notices.queries import get_messages_after

TAKEN_BACK = "Taken back before it went out"


@action(policy.may_tell_reporter)
def note_reporter_told(
    matter: Matter, *, complaint_id: int, how: str, text: str, stamp: Stamp
) -> Complaint:
    """Note that you told somebody what became of their complaint, and in which words.

    Refuses: a complaint that is not of this issue; somebody anonymous; no words; a way that
    is not in the list; somebody who has already been told. Records: `ReporterTold`.
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
        raise Refused("already_told", f"{complaint.who} has already been told.")
    rules.check_way(how)
    told = _tell(complaint, how, _words(text), stamp)
    untold = matter.complaints.filter(told_at=None, anonymous=False).count()
    follow_telling(matter, untold=untold, stamp=stamp)
    return told


@action(policy.may_close_issue)
def close_issue(
    matter: Matter,
    *,
    outcome: str,
    text: str,
    texts: Mapping[str, str] | None = None,
    stamp: Stamp,
) -> Matter:
    """Tell everybody who reported an issue what became of it, and close it.

    Everybody with an e-mail address that we may use is written to, each in their own thread;
    who can only be reached otherwise has to be told first; nobody can tell the anonymous.
    ``texts`` are the same words in other languages, by the code of the language: whoever
    speaks one reads it before the English.
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
    others = [c.who for c in untold if c not in by_mail]
    if others:
        raise Refused("not_told", rules.untold_sentence(others))
    for complaint in by_mail:
        own = (texts or {}).get(complaint.language, "").strip()
        _tell(complaint, "email", words, stamp, own_language=own[:2000])
    told = matter.complaints.filter(told_at__isnull=False).count()
    matter = note_told(matter, people=told, stamp=stamp)
    closed = close_matter(matter, outcome=outcome, text=words, stamp=stamp)
    settle_public_end(closed, stamp=stamp)
    return closed


@action(policy.may_close_issue)
def take_telling_back(matter: Matter, *, stamp: Stamp) -> Matter:
    """Take back that everybody was told and the issue closed, as long as no message went out.

    Refuses: an issue that is open, or was joined; another day; a message that is on its way
    or out, or no message that waits and what whoever reported it can read on the page of their
    link: then open the issue again and tell people anew. Records: `MessageRecalled` and
    `TellingTakenBack` for each, `MatterReopened`.
    """
    if matter.state != "closed" or matter.merged_into_id is not None or matter.told_at is None:
        raise Refused("wrong_state", "There is nothing to take back here. Look at the page again.")
    if localdate(matter.told_at) != localdate(stamp.at):
        raise Refused("too_late", "It is too late to take this back. Open the issue again instead.")
    rows = matter.complaints.select_for_update(of=("self",), no_key=True).select_related(
        "reporter", "matter"
    )
    told = list(rows.filter(told_at=matter.told_at, told_how="email").order_by("pk"))
    on_pages = matter.complaints.filter(Q(report__isnull=False) | Q(came_of__isnull=False))
    if end_is_told(told, matter, stamp.at) and on_pages.exists():
        raise Refused("too_late", "It is too late: whoever reported it can read it. Open it again.")
    for message in get_messages_after("ReporterTold", _keys(told), since=matter.told_at):
        if message.state != Message.State.RECALLED:
            recall_message(message, stamp=stamp)
    for complaint in told:
        untell(complaint, stamp=stamp)
    opened = reopen_matter(
        matter,
        reason=TAKEN_BACK,
        next_on=max(matter.next_on or localdate(stamp.at), localdate(stamp.at)),
        next_step=matter.next_step,
        stamp=stamp,
    )
    settle_public_end(opened, stamp=stamp)
    return opened


@action(policy.may_reopen_issue)
def reopen_issue(
    matter: Matter, *, reason: str, next_on: date, next_step: str = "", stamp: Stamp
) -> Matter:
    """Take a closed issue up again; everybody who was told then is told anew when it closes.

    What they were told stays in the ledger. Refuses: what `reopen_matter` refuses.
    Records: `MatterReopened`.
    """
    opened = reopen_matter(matter, reason=reason, next_on=next_on, next_step=next_step, stamp=stamp)
    for complaint in matter.complaints.filter(told_at__isnull=False).order_by("pk"):
        forget_telling(complaint)
    settle_public_end(opened, stamp=stamp)
    return opened


def forget_telling(complaint: Complaint, *, keep_words: bool = True) -> None:
    """Let somebody wait to be told again; the words they were told before may stay beside it."""
    complaint.told_at = None
    if not keep_words:
        complaint.told_how = complaint.told_by = complaint.told_text = ""
    complaint.save(update_fields=["told_at", "told_how", "told_by", "told_text"])


def untell(complaint: Complaint, *, reason: str = "", stamp: Stamp) -> None:
    """Note that somebody was not told after all; called by the change that takes it back."""
    forget_telling(complaint, keep_words=False)
    record(facts.TellingTakenBack(**complaint_words(complaint), reason=reason), stamp=stamp)


def _keys(complaints: list[Complaint]) -> tuple[str, ...]:
    return tuple(str(complaint.pk) for complaint in complaints)


def _tell(
    complaint: Complaint, how: str, text: str, stamp: Stamp, *, own_language: str = ""
) -> Complaint:
    complaint.told_at, complaint.told_how = stamp.at, how
    complaint.told_by, complaint.told_text = stamp.actor.name, text
    complaint.save(update_fields=["told_at", "told_how", "told_by", "told_text"])
    fact = facts.ReporterTold(
        **complaint_words(complaint),
        how=how,
        how_label=rules.WAYS_TO_TELL[how],
        text=text,
        own_language=own_language,
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
