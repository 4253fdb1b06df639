"""How soon the office had its incidents and reported on them: by month and by kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.incidents.gateways.timing import quantiles
from wardroom.incidents.models import Incident
from wardroom.incidents.queries.incidents import incidents_counted
from wardroom.incidents.rules import measuring as rules
from wardroom.kernel.errors import NotAllowed

SLOW = {
    "answer_over_15": (rules.ANSWER, "15"),
    "answer_over_60": (rules.ANSWER, "60"),
    "report_over_60": (rules.REPORT, "60"),
}
COLUMNS = {rules.ANSWER: "taken_at", rules.REPORT: "first_report_at"}


@dataclass(frozen=True)
class IncidentTimes:
    """The incidents of some days: all of them, by month in their order, and by kind by name."""

    since_on: date
    until_on: date
    total: rules.TimesRow
    months: tuple[rules.TimesRow, ...]
    kinds: tuple[rules.TimesRow, ...]


def incident_times(
    actor: Actor, *, since: date, until: date, at: datetime, ward: str = "", kind: str = ""
) -> IncidentTimes:
    """How soon the incidents opened on these days were had and reported on.

    Each month of the days is there, also one without any. Refuses: whoever is not of the office.
    """
    rows = timed_incidents(actor, since=since, until=until, ward=ward, kind=kind)
    firsts = sorted({_month(since), _month(until), *_between(since, until)})
    by_month = {
        first: [r for r in rows if _month(localdate(r.opened_at)) == first] for first in firsts
    }
    codes = sorted({r.kind_code for r in rows}, key=lambda code: rules.kind_label(code).lower())

    def row(key: str, label: str, some: list[rules.Timed]) -> rules.TimesRow:
        return rules.row_of(key, label, some, now=at, estimate=quantiles)

    return IncidentTimes(
        since_on=since,
        until_on=until,
        total=row("", "All of them", rows),
        months=tuple(
            row(f"{first:%Y-%m}", f"{first:%B %Y}", some) for first, some in by_month.items()
        ),
        kinds=tuple(
            row(code, rules.kind_label(code), [r for r in rows if r.kind_code == code])
            for code in codes
        ),
    )


def timed_incidents(
    actor: Actor, *, since: date, until: date, ward: str = "", kind: str = ""
) -> list[rules.Timed]:
    """The incidents that count, opened on these days; the first one first."""
    if not actor.is_staff:
        raise NotAllowed
    wanted = {"matter__ward_code": ward, "kind_code": kind}
    found = counted(actor).filter(**{name: value for name, value in wanted.items() if value})
    found = found.filter(opened_at__date__gte=since, opened_at__date__lte=until)
    columns = ("kind_code", "opened_at", "taken_at", "first_report_at", "matter__closed_at")
    return [rules.Timed(*one) for one in found.order_by("opened_at", "pk").values_list(*columns)]


def counted(actor: Actor) -> Any:
    """The incidents within reach that the measures count: no exercise, none opened in error."""
    return Incident.objects.filter(matter__in=incidents_counted(actor), exercise=False)


def behind(*, since: date | None, until: date | None, slow: str, at: datetime) -> Q:
    """The matters behind a number: opened on these days, and over a limit of a clock."""
    among = slow_ones(slow, at) if slow in SLOW else Q()
    if since is not None:
        among &= Q(incident__opened_at__date__gte=since)
    if until is not None:
        among &= Q(incident__opened_at__date__lte=until)
    return among


def slow_ones(word: str, at: datetime) -> Q:
    """Which matters count as over a limit of a clock, as `is_within` of the rules has it."""
    clock, limit = SLOW[word]
    column, span = f"incident__{COLUMNS[clock]}", rules.LIMITS[limit]
    late = Q(**{f"{column}__gt": F("incident__opened_at") + span})
    never = Q(**{column: None}) & (
        Q(closed_at__isnull=False) | Q(incident__opened_at__lt=at - span)
    )
    return late | never


def _month(day: date) -> date:
    return rules.first_of_month(day)


def _between(since: date, until: date) -> list[date]:
    days = range((until - since).days + 1)
    return sorted({_month(since + timedelta(days=n)) for n in days})
