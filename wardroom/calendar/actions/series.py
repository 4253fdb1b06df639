"""A meeting that comes back: begun, planned ahead, and ended with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar import facts, policy, rules
from wardroom.calendar.actions.planning import EventDraft, cancel_event, plan_event
from wardroom.calendar.models import Event, Series
from wardroom.calendar.queries.events import city_zone
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused
from wardroom.kernel.languages import twelve_hours
from wardroom.kernel.text import long_day
from wardroom.ledger.actions import record
from wardroom.matters.queries.clocks import working_calendar
from wardroom.matters.rules import check_length, check_text

LONGEST_MINUTES = 480


@dataclass(frozen=True)
class SeriesDraft:
    """A meeting as it is planned: its first day says on which weekday it comes back."""

    ward_code: str
    first_on: date
    starts: time
    minutes: int = 90
    title: str = ""
    place_text: str = ""
    kind: str = rules.CORE_TEAM
    repeats: str = rules.WEEKLY
    host: Party | None = None


@action(policy.may_begin_series)
def begin_series(draft: SeriesDraft, *, stamp: Stamp) -> Series:
    """Plan a meeting for every week or month, thirteen weeks ahead; closed days are left out.

    The time is that of the wall clock, before and after the clocks change.
    Refuses: a rhythm that is none; a first day that is over; less than a minute or more than
    eight hours; a ward whose core team meets already. Records: `SeriesBegun`,
    `SeriesPlannedAhead`, and `EventPlanned` for each meeting.
    """
    today = localdate(stamp.at)
    if draft.repeats not in rules.REPEATS:
        raise Refused("unknown_rhythm", "Choose how often it meets.", field="repeats")
    if draft.first_on < today:
        raise Refused("in_the_past", "Choose today or a later day.", field="first_on")
    if draft.first_on > today + rules.AHEAD:
        raise Refused("too_far", "Begin within the next thirteen weeks.", field="first_on")
    check_length_of(draft.minutes)
    running = Series.objects.filter(kind=draft.kind, ward_code=draft.ward_code, ended_on=None)
    if draft.kind == rules.CORE_TEAM and running.exists():
        raise Refused(
            "already_meets",
            "This core team has a weekly meeting. End that first.",
            field="first_on",
        )
    series: Series = Series.objects.create(
        kind=draft.kind,
        title=check_length(draft.title, field="title", most=120)
        or f"Core team of Ward {draft.ward_code}",
        ward_code=draft.ward_code,
        host=draft.host,
        repeats=draft.repeats,
        first_on=draft.first_on,
        starts=draft.starts,
        minutes=draft.minutes,
        place_text=check_length(draft.place_text, field="place_text", most=200),
        planned_until=draft.first_on - timedelta(days=1),
        begun_at=stamp.at,
    )
    fact = facts.SeriesBegun(
        **series_words(series),
        first_on=draft.first_on,
        clock=twelve_hours(draft.starts),
        minutes=draft.minutes,
    )
    record(fact, stamp=stamp)
    _plan(series, until_on=today + rules.AHEAD, stamp=stamp)
    return series


@action(policy.may_plan_ahead)
def plan_ahead(series: Series, *, stamp: Stamp) -> Series:
    """Put the next meetings of a series into the calendar, up to thirteen weeks from today.

    Refuses: a series that has ended, or is planned so far already.
    Records: `SeriesPlannedAhead`, and `EventPlanned` for each meeting.
    """
    if series.ended_on is not None:
        raise Refused("wrong_state", "This series has ended.")
    until = localdate(stamp.at) + rules.AHEAD
    if until < series.planned_until + rules.WEEK:
        raise Refused("nothing_new", "It is planned far enough ahead.")
    _plan(series, until_on=until, stamp=stamp)
    return series


@action(policy.may_end_series)
def end_series(series: Series, *, reason: str, stamp: Stamp) -> Series:
    """End a meeting that comes back, and cancel those after today; whoever looks is told why.

    What was planned for later days counts neither as held nor as planned.
    Refuses: a series that has ended; no reason. Records: `SeriesEnded`, and `EventCancelled`
    for each meeting still to come.
    """
    if series.ended_on is not None:
        raise Refused("wrong_state", "This series has ended already.")
    reason = check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=300
    )
    today = localdate(stamp.at)
    after = rules.instant_of(today + timedelta(days=1), time(0), city_zone())
    coming = Event.objects.filter(series=series, state=rules.PLANNED, starts_at__gte=after)
    events = list(coming.order_by("starts_at"))
    series.ended_on = today
    series.save(update_fields=["ended_on"])
    fact = facts.SeriesEnded(
        **series_words(series), ended_on=today, meetings=len(events), reason=reason
    )
    record(fact, stamp=stamp)
    for event in events:
        cancel_event(event, reason=reason, stamp=stamp)
    return series


def check_length_of(minutes: int) -> None:
    """A meeting lasts some time, and eight hours at most. Refuses: any other length."""
    if not 0 < minutes <= LONGEST_MINUTES:
        raise Refused("bad_length", "A meeting lasts eight hours at most.", field="minutes")


def _plan(series: Series, *, until_on: date, stamp: Stamp) -> None:
    all_days = rules.series_days(series.repeats, series.first_on, until_on=until_on)
    days = [day for day in all_days if day > series.planned_until]
    closed = working_calendar(days[0], until_on).holidays if days else {}
    skipped = [f"{long_day(day)} ({closed[day]})" for day in days if day in closed]
    meetings = [day for day in days if day not in closed]
    for day in meetings:
        plan_one(series, day, stamp=stamp)
    series.planned_until = until_on
    series.save(update_fields=["planned_until"])
    fact = facts.SeriesPlannedAhead(
        **series_words(series), meetings=len(meetings), until_on=until_on, skipped=tuple(skipped)
    )
    record(fact, stamp=stamp)


def plan_one(series: Series, day: date, *, stamp: Stamp) -> Event:
    """Put the meeting of one day into the calendar."""
    starts = rules.instant_of(day, series.starts, city_zone())
    draft = EventDraft(
        kind=series.kind,
        title=series.title,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=series.minutes),
        ward_code=series.ward_code,
        place_text=series.place_text,
        series=series,
        host=series.host,
    )
    return plan_event(draft, stamp=stamp)


def series_words(series: Series) -> dict[str, Any]:
    """The fields that all facts about a series share."""
    return {
        "series_id": series.pk,
        "event_kind": series.kind,
        "title": series.title,
        "ward_code": series.ward_code,
    }
