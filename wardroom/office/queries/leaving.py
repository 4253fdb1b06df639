"""The shifts of those who leave: gathered for a handover, and found where nobody handed over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils.timezone import localdate

from wardroom.access.models import Grant, User
from wardroom.access.queries import actor_for
from wardroom.calendar.models import Shift
from wardroom.calendar.policy import may_take_shift
from wardroom.calendar.policy.shifts import ON_DUTY
from wardroom.calendar.queries.duty import duty_of_person, duty_row, turn_of
from wardroom.directory.models import Party
from wardroom.matters.gateways import LiveThing

AHEAD = timedelta(days=400)


def may_be_on_duty(user: User, *, on: date) -> bool:
    """Whether somebody holds a role on a day with which one can be on duty."""
    return may_take_shift(actor_for(user, on=on))


def get_shifts_of_leavers(*, at: datetime) -> tuple[Shift, ...]:
    """The shifts to come whose holder can be on duty no more before they are over."""
    today = localdate(at)
    rows = Shift.objects.filter(
        cleared_at__isnull=True, user__isnull=False, on_date__gte=today, on_date__lte=today + AHEAD
    ).select_related("user")
    shifts = list(rows.order_by("on_date", "pk"))
    held = _days_of({shift.user_id for shift in shifts if shift.user_id is not None}, today)
    return tuple(
        shift
        for shift in shifts
        if duty_row(shift).starts_at > at and not _here(shift, held.get(shift.user_id or 0, []))
    )


def live_shifts(party: Party, on: date) -> tuple[LiveThing, ...]:
    """The shifts to come of a person, as one thing to hand over."""
    rows = duty_of_person(party.user_id, from_on=on) if party.user_id is not None else ()
    if not rows:
        return ()
    many = "1 shift" if len(rows) == 1 else f"{len(rows)} shifts"
    return (
        LiveThing(
            noun="shift",
            key=str(party.pk),
            title=f"{many} of the rota, the first {rows[0].when}",
            detail="What the successor cannot have becomes a gap.",
            due_on=max(on, rows[0].turn.on_date),
            address="/rota/",
        ),
    )


def counted_shifts(people: Iterable[int], on: date) -> Mapping[int, int]:
    """Who of these people has shifts to come: one thing each."""
    rows = Shift.objects.filter(
        cleared_at__isnull=True, ends_on__gte=on, user__party__in=list(people)
    )
    held = rows.values_list("user__party").annotate(Count("pk")).order_by("user__party")
    return {party_id: 1 for party_id, _ in held}


def _here(shift: Shift, days: list[tuple[date, date | None]]) -> bool:
    """Whether one of these times covers the whole of a shift, or two do that meet."""
    return all(
        any(first <= on and (last is None or on <= last) for first, last in days)
        for on in (shift.on_date, turn_of(shift).last_on)
    )


def _days_of(users: Iterable[int], today: date) -> dict[int, list[tuple[date, date | None]]]:
    """From when to when each of these can be on duty; who cannot sign in has no such days."""
    rows = Grant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=today),
        user__in=list(users),
        user__is_active=True,
        role__in=[role.value for role in ON_DUTY],
    )
    found: dict[int, list[tuple[date, date | None]]] = {}
    for user, first, last in rows.order_by("pk").values_list("user", "valid_from", "valid_until"):
        found.setdefault(user, []).append((first, last))
    return found
