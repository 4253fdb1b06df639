"""How soon incidents were had and reported on: what counts, by month and kind, and its rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.cast import Cast
from tests.ground import Ground
from tests.incidents.calling import MINUTE, NIGHT, by, seated
from tests.incidents.test_working import situation
from wardroom.city.models import District
from wardroom.incidents.actions import end_incident, open_critical_incident, take_incident
from wardroom.incidents.models import Incident
from wardroom.incidents.queries import incident_page
from wardroom.incidents.queries.measured import SLOW, IncidentTimes, behind, incident_times
from wardroom.kernel.errors import NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
DAY = timedelta(days=1)
LAST = NIGHT + 20 * DAY


def opened(
    who: Cast, ward: District, at: datetime, kind: str = "fire", exercise: bool = False
) -> Incident:
    return open_critical_incident(
        None, kind_code=kind, where_text="Maple Street NE", ward=ward,
        stamp=replace(who.stamp, at=at), exercise=exercise,
    )  # fmt: skip


@pytest.fixture
def nights(ground: Ground, director: Cast, liaison5: Cast, staff: Cast) -> list[Incident]:
    """Two fires had after 5 and 20 minutes, an outage that nobody had, an error, an exercise."""
    seated(liaison5, "5")
    ward = ground.wards["5"]
    soon = opened(staff, ward, NIGHT)
    take_incident(soon, stamp=by(liaison5, NIGHT + 5 * MINUTE))
    soon.refresh_from_db()
    situation(liaison5, soon, at=NIGHT + 50 * MINUTE)
    late = opened(staff, ward, NIGHT + DAY)
    take_incident(late, stamp=by(liaison5, NIGHT + DAY + 20 * MINUTE))
    never = opened(staff, ward, NIGHT + 15 * DAY, kind="outage")
    end_incident(
        never.matter, outcome="nothing_needed", stamp=by(liaison5, NIGHT + 15 * DAY + 90 * MINUTE)
    )
    error = opened(staff, ward, NIGHT + 2 * DAY)
    end_incident(
        error.matter, outcome="opened_in_error", stamp=by(liaison5, NIGHT + 2 * DAY + MINUTE)
    )
    return [soon, late, never, opened(staff, ward, NIGHT + 3 * DAY, exercise=True)]


def times(who: Cast, **more: str) -> IncidentTimes:
    return incident_times(who.actor, since=NIGHT.date(), until=LAST.date(), at=LAST, **more)


def test_those_that_nobody_had_count_and_errors_and_exercises_do_not(
    nights: list[Incident], director: Cast
) -> None:
    found = times(director)
    answer, report = found.total.answer, found.total.report
    assert (answer.number, answer.never) == (3, 1)
    assert answer.within == {"15": (1, 3), "60": (2, 3)}
    # Kaplan-Meier by hand: 5 leaves 2/3, 20 leaves 1/3, 90 without an end.
    assert (answer.quantiles.median, answer.quantiles.slowest_tenth) == (20.0, None)
    assert (report.number, report.never) == (3, 2)
    assert report.within["60"] == (1, 3)


def test_they_stand_by_month_and_by_kind(nights: list[Incident], director: Cast) -> None:
    found = times(director)
    assert [(row.key, row.answer.number) for row in found.months] == [
        ("2026-11", 2),
        ("2026-12", 1),
    ]
    assert [(row.key, row.answer.within["15"]) for row in found.kinds] == [
        ("fire", (1, 2)),
        ("outage", (0, 1)),
    ]
    assert times(director, kind="outage").total.answer.number == 1


def test_a_number_is_the_incidents_of_the_list(nights: list[Incident], director: Cast) -> None:
    total = times(director).total
    clocks = {"answer": total.answer, "report": total.report}
    for word, (clock, limit) in SLOW.items():
        among = behind(since=NIGHT.date(), until=LAST.date(), slow=word, at=LAST)
        page = incident_page(director.actor, state="counted", among=among)
        yes, of = clocks[clock].within[limit]
        assert page.total == of - yes, word
    everything = behind(since=NIGHT.date(), until=LAST.date(), slow="", at=LAST)
    assert incident_page(director.actor, state="counted", among=everything).total == 3
    one = incident_page(director.actor, state="counted", kind="outage", among=everything)
    assert [row.id for row in one.rows] == [nights[2].matter_id]


def test_another_ward_counts_its_own(
    nights: list[Incident], liaison5: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    assert times(liaison5).total.answer.number == 3
    assert times(liaison7).total.answer.number == 0
    with pytest.raises(NotAllowed):
        times(partner_dpw)
