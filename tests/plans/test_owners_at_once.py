"""Two people say who sees to a step: neither name is lost without a word."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.plans.planning import BOARD_UP, CLEAR, adopted, at
from wardroom.kernel.errors import Refused, Stale
from wardroom.kernel.versions import version_of
from wardroom.matters.models import Matter
from wardroom.plans.actions import name_step_owner
from wardroom.plans.models import PlanStep, WorkPlan
from wardroom.plans.rules import KeptStep

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("agencies"),
]
NOBODY = version_of({"owner_name": ""})


@pytest.fixture
def plan(matter5: Matter, liaison5: Cast) -> WorkPlan:
    return adopted(matter5, liaison5, BOARD_UP, CLEAR)


def step_at(plan: WorkPlan, position: int) -> PlanStep:
    return plan.steps.get(position=position)


def test_name_given_since_is_told_and_saved_upon_only_knowingly(
    plan: WorkPlan, liaison5: Cast, director: Cast
) -> None:
    step = step_at(plan, 1)
    name_step_owner(step, owner_name="The night crew", seen=NOBODY, stamp=director.stamp)
    with pytest.raises(Stale) as no:
        name_step_owner(step, owner_name="The day crew", seen=NOBODY, stamp=liaison5.stamp)
    assert no.value.theirs == (("Who there sees to it", "The night crew"),)
    assert no.value.by == director.party.name
    assert step_at(plan, 1).owner_name == "The night crew"
    name_step_owner(step, owner_name="The day crew", seen=no.value.seen, stamp=liaison5.stamp)
    assert step_at(plan, 1).owner_name == "The day crew"


def test_revision_keeps_a_name_that_came_since_and_was_left_alone(
    matter5: Matter, plan: WorkPlan, liaison5: Cast, director: Cast
) -> None:
    steps = [
        KeptStep(step.ask_id, owner_name="", owner_seen=NOBODY)
        for step in plan.steps.order_by("position")
    ]
    name_step_owner(step_at(plan, 2), owner_name="The night crew", stamp=director.stamp)
    second = adopted(matter5, liaison5, *steps, reason="More", stamp=at(liaison5, days=1))
    assert step_at(second, 2).owner_name == "The night crew"


def test_revision_with_another_name_is_told_of_the_one_that_came_since(
    matter5: Matter, plan: WorkPlan, liaison5: Cast, director: Cast
) -> None:
    asks = list(plan.steps.order_by("position").values_list("ask_id", flat=True))
    steps = [KeptStep(ask, owner_name="The day crew", owner_seen=NOBODY) for ask in asks]
    name_step_owner(step_at(plan, 2), owner_name="The night crew", stamp=director.stamp)
    with pytest.raises(Stale) as no:
        adopted(matter5, liaison5, *steps, reason="More", stamp=at(liaison5, days=1))
    assert (no.value.field, no.value.by) == ("steps-1-owner_name", director.party.name)
    assert WorkPlan.objects.count() == 1
    knowing = KeptStep(asks[1], owner_name="The day crew", owner_seen=no.value.seen)
    second = adopted(
        matter5, liaison5, steps[0], knowing, reason="More", stamp=at(liaison5, days=1)
    )
    assert step_at(second, 2).owner_name == "The day crew"


def test_step_of_a_version_that_was_replaced_takes_no_name(
    matter5: Matter, plan: WorkPlan, liaison5: Cast
) -> None:
    adopted(matter5, liaison5, CLEAR, reason="More", stamp=at(liaison5, days=1))
    with pytest.raises(Refused) as no:
        name_step_owner(step_at(plan, 1), owner_name="The crew", stamp=liaison5.stamp)
    assert no.value.code == "already_replaced"
