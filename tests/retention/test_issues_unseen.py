"""What is left of a destroyed issue is open to whom the issue was, and to nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.casework.intake import take
from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import Ground
from tests.records.asking import follow
from tests.retention.test_issues import (
    closed_long_ago,
    gone,
    office,
    put_back,
    told_and_closed,
)
from tests.retention.test_pages import signed_in
from wardroom.access.queries import actor_for
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries.history import history
from wardroom.matters.actions import restrict_matter
from wardroom.matters.models import Matter
from wardroom.retention.rules import DESTROYED

__all__ = ["office"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("office", "files"),
]


def answers(matter: Matter, *people: Cast) -> list[int]:
    path = reverse("issue", args=[matter.pk])
    return [signed_in(who).get(path).status_code for who in people]


def lines(who: Cast, matter: Matter) -> int:
    """How many lines about it somebody may read who signs in now."""
    now = actor_for(who.user, on=NOON.date())
    return history(now, ref=Ref("matter", str(matter.pk))).total


def test_another_ward_does_not_learn_that_there_was_an_issue(
    liaison5: Cast, liaison7: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    matter = closed_long_ago(liaison5, ground)
    people = (director, records_officer, liaison5, liaison7)
    before = answers(matter, *people)
    assert before[-1] == 404
    gone(records_officer, director)
    assert answers(matter, *people) == [410, 410, 410, 404]


def test_restricted_issue_stays_so_when_it_is_destroyed(
    liaison5: Cast, cover5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    matter = take(liaison5, ground, reporter_typed="", anonymous=True).matter
    follow()
    matter.refresh_from_db()
    restrict_matter(matter, readers=[liaison5.party], reason="At risk", stamp=liaison5.stamp)
    follow()
    told_and_closed(Matter.objects.get(pk=matter.pk), liaison5)
    follow()
    put_back(matter)
    assert answers(matter, liaison5, cover5) == [200, 404]
    assert gone(records_officer, director) == {str(matter.pk): DESTROYED}
    assert answers(matter, liaison5, cover5, records_officer) == [410, 404, 410]
    assert lines(cover5, matter) == 0
    assert lines(liaison5, matter) > 0
