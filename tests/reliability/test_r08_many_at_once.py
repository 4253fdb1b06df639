"""R8: eight people on the same steps never overwrite each other silently.

Every edit writes words of its own, so the ledger tells afterwards whose words stood when each
of them was saved; a checker reads that history, not the last screen.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import partial

import pytest

from tests.cast import Cast, hire
from tests.ground import DUE
from tests.plans.planning import AIM
from tests.reliability.crew import all_at_once, as_many
from wardroom.access.actor import Role
from wardroom.kernel.errors import Refused
from wardroom.kernel.versions import version_of
from wardroom.ledger.models import Entry
from wardroom.matters.models import Matter
from wardroom.plans.actions import adopt_plan, name_step_owner, naming
from wardroom.plans.models import PlanStep
from wardroom.plans.rules import StepDraft

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]
PEOPLE, EACH, STEPS = 8, 500, 8


@dataclass(frozen=True)
class Edit:
    """One try to say who sees to a step: what was read, what was written, what came of it."""

    step: int
    read: str
    wrote: str
    came: str


@pytest.fixture
def people(agencies: object) -> list[Cast]:
    """Eight directors."""
    return [hire(f"director{n}", f"Director {n}", Role.DIRECTOR) for n in range(PEOPLE)]


@pytest.fixture
def steps(matter5: Matter, people: list[Cast]) -> list[int]:
    """The steps of one plan."""
    drafts = [StepDraft("DPW", f"Thing {n}", "", DUE) for n in range(STEPS)]
    plan = adopt_plan(matter5, **AIM, steps=drafts, stamp=people[0].stamp)
    return list(plan.steps.values_list("pk", flat=True))


def edits_of(who: Cast, number: int, steps: list[int], times: int) -> list[Edit]:
    """So many edits of one person, each on what was read just before."""
    chance, made = random.Random(number), []
    for n in range(times):
        step = PlanStep.objects.get(pk=chance.choice(steps))
        read, wrote = step.owner_name, f"{number}-{n}"
        try:
            seen = version_of({"owner_name": read})
            name_step_owner(step, owner_name=wrote, seen=seen, stamp=who.stamp)
            came = "saved"
        except Refused as no:
            came = no.code
        made.append(Edit(step.pk, read, wrote, came))
    return made


def silent_overwrites(edits: list[Edit]) -> list[Edit]:
    """The edits that were saved upon words which their writer had never been shown."""
    read = {edit.wrote: edit for edit in edits if edit.came == "saved"}
    lines = Entry.objects.filter(kind="StepOwnerNamed").order_by("link__position")
    found = []
    for body in lines.values_list("body", flat=True):
        edit = read.pop(body["owner_name"])
        if body["former_name"] != edit.read:
            found.append(edit)
    assert not read, "saved, and not in the ledger"
    return found


def work(people: list[Cast], steps: list[int], times: int) -> list[Edit]:
    hands = [partial(edits_of, who, n, steps, times) for n, who in enumerate(people)]
    return [edit for made in all_at_once(hands) for edit in made]


def test_eight_editors_are_saved_or_told_and_never_overwrite_silently(
    people: list[Cast], steps: list[int]
) -> None:
    times = as_many(EACH)
    edits = work(people, steps, times)
    came = [edit.came for edit in edits]
    assert came.count("saved") + came.count("stale") == PEOPLE * times
    assert came.count("stale") > 0, "nobody met anybody: the test shows nothing"
    assert silent_overwrites(edits) == []
    lines = Entry.objects.filter(kind="StepOwnerNamed").order_by("link__position")
    last = {body["position"]: body["owner_name"] for body in lines.values_list("body", flat=True)}
    assert dict(PlanStep.objects.values_list("position", "owner_name")) == last


def test_power_without_the_version_somebody_is_overwritten(
    people: list[Cast], steps: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power check: the same people, and the house does not look at what they were shown."""
    monkeypatch.setattr(naming, "check_owner_seen", lambda *a, **k: None)
    assert silent_overwrites(work(people, steps, 40)) != []
