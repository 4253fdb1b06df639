"""What the public form shows of a place: only what the public may know of already."""

from __future__ import annotations

import re

import pytest

from tests.casework.intake import SAID, take
from tests.casework.reporting import OUTSIDE, RATS, report
from tests.casework.test_following import closed
from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import Ground
from wardroom.access.gate import guard_pass
from wardroom.casework.actions import close_issue, say_still_there, take_complaint
from wardroom.casework.models import Report
from wardroom.casework.queries import (
    NearReport,
    block_near,
    follow_token,
    issue_of_near,
    lies_inside,
    reports_near,
    spot_typed,
)
from wardroom.city.actions import add_place
from wardroom.city.models import Place
from wardroom.library.actions import close_topic, open_topic
from wardroom.library.models import Topic
from wardroom.matters.actions import restrict_matter
from wardroom.matters.models import Matter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]

HERE = (RATS["latitude"], RATS["longitude"])
DAY = NOON.date()


def near(topic: str = "rodents", *, north: float = 0.0) -> tuple[NearReport, ...]:
    return reports_near(topic, HERE[0] + north, HERE[1])


def matter_of(made: Report) -> Matter:
    assert made.complaint is not None
    return made.complaint.matter


def test_an_open_report_of_the_topic_near_by_is_shown() -> None:
    report(address="512 Lamont Street NE")
    (row,) = near(north=0.0005)
    assert row.place == ""  # what a stranger typed is shown to nobody
    assert (row.voices, row.since) == (1, DAY)
    assert row.metres == 100
    assert near("trash") == ()
    assert near(north=0.003) == ()


def test_voices_of_one_issue_are_counted_together() -> None:
    first = matter_of(report())
    report(said="I see them too.", onto=first.pk)
    (row,) = near()
    assert row.voices == 2


def test_what_came_by_phone_is_shown_without_a_word_of_it(ground: Ground, liaison5: Cast) -> None:
    made = take(liaison5, ground, topic_code="rodents")
    place = made.matter.place
    assert place is not None
    (row,) = reports_near("rodents", place.latitude or 0, place.longitude or 0)
    assert row.number == ""
    assert str(made.matter.pk) not in row.key.split("-")
    assert len(row.key) == 24
    assert issue_of_near(row.key, (row,)) == made.matter.pk
    assert made.said not in str(row)
    assert made.who not in str(row)


def test_what_came_by_phone_is_told_by_its_block_and_a_key_without_numbers(liaison5: Cast) -> None:
    house = add_place(
        None,
        text="514 Lamont Street NE",
        address_id=77,
        latitude=HERE[0],
        longitude=HERE[1],
        stamp=HOUSE,
    )
    made = take_complaint(
        house,
        said=SAID,
        channel="phone",
        topic_code="rodents",
        reporter_typed="A neighbor",
        stamp=liaison5.stamp,
    )
    (row,) = near()
    assert row.place == "500 block of Lamont Street NE"
    assert re.fullmatch("[0-9a-f]{24}", row.key)
    assert issue_of_near(row.key, near()) == made.matter.pk
    assert issue_of_near(f"W-{made.matter.pk}", near()) is None


def test_restricted_closed_and_unlisted_reports_are_absent(liaison5: Cast, director: Cast) -> None:
    restrict_matter(matter_of(report()), readers=[liaison5.party], reason="x", stamp=liaison5.stamp)
    assert near() == ()
    closed = report(said="Others")
    assert len(near()) == 1
    close_issue(matter_of(closed), outcome="no_action", text="None found.", stamp=liaison5.stamp)
    assert near() == ()
    topic = Topic.objects.get(code="rodents")
    open_topic(topic, description="Rats.", kind="blackbox", stamp=director.stamp)
    report(said="Unlisted")
    assert near() == ()


def test_only_what_is_shown_can_be_joined() -> None:
    made, far = report(), report(latitude=38.9255, said="Far away")
    shown = near()
    assert issue_of_near(shown[0].number, shown) == matter_of(made).pk
    assert issue_of_near(f"R-{far.number}", shown) is None
    assert issue_of_near("", shown) is None


def test_no_stranger_learns_which_addresses_others_typed() -> None:
    report(address="512 Lamont Street NE")
    assert spot_typed("512 Lamont Street NE", on=DAY) is None
    assert "Lamont" not in block_near(*HERE, on=DAY)
    assert spot_typed(" ", on=DAY) is None


def test_an_address_of_the_city_is_found_only_in_full() -> None:
    add_place(
        None,
        text="514 Lamont Street NE",
        address_id=77,
        latitude=HERE[0],
        longitude=HERE[1],
        stamp=HOUSE,
    )
    found = spot_typed("514 lamont st ne", on=DAY)
    assert found is not None
    assert (found.latitude, found.longitude) == HERE
    assert found.label == "514 lamont st ne"
    assert block_near(*HERE, on=DAY) == "500 block of Lamont Street NE"
    assert spot_typed("514 Lamont", on=DAY) is None


def test_a_distance_is_told_from_rounded_points_alone() -> None:
    report(latitude=38.92049, longitude=-77.00349)
    report(latitude=38.91951, longitude=-77.00251, said="Other rats", topic_code="rodents")
    rats = near()
    assert len(rats) == 2
    assert len({row.away for row in rats}) == 1


def along(vary: str) -> list[tuple[NearReport, ...]]:
    """What is told along a line across the block, in steps of about 5 meters."""
    steps = [n * 0.00005 for n in range(-60, 61)]
    points = [(d, 0.0) if vary == "north" else (0.0, d) for d in steps]
    return [reports_near("rodents", 38.920 + n, -77.003 + e) for n, e in points]


@pytest.mark.parametrize("vary", ["north", "east"])
def test_no_exact_place_of_a_caller_is_told_by_moving_the_point(
    ground: Ground, liaison5: Cast, vary: str
) -> None:
    place = take(liaison5, ground, topic_code="rodents").matter.place
    assert place is not None
    told = []
    for point in [(38.91955, -77.00345), (38.92045, -77.00255), (38.92045, -77.00345)]:
        with guard_pass("a place is somewhere else"):
            Place.objects.filter(pk=place.pk).update(latitude=point[0], longitude=point[1])
        told.append(along(vary))
    assert told[0] == told[1] == told[2]
    assert any(told[0])
    assert not all(told[0])


def unlisted(director: Cast) -> None:
    topic = Topic.objects.get(code="rodents")
    open_topic(topic, description="Rats.", kind="blackbox", stamp=director.stamp)


def test_what_came_by_phone_of_a_topic_that_is_never_listed_is_absent(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    place = take(liaison5, ground, topic_code="rodents").matter.place
    assert place is not None
    there = (place.latitude or 0, place.longitude or 0)
    assert len(reports_near("rodents", *there)) == 1
    unlisted(director)
    assert reports_near("rodents", *there) == ()
    close_topic(Topic.objects.get(code="rodents"), stamp=director.stamp)
    assert reports_near("rodents", *there) == ()


def test_what_came_back_of_an_unlisted_report_is_absent(liaison5: Cast, director: Cast) -> None:
    unlisted(director)
    made = report(said="Unlisted")
    closed(made, liaison5)
    again = say_still_there(None, token=follow_token(made), stamp=OUTSIDE)
    assert again is not None
    assert again.matter != matter_of(made)
    assert near() == ()
    topic = Topic.objects.get(code="rodents")
    open_topic(topic, description="Rats.", kind="realtime", stamp=director.stamp)
    assert near() == ()


def test_what_speaks_of_somebody_who_needs_protection_is_absent(
    ground: Ground, liaison5: Cast
) -> None:
    made = take(liaison5, ground, topic_code="rodents")
    place = made.matter.place
    assert place is not None
    there = (place.latitude or 0, place.longitude or 0)
    take(liaison5, ground, topic_code="rodents", onto=made.matter, said="A victim lives there.")
    assert reports_near("rodents", *there) == ()


def test_a_point_elsewhere_is_outside() -> None:
    assert lies_inside(*HERE, on=DAY)
    assert not lies_inside(51.5, -0.1, on=DAY)
    assert not lies_inside(float("nan"), 0.0, on=DAY)
    assert reports_near("rodents", float("nan"), 0.0) == ()
