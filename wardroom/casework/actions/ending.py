"""From when everybody may read how an issue ended: never before the people who reported it."""

from __future__ import annotations

from django.db import transaction

from wardroom.access.actor import Stamp
from wardroom.access.gate import guard_pass
from wardroom.casework.models import Complaint, Issue
from wardroom.casework.queries.outgoing import end_public_from, matter_now
from wardroom.matters.models import Matter
from wardroom.notices.models import Message

BOOKKEEPING = "from when an end is public"


def settle_public_end(matter: Matter, *, unwritten: int | None = None, stamp: Stamp) -> None:
    """Keep since when everybody may read the end of an issue, and of all that went on as it.

    Called by every change after which one of them is closed, open again or told. The rows are
    held before the issue is read, so that what is opened again at this moment stays open.
    """
    which = _with_former({matter.pk})
    rows = Issue.objects.filter(matter__in=which).select_for_update(of=("self",), no_key=True)
    for issue in rows.order_by("pk"):
        own = Matter.objects.get(pk=issue.matter_id)
        now = matter_now(own)
        end = end_public_from(now, stamp.at, unwritten=unwritten)
        was = (issue.stands_as_id, issue.end_public_at)
        if end is not None and now.state == "closed" and issue.end_public_at is not None:
            end = min(end, issue.end_public_at)
        if end is None and issue.end_public_at is not None and issue.end_public_at <= stamp.at:
            issue.again_public_at = stamp.at
        issue.stands_as_id = now.pk if now.pk != own.pk else None
        issue.end_public_at = end
        if was != (issue.stands_as_id, end):
            issue.save(update_fields=["stands_as", "end_public_at", "again_public_at"])


def note_letter_goes(message_id: int, *, stamp: Stamp) -> None:
    """Let everybody read an end from now on, where the letter that goes out just now tells it."""
    row = Message.objects.filter(pk=message_id, entry__kind="ReporterTold")
    body = row.values_list("entry__body", flat=True).first()
    if body is None:
        return
    complaint = Complaint.objects.select_related("matter").get(pk=int(body["complaint_id"]))
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        settle_public_end(complaint.matter, stamp=stamp)


def note_no_letter(complaint: Complaint, *, stamp: Stamp) -> None:
    """Let everybody read an end about which somebody cannot be written to after all."""
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        settle_public_end(complaint.matter, unwritten=complaint.pk, stamp=stamp)


def _with_former(matters: set[int]) -> set[int]:
    """These issues and all that went on as one of them, by being joined or by coming back."""
    known: set[int] = set()
    while fresh := matters - known:
        known |= fresh
        joined = Matter.objects.filter(merged_into__in=fresh).values_list("pk", flat=True)
        former = Issue.objects.filter(matter__in=fresh, return_of__isnull=False)
        matters = {*joined, *former.values_list("return_of", flat=True)}
    return known
