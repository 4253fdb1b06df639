"""The pages of plans, initiatives and improvements: what is off is said at its field."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.ground import DUE
from tests.web.addresses import address
from tests.web.conftest import World
from tests.web.makers import plan_words
from tests.web.test_forms import kept, refused, says
from tests.web.test_reading import row_counts
from wardroom.matters.actions import accept_ask, withdraw_ask
from wardroom.matters.models import Matter
from wardroom.plans.actions import adopt_plan
from wardroom.plans.models import PlanReview, PlanStep, WorkPlan
from wardroom.plans.rules import StepDraft

pytestmark = pytest.mark.django_db
NEW: dict[str, str] = {
    "kind": "initiative",
    "ward_code": "5",
    "title": "Open houses",
    "about": "They draw <dumping>",
    "next_on": "2026-12-01",
    "next_step": "Ask the agencies",
}
STEP: dict[str, str] = {
    "ward_code": "5",
    "entity_name": "The school",
    "wording": "Lock the gate",
    "authority": "Their own gate",
    "agreed_on": "2026-11-18",
    "found_by": "Bags every morning",
    "next_on": "2026-12-01",
}
BAD: list[tuple[str, dict[str, str], dict[str, str], str, str]] = [
    ("initiative_new", NEW, {"title": ""}, "new_title", "Fill in “Title”."),
    ("initiative_new", NEW, {"next_on": "2026-11-01"}, "new_next_on",
     "Choose today or a later day for the next step."),
    ("improvement_new", STEP, {"authority": " "}, "improvement_authority",
     "Fill in “Under which authority they can do it themselves”."),
    ("improvement_new", STEP, {"entity_name": ""}, "improvement_entity_name",
     "Say who takes this step. What nobody takes is no step."),
    ("improvement_new", STEP, {"agreed_on": "2026-11-19"}, "improvement_agreed_on",
     "This day is still to come."),
    ("plan_move", {"note": "Fine", "review_on": "2027-03-01"}, {"note": ""}, "review_note",
     "Fill in “What you saw, and why the plan stays as it is”."),
    ("plan_move", {"note": "Fine", "review_on": "2027-03-01"}, {"review_on": "2026-11-18"},
     "review_review_on", "Choose a day after today."),
    ("plan_step_move", {}, {"owner_name": "x" * 121}, "owner_owner_name",
     "Keep “Who there sees to it” within 120 characters; it has 121 now."),
    ("initiative_move", {"next_step": "Go"}, {"next_on": "2026-11-01"}, "next_next_on",
     "Choose today or a later day for the next step."),
    ("improvement_move", {"seen_on": "2026-11-18"}, {"evidence": ""}, "evidence_evidence",
     "Fill in “What shows that it is in place”."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "sound", "change", "control", "sentence"), BAD)
def test_what_is_off_is_said_at_its_field(
    name: str,
    sound: dict[str, str],
    change: dict[str, str],
    control: str,
    sentence: str,
    world: World,
) -> None:
    sent: dict[str, Any] = {**sound, **change}
    if name == "initiative_new":
        sent["lead"] = str(world.cast["liaison5"].party.pk)
    page = refused(world, "liaison5", address(world, name), sent)
    assert says(page, control) == sentence
    assert f'href="#{control}"' in page
    assert kept(page, {k: v for k, v in sent.items() if v.strip()}) == []


def test_whoever_asked_is_not_offered_to_vouch(world: World) -> None:
    path = address(world, "plan_step")
    for role in ("liaison5", "director", "records"):
        page = world.clients[role].get(path).content.decode()
        assert "Say what you saw" not in page, "the agency has not said done"


def test_a_plan_has_one_address_only(world: World) -> None:
    location, initiative = world.matters["5"].pk, world.initiatives["5"].pk
    for path in (
        f"/initiatives/{location}/plan/1/",
        f"/initiatives/{location}/plan/steps/1/",
        f"/initiatives/{location}/plan/",
        f"/locations/{initiative}/plan/1/",
        f"/locations/{initiative}/plan/",
        f"/initiatives/{world.improvements['5'].pk}/",
        f"/improvements/{initiative}/",
        f"/initiatives/{world.issues['5'].pk}/plan/",
    ):
        assert world.clients["director"].get(path).status_code == 404, path


def test_an_unknown_move_has_no_page(world: World) -> None:
    before = row_counts()
    for path in (
        f"/initiatives/{world.initiatives['5'].pk}/polish/",
        f"/improvements/{world.improvements['5'].pk}/polish/",
        f"/locations/{world.matters['5'].pk}/plan/1/polish/",
        f"/locations/{world.matters['5'].pk}/plan/steps/1/polish/",
    ):
        assert world.clients["director"].post(path, {}).status_code == 404
    assert row_counts() == before


def test_campaign_page_opens_a_wards_part(world: World) -> None:
    director = world.clients["director"]
    sent = {
        **NEW,
        "kind": "campaign",
        "ward_code": "",
        "title": "Before winter",
        "lead": str(world.cast["director"].party.pk),
    }
    assert director.post("/initiatives/new/", sent).status_code == 302
    campaign = Matter.objects.get(kind="campaign", title="Before winter")
    part = {**NEW, "ward_code": "7", "lead": str(world.cast["liaison7"].party.pk)}
    assert director.post(f"/initiatives/{campaign.pk}/part/", part).status_code == 302
    page = director.get(f"/initiatives/{campaign.pk}/").content.decode()
    made = Matter.objects.get(kind="initiative", title="Open houses")
    assert f'href="/initiatives/{made.pk}/"' in page
    assert made.owner == world.cast["liaison7"].party
    alone = world.initiatives["5"].pk
    assert director.post(f"/initiatives/{alone}/part/", part).status_code == 404


def test_old_versions_take_no_review(world: World) -> None:
    path = address(world, "plan_version")
    liaison = world.clients["liaison5"]
    revised = {
        "objective": "No dumping", "measure": "Episodes", "baseline": "12", "target": "2",
        "target_on": "2027-11-01", "review_on": "2027-02-01", "reason": "More",
        "former_version": "1", "rows": "1",
    }  # fmt: skip
    assert liaison.post(address(world, "plan"), revised).status_code == 302
    sent = {"note": "Fine", "review_on": "2027-03-01"}
    answer = liaison.post(f"{path}review/", sent)
    assert answer.status_code == 409
    assert "A newer version replaced this one." in answer.content.decode()
    assert not PlanReview.objects.exists()
    assert "It stays as it is" not in liaison.get(path).content.decode()


def shown_in(page: str, form: str) -> str:
    """The ask that a form on the page of a step carries."""
    found = re.search(rf'name="shown_ask" value="([^"]*)"[^>]* id="{form}_shown_ask"', page)
    assert found, "the form carries no ask"
    return found[1]


def planned(world: World, *wordings: str) -> WorkPlan:
    steps = [StepDraft("DPW", wording, "", DUE) for wording in wordings]
    words: dict[str, Any] = {**plan_words("DPW"), "steps": steps}
    stamp = world.cast["liaison5"].stamp
    return adopt_plan(world.matters["5"], **words, reason="More", stamp=stamp)


def test_words_on_a_step_that_moved_land_on_no_other(world: World) -> None:
    """A has step 3 open while B withdraws step 2 and revises: what was 3 is 2, what was 4 is 3."""
    liaison, matter = world.clients["liaison5"], world.matters["5"]
    start = address(world, "plan_step").removesuffix("1/")
    plan = planned(world, "Cut it", "Sweep it", "Light it")
    shown = shown_in(liaison.get(f"{start}3/").content.decode(), "owner")
    withdraw_ask(plan.steps.get(position=2).ask, reason="Sold", stamp=world.cast["director"].stamp)
    planned(world, "Fence it")
    sent = {"owner_name": "The alley crew", "shown_ask": shown}
    answer = liaison.post(f"{start}3/owner/", sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The step you had open is number 2 now." in page
    assert f'action="{start}2/owner/"' in page
    assert kept(page, {"owner_name": "The alley crew"}) == []
    assert not PlanStep.objects.filter(owner_name="The alley crew").exists()
    again = {"owner_name": "The alley crew", "shown_ask": shown_in(page, "owner")}
    assert liaison.post(f"{start}2/owner/", again).status_code == 302
    [step] = PlanStep.objects.filter(owner_name="The alley crew")
    assert (step.ask.wording, step.plan.matter_id) == ("Sweep it", matter.pk)


def test_words_on_a_step_that_was_dropped_are_refused(world: World) -> None:
    liaison = world.clients["liaison5"]
    start = address(world, "plan_step").removesuffix("1/")
    plan = planned(world, "Cut it", "Sweep it")
    shown = shown_in(liaison.get(f"{start}2/").content.decode(), "owner")
    withdraw_ask(plan.steps.get(position=2).ask, reason="Sold", stamp=world.cast["director"].stamp)
    planned(world, "Fence it")
    for verb, more in (("owner", {"owner_name": "Crew"}), ("look", {"note": "Crew"})):
        sent = {**more, "shown_ask": shown, "seen_at": "2026-11-18T09:00", "finding": "fixed"}
        answer = liaison.post(f"{start}2/{verb}/", sent)
        assert answer.status_code == 409
        assert "The step you had open is no longer in it." in answer.content.decode()
        assert kept(answer.content.decode(), more) == []
    assert not PlanStep.objects.filter(owner_name="Crew").exists()


def test_step_table_names_all_that_a_step_waits_for_and_how_late_a_promise_is(
    world: World,
) -> None:
    planned(world, "Cut it", "Sweep it")
    last = StepDraft("DPW", "Light it", "", DUE, after=(1, 2, 3))
    words: dict[str, Any] = {**plan_words("DPW"), "steps": [last]}
    stamp = world.cast["liaison5"].stamp
    plan = adopt_plan(world.matters["5"], **words, reason="More", stamp=stamp)
    ask = plan.steps.get(position=2).ask
    accept_ask(ask, promised_on=DUE + timedelta(days=9), stamp=world.cast["partner_dpw"].stamp)
    liaison = world.clients["liaison5"]
    page = liaison.get(address(world, "location")).content.decode()
    assert "After steps 1, 2 and 3. Waits for step 2 (DPW), promised for" in page
    assert "9 days after what was asked" in page
    step = liaison.get(address(world, "plan_step").removesuffix("1/") + "2/").content.decode()
    assert "9 days after what was asked" in step
