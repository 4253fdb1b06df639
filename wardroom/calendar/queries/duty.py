"""Who is on duty: now, next, between two moments, and when nobody is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.access.models import User
from wardroom.calendar import policy
from wardroom.calendar.models import Shift
from wardroom.calendar.queries.events import city_zone
from wardroom.calendar.rules.shifts import (
    BACKUP,
    DUTIES,
    LONGEST,
    ON_CALL,
    Turn,
    duty_words,
    nights_without,
    runs_of_days,
    turn_words,
    wall_instant,
)
from wardroom.kernel.errors import NotFound

SMALL_HOURS = time(3, 0)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class OnDuty:
    """Somebody who is on duty at a moment, and until when."""

    user_id: int
    name: str
    until_at: datetime
    shift_id: int
    ward_code: str = ""


@dataclass(frozen=True)
class DutyRow:
    """One shift as lists show it; without a user nobody has it."""

    id: int
    turn: Turn
    starts_at: datetime
    ends_at: datetime
    user_id: int | None
    name: str
    rota: str
    version: int

    @property
    def role_label(self) -> str:
        """The kind of duty in words."""
        return DUTIES[self.turn.role]

    @property
    def when(self) -> str:
        """Its day and time in words."""
        return turn_words(self.turn)

    @property
    def what(self) -> str:
        """What duty it is, and where."""
        return duty_words(self.turn)


@dataclass(frozen=True)
class Gap:
    """A turn that nobody has, or nights for which no turn was planned at all.

    ``shift_id`` is none for nights without a plan; ``until_on`` is the last of them.
    """

    on_date: date
    until_on: date
    ward_code: str
    words: str
    shift_id: int | None = None
    role: str = ON_CALL


def turn_of(shift: Shift) -> Turn:
    """The turn that a shift is, without who has it."""
    return Turn(
        role=shift.role,
        ward_code=shift.ward_code,
        on_date=shift.on_date,
        starts=shift.starts,
        ends_on=shift.ends_on,
        ends=shift.ends,
        title=shift.title,
        language=shift.language,
    )


def on_duty(at: datetime, *, role: str = ON_CALL, ward: str = "") -> OnDuty | None:
    """Who is on duty at a moment: for a ward, whoever has it there, else the whole office's.

    Without a ward whoever is on for the whole office, else for any ward. None where nobody is,
    or only somebody who works here no more.
    """
    rows = [row for row in _around(at, at + DAY).filter(role=role) if _is_on(row, at)]
    elsewhere = sorted({row.ward_code for row in rows} - {""}) if not ward else ()
    for code in (ward, "", *elsewhere):
        for row in rows:
            holder = holder_of(row)
            if row.ward_code == code and holder is not None:
                until = turn_of(row).ends_at(city_zone())
                return OnDuty(holder.pk, holder.name, until, row.pk, code)
    return None


def duty_between(
    since: datetime, until: datetime, actor: Actor, *, user_id: int | None = None
) -> tuple[DutyRow, ...]:
    """The shifts that are on at some time between two moments, by time; for the office alone."""
    if not policy.may_see_duty(actor):
        return ()
    rows = _around(since, until)
    if user_id is not None:
        rows = rows.filter(user=user_id)
    found = (duty_row(row) for row in rows)
    return tuple(one for one in found if one.ends_at > since and one.starts_at < until)


def duty_of_person(user_id: int, *, from_on: date) -> tuple[DutyRow, ...]:
    """The shifts that somebody has from a day on, by time."""
    rows = _standing().filter(user=user_id, ends_on__gte=from_on)
    return tuple(duty_row(row) for row in rows)


def gaps(since_on: date, until_on: date) -> tuple[Gap, ...]:
    """The turns of these days that nobody has, and the nights for which none was planned.

    A night counts where nobody was to be on call at three in the morning, for the whole office
    or any ward; an office that has never had a shift has no such nights.
    """
    rows = _standing().filter(on_date__gte=since_on, on_date__lte=until_on)
    empty = [
        Gap(
            row.on_date,
            row.ends_on,
            row.ward_code,
            f"Nobody has {duty_words(turn_of(row))}, {turn_words(turn_of(row))}",
            row.pk,
            row.role,
        )
        for row in rows.filter(
            Q(user__isnull=True) | Q(user__is_active=False) | Q(user__ends_on__lt=F("ends_on"))
        )
        if holder_of(row) is None
    ]
    return tuple(
        sorted([*empty, *_unplanned(since_on, until_on)], key=lambda g: (g.on_date, g.role))
    )


def next_of_role(at: datetime, actor: Actor, *, role: str = ON_CALL) -> DutyRow | None:
    """The next shift of a role that begins after a moment."""
    rows = _around(at, at + 7 * DAY).filter(role=role)
    later = (one for one in map(duty_row, rows) if one.starts_at > at)
    return next(iter(sorted(later, key=lambda one: one.starts_at)), None)


def get_shift(shift_id: int, actor: Actor) -> Shift:
    """One standing shift, to act on it; `NotFound` for those outside the office."""
    row: Shift | None = _standing().filter(pk=shift_id).first()
    if row is None or not policy.may_see_duty(actor):
        raise NotFound(f"no shift {shift_id}")
    return row


def holder_of(row: Shift) -> User | None:
    """Who has a shift; nobody where their sign-in is closed, or ends before the shift does."""
    user: User | None = row.user
    return user if user is not None and user.is_let_in(turn_of(row).last_on) else None


def duty_row(row: Shift) -> DutyRow:
    """One shift as a row; it comes with its user."""
    turn, zone, holder = turn_of(row), city_zone(), holder_of(row)
    return DutyRow(
        id=row.pk,
        turn=turn,
        starts_at=turn.begins_at(zone),
        ends_at=turn.ends_at(zone),
        user_id=holder.pk if holder else None,
        name=holder.name if holder else "",
        rota=row.rota,
        version=row.version,
    )


def _unplanned(since_on: date, until_on: date) -> list[Gap]:
    """The nights on which nobody was to be on call, as runs."""
    if not Shift.objects.filter(role__in=(ON_CALL, BACKUP)).exists():
        return []
    zone = city_zone()
    days = [since_on + DAY * n for n in range((until_on - since_on).days + 1)]
    nights = {wall_instant(day + DAY, SMALL_HOURS, zone): day for day in days}
    rows = map(duty_row, _around(min(nights), max(nights)).filter(role=ON_CALL))
    empty = nights_without(((r.starts_at, r.ends_at) for r in rows), nights)
    found = runs_of_days(nights[at] for at in empty)
    return [Gap(first, last, "", _nights_words(first, last)) for first, last in found]


def _nights_words(first: date, last: date) -> str:
    if first == last:
        return f"Nobody is planned to be on call in the night of {first:%A}, {first:%B} {first.day}"
    return (
        f"Nobody is planned to be on call in the nights from {first:%A}, {first:%B} {first.day},"
        f" to {last:%A}, {last:%B} {last.day}"
    )


def _standing() -> Any:
    rows = Shift.objects.filter(cleared_at__isnull=True).select_related("user")
    return rows.order_by("on_date", "starts", "-role", "ward_code", "pk")


def _around(since: datetime, until: datetime) -> Any:
    """The standing shifts whose days touch these moments; the moments themselves come after."""
    first, last = localdate(since) - LONGEST, localdate(until)
    return _standing().filter(on_date__gte=first, on_date__lte=last, ends_on__gte=localdate(since))


def _is_on(row: Shift, at: datetime) -> bool:
    turn, zone = turn_of(row), city_zone()
    return turn.begins_at(zone) <= at < turn.ends_at(zone)
