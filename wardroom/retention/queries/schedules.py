"""The classes of records: what is kept of each, under which schedule, and what is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import OuterRef, Q, Subquery

from wardroom.access.actor import Actor
from wardroom.access.models import statements_of
from wardroom.kernel.errors import NotFound
from wardroom.retention import policy, rules
from wardroom.retention.models import Disposal, Schedule
from wardroom.retention.queries.units import SHELVES
from wardroom.retention.rules.classes import ALL, CLASSES, LISTS, RecordClass

MATTERS = "matters.matter"


@dataclass(frozen=True)
class ClassRow:
    """One class in the list: how much there is of it, for how long, and what is due.

    ``due`` are those whose time is over; what leans on one of them, or holds it, is asked when
    a list is put together.
    """

    code: str
    name: str
    holds: str
    begins: str
    kept: int
    months: int | None
    fate: str
    number: str
    goes_by: str
    stays: str
    due: int
    disposal_id: int | None


@dataclass(frozen=True)
class ScheduleRow:
    """One schedule of a class, with the days it holds."""

    months: int | None
    fate: str
    number: str
    basis: str
    from_on: date
    until_on: date | None
    by_name: str


@dataclass(frozen=True)
class ClassFile:
    """One class whole."""

    row: ClassRow
    basis: str
    source: str
    schedules: tuple[ScheduleRow, ...]
    allowed: frozenset[str]


def record_classes(actor: Actor, *, today: date) -> tuple[ClassRow, ...]:
    """Every class of records; none for whoever does not keep them."""
    if not policy.may_read_retention(actor):
        return ()
    now, kept = _in_force(today), _kept(ALL)
    return tuple(_row(one, now.get(one.code), kept.get(one.code, 0), today) for one in ALL)


def class_file(code: str, actor: Actor, *, today: date) -> ClassFile:
    """One class with its schedules; `NotFound` where there is none, or for who may not read."""
    one = CLASSES.get(code)
    if one is None or not policy.may_read_retention(actor):
        raise NotFound(f"no class of records {code}")
    schedules = tuple(_with_lists().filter(class_code=code).order_by("-from_on"))
    row = _row(one, _now(schedules, today), _kept([one]).get(code, 0), today)
    allowed = {"adopt_schedule"} if policy.may_adopt_schedule(actor, None) else set()
    if row.due and row.disposal_id is None and policy.may_prepare_disposal(actor, None):
        allowed.add("prepare_disposal")
    return ClassFile(
        row=row,
        basis=one.basis,
        source=one.source,
        schedules=tuple(
            ScheduleRow(s.months, s.fate, s.number, s.basis, s.from_on, s.until_on, s.by_name)
            for s in schedules
        ),
        allowed=frozenset(allowed),
    )


def schedule_in_force(code: str, *, on: date) -> Schedule | None:
    """The approved schedule of a class on a day; None where nothing may be destroyed."""
    return _now(Schedule.objects.filter(class_code=code), on)


def ended_by(schedule: Schedule, *, on: date) -> date | None:
    """The last day on which a record may have ended so that it is due; None for what is kept."""
    if schedule.months is None or schedule.fate != rules.DESTROY:
        return None
    day = on - timedelta(days=31 * schedule.months + 1)
    while rules.due_on(day + timedelta(days=1), schedule.months) <= on:
        day += timedelta(days=1)
    return day


def _in_force(on: date) -> dict[str, Schedule]:
    rows = _with_lists().filter(from_on__lte=on).order_by("from_on")
    return {row.class_code: row for row in rows.filter(_holds(on))}


def _now(rows: Iterable[Schedule], on: date) -> Schedule | None:
    return next(
        (r for r in rows if r.from_on <= on and (r.until_on is None or on <= r.until_on)), None
    )


def _holds(on: date) -> Q:
    return Q(until_on=None) | Q(until_on__gte=on)


def _with_lists() -> Any:
    """The schedules, each with the list of its class that is not settled yet."""
    rows = Disposal.objects.filter(class_code=OuterRef("class_code"), state__in=rules.UNDER_WAY)
    return Schedule.objects.annotate(under_way=Subquery(rows.order_by("pk").values("pk")[:1]))


def _row(one: RecordClass, now: Any, kept: int, today: date) -> ClassRow:
    shelf, due = SHELVES.get(one.code), 0
    by = ended_by(now, on=today) if now is not None else None
    if one.goes_by == LISTS and shelf is not None and by is not None:
        due = shelf.over(by).count()
    return ClassRow(
        code=one.code,
        name=one.name,
        holds=one.holds,
        begins=one.begins,
        kept=kept,
        months=now.months if now is not None else one.months,
        fate=now.fate if now is not None else one.fate,
        number=now.number if now is not None else "",
        goes_by=one.goes_by,
        stays=one.stays,
        due=due,
        disposal_id=now.under_way if now is not None else None,
    )


def _kept(classes: Iterable[RecordClass]) -> Mapping[str, int]:
    """How many there are of each, counted in one statement.

    Each count stands by itself: SQLite then counts pages of a table, and not its rows.
    """
    some = list(classes)
    asked, given = statements_of(_counted(one).values("pk") for one in some)
    counts = (
        f"SELECT %s, (SELECT COUNT(*) FROM ({sql}) AS part_{n})"  # noqa: S608
        for n, sql in enumerate(asked)
    )
    told = [v for one, values in zip(some, given, strict=True) for v in (one.code, *values)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counts), told)
        return dict(cursor.fetchall())


def _counted(one: RecordClass) -> Any:
    rows = apps.get_model(one.counted)._base_manager.order_by()
    return rows.filter(kind="issue") if one.counted == MATTERS else rows
