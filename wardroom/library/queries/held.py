"""What the library holds: topics, clocks, calendars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q

from wardroom.city.models import BusinessCalendar
from wardroom.directory.models import Service
from wardroom.kernel.business_time import Aim, Calendar, Clock, Due, Pause, due_date
from wardroom.kernel.errors import Refused
from wardroom.kernel.holidays import DESIGNATED
from wardroom.library.models import Exemption, Rule, Topic, TopicPromise, TopicService

OFFICE = "dc"


@dataclass(frozen=True)
class TopicRow:
    """A topic as lists, choices and the ranking see it."""

    code: str
    name: str
    recurrence_days: int
    routine: bool
    severity: int
    reach_m: int


@dataclass(frozen=True)
class RuleRow:
    """A clock in force."""

    code: str
    name: str
    citation: str
    clock: Clock
    days: int | None
    calendar_code: str
    valid_from: date
    valid_until: date | None
    aim: Aim = Aim.PLAIN
    extends: str = ""
    condition: str = ""
    own: bool = False


@dataclass(frozen=True)
class PromiseRow:
    """How soon a topic is to be dealt with; `agency_code` is empty where it holds for any."""

    topic_code: str
    agency_code: str
    days: int
    clock: Clock
    citation: str
    own: bool
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True)
class ExemptionRow:
    """A ground for keeping a part of a record back, as it holds on a day."""

    code: str
    name: str
    meaning: str
    citation: str


def exemptions_on(on: date) -> tuple[ExemptionRow, ...]:
    """The grounds for keeping something back that hold on a day, in the order of the law."""
    rows = Exemption.objects.filter(holds_on(on)).order_by("valid_from", "pk")
    found = {row.code: ExemptionRow(row.code, row.name, row.meaning, row.citation) for row in rows}
    return tuple(found.values())


def topics() -> tuple[TopicRow, ...]:
    """Every topic, by name."""
    return tuple(_topic_row(t) for t in Topic.objects.order_by("name"))


def topic_of_services() -> Mapping[int, TopicRow]:
    """The topic of each service, by the service's number; a service without one is absent."""
    rows = TopicService.objects.select_related("topic")
    return {r.service_id: _topic_row(r.topic) for r in rows}


def services_without_topic() -> int:
    """How many services nobody has put under a topic."""
    return Service.objects.filter(topic_service=None).count()


def calendar_named(code: str) -> Calendar:
    """A city's calendar with every holiday it holds.

    Refuses: a calendar that is not loaded.
    """
    found = _calendar(code)
    if found is None:
        raise Refused("no_calendar", "No calendar is loaded yet. Run: wardroom setup")
    return found


def office_hours() -> Calendar | None:
    """The calendar by which the office itself works; None where none is loaded yet."""
    return _calendar(OFFICE)


def _calendar(code: str) -> Calendar | None:
    row = BusinessCalendar.objects.filter(code=code).first()
    if row is None:
        return None
    days = list(row.holidays.order_by("on"))
    by_law = {h.on for h in days if not h.legal_basis.startswith(DESIGNATED)}
    return Calendar(
        code=row.code,
        zone=row.zone,
        opens=row.opens_at,
        closes=row.closes_at,
        holidays={h.on: h.name for h in days},
        disputed=frozenset(h.on for h in days if h.on not in by_law),
    )


def rule_in_force(code: str, on: date) -> RuleRow:
    """The version of a clock that held on a day.

    Refuses: a clock that does not exist, or held at other times.
    """
    versions = Rule.objects.filter(code=code).order_by("valid_from")
    if not versions:
        known = ", ".join(sorted(set(Rule.objects.values_list("code", flat=True))))
        hint = f"Known: {known}." if known else "None is loaded yet. Run: wardroom setup"
        raise Refused("no_such_rule", f"There is no rule {code}. {hint}", field="rule")
    rule = versions.filter(holds_on(on)).last()
    if rule is None:
        first = versions[0].valid_from
        raise Refused(
            "rule_not_in_force",
            f"The rule {code} did not hold on {on:%B %-d, %Y}; it holds from {first:%B %-d, %Y}.",
            field="start",
        )
    return RuleRow(
        code=rule.code,
        name=rule.name,
        citation=rule.citation,
        clock=Clock(rule.clock),
        days=rule.days,
        calendar_code=rule.calendar_code,
        valid_from=rule.valid_from,
        valid_until=rule.valid_until,
        aim=Aim(rule.aim),
        extends=rule.extends,
        condition=rule.condition,
        own=rule.own,
    )


def days_in_force(prefix: str, on: date) -> Mapping[str, int]:
    """The days of every clock whose code starts so and that held on a day, by the rest of it."""
    rows = Rule.objects.filter(holds_on(on), code__startswith=prefix, days__isnull=False)
    found = rows.order_by("valid_from").values_list("code", "days")
    return {code.removeprefix(prefix): days for code, days in found if days is not None}


def promise_for(topic_code: str, on: date, agency_code: str = "") -> PromiseRow | None:
    """How soon a topic was to be dealt with on a day: the agency's own promise, or any's."""
    rows = TopicPromise.objects.filter(holds_on(on), topic__code=topic_code)
    rows = rows.filter(agency_code__in=["", agency_code]).order_by("agency_code", "valid_from")
    found = rows.last()
    if found is None:
        return None
    return PromiseRow(
        topic_code=topic_code,
        agency_code=found.agency_code,
        days=found.days,
        clock=Clock(found.clock),
        citation=found.citation,
        own=found.own,
        valid_from=found.valid_from,
        valid_until=found.valid_until,
    )


def due_under(
    rule: RuleRow,
    start: datetime,
    *,
    days: int | None = None,
    calendar: Calendar | None = None,
    pauses: Iterable[Pause] = (),
    condition: str = "",
) -> Due:
    """When something is due under a clock; ``days`` only where the clock leaves it open.

    ``calendar`` is the rule's own, where whoever asks has read it already. ``condition`` says
    how the condition of a longer clock was met.
    Refuses: days missing where the clock needs them, or given where the law fixes them; a
    longer clock whose condition nobody wrote down; what the clock refuses.
    """
    if rule.days is None and days is None:
        raise Refused("days_missing", f"{rule.name} needs a number of days.", field="days")
    if rule.days is not None and days not in (None, rule.days):
        raise Refused(
            "days_fixed", f"{rule.name} is always {rule.days} days ({rule.citation}).", field="days"
        )
    count = rule.days if rule.days is not None else days
    assert count is not None
    if rule.extends and not condition.strip():
        raise Refused(
            "condition_missing",
            f"{rule.name} holds only with: {rule.condition}. Say how that was met.",
            field="condition",
        )
    known = calendar or calendar_named(rule.calendar_code)
    due = due_date(start, days=count, clock=rule.clock, calendar=known, pauses=pauses, aim=rule.aim)
    steps = due.steps
    if rule.extends:
        steps = (f"Longer than {rule.extends}, with: {condition.strip()}.", *steps)
    return replace(due, steps=steps, rule=rule.name, citation=rule.citation)


def holds_on(on: date) -> Q:
    """What holds on a day, by its own dates."""
    return Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gte=on))


def _topic_row(topic: Topic) -> TopicRow:
    return TopicRow(
        code=topic.code,
        name=topic.name,
        recurrence_days=topic.recurrence_days,
        routine=topic.routine,
        severity=topic.severity,
        reach_m=topic.reach_m,
    )
