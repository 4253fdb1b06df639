"""When a hiring may be put away, for whoever disposes: counts, and no word of anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.hiring import policy
from wardroom.hiring.models import Posting
from wardroom.hiring.rules import stages
from wardroom.hiring.rules.postings import CLOSED, ENDED, KEPT_HIRING, OPEN
from wardroom.kernel.errors import NotFound
from wardroom.matters.models import Waiting

DRAFTS_FOR = timedelta(days=14)


@dataclass(frozen=True)
class KeptRow:
    """One hiring as a records officer sees it."""

    id: int
    title: str
    ended_on: date | None
    due_on: date | None
    held_for: str
    disposed_on: date | None
    applications: int
    files: int
    allowed: frozenset[str]


def due_on(posting: Posting) -> date | None:
    """The day from which it may be disposed of: so many months after its end, or its last day.

    None for one that is open until filled, or was never published.
    """
    ended = _ended_on(posting)
    if ended is None:
        return None
    months = ended.year * 12 + ended.month - 1 + posting.keep_months
    year, month = divmod(months, 12)
    for day in (ended.day, 30, 29, 28):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def kept_hirings(actor: Actor, *, today: date) -> tuple[KeptRow, ...]:
    """The hirings that ended, the next to go first; for the records officer alone."""
    if not policy.may_dispose_hiring(actor, None):
        return ()
    sent = Q(applications__number__isnull=False)
    rows = Posting.objects.exclude(published_at=None).annotate(
        sent=Count("applications", filter=sent, distinct=True),
        files=Count("applications", filter=~Q(applications__file_digest=""), distinct=True),
    )
    found = [_row(row, actor, today) for row in rows.order_by("pk") if _has_ended(row, today)]
    return tuple(sorted(found, key=lambda r: (r.disposed_on is not None, r.due_on or date.max)))


def get_kept_hiring(posting_id: int, actor: Actor) -> Posting:
    """One hiring, to hold or dispose of it; `NotFound` for whoever does neither."""
    row: Posting | None = Posting.objects.filter(pk=posting_id).exclude(published_at=None).first()
    if row is None or not policy.may_dispose_hiring(actor, row):
        raise NotFound(f"no hiring {posting_id}")
    return row


def hirings_to_dispose(*, today: date) -> tuple[Posting, ...]:
    """The hirings whose day has come, and of which nobody was told yet."""
    told = Waiting.objects.filter(noun=KEPT_HIRING).values_list("key", flat=True)
    rows = Posting.objects.exclude(published_at=None).filter(held_for="", disposed_at=None)
    known = set(told)
    return tuple(
        row
        for row in rows.order_by("pk")
        if str(row.pk) not in known and (due := due_on(row)) is not None and due <= today
    )


def over_with_drafts(*, today: date) -> tuple[Posting, ...]:
    """The postings that ended long enough ago and still have drafts that nobody sent."""
    rows = Posting.objects.filter(
        applications__stage=stages.DRAFT, applications__emptied_at__isnull=True
    ).distinct()
    return tuple(
        row
        for row in rows.order_by("pk")
        if (ended := _ended_on(row)) is not None and ended + DRAFTS_FOR < today
    )


def _ended_on(posting: Posting) -> date | None:
    """The day on which it ended, or will by itself when its last day is over."""
    if posting.state in (*ENDED, CLOSED) and posting.ended_at is not None:
        return localdate(posting.ended_at)
    return posting.closes_on if posting.state == OPEN else None


def _has_ended(posting: Posting, today: date) -> bool:
    ended = _ended_on(posting)
    return ended is not None and (posting.state != OPEN or ended < today)


def _row(row: Posting, actor: Actor, today: date) -> KeptRow:
    counts = {"sent": 0, "files": 0} | {
        k: v for k, v in vars(row).items() if k in ("sent", "files")
    }
    due = due_on(row)
    allowed = set()
    if row.disposed_at is None and policy.may_hold_hiring(actor, row):
        allowed.add("lift_hold" if row.held_for else "hold_hiring")
    ripe = due is not None and due <= today and not row.held_for and row.disposed_at is None
    if ripe and policy.may_dispose_hiring(actor, row):
        allowed.add("dispose_hiring")
    return KeptRow(
        id=row.pk,
        title=row.title,
        ended_on=_ended_on(row),
        due_on=due,
        held_for=row.held_for,
        disposed_on=localdate(row.disposed_at) if row.disposed_at else None,
        applications=counts["sent"],
        files=counts["files"],
        allowed=frozenset(allowed),
    )
