"""In which order to walk, and what waits for a look."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import Cast, on_day
from tests.conftest import NOON
from tests.ground import NEXT, AskMaker, Ground
from wardroom.fieldwork.gateways.routing import AROUND, weight_around
from wardroom.fieldwork.gateways.walking import places_in_order, walking_order, walks_of
from wardroom.fieldwork.queries import walks as walk_queries
from wardroom.fieldwork.queries.walks import legs_of
from wardroom.matters.actions import (
    accept_ask,
    close_matter,
    open_matter,
    report_done,
    restrict_matter,
    set_next_step,
)
from wardroom.matters.models import Matter
from wardroom.matters.rules.steps import DECIDE, LOOK

POINTS = st.lists(
    st.tuples(st.floats(38.85, 38.95), st.floats(-77.05, -76.95)), min_size=0, max_size=95
)
TODAY = NOON.date()


@settings(deadline=None, max_examples=25)
@given(POINTS)
def test_each_point_is_on_one_walk_of_at_most_forty(points: list[tuple[float, float]]) -> None:
    walks = walks_of(points)
    assert sorted(n for walk in walks for n in walk) == list(range(len(points)))
    assert all(1 <= len(walk) <= 40 for walk in walks)
    assert walks == walks_of(points)


def test_walk_does_not_run_to_and_fro() -> None:
    points = [(38.90, -77.0 + 0.001 * n) for n in (4, 0, 3, 1, 2)]
    order = walking_order(points)
    assert order in ([1, 3, 4, 2, 0], [0, 2, 4, 3, 1])
    legs = legs_of([points[n] for n in order])
    assert legs[0] == 0
    assert all(105 < leg < 120 for leg in legs[1:])


@pytest.mark.parametrize("many", [1, 2, 100, 101, 350])
def test_bands_weigh_the_same_as_all_pairs(many: int) -> None:
    rng = np.random.default_rng(many)
    north, east = rng.uniform(0, 4000, many), rng.uniform(0, 4000, many)
    weights = rng.choice([1.0, 2.0, 3.0], many)
    near = np.hypot(north[:, None] - north, east[:, None] - east) <= AROUND
    assert (weight_around(north, east, weights) == (near * weights).sum(axis=1)).all()


@pytest.mark.django_db
@pytest.mark.any_database
def test_location_that_waits_for_a_look_is_one_stop(
    matter5: Matter,
    matter7: Matter,
    liaison5: Cast,
    liaison7: Cast,
    director: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    later = NEXT + timedelta(days=9)
    set_next_step(matter5, next_on=later, next_step=LOOK, stamp=liaison5.stamp)
    set_next_step(matter7, next_on=NEXT, next_step=DECIDE, stamp=liaison7.stamp)
    found = places_in_order(director.actor, on=TODAY)
    assert sorted(stop.matter_id for stop in found.stops) == [matter5.pk, matter7.pk]
    monkeypatch.setattr(walk_queries, "MOST_STOPS", 1)
    found = places_in_order(director.actor, on=TODAY)
    assert [stop.matter_id for stop in found.stops] == [matter7.pk]
    assert found.total == len({matter5, matter7})


@pytest.mark.django_db
@pytest.mark.any_database
def test_open_locations_and_finished_asks_wait_for_a_look(
    ground: Ground,
    matter5: Matter,
    matter7: Matter,
    ask_in: AskMaker,
    liaison5: Cast,
    liaison7: Cast,
    director: Cast,
    partner_dpw: Cast,
    staff: Cast,
) -> None:
    def seen(who: Cast, **words: object) -> set[int]:
        found = places_in_order(who.actor, on=TODAY, **words)  # type: ignore[arg-type]
        assert found.total == len(found.stops)
        return {stop.matter_id for stop in found.stops}

    issue = open_matter(
        ground.places["5"],
        kind="issue",
        title="Bags in the alley",
        owner=liaison5.party,
        next_on=NEXT,
        next_step=DECIDE,
        ward=ground.wards["5"],
        stamp=liaison5.stamp,
    )
    assert seen(liaison5) == {matter5.pk}
    ask = ask_in(issue, liaison5, "DPW")
    accept_ask(ask, promised_on=NEXT, stamp=partner_dpw.stamp)
    assert seen(director) == {matter5.pk, matter7.pk}
    report_done(ask, disposition="fixed", stamp=partner_dpw.stamp)
    assert seen(liaison5) == {matter5.pk, issue.pk}
    assert seen(liaison7) == {matter7.pk}
    assert seen(director, ward="7") == {matter7.pk}
    assert seen(partner_dpw) == set()
    assert seen(liaison5, due=True) == set()
    late = places_in_order(liaison5.actor, on=NEXT + timedelta(days=1), due=True)
    assert matter5.pk in {stop.matter_id for stop in late.stops}
    restrict_matter(matter7, readers=[liaison7.party], reason="A witness", stamp=liaison7.stamp)
    assert matter7.pk not in seen(on_day(staff, TODAY))
    close_matter(matter5, outcome="maintained", stamp=liaison5.stamp)
    assert matter5.pk not in seen(liaison5)
