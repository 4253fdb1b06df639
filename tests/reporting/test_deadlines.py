"""The deadline of a report, as the database works it out for every row."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db.models import DateTimeField, Value

from wardroom.city.models import District
from wardroom.library.queries import office_hours
from wardroom.reporting.queries.office.deadlines import Deadline, end_of
from wardroom.reporting.rules.answering import answered_by, next_working_day

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
# Both changes of the clock, Thanksgiving and the end of a year lie in it.
SINCE, UNTIL = date(2025, 10, 20), date(2026, 3, 20)
INSTANT = timedelta(microseconds=1)


def deadline_in_the_database(instant: datetime) -> date | None:
    calendar = office_hours()
    assert calendar is not None
    asked = Deadline(
        Value(instant, output_field=DateTimeField()), answered_by(SINCE, UNTIL, calendar)
    )
    found: date | None = District.objects.annotate(due=asked).values_list("due", flat=True)[0]
    return found


def test_each_day_has_the_deadline_of_the_calendar(small_city: object) -> None:
    calendar = office_hours()
    assert calendar is not None
    day = SINCE
    while day <= UNTIL:
        due = next_working_day(day, calendar)
        assert deadline_in_the_database(end_of(day) - INSTANT) == due, day
        assert deadline_in_the_database(end_of(day - timedelta(days=1))) == due, day
        day += timedelta(days=1)


def test_what_came_after_the_last_day_has_none(small_city: object) -> None:
    assert deadline_in_the_database(end_of(UNTIL) - INSTANT) is not None
    assert deadline_in_the_database(end_of(UNTIL)) is None
