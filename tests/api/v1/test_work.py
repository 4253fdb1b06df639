"""What programs read and do: the rules of the pages, and no way around them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.api.v1.conftest import Program, program_of
from tests.api.v1.test_door import told
from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import Ground
from wardroom.access.models import ApiCall
from wardroom.casework.models import Complaint
from wardroom.directory.actions import forget_calls
from wardroom.ledger.models import Entry
from wardroom.matters.actions import restrict_matter
from wardroom.matters.models import Matter

pytestmark = pytest.mark.django_db
SAID = {
    "said": "Trash bags in the alley again",
    "channel": "phone",
    "where": {"text": "Alley at 5th", "latitude": 38.92, "longitude": -77.0},
    "reporter": {"name": "A neighbor", "phone": "202-555-0142"},
}
ASK = {"agency": "DPW", "wording": "Clear the alley", "due_on": "2026-12-01"}
STEP = {"next_on": "2026-11-30", "next_step": "Call the crew"}


def take(program: Program) -> int:
    """A complaint that is taken in, as the number of its issue."""
    answer = program.post("/issues", SAID)
    assert answer.status_code == 201, answer.content
    return int(answer.json()["data"]["matter_id"])


def test_complaint_goes_from_intake_to_closing(
    office: Ground, liaison_program: Program, partner_dpw: Cast
) -> None:
    """A day of work by programs: the office's and the agency's, each with its own key."""
    number = take(liaison_program)
    assert [row["matter_id"] for row in liaison_program.data("/issues")["items"]] == [number]
    file = liaison_program.data(f"/issues/{number}")
    assert file["links"]["propose_ask"] == {
        "method": "POST",
        "href": f"/api/v1/issues/{number}/asks",
    }
    made = liaison_program.post(f"/issues/{number}/asks", ASK)
    assert made.status_code == 201
    [ask] = made.json()["data"]["asks"]
    agency = program_of(partner_dpw)
    assert [row["id"] for row in agency.data("/asks?state=requested")["items"]] == [ask["id"]]
    links = agency.data(f"/asks/{ask['id']}")["links"]
    assert {"accept_ask", "decline_ask", "counter_ask"} <= set(links)
    own = f"/asks/{ask['id']}"
    promise = {"promised_on": "2026-11-25", "text": "A crew is booked"}
    assert agency.post(f"{own}/accept", promise).json()["data"]["row"]["state"] == "accepted"
    done = agency.post(f"{own}/done", {"disposition": "fixed"})
    assert done.json()["data"]["row"]["state"] == "done"
    seen = {"finding": "clean", "rating": 1, "note": "All gone"}
    look = liaison_program.post(f"/matters/{number}/checks", seen)
    assert (look.status_code, look.json()["total"]) == (201, 1)
    end = {"outcome": "fixed", "text": "The alley is clean."}
    assert told(liaison_program.post(f"/issues/{number}/close", end)) == (422, "not_told")


def test_step_is_planned_and_the_ledger_knows_the_window(
    office: Ground, liaison_program: Program
) -> None:
    number = take(liaison_program)
    answer = liaison_program.post(f"/issues/{number}/next-step", STEP)
    assert answer.json()["data"]["matter"]["next_step"] == "Call the crew"
    line = Entry.objects.get(kind="NextStepSet")
    assert (line.window, line.actor_name) == ("api", "Liaison of Ward 5")
    over = {**STEP, "next_on": "2020-01-01"}
    answer = liaison_program.post(f"/issues/{number}/next-step", over)
    assert answer.status_code == 422
    assert answer.json()["field"] == "next_on"


def test_other_ward_sees_nothing(
    office: Ground, liaison_program: Program, other_program: Program
) -> None:
    number = take(liaison_program)
    assert other_program.data("/issues")["total"] == 0
    for path in (f"/issues/{number}", f"/matters/{number}", f"/matters/{number}/checks"):
        assert told(other_program.get(path)) == (404, "not_found")
    for path, body in (("next-step", STEP), ("asks", ASK)):
        assert told(other_program.post(f"/issues/{number}/{path}", body)) == (404, "not_found")


def test_complaint_of_another_ward_is_handed_on_without_its_number(
    office: Ground, other_program: Program
) -> None:
    answer = other_program.post("/issues", SAID)
    assert answer.status_code == 201
    data = answer.json()["data"]
    assert (data["matter_id"], data["complaint_id"], data["ward_code"]) == (None, None, "5")
    assert answer.json()["links"] == {}


def test_agency_answers_its_own_asks_only(
    office: Ground, liaison_program: Program, partner_dpw: Cast, partner_ddot: Cast
) -> None:
    number = take(liaison_program)
    made = liaison_program.post(f"/issues/{number}/asks", ASK).json()
    own = f"/asks/{made['data']['asks'][0]['id']}"
    other = program_of(partner_ddot)
    assert told(other.get(own)) == (404, "not_found")
    assert told(other.post(f"{own}/decline", {"code": "not_ours"})) == (404, "not_found")
    agency = program_of(partner_dpw)
    assert told(agency.post(f"{own}/withdraw", {"reason": "No"}))[0] == 403
    assert told(liaison_program.post(f"{own}/accept", {"promised_on": "2026-11-25"}))[0] == 403
    agency.post(f"{own}/decline", {"code": "not_ours"})
    assert told(agency.post(f"{own}/decline", {"code": "not_ours"}))[0] == 409
    head = agency.data(f"/matters/{number}")["data"]
    assert (head["inside"], head["owner_name"], head["next_step"]) == (False, "", "")


def test_same_call_is_done_once_and_answered_the_same(
    office: Ground, liaison_program: Program
) -> None:
    first = liaison_program.post("/issues", SAID, Idempotency_Key="call-1")
    again = liaison_program.post("/issues", SAID, Idempotency_Key="call-1")
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Complaint.objects.count() == 1
    other = liaison_program.post("/issues", {**SAID, "said": "More"}, Idempotency_Key="call-1")
    assert told(other) == (422, "call_name_reused")
    assert told(liaison_program.post("/issues", SAID, Idempotency_Key="x" * 201))[0] == 422


def test_what_is_out_of_sight_meanwhile_is_told_to_no_call_of_old(
    office: Ground, liaison_program: Program, liaison5: Cast, cover5: Cast
) -> None:
    number = take(liaison_program)
    cover = program_of(cover5)
    step = cover.post(f"/issues/{number}/next-step", STEP, Idempotency_Key="1")
    assert step.status_code == 200
    taken = cover.post("/issues", SAID, Idempotency_Key="2").json()["data"]
    assert taken["matter_id"] is not None
    for matter in Matter.objects.order_by("pk"):
        restrict_matter(matter, readers=[], reason="A witness", stamp=liaison5.stamp)
    again = cover.post(f"/issues/{number}/next-step", STEP, Idempotency_Key="1")
    assert told(again) == (404, "not_found")
    assert SAID["said"] not in again.content.decode()
    told_again = cover.post("/issues", SAID, Idempotency_Key="2")
    assert told_again.status_code == 201
    assert told_again.json()["data"] == {
        "complaint_id": None,
        "matter_id": None,
        "one_more_voice": False,
        "ward_code": "",
        "owner_name": "",
    }


def test_names_of_calls_are_forgotten_after_a_day_and_hold_no_words(
    office: Ground, liaison_program: Program
) -> None:
    liaison_program.post("/issues", SAID, Idempotency_Key="1")
    kept = str(list(ApiCall.objects.values()))
    assert "Trash" not in kept
    assert "neighbor" not in kept
    assert forget_calls(at=NOON + timedelta(hours=23)) == 0
    assert forget_calls(at=NOON + timedelta(hours=25)) == 1
    assert Complaint.objects.count() == 1


def test_two_programs_may_name_their_calls_alike(
    office: Ground, liaison_program: Program, other_program: Program
) -> None:
    assert liaison_program.post("/issues", SAID, Idempotency_Key="1").status_code == 201
    again = other_program.post("/issues", SAID, Idempotency_Key="1")
    assert "Idempotency-Replayed" not in again.headers
    assert Complaint.objects.count() == 2


def test_refused_call_is_not_kept_and_may_be_mended(
    office: Ground, liaison_program: Program
) -> None:
    wrong = {**SAID, "channel": "pigeon"}
    assert liaison_program.post("/issues", wrong, Idempotency_Key="1").status_code == 422
    assert not ApiCall.objects.exists()
    assert liaison_program.post("/issues", SAID, Idempotency_Key="1").status_code == 201


def test_nothing_is_changed_that_was_changed_since_it_was_read(
    office: Ground, liaison_program: Program
) -> None:
    own = f"/issues/{take(liaison_program)}"
    read = liaison_program.get(own).headers["ETag"]
    first = liaison_program.post(f"{own}/next-step", STEP, If_Match=read)
    assert first.status_code == 200
    late = {**STEP, "next_step": "Something else"}
    answer = liaison_program.post(f"{own}/next-step", late, If_Match=read)
    assert told(answer) == (412, "stale")
    assert Matter.objects.get().next_step == "Call the crew"
    now = first.headers["ETag"]
    assert liaison_program.get(own).headers["ETag"] == now
    assert liaison_program.post(f"{own}/next-step", late, If_Match=now).status_code == 200


def test_half_a_point_is_no_place(office: Ground, liaison_program: Program) -> None:
    half = {**SAID, "where": {"latitude": 38.92}}
    assert told(liaison_program.post("/issues", half)) == (422, "half_a_point")
    for latitude in ("38.92", 1e400, -91):
        wrong = {**SAID, "where": {"latitude": latitude, "longitude": -77.0}}
        assert told(liaison_program.post("/issues", wrong))[0] in {400, 422}


def test_contact_is_logged_with_who_was_called(office: Ground, liaison_program: Program) -> None:
    number = take(liaison_program)
    [party] = [
        row
        for row in liaison_program.data("/parties?kind=person")["items"]
        if row["name"] == "A neighbor"
    ]
    own = f"/parties/{party['party_id']}"
    said = {"channel": "phone", "text": "Told her the crew comes", "matter": number}
    assert liaison_program.post(f"{own}/contacts", said).status_code == 201
    brief = liaison_program.data(own)["data"]
    assert any("the crew comes" in touch["text"] for touch in brief["touches"])
    assert told(liaison_program.post(f"{own}/contacts", {**said, "matter": 99_999}))[0] == 404


def test_long_list_is_read_page_by_page(office: Ground, liaison_program: Program) -> None:
    for n in range(27):
        liaison_program.post("/issues", {**SAID, "said": f"Bag {n}", "anonymous": False})
    path: str | None = "/issues?sort=opened"
    found: list[int] = []
    while path:
        page = liaison_program.data(path)
        found += [row["matter_id"] for row in page["items"]]
        path = page["next"].removeprefix("/api/v1") if page["next"] else None
    assert len(found) == len(set(found)) == page["total"] == 27


def test_ledger_is_followed_line_by_line_as_far_as_one_may_read(
    office: Ground, liaison_program: Program, other_program: Program, partner_dpw: Cast
) -> None:
    start = liaison_program.data("/lines")["end"]
    number = take(liaison_program)
    liaison_program.post(f"/issues/{number}/next-step", STEP)
    path: str | None = f"/lines?after={start}"
    kinds = []
    while path:
        page = liaison_program.data(path)
        kinds += [row["kind"] for row in page["items"]]
        path = page["next"].removeprefix("/api/v1") if page["next"] else None
    assert {"MatterOpened", "ComplaintTaken", "NextStepSet"} <= set(kinds)
    about = page["items"][-1]["about"]
    assert {"noun": "matter", "key": str(number)} in about
    assert liaison_program.data(f"/lines?after={page['end']}")["items"] == []
    for program in (other_program, program_of(partner_dpw)):
        seen = program.data(f"/lines?after={start}")["items"]
        assert not {"MatterOpened", "NextStepSet"} & {row["kind"] for row in seen}
