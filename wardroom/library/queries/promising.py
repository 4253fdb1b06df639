"""How soon a topic is to be dealt with and by whom, and which clocks a person can start."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count
from django.utils.timezone import localdate

from wardroom.kernel.business_time import Calendar, Clock, Due, due_date
from wardroom.library.models import Rule, TopicService
from wardroom.library.queries.held import OFFICE, PromiseRow, calendar_named, holds_on, promise_for

COUNTED = {
    Clock.BUSINESS: "working days",
    Clock.AFTER: "working days, and the day after",
    Clock.CALENDAR: "days",
    Clock.BEFORE: "working days before",
    Clock.DAYS_BEFORE: "days before",
    Clock.NOTICE: "working days",
    Clock.PROMISE: "working days",
}
BEFORE = (Clock.BEFORE, Clock.DAYS_BEFORE)


@dataclass(frozen=True)
class ExpectedRow:
    """The promise that applies to a topic, with the date it gives and how that was counted."""

    promise: PromiseRow
    agency_code: str
    agency_name: str
    due: Due

    @property
    def span(self) -> str:
        """How long, in words."""
        return f"{self.promise.days} {COUNTED[self.promise.clock]}"


@dataclass(frozen=True)
class ClockRow:
    """A clock of the law that can be started now; ``meets`` counts back from a meeting."""

    code: str
    name: str
    citation: str
    span: str
    condition: str
    meets: bool


def agencies_of_topic(topic_code: str) -> tuple[tuple[str, str], ...]:
    """The agencies that answer for a topic in 311, as code and name, the busiest first."""
    rows = TopicService.objects.filter(topic__code=topic_code).exclude(service__agency__code="")
    named = rows.values_list("service__agency__code", "service__agency__name")
    found = named.annotate(n=Count("pk")).order_by("-n", "service__agency__code")
    return tuple((code, name) for code, name, _ in found)


def promise_that_applies(
    topic_code: str, at: datetime, *, agency_code: str = "", calendar: Calendar | None = None
) -> ExpectedRow | None:
    """What is promised for a topic from an instant on, with its arithmetic; none where nothing is.

    Without an agency it is the one that answers for the topic in 311, where there is one.
    """
    answering = agencies_of_topic(topic_code) if not agency_code else ()
    code, name = answering[0] if answering else (agency_code, "")
    promise = promise_for(topic_code, localdate(at), code)
    if promise is None:
        return None
    known = calendar or calendar_named(OFFICE)
    due = due_date(at, days=promise.days, clock=promise.clock, calendar=known)
    due = replace(due, rule=f"{promise.days} {COUNTED[promise.clock]}", citation=promise.citation)
    return ExpectedRow(promise, code, name, due)


def clocks_to_start(on: date) -> tuple[ClockRow, ...]:
    """The clocks of the law that hold on a day and need nothing but a start, by name."""
    rows = Rule.objects.filter(holds_on(on), own=False, days__isnull=False).order_by("name", "pk")
    return tuple(
        ClockRow(
            code=rule.code,
            name=rule.name,
            citation=rule.citation,
            span=f"{rule.days} {COUNTED[Clock(rule.clock)]}",
            condition=rule.condition,
            meets=Clock(rule.clock) in BEFORE,
        )
        for rule in rows
    )
