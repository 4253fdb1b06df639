"""How often the judge was wrong on plans that nobody made, as it was last tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.problems.models import FalseAlarmCheck
from wardroom.problems.rules.false_alarms import AlarmRow, alarm_rows, quarter_begins


@dataclass(frozen=True)
class FalseAlarms:
    """The last try: when, on which data, and what came of it by the number of places."""

    checked_on: date
    data_until: date
    method: str
    requests: int
    starts: tuple[str, ...]
    months: int
    places: int
    rows: tuple[AlarmRow, ...]

    def nearest(self, size: int) -> AlarmRow | None:
        """The figures of the size that is most like a plan's."""
        return min(self.rows, key=lambda row: abs(row.size - size), default=None)


def false_alarms(actor: Actor) -> FalseAlarms | None:
    """The last try; it names no place, so all staff see it. None before the first."""
    last = FalseAlarmCheck.objects.order_by("-checked_at", "-pk").first()
    if last is None or not actor.is_staff:
        return None
    return FalseAlarms(
        checked_on=localdate(last.checked_at),
        data_until=last.data_until,
        method=last.method,
        requests=last.requests,
        starts=tuple(last.starts),
        months=last.months,
        places=last.places,
        rows=alarm_rows(last.figures),
    )


def tried_this_quarter(on: date) -> bool:
    """Whether the judge was tried in the quarter of a day."""
    last = FalseAlarmCheck.objects.order_by("-checked_at").values_list("checked_at", flat=True)
    newest = last.first()
    return newest is not None and localdate(newest) >= quarter_begins(on)
