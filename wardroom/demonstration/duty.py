"""An invented quarter on duty: a rota with a gap, a swap, the next draft, an event to cover."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.access.models import User
from wardroom.calendar.actions import EventDraft, plan_event
from wardroom.calendar.models import Shift
from wardroom.calendar.rules.shifts import EVENING, ON_CALL
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.demonstration.rhythm import ZONE
from wardroom.office.actions import (
    RotaDraft,
    ask_language,
    ask_swap,
    draft_rota,
    enter_wish,
    keep_gaps,
    keep_proposal,
    note_languages,
    publish_rota,
)
from wardroom.office.models import Rota, Swap
from wardroom.office.queries import Answer
from wardroom.office.queries.people import duty_people
from wardroom.office.rules.rota import EVERY_DAY, Pattern

DIRECTOR = "director@wardroom.example"
ASKS, AWAY = "liaison5@wardroom.example", "liaison2@wardroom.example"
WEEKS, BACK = 13, 3
# Who of a half of four has which day, from Monday on; the other half has the weekend.
NIGHTS = ((0, 1), (2, 3), (1, 0), (3, 2), (0, 1))
WEEKEND = ((0, 1), (2, 3))
# What some speak beside English, by their place among the eight.
SPEAK = {0: ("es",), 4: ("es", "fr"), 6: ("am",)}
DAY, WEEK = timedelta(days=1), timedelta(days=7)


def show_rota(plan: Plan) -> int:
    """A quarter in force, and how many of its shifts are still to come."""
    if not Rota.objects.exists():
        first = _monday(plan.end) - BACK * WEEK
        if not _quarter(first, plan):
            return 0
        _wishes_and_swap(plan)
        last = Rota.objects.get(state="published").pattern
        pattern = Pattern.from_plain(last)
        draft = RotaDraft("The quarter after", first + WEEKS * WEEK, 2, pattern)
        _ask_spanish(draft_rota(None, draft=draft, stamp=stamp_of(DIRECTOR, plan.now)), plan.now)
        _event_to_cover(plan)
    return Shift.objects.filter(on_date__gte=plan.end, cleared_at=None).count()


def _quarter(first: date, plan: Plan) -> bool:
    """The rota of thirteen weeks, planned the week before it begins; a night in it is a gap."""
    at = datetime.combine(first - 5 * DAY, time(11), tzinfo=ZONE)
    last = first + WEEKS * WEEK - DAY
    crew = [one for one in duty_people(first, last) if one.until_on is None][:8]
    people = [one.user_id for one in crew]
    if len(people) < 8:
        return False
    stamp = stamp_of(DIRECTOR, at)
    _say_languages(people, at)
    evenings = Pattern(wards=tuple(sorted(crew[0].wards))[:1])
    draft = RotaDraft(f"Quarter from {first:%B} {first.day}", first, WEEKS, evenings)
    rota = draft_rota(None, draft=draft, stamp=stamp)
    _ask_spanish(rota, at)
    gap = plan.end + 9 * DAY
    given = {
        turn.pk: _evening(people, (turn.on_date - first).days)
        if turn.role == EVENING
        else _who(people, (turn.on_date - first).days, backup=turn.role != ON_CALL)
        for turn in rota.turns.order_by("pk")
        if turn.on_date != gap or turn.role != ON_CALL
    }
    house = Stamp(actor=SYSTEM, at=at, window=Window.WORKER)
    keep_proposal(rota, answer=Answer(given), stamp=house)
    publish_rota(rota, stamp=stamp)
    return True


def _who(people: list[int], day: int, *, backup: bool) -> int:
    """Whose turn it is: the halves take the weekends in turn, and all of a half move on."""
    week, weekday = divmod(day, 7)
    run = week + (weekday >= 5)
    half = run % 2
    pair = WEEKEND[weekday - 5] if weekday >= 5 else NIGHTS[weekday]
    return people[4 * half + (pair[backup] + run // 2) % 4]


def _evening(people: list[int], day: int) -> int:
    """Whose evening it is: the first of the half that has no nights in that week."""
    return people[4 * (1 - day // 7 % 2)]


def _say_languages(people: list[int], at: datetime) -> None:
    """What some of them speak beside English; the first of each half speaks Spanish."""
    for place, languages in SPEAK.items():
        user = User.objects.get(pk=people[place])
        note_languages(user, languages=languages, stamp=stamp_of(DIRECTOR, at))


def _ask_spanish(rota: Rota, at: datetime) -> None:
    """The evenings of the ward ask for somebody who speaks Spanish."""
    if rota.turns.filter(role=EVENING).exists():
        ask_language(rota, role=EVENING, days=EVERY_DAY, language="es",
                     stamp=stamp_of(DIRECTOR, at))  # fmt: skip


def _wishes_and_swap(plan: Plan) -> None:
    """Leave later on, a wish for a weekend, and a night that anyone may take."""
    later = plan.end + 70 * DAY
    enter_wish(None, kind="leave", from_on=later, until_on=later + 4 * DAY,
               stamp=stamp_of(AWAY, plan.now - 2 * DAY))  # fmt: skip
    enter_wish(None, kind="rather_not", from_on=later + WEEK, stamp=stamp_of(ASKS, plan.now))
    holder = User.objects.get(email=ASKS)
    own = Shift.objects.filter(user=holder, on_date__gt=plan.end + 3 * DAY, cleared_at=None)
    shift = own.order_by("-on_date", "pk").first()
    if shift is not None and not Swap.objects.exists():
        ask_swap(shift, stamp=stamp_of(ASKS, plan.now - timedelta(hours=5)))
    keep_gaps(None, stamp=Stamp(actor=SYSTEM, at=plan.now, window=Window.WORKER))


def _event_to_cover(plan: Plan) -> None:
    """An evening of this week to which nobody of the office goes yet, for the week board."""
    day = _monday(plan.end) + 3 * DAY
    starts = datetime.combine(day if day > plan.end else plan.end + DAY, time(18), tzinfo=ZONE)
    draft = EventDraft(
        kind="meeting",
        title="Evening of the block captains",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        ward_code="2",
    )
    plan_event(draft, stamp=stamp_of(AWAY, plan.now - 3 * DAY))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
