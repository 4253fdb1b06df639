"""Drift and what was sent on, limited to the asker's wards and open matters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from wardroom.access.actor import SYSTEM, Actor
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at
from wardroom.notices.queries import mail_hold
from wardroom.service_requests import policy
from wardroom.service_requests.models import Drift, Submission
from wardroom.service_requests.rules.drift import VANISHED
from wardroom.service_requests.rules.submissions import GONE, SUBMISSION_MOVES

PAGE = 25


@dataclass(frozen=True)
class DriftRow:
    """One thing on which two systems do not agree, as the list and its page show it."""

    id: int
    kind: str
    what: str
    here: str
    there: str
    ward_code: str
    matter_id: int | None
    request_id: int | None
    submission_id: int | None
    endpoint_id: int | None
    endpoint_name: str
    found_at: datetime
    state: str
    reason: str
    settled_at: datetime | None
    settled_by: str
    allowed: frozenset[str]


@dataclass(frozen=True)
class DriftPage:
    """One page of drift."""

    rows: tuple[DriftRow, ...]
    total: int
    page: int
    pages: int
    sort: str


@dataclass(frozen=True)
class SubmissionRow:
    """A request of ours at another endpoint."""

    id: int
    endpoint_id: int
    endpoint_name: str
    service_name: str
    noun: str
    key: str
    matter_id: int
    ward_code: str
    mark: str
    description: str
    address: str
    state: str
    made_at: datetime
    made_by: str
    attempts: int
    next_at: datetime | None
    first_sent_at: datetime | None
    number: str
    token: str
    notice: str
    error: str
    looked_at: datetime | None
    there_status: str
    there_notes: str
    there_due_at: datetime | None
    allowed: frozenset[str]


@dataclass(frozen=True)
class SubmissionPage:
    """One page of what was sent on."""

    rows: tuple[SubmissionRow, ...]
    total: int
    page: int
    pages: int


def drift_page(
    actor: Actor,
    *,
    state: str = "open",
    kind: str = "",
    ward: str = "",
    endpoint: int | None = None,
    ours: str = "",
    sort: str = "-found",
    page: int = 1,
) -> DriftPage:
    """Drift within reach, the newest first; ``ours`` is yes or no for matters of ours."""
    rows = Drift.objects.within(policy.reach_of_drift(actor))
    equal = {"state": state, "kind": kind, "ward_code": ward, "endpoint_id": endpoint}
    rows = rows.filter(**{name: value for name, value in equal.items() if value})
    if ours:
        rows = rows.filter(matter_id__isnull=ours == "no")
    order = "" if sort == "found" else "-"
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE)
    rows = rows.select_related("endpoint").order_by(f"{order}found_at", f"{order}pk")
    shown = tuple(_drift(row, actor) for row in rows[on_page])
    return DriftPage(shown, total, page, pages, "-found" if order else "found")


def drift_row(drift_id: int, actor: Actor) -> DriftRow:
    """One drift; `NotFound` out of reach."""
    return _drift(get_drift(drift_id, actor), actor)


def get_drift(drift_id: int, actor: Actor) -> Drift:
    """A drift to act on; `NotFound` out of reach."""
    rows = Drift.objects.within(policy.reach_of_drift(actor)).select_related("endpoint")
    row: Drift | None = rows.filter(pk=drift_id).first()
    if row is None:
        raise NotFound(f"no drift {drift_id}")
    return row


def drifts_counted(actor: Actor) -> int:
    """How many drifts within reach nobody has looked at yet."""
    return Drift.objects.within(policy.reach_of_drift(actor)).filter(state="open").count()


def drift_left_open(actor: Actor) -> tuple[int, datetime | None]:
    """How much drift within reach nobody has looked at yet, and since when the oldest stands."""
    rows = Drift.objects.within(policy.reach_of_drift(actor)).filter(state="open")
    found = rows.aggregate(number=Count("pk", distinct=True), since=Min("found_at"))
    return int(found["number"]), found["since"]


def sending_unclear(submission_id: int) -> SubmissionRow | None:
    """What was sent on, while nobody knows whether it arrived; else none."""
    rows = Submission.objects.filter(pk=submission_id, state="unclear")
    row = rows.select_related("endpoint").first()
    return _submission(row, SYSTEM) if row is not None else None


def vanished_since(request_id: int, actor: Actor) -> datetime | None:
    """Since when a mirrored request is no longer there; nothing where it still is."""
    rows = Drift.objects.within(policy.reach_of_drift(actor)).filter(
        request_id=request_id, kind=VANISHED
    )
    found = rows.exclude(state="gone").order_by("-pk").values_list("found_at", flat=True).first()
    return found if isinstance(found, datetime) else None


def submission_page(
    actor: Actor, *, endpoint: int | None = None, state: str = "", page: int = 1
) -> SubmissionPage:
    """What was sent on within reach, the newest first."""
    rows = Submission.objects.within(policy.reach_of_drift(actor))
    equal = {"endpoint_id": endpoint, "state": state}
    rows = rows.filter(**{name: value for name, value in equal.items() if value})
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE)
    shown = rows.select_related("endpoint").order_by("-pk")[on_page]
    return SubmissionPage(tuple(_submission(r, actor) for r in shown), total, page, pages)


def submissions_of(actor: Actor, *, noun: str, keys: Iterable[str]) -> tuple[SubmissionRow, ...]:
    """What of these things was sent on, the newest first."""
    rows = Submission.objects.within(policy.reach_of_drift(actor))
    found = rows.filter(noun=noun, key__in=list(keys)).select_related("endpoint").order_by("-pk")
    return tuple(_submission(row, actor) for row in found[:PAGE])


def submission_row(submission_id: int, actor: Actor) -> SubmissionRow:
    """One thing that was sent on; `NotFound` out of reach."""
    return _submission(get_submission(submission_id, actor), actor)


def get_submission(submission_id: int, actor: Actor) -> Submission:
    """A submission to act on; `NotFound` out of reach."""
    rows = Submission.objects.within(policy.reach_of_drift(actor)).select_related("endpoint__feed")
    row: Submission | None = rows.filter(pk=submission_id).first()
    if row is None:
        raise NotFound(f"no submission {submission_id}")
    return row


def get_submissions_to_send(at: datetime, most: int) -> tuple[int, ...]:
    """What waits to be sent, or may have been cut off while it was; nothing while mail is held."""
    if mail_hold() is not None:
        return ()
    rows = Submission.objects.filter(
        state__in=("waiting", "sending"), next_at__lte=at, endpoint__paused=False
    )
    return tuple(rows.order_by("next_at", "pk").values_list("pk", flat=True)[:most])


def get_submissions_that_wait() -> tuple[Submission, ...]:
    """What was never sent yet, whenever its turn comes."""
    return tuple(Submission.objects.filter(state="waiting").order_by("pk"))


def get_submissions_to_follow(at: datetime, most: int) -> tuple[Submission, ...]:
    """What was taken and is asked after now."""
    rows = Submission.objects.filter(
        state__in=("token", "sent"), next_at__lte=at, endpoint__paused=False
    ).exclude(description=GONE)
    return tuple(rows.select_related("endpoint__feed").order_by("next_at", "pk")[:most])


def _drift(row: Drift, actor: Actor) -> DriftRow:
    may = row.state == "open" and policy.may_settle_drift(actor, row)
    verbs = {"accept_drift", "ignore_drift"} if may else set()
    if may and row.matter_id:
        verbs.add("plan_after_drift")
    return DriftRow(
        id=row.pk,
        kind=row.kind,
        what=row.what,
        here=row.here,
        there=row.there,
        ward_code=row.ward_code,
        matter_id=row.matter_id,
        request_id=row.request_id,
        submission_id=row.submission_id,
        endpoint_id=row.endpoint_id,
        endpoint_name=row.endpoint.name if row.endpoint else "",
        found_at=row.found_at,
        state=row.state,
        reason=row.reason,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        allowed=frozenset(verbs),
    )


def _submission(row: Submission, actor: Actor) -> SubmissionRow:
    may = policy.may_work_submission(actor, row) and row.description != GONE
    return SubmissionRow(
        id=row.pk,
        endpoint_id=row.endpoint_id,
        endpoint_name=row.endpoint.name,
        service_name=row.service_name,
        noun=row.noun,
        key=row.key,
        matter_id=row.matter_id,
        ward_code=row.ward_code,
        mark=row.mark,
        description=row.description,
        address=row.address,
        state=row.state,
        made_at=row.made_at,
        made_by=row.made_by,
        attempts=row.attempts,
        next_at=row.next_at,
        first_sent_at=row.first_sent_at,
        number=row.external_id,
        token=row.token,
        notice=row.notice,
        error=row.error,
        looked_at=row.looked_at,
        there_status=row.there_status,
        there_notes=row.there_notes,
        there_due_at=row.there_due_at,
        allowed=frozenset(SUBMISSION_MOVES[row.state]) if may else frozenset(),
    )
