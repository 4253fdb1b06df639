"""A plan is looked at again: on its day it stands in the owner's list, and nobody forgets it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.plans.planning import AIM, BOARD_UP, CLEAR, adopted, at
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.matters.actions import close_matter, hand_over_matter, withdraw_ask
from wardroom.matters.models import Matter, Waiting
from wardroom.matters.queries import worklist
from wardroom.plans.actions import review_plan
from wardroom.plans.models import PlanReview
from wardroom.plans.queries import plan_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
NEXT_LOOK = date(2027, 2, 1)


def rows_of(who: Cast, on: date) -> list[tuple[str, date, int]]:
    """What waits for somebody of plans that are due for another look."""
    found = worklist(who.actor, on=on, reason="review").rows
    return [(row.title, row.due_on, row.days_late) for row in found]


def test_plan_due_for_another_look_waits_for_its_owner(matter5: Matter, liaison5: Cast) -> None:
    adopted(matter5, liaison5, BOARD_UP)
    late = AIM["review_on"] + timedelta(days=3)
    title = "Dumping in the alley of ward 5: No dumping for 90 days"
    assert rows_of(liaison5, late) == [(title, AIM["review_on"], 3)]


def test_a_look_moves_the_day_and_leaves_the_version(matter5: Matter, liaison5: Cast) -> None:
    plan = adopted(matter5, liaison5, BOARD_UP)
    review_plan(plan, note="Boards are booked", review_on=NEXT_LOOK, stamp=liaison5.stamp)
    view = plan_of(matter5.pk, liaison5.actor)
    assert view is not None
    assert (view.version, view.review_on) == (1, NEXT_LOOK)
    assert [(r.note, r.reviewed_by) for r in view.reviews] == [
        ("Boards are booked", "Liaison of Ward 5")
    ]
    assert [due for _, due, _ in rows_of(liaison5, NEXT_LOOK)] == [NEXT_LOOK]


@pytest.mark.parametrize(
    ("note", "review_on", "code", "field"),
    [
        (" ", NEXT_LOOK, "note_missing", "note"),
        ("Fine", NOON.date(), "review_date_over", "review_on"),
        ("Fine", date(2040, 1, 1), "too_far", "review_on"),
    ],
)
def test_a_look_says_something_and_names_a_day(
    matter5: Matter, liaison5: Cast, note: str, review_on: date, code: str, field: str
) -> None:
    plan = adopted(matter5, liaison5, BOARD_UP)
    with pytest.raises(Refused) as no:
        review_plan(plan, note=note, review_on=review_on, stamp=liaison5.stamp)
    assert (no.value.code, no.value.field) == (code, field)
    assert not PlanReview.objects.exists()


def test_older_version_is_looked_at_no_more(matter5: Matter, liaison5: Cast) -> None:
    first = adopted(matter5, liaison5, BOARD_UP)
    adopted(matter5, liaison5, CLEAR, reason="More to do")
    with pytest.raises(Refused) as no:
        review_plan(first, note="Fine", review_on=NEXT_LOOK, stamp=liaison5.stamp)
    assert no.value.code == "already_replaced"


def test_only_who_runs_the_ward_says_that_it_stays(
    matter5: Matter, liaison5: Cast, liaison7: Cast, staff: Cast, director: Cast
) -> None:
    plan = adopted(matter5, liaison5, BOARD_UP)
    for who in (liaison7, staff):
        with pytest.raises(NotAllowed):
            review_plan(plan, note="Fine", review_on=NEXT_LOOK, stamp=who.stamp)
    assert review_plan(plan, note="Fine", review_on=NEXT_LOOK, stamp=director.stamp).pk


def test_row_goes_with_the_matter(matter5: Matter, liaison5: Cast, director: Cast) -> None:
    plan = adopted(matter5, liaison5, BOARD_UP)
    hand_over_matter(Matter.objects.get(pk=matter5.pk), owner=director.party, stamp=liaison5.stamp)
    assert rows_of(liaison5, NEXT_LOOK) == []
    assert len(rows_of(director, NEXT_LOOK)) == 1
    withdraw_ask(plan.steps.get().ask, reason="Done by the owner", stamp=liaison5.stamp)
    close_matter(Matter.objects.get(pk=matter5.pk), outcome="stopped", stamp=at(liaison5, days=1))
    assert not Waiting.objects.filter(noun="plan").exists()
