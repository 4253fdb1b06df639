"""The work plan's form: rows that come and go, and a reason for every later version."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ground import NEXT
from tests.trouble import Trouble
from tests.web.addresses import address
from tests.web.conftest import World
from tests.web.test_forms import kept, refused, says
from tests.web.test_reading import row_counts
from wardroom.matters.models import Matter
from wardroom.plans.models import WorkPlan
from wardroom.problems.actions import decide_candidate

pytestmark = pytest.mark.django_db
HEAD = {
    "objective": "No dumping",
    "cause": "A <gate> & a lamp",
    "measure": "Episodes in a year",
    "baseline": "12",
    "target": "3",
    "target_on": "2027-11-01",
    "review_on": "2027-02-01",
}
STEP = {
    "steps-0-wording": "Sweep it",
    "steps-0-agency_code": "DPW",
    "steps-0-due_on": "2026-12-01",
    "steps-0-authority": "DPW cleans alleys",
}
WHOLE: dict[str, Any] = {**HEAD, **STEP, "rows": "3"}


@pytest.fixture
def fresh(world: World, trouble: Trouble) -> str:
    """The address of the plan of a location that has none yet."""
    liaison = world.cast["liaison5"]
    decide_candidate(
        trouble.candidate(2), verdict="designate", reason="Rats", next_on=NEXT, stamp=liaison.stamp
    )
    matter = Matter.objects.order_by("-pk")[0]
    return f"/locations/{matter.pk}/plan/"


def test_a_later_version_needs_its_reason(world: World) -> None:
    path = address(world, "plan")
    shown = world.clients["liaison5"].get(path).content.decode()
    label = shown.split('for="plan_reason">', 1)[1].split("</label>", 1)[0]
    assert label == "Why the plan changes"
    for reason in ("", "  \n "):
        page = refused(world, "liaison5", path, {**WHOLE, "reason": reason})
        assert says(page, "plan_reason") == "Fill in “Why the plan changes”."
        assert 'href="#plan_reason"' in page
        assert kept(page, WHOLE) == []
    sent = {**WHOLE, "reason": "The first crew was too small"}
    assert world.clients["liaison5"].post(path, sent).status_code == 302
    newest = WorkPlan.objects.order_by("-version")[0]
    assert (newest.version, newest.reason) == (2, "The first crew was too small")


def test_form_that_was_sent_twice_or_overtaken_asks_nobody_again(world: World) -> None:
    path = address(world, "plan")
    liaison = world.clients["liaison5"]
    shown = liaison.get(path).content.decode()
    assert '<input type="hidden" name="former_version" value="1" id="plan_former_version">' in shown
    sent = {**WHOLE, "reason": "A second crew", "former_version": "1"}
    assert liaison.post(path, sent).status_code == 302
    before = row_counts()
    told = liaison.post(path, sent)
    assert told.status_code == 409
    page = told.content.decode()
    assert "Somebody saved another version of this plan in the meantime." in page
    assert kept(page, {k: v for k, v in sent.items() if k != "former_version"}) == []
    assert row_counts() == before


def test_a_first_plan_needs_none(fresh: str, world: World) -> None:
    shown = world.clients["liaison5"].get(fresh).content.decode()
    assert "plan_reason" not in shown
    assert world.clients["liaison5"].post(fresh, WHOLE).status_code == 302
    assert WorkPlan.objects.order_by("-pk")[0].steps.count() == 1


def test_another_row_keeps_what_was_typed_and_scolds_nobody(fresh: str, world: World) -> None:
    typed = {**WHOLE, "steps-2-wording": "Third", "baseline": "twelve", "add_row": "1"}
    del typed["measure"]
    before = row_counts()
    answer = world.clients["liaison5"].post(fresh, typed)
    page = answer.content.decode()
    assert (answer.status_code, row_counts()) == (200, before)
    assert kept(page, {k: v for k, v in typed.items() if k not in {"add_row", "rows"}}) == []
    assert 'name="rows" value="4"' in page
    assert 'name="steps-3-wording"' in page
    assert "field__error" not in page
    assert "This was not saved" not in page


def test_only_the_wards_writers_get_another_row(world: World) -> None:
    path = address(world, "plan")
    assert world.clients["records"].post(path, {**WHOLE, "add_row": "1"}).status_code == 403
    assert world.clients["liaison7"].post(path, {**WHOLE, "add_row": "1"}).status_code == 404


@pytest.mark.parametrize("rows", ["0", "-1", "x", "", "20", "9999999", "²"])
def test_the_number_of_rows_stays_in_bounds(rows: str, fresh: str, world: World) -> None:
    page = world.clients["liaison5"].post(fresh, {"rows": rows, "add_row": "1"}).content.decode()
    assert 2 <= page.count('<fieldset class="ask-row"') <= 20


BAD = [
    ({"objective": ""}, "plan_objective", "Fill in “Objective”."),
    ({"baseline": "many"}, "plan_baseline", "Enter a number."),
    ({"target": "nan"}, "plan_target", "Enter a number."),
    ({"target": "12"}, "plan_target",
     "The target is the same as today's number. Say what should change."),
    ({"target_on": "2026-11-18"}, "plan_target_on", "Choose a day after today."),
    ({"review_on": "01.02.2027"}, "plan_review_on",
     "“Look at the plan again on” must be a date, such as 2026-11-30."),
    ({"steps-0-wording": ""}, "id_steps-0-wording", "Fill in “What we ask for”."),
    ({"steps-0-agency_code": ""}, "id_steps-0-agency_code", "Choose “Agency”."),
    ({"steps-0-agency_code": "FBI"}, "id_steps-0-agency_code",
     "Choose one of the answers listed under “Agency”."),
    ({"steps-0-due_on": "2026-11-18"}, "id_steps-0-due_on",
     "Ask for a day after today, Wednesday, November 18, 2026: the agency has to have time."),
    ({"steps-0-after": "2"}, "id_steps-0-after", "Step 1 can wait only for steps before it."),
    ({"steps-0-after": "one"}, "id_steps-0-after", "Give numbers of steps, such as 1, 2."),
    ({"steps-0-days": "0"}, "id_steps-0-days",
     "Ensure this value is greater than or equal to 1."),
    ({"steps-2-wording": "Third"}, "id_steps-2-due_on", "Fill in “By”."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "control", "sentence"), BAD)
def test_a_plan_that_is_not_whole(
    change: dict[str, str], control: str, sentence: str, fresh: str, world: World
) -> None:
    sent = {**WHOLE, **change}
    page = refused(world, "liaison5", fresh, sent)
    assert says(page, control) == sentence
    assert f'href="#{control}"' in page
    lost = {"FBI"} & set(change.values())
    assert kept(page, {k: v for k, v in sent.items() if v not in lost}) == []


def test_a_plan_without_an_ask_is_none(fresh: str, world: World) -> None:
    page = refused(world, "liaison5", fresh, {**HEAD, "rows": "3"})
    assert "A plan needs at least one step." in page
    assert kept(page, HEAD) == []


def test_step_that_comes_over_is_changed_and_moved_on_the_form(world: World) -> None:
    path = address(world, "plan")
    shown = world.clients["liaison5"].get(path).content.decode()
    wording = shown.split('name="kept-0-wording" value="', 1)[1].split('"', 1)[0]
    due_on = shown.split('name="kept-0-due_on" value="', 1)[1].split('"', 1)[0]
    kept_row = {
        "kept-0-wording": f"{wording}, and sweep it",
        "kept-0-due_on": due_on,
        "kept-0-place": "2",
        "kept-0-days": "1",
    }
    sent = {**WHOLE, **kept_row, "reason": "Glass everywhere", "former_version": "1"}
    page = refused(world, "liaison5", path, {**sent, "kept-0-after": "1"})
    assert kept(page, kept_row) == []
    assert says(page, "id_kept-0-after") == "Step 2 can wait only for steps before it."
    assert world.clients["liaison5"].post(path, sent).status_code == 302
    newest = WorkPlan.objects.order_by("-version")[0]
    steps = newest.steps.order_by("position")
    assert [step.ask.wording for step in steps] == ["Sweep it", f"{wording}, and sweep it"]


def test_what_was_typed_of_a_step_that_comes_over_stays_when_a_row_is_added(world: World) -> None:
    path = address(world, "plan")
    typed = {"kept-0-wording": "Sweep it twice", "kept-0-owner_name": "A desk", "kept-0-after": "x"}
    sent = {**WHOLE, **typed, "add_row": "1"}
    page = world.clients["liaison5"].post(path, sent).content.decode()
    assert kept(page, typed) == []
