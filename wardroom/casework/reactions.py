"""What follows from a complaint: the person who made it hears from us, in their own thread."""

from __future__ import annotations

from datetime import timedelta

from wardroom.access.actor import Stamp
from wardroom.casework.facts import ComplaintTaken, ReporterTold
from wardroom.casework.models import Complaint
from wardroom.directory.queries import email_addresses
from wardroom.kernel.errors import NotFound
from wardroom.kernel.text import long_day
from wardroom.notices.actions import queue_message
from wardroom.notices.queries import wrote_lately
from wardroom.notices.rules import ACKNOWLEDGE_AFTER

TIME_TO_TAKE_BACK = timedelta(seconds=30)


def acknowledge_complaint(fact: ComplaintTaken, *, entry_id: int, stamp: Stamp) -> None:
    """Write to whoever reported it: its number, who looks after it, and what comes next.

    Whoever wrote by e-mail is acknowledged once in 24 hours, so that no two programs write
    to each other for ever.
    """
    complaint = _complaint(fact.complaint_id)
    if complaint.channel == "email" and _heard_lately(complaint, entry_id, stamp):
        return
    matter = complaint.matter
    lines = [
        "Thank you for telling us. We wrote it down as follows:",
        "",
        fact.said,
        "",
        f"Number: W-{matter.pk}",
        f"Who looks after it: {matter.owner.name}",
    ]
    if matter.next_on is not None:
        lines.append(f"We look at it by {long_day(matter.next_on)}.")
    lines += ["", "To add something, answer this message."]
    subject = f"We have your report: {matter.title}"
    _write(complaint, subject, "\n".join(lines), entry_id=entry_id, stamp=stamp)


def _heard_lately(complaint: Complaint, entry_id: int, stamp: Stamp) -> bool:
    since = stamp.at - ACKNOWLEDGE_AFTER
    addresses = email_addresses(complaint.reporter.pk)[:1] if complaint.reporter else ()
    return any(
        wrote_lately(address, kind=ComplaintTaken.__name__, since=since, but=entry_id)
        for address in addresses
    )


def tell_by_mail(fact: ReporterTold, *, entry_id: int, stamp: Stamp) -> None:
    """Write to whoever reported it what became of it, where they are told by e-mail."""
    if fact.how != "email":
        return
    complaint = _complaint(fact.complaint_id)
    lines = [
        fact.text,
        "",
        f"This is about your report W-{complaint.matter.pk}: {complaint.matter.title}.",
        "If it is not so, or it comes back, answer this message: it reaches a person.",
    ]
    subject = f"What became of your report: {complaint.matter.title}"
    _write(complaint, subject, "\n".join(lines), entry_id=entry_id, stamp=stamp)


def _write(complaint: Complaint, subject: str, text: str, *, entry_id: int, stamp: Stamp) -> None:
    person = complaint.reporter
    if person is None:
        return
    for address in email_addresses(person.pk)[:1]:
        queue_message(
            None,
            entry_id=entry_id,
            to_name=person.name,
            to_address=address,
            subject=subject,
            text=text + "\n",
            thread=f"matter:{complaint.taken_for.pk}",
            send_after=stamp.at + TIME_TO_TAKE_BACK,
            stamp=stamp,
        )


def _complaint(complaint_id: int) -> Complaint:
    rows = Complaint.objects.select_related("reporter", "matter__owner", "taken_for")
    complaint = rows.filter(pk=complaint_id).first()
    if complaint is None:
        raise NotFound(f"no complaint {complaint_id}")
    found: Complaint = complaint
    return found
