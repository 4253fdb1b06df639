"""What an agency reads of an ask that stands in a plan, and what the office reads of a look."""

from __future__ import annotations

import re

import pytest

from tests.conftest import NOON
from tests.fieldwork.rounds import drawn, look_at, stops_of
from tests.ground import DUE, FRIDAY
from tests.plans.planning import adopted
from tests.web.conftest import World
from wardroom.fieldwork.rules import ASKS
from wardroom.matters.actions import accept_ask, report_done
from wardroom.matters.models import Ask, Matter
from wardroom.plans.actions import open_initiative
from wardroom.plans.models import PlanStep
from wardroom.plans.rules import StepDraft

pytestmark = pytest.mark.django_db


def opened(world: World) -> Matter:
    who = world.cast["director"]
    return open_initiative(
        None, kind="initiative", title="Open houses", about="Inside words", lead=who.party,
        next_on=DUE, stamp=who.stamp,
    )  # fmt: skip


def read(world: World, role: str, path: str) -> str:
    """What a person reads on a page."""
    shown = world.clients[role].get(path)
    assert shown.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown.content.decode()))


def two_steps(world: World, matter: Matter) -> tuple[Ask, Ask]:
    """DDOT takes the lamp down, then DPW clears the yard at a place of its own."""
    lamp = StepDraft("DDOT", "Take the lamp down", "DDOT owns lamps", DUE, owner_name="Desk 9")
    clear = StepDraft(
        "DPW", "Clear the yard", "", FRIDAY, after=(1,), where="100 block of Alley Street NE"
    )
    plan = adopted(matter, world.cast["director"], lamp, clear)
    first, second = plan.steps.order_by("position")
    return first.ask, second.ask


def test_agency_reads_where_and_what_its_ask_waits_for(world: World) -> None:
    matter = opened(world)
    lamp, clear = two_steps(world, matter)
    path = f"/asks/{clear.pk}/"
    page = read(world, "partner_dpw", path)
    assert "for 100 block of Alley Street NE" in page
    assert "What it waits for" in page
    assert "Department of Transportation: Take the lamp down" in page
    assert "wanted by Dec 1, 2026" in page
    accept_ask(lamp, promised_on=FRIDAY, text="By hand", stamp=world.cast["partner_ddot"].stamp)
    page = read(world, "partner_dpw", path)
    assert "promised for Dec 4, 2026" in page
    for hidden in ("Desk 9", "DDOT owns lamps", "By hand", "Inside words", "Partner at DDOT"):
        assert hidden not in page
    assert world.clients["partner_dpw"].get(f"/asks/{lamp.pk}/").status_code == 404


def test_first_step_waits_for_nothing(world: World) -> None:
    lamp, _ = two_steps(world, opened(world))
    page = world.clients["director"].get(f"/asks/{lamp.pk}/").content.decode()
    assert "What it waits for" not in page


def test_form_asks_where_only_if_the_matter_has_no_place(world: World) -> None:
    client, matter = world.clients["director"], opened(world)
    page = client.get(f"/initiatives/{matter.pk}/plan/").content.decode()
    assert 'name="steps-0-where"' in page
    page = client.get(f"/locations/{world.matters['5'].pk}/plan/").content.decode()
    assert 'name="steps-0-where"' not in page


def test_step_shows_the_spot_check_of_its_ask_apart(world: World) -> None:
    director, matter = world.cast["director"], world.matters["5"]
    step = PlanStep.objects.filter(plan__matter=matter, ask__agency_code="DPW").latest("pk")
    partner = world.cast["partner_dpw"]
    report_done(step.ask, disposition="fixed", stamp=partner.stamp)
    row = drawn(director, source=ASKS, closed_until=NOON.date())
    stop = next(s for s in stops_of(row) if s.ask_id == step.ask_id)
    look_at(stop, director, "partly", rating=2, note="A sofa is left")
    path = f"/locations/{matter.pk}/plan/steps/{step.position}/"
    for role in ("liaison5", "director"):
        page = read(world, role, path)
        assert "nobody has looked" in page, "a spot check is no verification of the step"
        shown = page.split("Spot checks", 2)[-1]
        for words in ("Partly", "A sofa is left", director.party.name, "Nov 18, 2026"):
            assert words in shown
