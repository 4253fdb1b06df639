"""An alley that fills again every week: what each issue is now, however long the chain grew."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.casework.intake import later, take
from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import NEXT, Ground
from wardroom.access.gate import guard_pass
from wardroom.casework.actions import close_issue, join_issues, part_issues, reopen_issue
from wardroom.casework.actions.returning import issue_meant
from wardroom.casework.models import Complaint, Issue
from wardroom.casework.queries.chains import (
    former_of,
    matter_now,
    meant_by,
    went_on_as,
    with_former,
)
from wardroom.matters.models import Matter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
TEXT, MANY = "The crew took the bags away.", 1_200
CLOSED = {"state": "closed", "outcome": "fixed", "closed_at": NOON, "told_at": NOON}


def walked(matter: Matter) -> Matter:
    """What an issue is now, by one step after the other."""
    if matter.merged_into is not None:
        return walked(matter.merged_into)
    again = Issue.objects.filter(return_of=matter).order_by("-pk").first()
    return matter if matter.state == "open" or again is None else walked(again.matter)


def meant(matter: Matter) -> Matter:
    """What a report about an issue belongs to, by one step after the other."""
    if matter.merged_into is not None:
        return meant(matter.merged_into)
    if matter.state != "open":
        for issue in Issue.objects.filter(return_of=matter).order_by("pk"):
            if (found := meant(issue.matter)).state == "open":
                return found
    return matter


def walked_back(matter: Matter) -> set[int]:
    """An issue and all that went on as it, by one step after the other."""
    before = {*Matter.objects.filter(merged_into=matter), matter.issue.return_of} - {None}
    return {matter.pk}.union(*(walked_back(one) for one in before))


def issues(who: Cast, ground: Ground, number: int) -> list[Matter]:
    """So many issues, none of which has to do with another."""
    first = take(who, ground, reporter_typed="", anonymous=True).matter
    issue = Issue.objects.get(matter=first)
    found = []
    with guard_pass("rows of issues"):
        for _ in range(number):
            row = Matter.objects.get(pk=first.pk)
            row.pk = None
            row.save(force_insert=True)
            issue.pk, issue.matter = None, row
            issue.save(force_insert=True)
            found.append(row)
    return found


def chain(who: Cast, ground: Ground, number: int) -> Matter:
    """The last of so many issues at one place, each the return of the one before; all closed."""
    rows = issues(who, ground, number)
    with guard_pass("rows of a chain"):
        for before, row in zip([None, *rows], rows, strict=False):
            Issue.objects.filter(matter=row).update(return_of=before, stands_as=rows[-1])
        Issue.objects.filter(matter=rows[-1]).update(stands_as=None)
        Matter.objects.filter(pk__in=[row.pk for row in rows]).update(**CLOSED)
    return Matter.objects.get(pk=rows[-1].pk)


@pytest.mark.parametrize("seed", range(60))
def test_each_issue_is_now_what_a_walk_finds(seed: int, ground: Ground, liaison5: Cast) -> None:
    chance = random.Random(seed)
    rows = issues(liaison5, ground, 9)
    with guard_pass("how they went on"):
        for n, row in enumerate(rows):
            if n < len(rows) - 1 and chance.random() < 0.3:
                into = chance.choice(rows[n + 1 :])
                Matter.objects.filter(pk=row.pk).update(**CLOSED, merged_into=into)
            elif chance.random() < 0.7:
                Matter.objects.filter(pk=row.pk).update(**CLOSED)
            if n and chance.random() < 0.7:
                Issue.objects.filter(matter=row).update(return_of=chance.choice(rows[:n]))
    keys = [row.pk for row in rows]
    found = went_on_as(keys)
    for row in Matter.objects.filter(pk__in=keys):
        assert found[row.pk] == walked(row)
        assert meant_by(row.pk) == meant(row)
        assert with_former(row.pk) == walked_back(row)


def test_a_circle_of_issues_ends_the_walk(ground: Ground, liaison5: Cast) -> None:
    one, two = issues(liaison5, ground, 2)
    with guard_pass("a circle"):
        Matter.objects.filter(pk=one.pk).update(**CLOSED, merged_into=two)
        Matter.objects.filter(pk=two.pk).update(**CLOSED, merged_into=one)
    assert {row.pk for row in went_on_as([one.pk, two.pk]).values()} <= {one.pk, two.pk}
    assert meant_by(one.pk) in (one, two)


def returned_once_more(who: Cast, ground: Ground, last: Matter, days: int = 3) -> Complaint:
    """The trouble is reported anew, and closed once more."""
    again = take(who, ground, onto=last, reporter_typed="", anonymous=True, stamp=later(who, days))
    close_issue(again.matter, outcome="fixed", text=TEXT, stamp=later(who, days))
    return again


def test_returning_and_closing_ask_no_more_for_a_long_chain(ground: Ground, liaison5: Cast) -> None:
    asked = []
    returned_once_more(liaison5, ground, chain(liaison5, ground, 2))
    for number in (3, 60):
        last = chain(liaison5, ground, number)
        with CaptureQueriesContext(
            connection,
        ) as found:
            returned_once_more(liaison5, ground, last)
        asked.append(len(found))
    assert asked[0] == asked[1]


def test_report_onto_the_first_of_a_chain_asks_no_more_for_a_long_one(
    ground: Ground, liaison5: Cast
) -> None:
    asked = []
    for number in (2, 3, 60):
        last = chain(liaison5, ground, number)
        first = Matter.objects.get(pk=former_of(last)[-1])
        with CaptureQueriesContext(connection) as found:
            returned_once_more(liaison5, ground, first)
        asked.append(len(found))
    assert asked[1] == asked[2]


def test_returns_that_were_each_told_twice_are_no_more_to_read(
    ground: Ground, liaison5: Cast
) -> None:
    first = now = take(liaison5, ground, reporter_typed="", anonymous=True).matter
    asked = []
    for turn in range(1, 8):
        close_issue(now, outcome="fixed", text=TEXT, stamp=later(liaison5, 2 * turn - 1))
        with CaptureQueriesContext(connection) as found, transaction.atomic():
            assert issue_meant(first) == first
        asked.append(len(found))
        now, other = (
            take(liaison5, ground, reporter_typed="", anonymous=True, stamp=stamp).matter
            for stamp in [later(liaison5, 2 * turn)] * 2
        )
        assert now.issue.return_of == other.issue.return_of
        join_issues(other, into=now, stamp=later(liaison5, 2 * turn))
        now = Matter.objects.get(pk=now.pk)
    assert asked[2:] == [asked[2]] * 5


def test_trouble_that_came_back_a_thousand_times_is_taken_in(
    ground: Ground, liaison5: Cast
) -> None:
    last = chain(liaison5, ground, MANY)
    again = returned_once_more(liaison5, ground, last).matter
    assert len(former_of(again)) == MANY
    first = Matter.objects.get(pk=former_of(again)[-1])
    assert matter_now(first) == again
    assert Issue.objects.filter(stands_as=again).count() == MANY


STEPS: dict[str, Callable[[Matter, Matter, Cast], object]] = {
    "joined": lambda one, two, who: join_issues(one, into=two, stamp=later(who, 5)),
    "opened": lambda one, two, who: reopen_issue(
        one, reason="It is back", next_on=NEXT + timedelta(days=9), stamp=later(who, 5)
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_what_is_kept_is_what_a_walk_finds(step: str, ground: Ground, liaison5: Cast) -> None:
    last = chain(liaison5, ground, 4)
    again = returned_once_more(liaison5, ground, last).matter
    other = take(liaison5, ground, topic_code="trash", stamp=later(liaison5, 4)).matter
    one = Matter.objects.get(pk=again.pk)
    if step == "joined":
        one = take(liaison5, ground, onto=one, stamp=later(liaison5, 5)).matter
    changed = STEPS[step](one, other, liaison5)
    for row in Matter.objects.filter(kind="issue"):
        assert matter_now(row) == walked(row)
    if step == "joined" and isinstance(changed, Matter):
        part_issues(changed, reason="Another alley", stamp=later(liaison5, 6))
        for row in Matter.objects.filter(kind="issue"):
            assert matter_now(row) == walked(row)
