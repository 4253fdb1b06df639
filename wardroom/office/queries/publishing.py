"""What publishing a draft would do: whom it tells, and the days that stay without a rota."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.calendar.queries.events import city_zone
from wardroom.calendar.rules.shifts import moves_between, people_in
from wardroom.office.models import Rota
from wardroom.office.queries.rota import get_rota, turn_of_row
from wardroom.office.queries.standing import shifts_around
from wardroom.office.rules.rota import PUBLISHED, Pattern, days_between

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Publishing:
    """How many people are told, how many turns ahead stay empty, and the days without a rota."""

    told: int
    gaps: int
    uncovered: tuple[tuple[date, date], ...]


def publishing_of(rota_id: int, actor: Actor, *, at: datetime) -> Publishing:
    """What publishing this draft now would do."""
    rota = get_rota(rota_id, actor)
    zone, lanes = city_zone(), Pattern.from_plain(rota.pattern).lanes
    rows = {turn_of_row(row): row.user_id for row in rota.turns.order_by("pk")}
    wanted = {turn: user for turn, user in rows.items() if turn.begins_at(zone) > at}
    standing = {
        row.turn: row.user_id
        for row in shifts_around(rota.from_on, rota.until_on)
        if (row.turn.role, row.turn.ward_code) in lanes
        and rota.from_on <= row.turn.on_date
        and row.starts_at > at
    }
    today = localdate(at)
    spans = [(rota.from_on, rota.until_on)]
    spans += (
        Rota.objects.filter(state=PUBLISHED, until_on__gte=today)
        .order_by("from_on", "pk")
        .values_list("from_on", "until_on")
    )
    touched = set(people_in(moves_between(standing, wanted))) - {actor.user_id}
    gaps = sum(user is None for user in wanted.values())
    return Publishing(len(touched), gaps, days_between(spans, today))
