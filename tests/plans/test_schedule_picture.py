"""The picture of a plan: today stands in it, and its words keep clear of each other on a phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.plans.planning import BOARD_UP, CLEAR, LIGHT, adopted, at
from wardroom.matters.models import Matter
from wardroom.plans.queries import forecast_of, plan_of
from wardroom.web.plans.schedule import Schedule, schedule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
WIDE, LETTER, MARGIN = 358.0, 7.0, 16.0


def picture(matter: Matter, who: Cast, last: date, today: date) -> Schedule:
    light = replace(LIGHT, due_on=last)
    adopted(matter, who, BOARD_UP, CLEAR, light, target_on=last + timedelta(days=9))
    plan = plan_of(matter.pk, who.actor)
    assert plan is not None
    drawn = schedule(plan, forecast_of(plan, on=today), today)
    assert drawn is not None
    return drawn


@pytest.mark.parametrize("days", [20, 45, 120, 400, 900])
@pytest.mark.parametrize("passed", [0, 15, 200])
def test_words_stay_inside_and_apart_at_the_width_of_a_phone(
    matter5: Matter, liaison5: Cast, days: int, passed: int
) -> None:
    today = NOON.date() + timedelta(days=passed)
    drawn = picture(matter5, liaison5, NOON.date() + timedelta(days=days), today)
    edges = []
    for tick in [*drawn.ticks, drawn.today]:
        width, at_x = len(tick.text) * LETTER, tick.at / 100 * WIDE
        left = {"start": at_x, "middle": at_x - width / 2, "end": at_x - width}[tick.anchor]
        assert left >= -MARGIN
        assert left + width <= WIDE + MARGIN, tick
        edges.append((left, left + width))
    for (_, right), (left, _) in pairwise(edges[:-1]):
        assert right <= left, drawn.ticks
    for row in drawn.rows:
        x = row.label_at / 100 * WIDE
        right = x + 6 if row.label_end else x + 11 + len(row.label) * LETTER
        assert right <= WIDE + MARGIN, row


def test_today_stands_in_the_picture_and_in_its_words(matter5: Matter, liaison5: Cast) -> None:
    today = at(liaison5, days=3).at.date()
    drawn = picture(matter5, liaison5, date(2026, 12, 20), today)
    assert drawn.today.text == "Today, Nov 21"
    assert 0 < drawn.today.at < 100
    assert drawn.summary.startswith("Schedule of 3 steps, as of today, Nov 21, 2026.")
    assert "after 1" in drawn.summary
