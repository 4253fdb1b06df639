"""What nobody covers in the days to come: turns without anybody, nights, and wards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.access.actor import SYSTEM, Role
from wardroom.access.models import Grant
from wardroom.calendar.queries.duty import Gap, duty_between, gaps
from wardroom.calendar.queries.events import day_start
from wardroom.matters.queries.clocks import working_calendar
from wardroom.office.queries.week import BoardDay, ward_cell
from wardroom.office.queries.week_people import ONE, people_between, with_things
from wardroom.office.rules.rota import span_words
from wardroom.office.rules.week import is_free

WARD = "ward"
MOST_FREE = 14


def all_gaps(since_on: date, until_on: date) -> tuple[Gap, ...]:
    """The turns that nobody has, the nights without a plan, and the wards that nobody covers."""
    found = [*gaps(since_on, until_on), *ward_gaps(since_on, until_on)]
    return tuple(sorted(found, key=lambda gap: (gap.on_date, gap.role, gap.ward_code)))


def ward_gaps(since_on: date, until_on: date) -> tuple[Gap, ...]:
    """The working days on which nobody covers a ward, as the week board sees them, in runs.

    A ward counts once it has had a liaison.
    """
    wards = _wards(until_on)
    if not wards:
        return ()
    holidays = working_calendar(since_on, until_on).holidays
    span = [since_on + ONE * n for n in range((until_on - since_on).days + 1)]
    days = [BoardDay(day, "", free=False) for day in span if not is_free(day, holidays)]
    people = people_between(since_on, until_on, SYSTEM)
    people = with_things(people, since_on - ONE, until_on + ONE, SYSTEM)
    duty = duty_between(day_start(since_on), day_start(until_on + ONE), SYSTEM)
    found: list[Gap] = []
    for ward in wards:
        told = [(day.on, ward_cell(ward, day, people, duty).uncovered) for day in days]
        found += _runs(ward, told)
    return tuple(found)


@dataclass(frozen=True)
class WardAnswers:
    """Who answers for a ward in working hours; ``uncovered`` says in words that nobody does."""

    ward: str
    names: tuple[str, ...]
    uncovered: str


def ward_answers(since_on: date) -> tuple[date, tuple[WardAnswers, ...]]:
    """Who answers for each ward on the first working day from a day on, and which day that is."""
    holidays = working_calendar(since_on, since_on + ONE * MOST_FREE).holidays
    span = [since_on + ONE * n for n in range(MOST_FREE)]
    on = next((day for day in span if not is_free(day, holidays)), since_on)
    wards = _wards(on)
    if not wards:
        return on, ()
    people = with_things(people_between(on, on, SYSTEM), on - ONE, on + ONE, SYSTEM)
    cells = [(ward, ward_cell(ward, BoardDay(on, "", free=False), people, ())) for ward in wards]
    return on, tuple(WardAnswers(ward, cell.names, cell.uncovered) for ward, cell in cells)


def _wards(on: date) -> list[str]:
    rows = Grant.objects.filter(role=Role.LIAISON.value, cover=False, called_off=False)
    rows = rows.filter(valid_from__lte=on).exclude(ward_code="").order_by("ward_code")
    return list(rows.values_list("ward_code", flat=True).distinct())


def _runs(ward: str, told: list[tuple[date, str]]) -> list[Gap]:
    """Working days in a row with the same words as one gap; days off between do not part them."""
    runs: list[tuple[date, date, str]] = []
    before = ""
    for day, words in told:
        if words and words == before:
            runs[-1] = (runs[-1][0], day, words)
        elif words:
            runs.append((day, day, words))
        before = words
    return [
        Gap(first, last, ward, f"{words}, {span_words(first, last)}", role=WARD)
        for first, last, words in runs
    ]
