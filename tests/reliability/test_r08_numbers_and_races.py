"""R8: 4,000 matters opened at once have 4,000 numbers; no closed plan has an open step."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.cast import Cast, hire
from tests.ground import DUE, NEXT, Ground
from tests.plans.planning import AIM
from tests.reliability.crew import all_at_once, as_many
from wardroom.access import gate
from wardroom.access.actor import Role
from wardroom.kernel.errors import Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import close_matter, open_matter
from wardroom.matters.models import Ask, Matter
from wardroom.matters.rules import LIVE
from wardroom.plans.actions import adopt_plan
from wardroom.plans.models import WorkPlan
from wardroom.plans.rules import StepDraft

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]
PEOPLE, EACH, RACES = 8, 500, 500
STEP = StepDraft("DPW", "Clear the alley", "", DUE)


@pytest.fixture
def people(agencies: object) -> list[Cast]:
    """Eight directors."""
    return [hire(f"director{n}", f"Director {n}", Role.DIRECTOR) for n in range(PEOPLE)]


def open_one(ground: Ground, who: Cast, title: str) -> Matter:
    return open_matter(
        ground.places["5"],
        kind="persistent_location",
        title=title,
        owner=who.party,
        next_on=NEXT,
        ward=ground.wards["5"],
        stamp=who.stamp,
    )


def opened_by(ground: Ground, who: Cast, number: int, times: int) -> list[tuple[int, str, int]]:
    """So many matters of one person: number, title, and the number that counting would give."""
    made = []
    for n in range(times):
        counted = Matter.objects.count() + 1
        title = f"Alley {number}-{n}"
        made.append((open_one(ground, who, title).pk, title, counted))
    return made


def test_eight_people_open_4000_matters_with_4000_numbers(
    ground: Ground, people: list[Cast]
) -> None:
    times = as_many(EACH)
    hands = [partial(opened_by, ground, who, n, times) for n, who in enumerate(people)]
    made = [each for mine in all_at_once(hands) for each in mine]
    assert len({pk for pk, _, _ in made}) == PEOPLE * times
    assert dict(Matter.objects.values_list("pk", "title")) == {pk: t for pk, t, _ in made}
    told = Entry.objects.filter(kind="MatterOpened").values_list("matter_key", flat=True)
    assert Counter(told) == Counter(str(pk) for pk, _, _ in made)
    # Power check: whoever numbers by counting gives some number twice in this very run.
    assert len({counted for _, _, counted in made}) < PEOPLE * times


def outcome(call: Callable[[], object]) -> str:
    try:
        call()
    except Refused as no:
        return no.code
    return "done"


def race_on(matters: list[Matter], first: Cast, second: Cast) -> list[tuple[str, str]]:
    """For each matter, one person closes it while the other gives its plan a step.

    Each acts on the row as their own page has read it.
    """
    meet = threading.Barrier(2, timeout=60)

    def each(act: Callable[[Matter], object]) -> list[str]:
        said = []
        for matter in [Matter.objects.get(pk=matter.pk) for matter in matters]:
            meet.wait()
            said.append(outcome(partial(act, matter)))
        return said

    def close(matter: Matter) -> object:
        return close_matter(matter, outcome="resolved", stamp=first.stamp)

    def plan(matter: Matter) -> object:
        return adopt_plan(matter, **AIM, steps=[STEP], former_version=0, stamp=second.stamp)

    closed, planned = all_at_once([partial(each, close), partial(each, plan)])
    return list(zip(closed, planned, strict=True))


def closed_with_an_open_step() -> int:
    """The closed matters whose plan still asks somebody for something."""
    asked = Ask.objects.filter(state__in=LIVE, plan_steps__isnull=False)
    return Matter.objects.filter(state="closed", asks__in=asked).distinct().count()


def test_of_closing_and_a_new_step_exactly_one_happens_500_times(
    ground: Ground, people: list[Cast]
) -> None:
    matters = [open_one(ground, people[0], f"Alley {n}") for n in range(as_many(RACES))]
    said = race_on(matters, people[0], people[1])
    assert set(said) == {("done", "wrong_state"), ("asks_under_way", "done")}
    assert closed_with_an_open_step() == 0
    assert Matter.objects.filter(state="closed").count() == said.count(("done", "wrong_state"))
    assert WorkPlan.objects.count() == said.count(("asks_under_way", "done"))


def test_power_where_the_row_is_not_read_again_a_closed_plan_has_an_open_step(
    ground: Ground, people: list[Cast], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power check: the gate trusts the row that the page had read."""

    def trusting(subject: Any) -> Any:
        return subject

    matters = [open_one(ground, people[0], f"Alley {n}") for n in range(25)]
    monkeypatch.setattr(gate, "_locked", trusting)
    race_on(matters, people[0], people[1])
    assert closed_with_an_open_step() > 0
