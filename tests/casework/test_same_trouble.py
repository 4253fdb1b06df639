"""Two issues that may be the same are suggested to the owner; a person joins them, or not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.casework.postroom import letters_go
from tests.casework.reporting import OUTSIDE, report
from tests.casework.test_following import CONSENTING, of
from tests.cast import Cast
from tests.conftest import NOON
from wardroom.access.queries import actor_for
from wardroom.casework.actions import (
    close_issue,
    join_issues,
    keep_apart,
    part_issues,
    take_complaint,
)
from wardroom.casework.models import Complaint, Report
from wardroom.casework.queries import (
    follow_token,
    followed_report,
    issue_file,
    issue_of_near,
    public_report,
    reports_near,
)
from wardroom.casework.queries.same_trouble import same_trouble
from wardroom.casework.rules import shown_number
from wardroom.city.actions import add_place
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.matters.actions import restrict_matter
from wardroom.matters.models import Matter
from wardroom.matters.queries import worklist

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
APP: dict[str, Any] = {"channel": "open311", **CONSENTING}
HERE = (38.92123, -77.00345)


def called(liaison: Cast, *, north: float = 0.0, topic: str = "rodents", **more: Any) -> Complaint:
    """Somebody called about rats, so many degrees north of where reports are."""
    place = add_place(
        None, text="", latitude=HERE[0] + north, longitude=HERE[1], stamp=liaison.stamp
    )
    given = {"said": "Rats in the yard of Mrs. Baker.", "anonymous": True, **more}
    return take_complaint(place, channel="phone", topic_code=topic, stamp=liaison.stamp, **given)


def suggested(who: Cast) -> list[int | None]:
    found = worklist(actor_for(who.user, on=NOON.date()), on=NOON.date(), reason="twin", size=100)
    return [row.matter_id for row in found.rows]


def near() -> list[str | int]:
    return [row.number or row.matter_id for row in reports_near("rodents", *HERE)]


def test_a_report_by_an_app_is_joined_and_follows_the_other_to_its_end(
    liaison5: Cast, liaison7: Cast
) -> None:
    older = called(liaison5).matter
    made = report(**APP)
    matter = of(made).matter
    assert matter != older
    assert suggested(liaison5) == [matter.pk]
    assert suggested(liaison7) == []
    file = issue_file(matter.pk, liaison5.actor)
    assert file.twin is not None
    assert file.twin.matter_id == older.pk
    assert {"keep_apart", "join_issues"} <= file.allowed
    join_issues(matter, into=older, stamp=liaison5.stamp)
    assert suggested(liaison5) == []
    number, token = shown_number(made.number), follow_token(made)
    public = public_report(number, at=OUTSIDE.at + timedelta(minutes=10))
    assert public is not None
    assert public.is_open
    page = followed_report(token, at=OUTSIDE.at)
    assert (page.is_open, page.joined, page.number) == (True, True, number)
    older.refresh_from_db()
    close_issue(older, outcome="fixed", text="Trapped.", stamp=liaison5.stamp)
    letters_go()
    page = followed_report(token, at=OUTSIDE.at + timedelta(minutes=10))
    assert not page.is_open
    assert "Trapped." in str(page.lines)
    public = public_report(number, at=OUTSIDE.at + timedelta(minutes=10))
    assert public is not None
    assert not public.is_open


def test_joining_is_taken_back_with_link_and_number(liaison5: Cast) -> None:
    older = called(liaison5).matter
    made = report(**APP)
    matter = of(made).matter
    join_issues(matter, into=older, stamp=liaison5.stamp)
    matter.refresh_from_db()
    part_issues(matter, reason="Another yard", stamp=liaison5.stamp)
    assert of(made).matter_id == matter.pk
    assert followed_report(follow_token(made), at=OUTSIDE.at).is_open


@pytest.mark.parametrize(
    "more", [{"north": 0.01}, {"topic": "dumping"}], ids=["far away", "another topic"]
)
def test_what_is_another_trouble_is_not_suggested(liaison5: Cast, more: dict[str, Any]) -> None:
    called(liaison5, **more)
    report(**APP)
    assert suggested(liaison5) == []


def test_as_near_as_the_topic_says_may_be_the_same(liaison5: Cast) -> None:
    older = called(liaison5, north=0.0003).matter
    twin = same_trouble(called(liaison5).matter)
    assert twin is not None
    assert twin.matter_id == older.pk
    assert 30 <= twin.metres <= 36
    assert same_trouble(called(liaison5, north=0.001).matter) is None


def test_a_restricted_or_closed_issue_is_never_suggested(liaison5: Cast, director: Cast) -> None:
    older = called(liaison5).matter
    restrict_matter(older, readers=[director.party], reason="At risk", stamp=director.stamp)
    made = report(**APP)
    assert suggested(liaison5) == []
    close_issue(of(made).matter, outcome="fixed", text="Done.", stamp=liaison5.stamp)
    assert suggested(liaison5) == []


def test_a_person_may_keep_them_apart(liaison5: Cast, liaison7: Cast) -> None:
    called(liaison5)
    matter = of(report(**APP)).matter
    with pytest.raises(NotAllowed):
        keep_apart(matter, stamp=liaison7.stamp)
    keep_apart(matter, stamp=liaison5.stamp)
    assert suggested(liaison5) == []
    assert issue_file(matter.pk, liaison5.actor).twin is None
    with pytest.raises(Refused) as no:
        keep_apart(matter, stamp=liaison5.stamp)
    assert no.value.code == "nothing_suggested"


def test_whoever_says_me_too_makes_no_second_issue(liaison5: Cast) -> None:
    older = called(liaison5).matter
    report(onto=older.pk, **CONSENTING)
    assert suggested(liaison5) == []
    assert Matter.objects.filter(kind="issue").count() == 1


def test_what_came_by_phone_is_near_by_with_no_word_of_anybody(liaison5: Cast) -> None:
    older = called(liaison5).matter
    (row,) = reports_near("rodents", *HERE)
    assert (row.number, row.voices, row.since) == ("", 1, NOON.date())
    assert row.place == ""
    assert "Baker" not in str(row)
    assert issue_of_near(row.key, (row,)) == older.pk
    assert issue_of_near(str(older.pk), (row,)) is None
    assert len(row.key) == 24
    assert reports_near("dumping", *HERE) == ()


def test_nothing_sealed_closed_or_delicate_is_near_by(liaison5: Cast, director: Cast) -> None:
    called(liaison5, said="A homeless man sleeps beside the rats.")
    closed = called(liaison5, north=0.0005).matter
    close_issue(closed, outcome="fixed", text="Done.", stamp=liaison5.stamp)
    assert near() == []
    sealed = called(liaison5, north=0.0007).matter
    assert near() == [sealed.pk]
    restrict_matter(sealed, readers=[director.party], reason="At risk", stamp=director.stamp)
    assert near() == []


def test_an_issue_with_a_public_report_is_near_by_once_by_its_number(liaison5: Cast) -> None:
    older = called(liaison5).matter
    made = report(onto=older.pk, **CONSENTING)
    numbers = Report.objects.filter(pk=made.pk).values_list("number", flat=True)
    assert near() == [shown_number(number) for number in numbers]
