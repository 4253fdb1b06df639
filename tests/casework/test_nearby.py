"""What the public form shows of a place: only what the public may know of already."""

from __future__ import annotations

import pytest

from tests.casework.intake import take
from tests.casework.reporting import RATS, report
from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import Ground
from wardroom.casework.actions import close_issue
from wardroom.casework.models import Report
from wardroom.casework.queries import (
    NearReport,
    issue_of_near,
    lies_inside,
    reports_near,
    spot_typed,
)
from wardroom.library.actions import open_topic
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
    assert row.place == "500 block of Lamont Street NE"
    assert (row.voices, row.since) == (1, DAY)
    assert 40 <= row.metres <= 70
    assert near("trash") == ()
    assert near(north=0.002) == ()


def test_voices_of_one_issue_are_counted_together() -> None:
    first = matter_of(report())
    report(said="I see them too.", onto=first.pk)
    (row,) = near()
    assert row.voices == 2


def test_what_was_told_by_phone_is_not_shown(ground: Ground, liaison5: Cast) -> None:
    made = take(liaison5, ground, topic_code="rodents")
    place = made.matter.place
    assert place is not None
    assert reports_near("rodents", place.latitude or 0, place.longitude or 0) == ()


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


def test_an_address_is_found_only_where_it_is_known_in_full() -> None:
    report(address="512 Lamont Street NE")
    found = spot_typed("512 lamont st ne", on=DAY)
    assert found is not None
    assert (found.latitude, found.longitude) == HERE
    assert found.label == "512 lamont st ne"
    assert spot_typed("512 Lamont", on=DAY) is None
    assert spot_typed(" ", on=DAY) is None


def test_a_point_elsewhere_is_outside() -> None:
    assert lies_inside(*HERE, on=DAY)
    assert not lies_inside(51.5, -0.1, on=DAY)
    assert not lies_inside(float("nan"), 0.0, on=DAY)
    assert reports_near("rodents", float("nan"), 0.0) == ()
