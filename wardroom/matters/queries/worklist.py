"""My day: everything that waits for somebody, in one kind of row, with the reason it is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Q
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.access.models import ScopedQuerySet, statements_of
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at
from wardroom.matters import policy, rules
from wardroom.matters.models import Ask, Waiting

PAGE_ROWS = 25
MOST_ROWS = 100
SORTS: Mapping[str, tuple[Any, ...]] = {
    "due": ("due_on", "id"),
    "-due": (F("due_on").desc(), "-id"),
    "ward": ("ward_code", "due_on", "id"),
    "-ward": (F("ward_code").desc(), "due_on", "id"),
    "agency": ("agency_code", "due_on", "id"),
    "-agency": (F("agency_code").desc(), "due_on", "id"),
    "reason": ("reason", "due_on", "id"),
}
SPANS: Mapping[str, int | None] = {"now": 0, "week": 7, "month": 31, "all": None}


@dataclass(frozen=True)
class WaitingRow:
    """One thing that waits: what, where, for whom, until when, and why it is in the list."""

    noun: str
    key: str
    title: str
    reason: str
    why: str
    due_on: date
    days_late: int
    ward_code: str
    agency_code: str
    place_label: str
    matter_id: int | None
    matter_kind: str
    party_name: str
    waits_for_days: int
    allowed: frozenset[str] = frozenset()
    why_due: str = ""


@dataclass(frozen=True)
class Worklist:
    """A page of what waits, with the total, how much of it is late, and the filters in force."""

    rows: tuple[WaitingRow, ...]
    total: int
    late: int
    page: int
    pages: int
    sort: str
    filters: Mapping[str, str]


def worklist(
    actor: Actor,
    *,
    on: date,
    whose: str = "mine",
    span: str = "all",
    ward: str = "",
    agency: str = "",
    reason: str = "",
    sort: str = "due",
    page: int = 1,
    size: int = PAGE_ROWS,
) -> Worklist:
    """What waits for the asker, or with ``whose`` as ``all`` for everybody within reach.

    The asker's own list holds what waits in the wards they cover for a colleague too.
    ``span`` keeps what is due today or earlier, within a week or a month, or all.
    """
    scope = policy.reach_of_waiting if whose == "all" else policy.reach_of_own_waiting
    days = SPANS.get(span, SPANS["all"])
    given = {"ward_code": ward, "agency_code": agency, "reason": reason}
    kept = Q(**{column: value for column, value in given.items() if value})
    if days is not None:
        kept &= Q(due_on__lte=on + timedelta(days=days))
    parts = [part.filter(kept) for part in Waiting.objects.parts_within(scope(actor))]
    total, late = _counts(parts, on)
    size = min(max(1, size), MOST_ROWS)
    page, pages, on_page = page_at(total, page, size)
    sort = sort if sort in SORTS else "due"
    page_of = Waiting.objects.page_of(parts, SORTS[sort], start=on_page.start, size=size)
    chosen = list(page_of.select_related("party", "matter"))
    laws = _laws(chosen)
    filters = {"whose": whose if whose == "all" else "", "span": span if days is not None else ""}
    filters |= {"ward": ward, "agency": agency, "reason": reason}
    return Worklist(
        rows=tuple(_row(row, actor, on, laws.get(row.key, "")) for row in chosen),
        total=total,
        late=late,
        page=page,
        pages=pages,
        sort=sort,
        filters={name: value for name, value in filters.items() if value},
    )


def reasons() -> tuple[tuple[str, str], ...]:
    """The reasons for which something waits, each in words."""
    return tuple(rules.REASONS.items())


def _counts(parts: Sequence[ScopedQuerySet], on: date) -> tuple[int, int]:
    """How many rows the parts hold together, and how many of them are late."""
    asked, given = statements_of(part.order_by().values("due_on") for part in parts)
    if not asked:
        return 0, 0
    late = "COUNT(CASE WHEN due_on < %s THEN 1 END)"
    counts = (f"SELECT COUNT(*), {late} FROM ({sql}) AS part_{n}" for n, sql in enumerate(asked))  # noqa: S608
    day = connection.ops.adapt_datefield_value(on)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counts), [v for values in given for v in (day, *values)])
        found = cursor.fetchall()
    return sum(total for total, _ in found), sum(late for _, late in found)


def _laws(rows: Iterable[Waiting]) -> dict[str, str]:
    """The law behind each legal deadline of a page; asked only where there is one."""
    clocks = [row.key for row in rows if row.reason == rules.DEADLINE]
    if not clocks:
        return {}
    found = Ask.objects.filter(pk__in=clocks).values_list("pk", "why_due")
    return {str(pk): str((why or {}).get("citation", "")) for pk, why in found}


def _row(row: Waiting, actor: Actor, on: date, law: str) -> WaitingRow:
    return WaitingRow(
        noun=row.noun,
        key=row.key,
        title=row.title,
        reason=row.reason,
        why=rules.REASONS[row.reason],
        due_on=row.due_on,
        days_late=max(0, (on - row.due_on).days),
        ward_code=row.ward_code,
        agency_code=row.agency_code,
        place_label=row.place_label,
        matter_id=row.matter.pk if row.matter is not None else None,
        matter_kind=row.matter.kind if row.matter is not None else "",
        party_name=row.party.name,
        waits_for_days=(on - localdate(row.since_at)).days,
        allowed=_allowed(row, actor),
        why_due=law,
    )


def _allowed(row: Waiting, actor: Actor) -> frozenset[str]:
    """What this actor may do with a task right in the list."""
    moves = rules.LISTED_MOVES.get(row.reason, frozenset())
    return moves if moves and policy.may_run_task(actor, row) else frozenset()


def heard_of(matter_id: int) -> Mapping[str, str]:
    """What waits because of others' words about a matter, by its noun, each in a few words.

    A word is what whoever reported it says; a twin is an issue that it may be the same as.
    """
    rows = Waiting.objects.filter(noun__in=("word", "twin"), key=str(matter_id))
    return {noun: rules.REASONS[reason] for noun, reason in rows.values_list("noun", "reason")}


def get_task(task_id: int, actor: Actor) -> Ask:
    """One to-do, approval or legal deadline, to act on it; `NotFound` where out of reach."""
    rows = Ask.objects.filter(kind__in=rules.TASK_KINDS).within(policy.reach_of_asks(actor))
    task: Ask | None = rows.select_related("party", "matter").filter(pk=task_id).first()
    if task is None:
        raise NotFound(f"no task {task_id}")
    return task
