"""A week of the office: parts of a day, clashes, who covers a ward, and what was worked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from wardroom.office.rules.week import (
    AWAY,
    EVENT,
    SHIFT,
    Share,
    Thing,
    WardDay,
    clashes_of,
    days_of,
    part_of,
    share_of,
    spread,
    ward_day,
)

ZONE = ZoneInfo("America/New_York")
THANKSGIVING = date(2026, 11, 26)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 on the office's clocks."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def event(name: str, day: int, hour: int, hours: int = 2) -> Thing:
    return Thing(EVENT, name, name, at(day, hour), at(day, hour + hours))


def shift(role: str, first: datetime, last: datetime) -> Thing:
    return Thing(SHIFT, f"{role}{first:%d}", f"{role} of {first:%d}", first, last, role)


@pytest.mark.parametrize(
    ("day", "hour", "part"),
    [
        (16, 8, "day"),
        (16, 16, "day"),
        (16, 17, "evening"),
        (16, 21, "evening"),
        (16, 22, "night"),
        (16, 7, "night"),
        (21, 10, "weekend"),
        (22, 19, "weekend"),
        (21, 23, "night"),
        (26, 10, "weekend"),
    ],
)
def test_part_of_the_day(day: int, hour: int, part: str) -> None:
    assert part_of(at(day, hour), ZONE, {THANKSGIVING}) == part


def test_a_thing_stands_on_its_first_day_and_on_each_whose_noon_is_in_it() -> None:
    night = shift("on_call", at(20, 17), at(21, 8))
    assert days_of(night, ZONE) == (date(2026, 11, 20),)
    weekend = shift("on_call", at(20, 17), at(23, 8))
    assert [day.day for day in days_of(weekend, ZONE)] == [20, 21, 22]


def test_nobody_is_in_two_places_at_once() -> None:
    clashes = clashes_of([event("walk", 16, 10), event("fair", 16, 11), event("talk", 16, 13)])
    assert [clash.words for clash in clashes] == ["is in two places at once: walk and fair"]
    assert clashes[0].hard


def test_one_thing_may_follow_the_other_at_once() -> None:
    assert clashes_of([event("walk", 16, 10), event("fair", 16, 12)]) == ()


def test_who_is_on_call_may_be_at_an_event_but_has_no_second_shift() -> None:
    night = shift("on_call", at(16, 17), at(17, 8))
    assert clashes_of([night, event("meeting", 16, 19)]) == ()
    backup = replace(shift("backup", at(16, 17), at(17, 8)), key="b")
    assert "two places at once" in clashes_of([night, backup])[0].words


def test_between_two_shifts_are_ten_hours() -> None:
    night = shift("on_call", at(16, 17), at(17, 8))
    early = shift("evening", at(17, 17, 59), at(17, 21))
    (clash,) = clashes_of([early, night])
    assert clash.words.startswith("has less than 10 hours of rest between on_call of 16")
    assert not clash.hard
    assert clashes_of([night, replace(early, starts_at=at(17, 18))]) == ()


def test_rest_is_counted_in_hours_that_pass_when_clocks_change() -> None:
    late = shift("evening", at(1, 0), at(1, 1, 30).replace(fold=0))
    after = shift("event", at(1, 10, 45), at(1, 12))
    assert clashes_of([late, after]) == ()


def test_who_is_away_is_nowhere_else() -> None:
    away = Thing(AWAY, "away", "away", at(16, 0), at(18, 0))
    later = replace(away, key="away2")
    clashes = clashes_of([away, later, event("walk", 17, 10), event("fair", 18, 10)])
    assert [clash.words for clash in clashes] == ["is away during walk"] * 2


def test_a_ward_is_uncovered_when_all_its_people_are_away() -> None:
    assert ward_day("5", [("Ada", False), ("Ben", True)], (), works=True).names == ("Ada",)
    gone = ward_day("5", [("Ada", True), ("Ben", True)], (), works=True)
    assert gone.uncovered == "Nobody covers Ward 5: Ada and Ben are away"
    alone = ward_day("5", [("Ada", True)], (), works=True)
    assert alone.uncovered == "Nobody covers Ward 5: Ada is away"
    nobody = ward_day("5", [], (), works=True)
    assert nobody.uncovered == "Nobody covers Ward 5: nobody works for it"
    assert not ward_day("5", [("Ada", True)], ("Ben, in the evening",), works=True).uncovered
    assert ward_day("5", [("Ada", True)], (), works=False) == WardDay()


def test_evenings_nights_and_free_days_count_once_a_day() -> None:
    things = [
        event("early", 16, 18),
        event("late", 16, 20),
        event("at noon", 17, 12),
        shift("on_call", at(18, 17), at(19, 8)),
        event("fair", 21, 10),
        event("party", 21, 18),
        event("parade", 26, 10),
        Thing(AWAY, "away", "away", at(28, 0), at(30, 0)),
    ]
    assert share_of(things, ZONE, {THANKSGIVING}) == Share(evenings=1, nights=1, free_days=2)


def test_spread_is_the_most_minus_the_least() -> None:
    assert spread([3, 1, 5]) == 4
    assert spread([]) == 0
