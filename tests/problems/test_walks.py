"""The districts to walk in because few report: who sees which, why, and what was seen there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import NEXT
from tests.trouble import Trouble
from wardroom.access.actor import NOBODY, Actor
from wardroom.fieldwork.actions import record_check
from wardroom.matters.models import Matter
from wardroom.problems.actions import decide_candidate
from wardroom.problems.queries import walk_page

pytestmark = pytest.mark.django_db


def named(actor: Actor, **words: str) -> list[str]:
    return [row.label for row in walk_page(actor, **words).rows]  # type: ignore[arg-type]


def test_district_where_few_report_is_named_with_its_bounds(
    uneven: Trouble, director: Cast
) -> None:
    page = walk_page(director.actor)
    assert [(row.label, row.why, row.ward_code) for row in page.rows] == [("Ward 7", "seldom", "7")]
    row = page.rows[0]
    assert 0 < row.unreported_low < row.unreported < row.unreported_high  # type: ignore[operator]
    assert row.lower < row.relative < row.upper < 1
    assert (page.counted, page.districts, page.repeats) == (True, "wards", 120)
    assert page.definition.startswith("Reporting rate")
    assert row.delay_days > page.delay_days  # type: ignore[operator]


def test_filters_and_sorts(uneven: Trouble, director: Cast) -> None:
    assert named(director.actor, why="all", sort="rate") == ["Ward 7", "Ward 5"]
    assert named(director.actor, why="all", sort="-rate") == ["Ward 5", "Ward 7"]
    assert named(director.actor, why="all", sort="code") == ["Ward 5", "Ward 7"]
    assert named(director.actor, why="all", sort="-delay") == ["Ward 7", "Ward 5"]
    assert named(director.actor, why="all") == ["Ward 7", "Ward 5"]
    assert named(director.actor, why="silent") == []
    assert named(director.actor, why="seldom", ward="5") == []
    assert named(director.actor, why="no such", sort="password") == ["Ward 7"]


def test_everybody_sees_the_own_wards_only(
    uneven: Trouble, liaison5: Cast, liaison7: Cast, records_officer: Cast, partner_dpw: Cast
) -> None:
    assert named(liaison5.actor, why="all") == ["Ward 5"]
    assert named(liaison7.actor, why="all") == ["Ward 7"]
    assert named(liaison5.actor, why="all", ward="7") == []
    assert named(records_officer.actor, why="all") == ["Ward 7", "Ward 5"]
    for actor in (partner_dpw.actor, NOBODY):
        page = walk_page(actor, why="all")
        assert (page.rows, page.total) == ((), 0)


def test_city_without_a_ranking_says_that_nothing_was_counted(director: Cast) -> None:
    page = walk_page(director.actor)
    assert (page.rows, page.counted, page.data_as_of) == ((), False, None)


def test_last_look_of_the_office_stands_beside_the_district(
    uneven: Trouble, liaison7: Cast, director: Cast
) -> None:
    assert walk_page(liaison7.actor).rows[0].checked_on is None
    decide_candidate(
        uneven.candidate(3), verdict="designate", reason="Often", next_on=NEXT,
        stamp=liaison7.stamp,
    )  # fmt: skip
    matter = Matter.objects.get(kind="persistent_location")
    for days in (9, 2, 5):
        record_check(
            matter,
            seen_at=NOON - timedelta(days=days),
            finding="partly",
            rating=2,
            note="",
            stamp=liaison7.stamp,
        )
    for who in (liaison7, director):
        checked = {row.label: row.checked_on for row in walk_page(who.actor, why="all").rows}
        assert checked["Ward 7"] == (NOON - timedelta(days=2)).date()
        assert checked.get("Ward 5") is None


def test_page_takes_the_same_statements_for_one_district_and_for_all(
    uneven: Trouble, director: Cast
) -> None:
    def statements(**words: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            walk_page(director.actor, **words)  # type: ignore[arg-type]
        return len(seen)

    assert statements() == statements(why="all") <= 3
