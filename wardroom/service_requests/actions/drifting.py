"""Drift: found by the night, settled by a person, gone by itself where both agree again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.rules import metres_between
from wardroom.kernel.text import long_day
from wardroom.ledger.actions import record
from wardroom.service_requests import facts, policy
from wardroom.service_requests.models import Drift, Endpoint, ServiceRequest, Submission, Tie
from wardroom.service_requests.rules.drift import (
    CLOSED_THERE,
    DRIFTS,
    DUE_MOVED,
    LASTING,
    NO_NUMBER,
    OPEN_THERE,
    VANISHED,
    Held,
    Seen,
    check_open,
    is_open,
    moved_drifts,
    standing_drift,
)
from wardroom.service_requests.rules.submissions import check_there


@dataclass(frozen=True)
class Find:
    """One thing on which two systems do not agree."""

    kind: str
    what: str
    here: str
    there: str
    ward_code: str = ""
    matter_id: int | None = None
    request: ServiceRequest | None = None
    submission: Submission | None = None
    endpoint: Endpoint | None = None

    @property
    def ident(self) -> str:
        """What names it for ever."""
        of = f"submission:{self.submission.pk}" if self.submission else ""
        of = of or f"request:{self.request.pk if self.request else 0}"
        return f"{self.kind} {of} {self.matter_id or 0}"


@action(policy.may_import)
def compare_ties(_: None, *, held: Sequence[Held], stamp: Stamp) -> int:
    """Hold every request that a matter of ours hangs on to what the city says of it now.

    What agrees again goes off the list by itself. Returns how many drifts are new.
    Refuses: nothing. Records: `DriftFound` and `DriftGone` for each, `RequestsCompared`.
    """
    rows = {
        r.pk: r
        for r in ServiceRequest.objects.filter(pk__among=[h.request_id for h in held])
        .select_related("service", "feed")
        .order_by("pk")
    }
    known = {
        (tie.request_id, tie.matter_id): tie
        for tie in Tie.objects.filter(request__among=list(rows)).order_by("pk")
    }
    finds: list[Find] = []
    for one in held:
        row = rows.get(one.request_id)
        if row is not None:
            finds += _compared(one, row, known.get((row.pk, one.matter_id)))
    found = note_finds(finds, stamp=stamp)
    gone = _drop_gone(
        Drift.objects.filter(
            kind__in=(CLOSED_THERE, OPEN_THERE), request__isnull=False, submission=None
        ),
        {find.ident for find in finds},
        stamp,
    )
    _keep_ties(held, rows, known, stamp)
    fact = facts.RequestsCompared(compared=len(held), found=found, gone=gone)
    record(fact, stamp=stamp)
    return found


@action(policy.may_import)
def compare_submission(submission: Submission, *, now: Seen, open_here: bool, stamp: Stamp) -> int:
    """Hold what we sent on to what the other side says of it now; returns how many drifts are new.

    Refuses: where what it was about was destroyed. Records: `DriftFound` and
    `DriftGone` for each, `RequestsCompared`.
    """
    check_there(submission.description)
    finds = submission_finds(submission, now=now, open_here=open_here)
    found = note_finds(finds, stamp=stamp)
    rows = Drift.objects.filter(submission=submission, kind__in=sorted(LASTING))
    gone = _drop_gone(rows, {find.ident for find in finds}, stamp)
    record(facts.RequestsCompared(compared=1, found=found, gone=gone), stamp=stamp)
    return found


@action(policy.may_import)
def note_vanished(
    endpoint: Endpoint, *, request_ids: Sequence[int], back: Sequence[int], stamp: Stamp
) -> int:
    """Mark mirrored requests that an endpoint no longer has; what is back is marked no more.

    Nothing is deleted. Returns how many are new. Refuses: nothing. Records: `DriftFound` and
    `DriftGone` for each, `RequestsCompared`.
    """
    rows = ServiceRequest.objects.filter(pk__among=list(request_ids)).select_related("service")
    matters: dict[int, list[int | None]] = {}
    ties = Tie.objects.filter(request__among=list(request_ids)).order_by("pk")
    for request_id, matter_id in ties.values_list("request_id", "matter_id"):
        matters.setdefault(request_id, []).append(matter_id)
    finds = [
        Find(
            VANISHED, what_of(r), f"{r.status.replace('_', ' ')}, kept as it was", "not there",
            r.ward_code, matter_id, request=r, endpoint=endpoint,
        )
        for r in rows.order_by("pk")
        for matter_id in matters.get(r.pk, [None])
    ]  # fmt: skip
    found = note_finds(finds, stamp=stamp)
    again = Drift.objects.filter(kind=VANISHED, request__among=list(back))
    gone = _drop_gone(again, set(), stamp)
    fact = facts.RequestsCompared(compared=len(request_ids) + len(back), found=found, gone=gone)
    record(fact, stamp=stamp)
    return found


@action(policy.may_import)
def note_sent_vanished(submission: Submission, *, stamp: Stamp) -> int:
    """Mark what we sent on and the other side no longer has; returns whether that is new.

    Refuses: where what it was about was destroyed. Records: `DriftFound`, `RequestsCompared`.
    """
    check_there(submission.description)
    return _note_one(vanished_find(submission), stamp)


@action(policy.may_import)
def note_no_number(submission: Submission, *, stamp: Stamp) -> int:
    """List what was taken with a token days ago and never got a number; whether that is new.

    Refuses: nothing. Records: `DriftFound`, `RequestsCompared`.
    """
    return _note_one(no_number_find(submission), stamp)


def submission_finds(submission: Submission, *, now: Seen, open_here: bool) -> list[Find]:
    """On what the other side does not agree about something that was sent to it."""
    finds = []
    kind = standing_drift(open_there=now.is_open, open_here=open_here)
    there = submission.there_status or ("open" if now.is_open else "closed")
    if kind:
        finds.append(_sent(submission, kind, "open" if open_here else "closed", there))
    before = Seen(
        True, submission.there_due_at, submission.there_latitude, submission.there_longitude
    )
    finds += [
        _sent(submission, moved, *_told(moved, before, now))
        for moved in moved_drifts(before, now, metres=_metres(before, now))
    ]
    return finds


def vanished_find(row: Submission) -> Find:
    """That what was sent on is no longer there."""
    there = row.there_status or "taken"
    return _sent(row, VANISHED, f"{there} when last seen", "not there")


def no_number_find(row: Submission) -> Find:
    """That what was sent on never got a number."""
    return _sent(row, NO_NUMBER, "sent", "a token, and no number")


def has_news(submission: Submission, finds: Sequence[Find]) -> bool:
    """Whether these drifts, or that there are no others, is not on the list yet."""
    told = {find.ident for find in finds}
    rows = Drift.objects.filter(submission=submission, state="open", kind__in=sorted(LASTING))
    over = any(row.ident not in told for row in rows.order_by("pk"))
    return over or any(is_new(submission, find) for find in finds)


def is_new(submission: Submission, find: Find) -> bool:
    """Whether nobody has been shown this yet: it is neither listed nor settled as it is."""
    rows = Drift.objects.filter(submission=submission, ident=find.ident).order_by("pk")
    return not any(
        row.state == "open" or (row.state != "gone" and row.there == find.there[:200])
        for row in rows
    )


def note_finds(finds: Iterable[Find], *, stamp: Stamp) -> int:
    """Write down, inside an action, what drifted and is not listed yet; returns how many."""
    found = 0
    told = {find.ident: find for find in finds}
    before: dict[str, list[Drift]] = {}
    for row in Drift.objects.filter(ident__among=list(told)).order_by("pk"):
        before.setdefault(row.ident, []).append(row)
    for ident, find in told.items():
        rows = before.get(ident, [])
        if any(row.state == "open" for row in rows):
            continue
        if any(row.state != "gone" and row.there == find.there[:200] for row in rows):
            continue
        row = Drift.objects.create(
            kind=find.kind,
            ident=ident,
            endpoint=find.endpoint,
            request=find.request,
            submission=find.submission,
            matter_id=find.matter_id,
            ward_code=find.ward_code,
            what=find.what[:250],
            here=find.here[:200],
            there=find.there[:200],
            found_at=stamp.at,
        )
        record(facts.DriftFound(**told_of_drift(row), here=row.here, there=row.there), stamp=stamp)
        found += 1
    return found


def _note_one(find: Find, stamp: Stamp) -> int:
    found = note_finds([find], stamp=stamp)
    record(facts.RequestsCompared(compared=1, found=found, gone=0), stamp=stamp)
    return found


def what_of(request: ServiceRequest) -> str:
    """A mirrored request in a few words."""
    return f"{request.service.name}, {request.external_id}"


def told_of_drift(drift: Drift) -> dict[str, Any]:
    """What every line about a drift says of it."""
    return {
        "drift_id": drift.pk,
        "drift_kind": drift.kind,
        "label": DRIFTS[drift.kind],
        "what": drift.what,
        "matter_id": drift.matter_id,
        "ward_code": drift.ward_code,
    }


def _compared(one: Held, row: ServiceRequest, tie: Tie | None) -> list[Find]:
    finds = []
    kind = standing_drift(open_there=is_open(row.status), open_here=one.is_open)
    if kind and (kind == CLOSED_THERE or row.status != "duplicate_open"):
        there = row.status_given or row.status.replace("_", " ")
        closed = f" on {long_day(localdate(row.closed_at))}" if row.closed_at else ""
        finds.append(_tied(one, row, kind, "open" if one.is_open else "closed", there + closed))
    if tie is None:
        return finds
    before = Seen(True, tie.due_at, tie.latitude, tie.longitude)
    now = Seen(True, row.due_at, row.latitude, row.longitude)
    moves = moved_drifts(before, now, metres=_metres(before, now))
    return finds + [_tied(one, row, moved, *_told(moved, before, now)) for moved in moves]


def _tied(one: Held, row: ServiceRequest, kind: str, here: str, there: str) -> Find:
    return Find(kind, what_of(row), here, there, one.ward_code, one.matter_id, request=row)


def _sent(row: Submission, kind: str, here: str, there: str) -> Find:
    return Find(
        kind, f"{row.service_name}, {row.external_id or row.mark}", here, there, row.ward_code,
        row.matter_id, submission=row, endpoint=row.endpoint,
    )  # fmt: skip


def _told(kind: str, before: Seen, now: Seen) -> tuple[str, str]:
    if kind == DUE_MOVED:
        was = long_day(localdate(before.due_at)) if before.due_at else ""
        return was, long_day(localdate(now.due_at)) if now.due_at else "no due date"
    return _point(before), f"{_point(now)}, {_metres(before, now):,.0f} m away"


def _point(seen: Seen) -> str:
    return f"{seen.latitude:.5f}, {seen.longitude:.5f}"


def _metres(before: Seen, now: Seen) -> float:
    points = (before.latitude, before.longitude, now.latitude, now.longitude)
    if any(p is None for p in points):
        return 0.0
    return metres_between(*points)  # type: ignore[arg-type]


def _keep_ties(
    held: Sequence[Held],
    rows: Mapping[int, ServiceRequest],
    known: Mapping[tuple[int, int], Tie],
    stamp: Stamp,
) -> None:
    new: list[Tie] = []
    moved: list[Tie] = []
    for one in held:
        row = rows.get(one.request_id)
        if row is None:
            continue
        tie = known.get((row.pk, one.matter_id)) or Tie(request=row, matter_id=one.matter_id)
        now = (row.due_at, row.latitude, row.longitude)
        if tie.pk is not None and (tie.due_at, tie.latitude, tie.longitude) == now:
            continue
        tie.due_at, tie.latitude, tie.longitude = now
        tie.compared_at = stamp.at
        (new if tie.pk is None else moved).append(tie)
    Tie.objects.bulk_create(new)
    Tie.objects.bulk_update(moved, ["due_at", "latitude", "longitude", "compared_at"])


def _drop_gone(rows: Any, still: set[str], stamp: Stamp) -> int:
    gone = 0
    for drift in rows.filter(state="open").order_by("pk"):
        if drift.ident not in still:
            close_drift(drift, "gone", stamp)
            record(facts.DriftGone(**told_of_drift(drift)), stamp=stamp)
            gone += 1
    return gone


def close_drift(drift: Drift, state: str, stamp: Stamp) -> None:
    """Take a drift off the list, inside an action. Refuses: one that is settled."""
    check_open(drift.state)
    drift.state, drift.settled_at = state, stamp.at
    drift.settled_by = stamp.actor.name[:120]
    drift.save()
