"""Roles and shifts, households without names, standing down, and the review that follows."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import PASSWORD, Cast, on_day
from tests.conftest import NOON
from tests.ground import Ground
from tests.incidents.calling import MINUTE, NIGHT, by, fire, on_call, seated
from tests.incidents.test_working import situation
from wardroom.incidents.actions import (
    add_corrective_step,
    end_incident,
    finish_after_action,
    follow_household_up,
    give_incident_role,
    note_household,
    resume_incident,
    stand_down,
    take_incident,
    write_after_action,
)
from wardroom.incidents.models import HouseholdNeed, Incident
from wardroom.incidents.queries import incident_file
from wardroom.incidents.queries.care import households, review_file
from wardroom.incidents.rules import CAPABILITIES
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import finish_task, reopen_matter, set_next_step
from wardroom.matters.models import Ask, Waiting
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
RATED = dict.fromkeys(CAPABILITIES, "S")
DAY = timedelta(days=1)


@pytest.fixture
def taken(
    ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast, staff: Cast, agencies: Any
) -> Incident:
    """A fire in Ward 5 that the liaison of Ward 7 has, who was on call."""
    seated(liaison5, "5")
    on_call(director, on_call=liaison7)
    incident = fire(staff, ground.wards["5"])
    return take_incident(incident, stamp=by(liaison7, NIGHT + MINUTE))


def home(who: Cast, incident: Incident, **more: Any) -> HouseholdNeed:
    given = {"label": "Unit 4", "adults": 2, "children": 1, "needs": ["shelter", "papers"]}
    return note_household(incident, **{**given, **more}, stamp=by(who, NIGHT + 30 * MINUTE))


def over(who: Cast, incident: Incident) -> Incident:
    """The office stood down after one report."""
    situation(who, incident)
    return stand_down(incident, text="All are in hotels", stamp=by(who, NIGHT + 300 * MINUTE))


def test_whoever_takes_it_runs_it_until_the_shift_is_handed_over(
    taken: Incident, liaison7: Cast, liaison5: Cast, staff: Cast
) -> None:
    given: dict[str, Any] = {"role": "lead", "party": staff.party}
    with pytest.raises(Refused, match="needs to know"):
        give_incident_role(taken, **given, stamp=by(liaison7))
    note = "The Red Cross comes at eight"
    give_incident_role(taken, **given, note=note, stamp=by(liaison7, NIGHT + 60 * MINUTE))
    roles = incident_file(taken.matter_id, staff.actor, at=NOON).duties
    assert [(d.name, d.until_at is None) for d in roles] == [
        ("The Front Desk", True),
        ("Liaison of Ward 7", False),
    ]
    found = incident_file(taken.matter_id, staff.actor, at=NOON)
    assert found.has_since == NIGHT + 60 * MINUTE
    assert found.critical.taken_at == NIGHT + MINUTE
    with pytest.raises(Refused, match="The Front Desk has it since 3:10"):
        take_incident(Incident.objects.get(pk=taken.pk), stamp=by(liaison5))
    assert Entry.objects.get(kind="IncidentRoleGiven").sentence == (
        f"Has it for the office: The Front Desk, after Liaison of Ward 7: {note}"
    )
    with pytest.raises(NotAllowed):
        home(liaison7, taken)
    home(staff, taken)
    with pytest.raises(Refused, match="has this role"):
        give_incident_role(taken, **given, note="Again", stamp=by(staff))
    with pytest.raises(Refused, match="Choose a role"):
        give_incident_role(taken, role="king", party=staff.party, stamp=by(staff))
    give_incident_role(taken, role="households", party=liaison5.party, stamp=by(staff))


def test_households_are_counted_and_seen_one_by_one_by_those_who_run_it_alone(
    taken: Incident, liaison7: Cast, liaison5: Cast, auditor: Cast, partner_dpw: Cast
) -> None:
    home(liaison7, taken)
    home(liaison7, taken, label="Unit 5", adults=3, children=0)
    home(liaison7, taken, adults=1)
    own = households(taken.matter_id, on_day(liaison7, NOON.date()).actor, at=NOON)
    assert [(r.label, r.people) for r in own.rows] == [
        ("Unit 4", "adults 1, children 1"),
        ("Unit 5", "adults 3"),
    ]
    assert dict(own.sums)["Children"] == "1"
    read = households(taken.matter_id, auditor.actor, at=NOON)
    assert read.rows == ()
    assert dict(read.sums) == {
        "Homes": "fewer than 3",
        "Adults": "4",
        "Children": "fewer than 3",
        "People over 64": "0",
        "Pets": "0",
        **dict.fromkeys(("A place for the night", "Papers and keys"), "fewer than 3"),
    }
    assert households(taken.matter_id, liaison5.actor, at=NOON).runs
    with pytest.raises(NotFound):
        households(taken.matter_id, partner_dpw.actor, at=NOON)
    told = str(list(Entry.objects.values_list("sentence", "body")))
    assert "Unit 4" not in told


@pytest.mark.parametrize("label", ["", "  ", "Maria Example, 202-555-0147", "Case 2026-004711"])
def test_a_label_that_could_be_a_person_or_a_case_is_refused(
    label: str, taken: Incident, liaison7: Cast
) -> None:
    with pytest.raises(Refused, match="which home"):
        home(liaison7, taken, label=label)


def test_a_household_is_followed_up_with_its_agency(
    taken: Incident, liaison7: Cast, agencies: Any
) -> None:
    row = home(liaison7, taken)
    given: dict[str, Any] = {"household_id": row.pk, "stamp": by(liaison7, NIGHT + DAY)}
    with pytest.raises(Refused, match="which agency"):
        follow_household_up(taken, hours=24, **given)
    home(liaison7, taken, owner=agencies["DOB"])
    follow_household_up(taken, hours=24, **given)
    with pytest.raises(Refused, match="noted already"):
        follow_household_up(taken, hours=24, **given)
    with pytest.raises(Refused, match="Choose a household"):
        follow_household_up(taken, hours=48, **given)
    with pytest.raises(Refused, match="Choose from the list"):
        home(liaison7, taken, needs=["gold"])


def test_standing_down_leaves_two_follow_ups_and_a_review_on_the_list(
    taken: Incident, liaison7: Cast, liaison5: Cast
) -> None:
    with pytest.raises(Refused, match="situation report first"):
        stand_down(taken, text="Over", stamp=by(liaison7))
    over(liaison7, taken)
    tasks = Ask.objects.filter(matter=taken.matter_id).order_by("due_on")
    night = NIGHT.date()
    assert [task.due_on - night for task in tasks] == [DAY, 3 * DAY, 10 * DAY]
    assert {task.party for task in tasks} == {liaison5.party}
    assert "24 hours after" in tasks[0].wording
    taken.refresh_from_db()
    assert taken.next_update_at is None
    with pytest.raises(Refused, match="stood down already"):
        stand_down(taken, text="Over", stamp=by(liaison7))


def test_standing_down_is_taken_back_until_the_review_is_begun(
    taken: Incident, liaison7: Cast, liaison5: Cast, staff: Cast, director: Cast
) -> None:
    with pytest.raises(Refused, match="did not stand down"):
        resume_incident(taken, reason="It burns again", stamp=by(liaison7))
    give_incident_role(taken, role="scene", party=staff.party, stamp=by(liaison7))
    held = incident_file(taken.matter_id, director.actor, at=NIGHT).duties
    over(liaison7, taken)
    seen_to = Ask.objects.filter(matter=taken.matter_id).order_by("due_on", "pk")[0]
    finish_task(seen_to, stamp=by(liaison5, NIGHT + 310 * MINUTE))
    at = NIGHT + 320 * MINUTE
    with pytest.raises(NotAllowed):
        resume_incident(taken, reason="It burns again", stamp=by(staff, at))
    with pytest.raises(Refused, match="Say why"):
        resume_incident(taken, reason=" ", stamp=by(liaison7, at))
    resume_incident(taken, reason="It burns again", stamp=by(liaison7, at))
    found = incident_file(taken.matter_id, director.actor, at=at)
    assert found.duties == held
    assert found.critical.stood_down_at is None
    assert found.work.next_update_at == at + 60 * MINUTE
    assert "stand_down" in found.allowed
    assert "resume_incident" not in found.allowed
    assert found.matter.next_step == "Hear how it stands from Liaison of Ward 7"
    states = Ask.objects.filter(matter=taken.matter_id).values_list("state", flat=True)
    assert sorted(states) == ["done", "withdrawn", "withdrawn"]
    assert Waiting.objects.get(noun="situation_due").party == liaison7.party
    down = NIGHT + 400 * MINUTE
    stand_down(taken, text="Now it is out", stamp=by(liaison7, down))
    assert "resume_incident" in incident_file(taken.matter_id, director.actor, at=down).allowed
    write_after_action(taken, happened="A fire", ratings=RATED, stamp=by(liaison7, down + MINUTE))
    assert "resume_incident" not in incident_file(taken.matter_id, director.actor, at=down).allowed
    with pytest.raises(Refused, match="review is begun"):
        resume_incident(taken, reason="Again", stamp=by(liaison7, down + 2 * MINUTE))


def test_what_a_person_wrote_as_the_next_step_stands_when_work_goes_on(
    taken: Incident, liaison7: Cast, liaison5: Cast, director: Cast
) -> None:
    over(liaison7, taken)
    at = NIGHT + 320 * MINUTE
    step = "Meet the tenants"
    set_next_step(taken.matter, next_on=NOON.date() + DAY, next_step=step, stamp=by(liaison5, at))
    for task in Ask.objects.filter(matter=taken.matter_id):
        finish_task(task, stamp=by(liaison5, at))
    end_incident(taken.matter, outcome="opened_in_error", text="No", stamp=by(director, at))
    taken.refresh_from_db()
    with pytest.raises(Refused, match="is over"):
        resume_incident(taken, reason="Again", stamp=by(liaison7, at))
    reopen_matter(taken.matter, reason="It burns", next_on=NOON.date() + DAY, next_step=step,
                  stamp=by(liaison5, at))  # fmt: skip
    resume_incident(taken, reason="Again", stamp=by(liaison7, at))
    assert incident_file(taken.matter_id, director.actor, at=at).matter.next_step == step


def test_standing_down_leaves_the_step_that_the_owner_wrote(
    taken: Incident, liaison7: Cast, liaison5: Cast
) -> None:
    own: dict[str, Any] = {"next_on": NOON.date() + 4 * DAY, "next_step": "Meet the tenants"}
    set_next_step(taken.matter, **own, stamp=by(liaison5, NIGHT + MINUTE))
    over(liaison7, Incident.objects.select_related("matter").get(pk=taken.pk))
    taken.matter.refresh_from_db()
    assert (taken.matter.next_step, taken.matter.next_on) == (own["next_step"], own["next_on"])


def test_the_steps_of_a_review_become_asks_and_to_dos(
    taken: Incident, liaison7: Cast, liaison5: Cast, agencies: Any
) -> None:
    with pytest.raises(Refused, match="Stand down first"):
        write_after_action(taken, happened="A fire", ratings={}, stamp=by(liaison7))
    over(liaison7, taken)
    later = by(liaison5, NIGHT + 2 * DAY)
    with pytest.raises(Refused, match="Write the review first"):
        finish_after_action(taken, stamp=later)
    with pytest.raises(Refused, match="P, S, M or U"):
        write_after_action(taken, happened="A fire", ratings={"care": "A"}, stamp=later)
    write_after_action(taken, happened="A fire", ratings={"care": "M"}, stamp=later)
    step: dict[str, Any] = {"capability": "care", "starts_on": NOON.date(), "stamp": later}
    due = NOON.date() + 30 * DAY
    add_corrective_step(taken, wording="Keep cots", party=agencies["DOB"], due_on=due, **step)
    add_corrective_step(taken, wording="Drill it", party=liaison7.party, due_on=due, **step)
    with pytest.raises(Refused, match="It ends after today"):
        add_corrective_step(taken, wording="Late", party=liaison7.party, due_on=NOON.date(), **step)
    with pytest.raises(Refused, match="Rate every capability"):
        finish_after_action(taken, stamp=later)
    write_after_action(taken, happened="A fire", ratings=RATED, stamp=later)
    with pytest.raises(NotAllowed):
        finish_after_action(taken, stamp=by(liaison7, NIGHT + 2 * DAY))
    finish_after_action(taken, stamp=later)
    found = review_file(taken.matter_id, liaison5.actor)
    assert [(s.wording, s.state) for s in found.steps] == [
        ("Keep cots", "proposed"),
        ("Drill it", "requested"),
    ]
    assert found.version == 2
    with pytest.raises(Refused, match="is finished"):
        write_after_action(taken, happened="Again", ratings=RATED, stamp=later)


def test_the_pages_take_a_night_from_role_to_review(
    taken: Incident, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [NIGHT + 30 * MINUTE]
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock[0])
    client = Client()
    client.post("/account/login/", {"login": liaison5.email, "password": PASSWORD})
    start = f"/incidents/{taken.matter_id}/"
    role = {"role": "scene", "party": liaison5.party.pk}
    assert client.post(f"{start}role/", role).status_code == 302
    note = {"label": "Unit 4", "adults": "2", "needs": ["shelter"], "owner": "DOB"}
    assert client.post(f"{start}households/note/", note).status_code == 302
    assert client.post(f"{start}households/note/", {"label": ""}).status_code == 422
    page = client.get(f"{start}households/").content.decode()
    assert "Unit 4" in page
    home_id = re.findall(r'name="household" value="(\d+)"', page)[0]
    follow = {"household": home_id, "hours": "24"}
    assert client.post(f"{start}households/follow/", follow).status_code == 302
    assert client.post(f"{start}situation/", {"what": "Three homes burned"}).status_code == 302
    assert (
        client.post(f"{start}down/", {"text": "All are in hotels", "sure": "on"}).status_code == 302
    )
    assert "Stood down" in client.get(start).content.decode()
    assert client.get(f"{start}review.pdf").status_code == 404
    written = {"happened": "A fire", **RATED}
    assert client.post(f"{start}review/write/", written).status_code == 302
    step = {
        "wording": "Keep cots",
        "capability": "care",
        "who": "agency:DOB",
        "starts_on": "2026-11-19",
        "due_on": "2026-12-19",
    }
    assert client.post(f"{start}review/step/", {**step, "who": "agency:X"}).status_code == 422
    assert client.post(f"{start}review/step/", step).status_code == 302
    page = client.get(f"{start}review/").content.decode()
    out = {"step": re.findall(r'name="step" value="(\d+)"', page)[0]}
    assert client.post(f"{start}review/out/", out).status_code == 302
    assert client.post(f"{start}review/out/", out).status_code == 422
    assert client.post(f"{start}review/step/", step).status_code == 302
    assert client.post(f"{start}review/finish/").status_code == 302
    page = client.get(f"{start}review/").content.decode()
    assert "Keep cots" in page
    assert "S: Performed with some challenges" in page
    paper = client.get(f"{start}review.pdf")
    assert paper.content.startswith(b"%PDF")


def test_a_handover_takes_the_incident_and_its_clock_along(
    taken: Incident, liaison7: Cast, staff: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = "The Red Cross comes at eight"
    at = NIGHT + 60 * MINUTE
    give_incident_role(taken, role="lead", party=staff.party, note=note, stamp=by(liaison7, at))
    assert incident_file(taken.matter_id, staff.actor, at=NOON).critical.taken_by == (
        "The Front Desk"
    )
    assert Waiting.objects.get(noun="situation_due").party == staff.party
    had = [
        words for _, words in review_file(taken.matter_id, staff.actor).line if "had it" in words
    ]
    assert had == ["Liaison of Ward 7 had it", "The Front Desk had it"]
    monkeypatch.setattr("django.utils.timezone.now", lambda: at + MINUTE)
    sweep()
    letter = Message.objects.get(subject__startswith="Your role in an incident")
    assert (letter.to_address, note in letter.text) == (staff.email, True)
    role = (
        "Your role in it from now on: Has it for the office. Liaison of Ward 7 had it before you."
    )
    assert role in letter.text


def test_an_incident_ends_without_a_review_only_with_a_word(
    taken: Incident, liaison7: Cast, liaison5: Cast
) -> None:
    later = by(liaison5, NIGHT + DAY)
    with pytest.raises(Refused, match="Stand down first") as no:
        end_incident(taken.matter, outcome="over", stamp=later)
    assert no.value.field == "text"
    over(liaison7, taken)
    with pytest.raises(Refused, match="Finish the review first"):
        end_incident(taken.matter, outcome="over", stamp=later)
    with pytest.raises(Refused, match="3 to-dos are still open"):
        end_incident(taken.matter, outcome="over", text="The city reviews it", stamp=later)


def test_what_was_opened_in_error_ends_without_more(taken: Incident, liaison5: Cast) -> None:
    end_incident(taken.matter, outcome="opened_in_error", stamp=by(liaison5, NIGHT + DAY))
    assert not taken.duties.filter(until_at=None).exists()


def test_review_tells_what_happened_in_the_order_it_happened(
    ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast, staff: Cast, agencies: Any
) -> None:
    seated(liaison5, "5")
    on_call(director, on_call=liaison7)
    incident = fire(staff, ground.wards["5"])
    take_incident(incident, stamp=by(liaison7, NIGHT + MINUTE))
    over(liaison7, incident)
    line = [
        words
        for _, words in review_file(incident.matter_id, on_day(liaison7, NOON.date()).actor).line
    ]
    assert line == [
        "Opened",
        "Liaison of Ward 7 was called",
        "Liaison of Ward 7 had it",
        "Situation report 1",
        "Stood down",
    ]
