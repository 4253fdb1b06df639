"""The work plan's form: rows that come and go, and a reason for every later version."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.ground import NEXT
from tests.trouble import Trouble
from tests.web.addresses import address
from tests.web.conftest import World
from tests.web.test_forms import kept, refused, says
from tests.web.test_reading import row_counts
from wardroom.ledger.models import Entry
from wardroom.matters.actions import accept_ask, report_done, set_next_step, withdraw_ask
from wardroom.matters.models import Matter
from wardroom.plans.actions import name_step_owner
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


def test_form_says_what_next_step_the_plan_replaces_and_the_line_keeps_it(
    fresh: str, world: World
) -> None:
    matter = Matter.objects.order_by("-pk")[0]
    liaison = world.cast["liaison5"]
    set_next_step(matter, next_on=NEXT, next_step="Call the owner", stamp=liaison.stamp)
    page = world.clients["liaison5"].get(fresh).content.decode()
    note = page.split('id="next-step">', 1)[1].split("</div>", 1)[0]
    assert "Call the owner" in note
    assert "See what the agencies answered" in note
    assert world.clients["liaison5"].post(fresh, WHOLE).status_code == 302
    line = Entry.objects.filter(kind="NextStepSet").latest("pk")
    assert "(instead of 'Call the owner', on " in line.sentence
    again = world.clients["liaison5"].get(fresh).content.decode()
    assert "the same words" in again.split('id="next-step">', 1)[1].split("</div>", 1)[0]


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


def rows_of(page: str) -> list[tuple[str, str, str]]:
    """Of each row that comes over: how its fields' names begin, its words, and its day."""
    found = re.findall(r'name="(kept-[0-9]+)-wording" value="([^"]*)"', page)
    days = dict(re.findall(r'name="(kept-[0-9]+)-due_on" value="([^"]*)"', page))
    return [(name, wording, days[name]) for name, wording in found]


def test_step_that_comes_over_is_changed_and_moved_on_the_form(world: World) -> None:
    path = address(world, "plan")
    shown = world.clients["liaison5"].get(path).content.decode()
    ((name, wording, due_on),) = rows_of(shown)
    kept_row = {
        f"{name}-wording": f"{wording}, and sweep it",
        f"{name}-due_on": due_on,
        f"{name}-place": "2",
        f"{name}-days": "1",
    }
    sent = {**WHOLE, **kept_row, "reason": "Glass everywhere", "former_version": "1"}
    page = refused(world, "liaison5", path, {**sent, f"{name}-after": "1"})
    assert kept(page, kept_row) == []
    assert says(page, f"id_{name}-after") == "Step 2 can wait only for steps before it."
    assert world.clients["liaison5"].post(path, sent).status_code == 302
    newest = WorkPlan.objects.order_by("-version")[0]
    steps = newest.steps.order_by("position")
    assert [step.ask.wording for step in steps] == ["Sweep it", f"{wording}, and sweep it"]


def test_what_was_typed_of_a_step_that_comes_over_stays_when_a_row_is_added(world: World) -> None:
    path = address(world, "plan")
    ((name, _, _),) = rows_of(world.clients["liaison5"].get(path).content.decode())
    typed = {f"{name}-wording": "Sweep it twice", f"{name}-owner_name": "A desk"}
    typed[f"{name}-after"] = "x"
    sent = {**WHOLE, **typed, "add_row": "1"}
    page = world.clients["liaison5"].post(path, sent).content.decode()
    assert kept(page, typed) == []


def two_carried(world: World) -> tuple[str, dict[str, str]]:
    """A plan with two asks of two agencies, and its form as it was opened, to be sent."""
    path = address(world, "plan")
    liaison = world.clients["liaison5"]
    added = {"steps-0-agency_code": "MPD", "steps-0-wording": "Watch it at night"}
    sent = {**WHOLE, **added, "reason": "Nobody watches", "former_version": "1"}
    assert liaison.post(path, sent).status_code == 302
    rows = rows_of(liaison.get(path).content.decode())
    opened = {**HEAD, "rows": "3", "reason": "It goes on", "former_version": "2"}
    for name, wording, due_on in rows:
        opened |= {f"{name}-wording": wording, f"{name}-due_on": due_on, f"{name}-days": "1"}
    assert len(rows) == 2
    return path, opened


def test_words_stay_with_their_ask_when_another_was_declined_meanwhile(world: World) -> None:
    path, sent = two_carried(world)
    first, second = WorkPlan.objects.order_by("-version")[0].steps.order_by("position")
    sent[f"kept-{first.ask_id}-wording"] = "Sweep it on Mondays"
    withdraw_ask(first.ask, reason="Done by neighbors", stamp=world.cast["liaison5"].stamp)
    before = row_counts()
    answer = world.clients["liaison5"].post(path, sent)
    page = answer.content.decode()
    assert (answer.status_code, row_counts()) == (409, before)
    assert "The steps that come over are others by now" in page
    assert "What you wrote of a step that does not come over any more" in page
    assert "Sweep it on Mondays" in page
    assert [(name, wording) for name, wording, _ in rows_of(page)] == [
        (f"kept-{second.ask_id}", "Watch it at night")
    ]
    gone = f"kept-{first.ask_id}-"
    again = {name: value for name, value in sent.items() if not name.startswith(gone)}
    assert world.clients["liaison5"].post(path, again).status_code == 302
    (step,) = WorkPlan.objects.order_by("-version")[0].steps.all()
    assert (step.ask_id, step.ask.wording) == (second.ask_id, "Watch it at night")


def test_form_that_names_no_ask_in_its_rows_is_out_of_date(world: World) -> None:
    path, sent = two_carried(world)
    old = {name: value for name, value in sent.items() if not name.startswith("kept-")}
    old |= {"kept-0-wording": "Sweep it on Mondays", "kept-0-due_on": "2026-12-01"}
    before = row_counts()
    answer = world.clients["liaison5"].post(path, old)
    assert (answer.status_code, row_counts()) == (409, before)
    assert "Sweep it on Mondays" in answer.content.decode()


def test_words_on_a_step_that_was_done_meanwhile_are_kept_and_refused(world: World) -> None:
    path, sent = two_carried(world)
    first = WorkPlan.objects.order_by("-version")[0].steps.order_by("position")[0]
    partner = world.cast["partner_dpw"].stamp
    asked = first.ask
    if asked.state == "asked":
        asked = accept_ask(asked, promised_on=asked.due_on, stamp=partner)
    report_done(asked, disposition="fixed", stamp=partner)
    name = f"kept-{first.ask_id}-wording"
    page = refused(world, "liaison5", path, {**sent, name: "Sweep it on Mondays"})
    assert says(page, f"id_{name}").startswith("The agency says that this is done.")
    assert kept(page, {name: "Sweep it on Mondays"}) == []
    assert world.clients["liaison5"].post(path, sent).status_code == 302


def test_owner_named_since_the_form_was_opened_is_shown_and_not_overwritten(world: World) -> None:
    path, sent = two_carried(world)
    shown = world.clients["liaison5"].get(path).content.decode()
    seen = dict(re.findall(r'name="(kept-[0-9]+-seen)" value="([^"]*)"', shown))
    first, second = WorkPlan.objects.order_by("-version")[0].steps.order_by("position")
    sent |= seen | {f"kept-{second.ask_id}-owner_name": "The day crew"}
    for step in (first, second):
        name_step_owner(step, owner_name="The night crew", stamp=world.cast["director"].stamp)
    answer = world.clients["liaison5"].post(path, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert says(page, f"id_kept-{second.ask_id}-owner_name").startswith("The Director saved this")
    assert "The night crew" in page
    sent |= dict(re.findall(r'name="(kept-[0-9]+-seen)" value="([^"]*)"', page))
    assert world.clients["liaison5"].post(path, sent).status_code == 302
    named = WorkPlan.objects.order_by("-version")[0].steps.order_by("position")
    assert [step.owner_name for step in named] == ["The night crew", "The day crew"]
