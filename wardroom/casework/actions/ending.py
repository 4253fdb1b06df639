"""From when everybody may read how an issue ended: never before the people who reported it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from wardroom.access.actor import Stamp
from wardroom.access.gate import guard_pass
from wardroom.casework.models import Complaint, Issue
from wardroom.casework.queries.chains import went_on_as, with_former
from wardroom.casework.queries.outgoing import end_public_from
from wardroom.matters.models import Matter
from wardroom.notices.models import Message

BOOKKEEPING = "from when an end is public"


def settle_public_end(matter: Matter, *, unwritten: int | None = None, stamp: Stamp) -> None:
    """Keep since when everybody may read the end of an issue, and of all that went on as it.

    Called by every change after which one of them is closed, open again or told. The rows are
    held before the issue is read, so that what is opened again at this moment stays open.
    """
    which = with_former(matter.pk)
    rows = Issue.objects.filter(matter__in=which).select_for_update(of=("self",), no_key=True)
    issues = list(rows.order_by("pk"))
    later, ends = went_on_as(which), dict[int, datetime | None]()
    changed: dict[tuple[int | None, datetime | None, bool], list[int]] = {}
    for issue in issues:
        now, was_public = later[issue.matter_id], issue.end_public_at
        if now.pk not in ends:
            ends[now.pk] = end_public_from(now, stamp.at, unwritten=unwritten)
        end = ends[now.pk]
        if end is not None and was_public is not None:
            end = min(end, was_public)
        again = end is None and was_public is not None and was_public <= stamp.at
        stands_as = now.pk if now.pk != issue.matter_id else None
        if (stands_as, end) != (issue.stands_as_id, was_public):
            changed.setdefault((stands_as, end, again), []).append(issue.pk)
    for (stands_as, end, again), keys in changed.items():
        more = {"again_public_at": stamp.at} if again else {}
        Issue.objects.filter(pk__in=keys).update(stands_as=stands_as, end_public_at=end, **more)


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
