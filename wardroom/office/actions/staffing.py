"""Logging time, taking what was measured, setting a person's year, and keeping scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.analysis.staffing import FEWEST, unit_time
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_reason, check_text
from wardroom.office import facts, policy
from wardroom.office.models import Scenario, TimeLog, UnitTime, WorkYear
from wardroom.office.rules import staffing as rules

CENT = Decimal("0.01")


@action(policy.may_log_time)
def log_time(party: Party, *, kind: str, minutes: int, finished: int = 1, stamp: Stamp) -> TimeLog:
    """Log minutes that you spent on one kind of work today, and how many pieces you finished.

    Refuses: somebody else's time; a kind of work that is none; minutes beyond a day.
    Records: `TimeLogged`.
    """
    if party.user_id != stamp.actor.user_id:
        raise Refused("not_yours", "Everybody logs their own time.", field="kind")
    rules.check_log(kind, minutes, finished)
    log: TimeLog = TimeLog.objects.create(
        party=party,
        kind=kind,
        minutes=minutes,
        finished=finished,
        on=localdate(stamp.at),
        logged_at=stamp.at,
    )
    fact = facts.TimeLogged(kind_of_work=rules.KINDS[kind].one, minutes=minutes, finished=finished)
    record(fact, stamp=stamp)
    return log


@action(policy.may_log_time)
def take_back_time(log: TimeLog, *, stamp: Stamp) -> None:
    """Take back minutes that you logged by mistake, on the day on which you logged them.

    Refuses: somebody else's time; a day that is over. Records: `TimeTakenBack`.
    """
    if log.party.user_id != stamp.actor.user_id:
        raise Refused("not_yours", "Everybody takes back their own time.")
    if log.on != localdate(stamp.at):
        raise Refused("day_over", "Time can be taken back on the day on which it was logged.")
    fact = facts.TimeTakenBack(kind_of_work=rules.KINDS[log.kind].one, minutes=log.minutes)
    log.taken_back_at = stamp.at
    log.save(update_fields=["taken_back_at"])
    record(fact, stamp=stamp)


@action(policy.may_plan_staff)
def take_measured_time(
    _: None, *, kind: str, since_on: date, until_on: date, stamp: Stamp
) -> UnitTime:
    """Use what was logged between two days as the hours that one piece takes, with its range.

    Refuses: a kind of work that is none; days the wrong way round; fewer than five finished
    pieces. Records: `UnitTimeMeasured`.
    """
    if kind not in rules.KINDS:
        raise Refused("kind_unknown", "Choose which kind of work it was.", field="kind")
    if until_on < since_on:
        raise Refused("ends_too_early", "The last day comes before the first.", field="until_on")
    rows = TimeLog.objects.filter(kind=kind, on__range=(since_on, until_on)).order_by("pk")
    found = unit_time([(float(m), int(n)) for m, n in rows.values_list("minutes", "finished")])
    if found is None:
        sentence = f"Fewer than {FEWEST} finished pieces were logged in these days."
        raise Refused("too_few", sentence, field="kind")
    how = f"Time study, {long_day(since_on)} to {long_day(until_on)}"
    return _measured(
        kind, _cents(found.hours), _cents(found.low), _cents(found.high), found.observed, how, stamp
    )


@action(policy.may_plan_staff)
def note_unit_time(
    _: None,
    *,
    kind: str,
    hours: Decimal,
    low: Decimal,
    high: Decimal,
    observed: int,
    how: str,
    stamp: Stamp,
) -> UnitTime:
    """Note the hours of one piece as they were measured elsewhere: on how many, how, the range.

    Refuses: a kind of work that is none; hours outside their range; nothing observed; no word
    of how. Records: `UnitTimeMeasured`.
    """
    if kind not in rules.KINDS:
        raise Refused("kind_unknown", "Choose which kind of work it was.", field="kind")
    if not 0 < hours <= 9999 or not 0 <= low <= hours <= high <= 9999:
        sentence = "Give the hours of one piece, and a range around them."
        raise Refused("hours_off", sentence, field="hours")
    if observed < 1:
        raise Refused("too_few", "Say on how many pieces it was measured.", field="observed")
    words = check_text(
        how, code="how_missing", sentence="Say how it was measured.", field="how", most=200
    )
    return _measured(kind, hours, low, high, observed, words, stamp)


@action(policy.may_plan_staff)
def set_work_year(
    _: None, *, net_hours: int, utilisation: Decimal, reason: str, stamp: Stamp
) -> WorkYear:
    """Set how many hours a person is there in a year, and which part of them is for such work.

    Refuses: hours or a part that cannot be; no reason. Records: `WorkYearSet`.
    """
    rules.check_work_year(net_hours, utilisation)
    why = check_reason(reason)
    year: WorkYear = WorkYear.objects.create(
        net_hours=net_hours, utilisation=utilisation, reason=why, at=stamp.at, by=stamp.actor.name
    )
    fact = facts.WorkYearSet(
        net_hours=net_hours, utilisation=f"{utilisation.normalize():f}", reason=why
    )
    record(fact, stamp=stamp)
    return year


@action(policy.may_plan_staff)
def keep_scenario(_: None, *, name: str, changes: Mapping[str, Any], stamp: Stamp) -> Scenario:
    """Keep a year as it might be, by name, beside today's; nothing real is changed by it.

    Refuses: no name; a name that another has; nothing that is different; a number that cannot
    be; more than four at a time. Records: `ScenarioKept`.
    """
    called = check_text(
        name, code="name_missing", sentence="Give it a name.", field="name", most=80
    )
    live = Scenario.objects.filter(dropped_at=None)
    if live.filter(name__iexact=called).exists():
        raise Refused("name_taken", f"There is a scenario {called} already.", field="name")
    if live.count() >= rules.MOST_SCENARIOS:
        sentence = f"Drop one first: {rules.MOST_SCENARIOS} stand side by side at most."
        raise Refused("too_many", sentence, field="name")
    kept = rules.checked_changes(changes)
    scenario: Scenario = Scenario.objects.create(
        name=called, changes=kept, made_at=stamp.at, made_by=stamp.actor.name
    )
    record(facts.ScenarioKept(name=called), stamp=stamp)
    return scenario


@action(policy.may_plan_staff)
def drop_scenario(scenario: Scenario, *, stamp: Stamp) -> Scenario:
    """Look at a scenario no more. Refuses: one that was dropped. Records: `ScenarioDropped`."""
    if scenario.dropped_at is not None:
        raise Refused("already_so", "This scenario was dropped already.")
    scenario.dropped_at = stamp.at
    scenario.save(update_fields=["dropped_at"])
    record(facts.ScenarioDropped(name=scenario.name), stamp=stamp)
    return scenario


def _measured(
    kind: str,
    hours: Decimal,
    low: Decimal,
    high: Decimal,
    observed: int,
    how: str,
    stamp: Stamp,
) -> UnitTime:
    made: UnitTime = UnitTime.objects.create(
        kind=kind,
        hours=hours,
        low=low,
        high=high,
        observed=observed,
        how=how,
        measured_on=localdate(stamp.at),
        measured_by=stamp.actor.name,
    )
    fact = facts.UnitTimeMeasured(
        kind_of_work=rules.KINDS[kind].one,
        hours=f"{hours.normalize():f}",
        observed=observed,
        how=how,
    )
    record(fact, stamp=stamp)
    return made


def _cents(hours: float) -> Decimal:
    return max(Decimal(str(hours)).quantize(CENT), CENT if hours > 0 else Decimal(0))
