"""Four Tuesdays of a core team: two are held, one is canceled, and one is forgotten."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from tests.stories.desk import Desk
from tests.stories.errands import take_in
from tests.stories.office import LIAISON2, LIAISON7, Office, can_read_paper, planted, words_on_paper

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PLACE = planted("2").address
TEAM = "/teams/2/"
DPW, DOH, DOB = "Department of Public Works", "Department of Health", "Department of Buildings"
CLEAR = "Clear the alley"
SUBJECT = "Action list: core team of Ward 2, Tuesday, December 1, 2026"
AT_TABLE = ["casey@city.example", "desk.dob@city.example", "dpw@city.example"]


def test_core_team_meets_and_its_list_is_out_the_same_day(office: Office) -> None:
    office.shell("detect")
    office.clock.strikes("2026-11-30 09:00")
    liaison = office.at_desk(LIAISON2)
    matter = somebody_calls(liaison)
    agencies_get_their_seats(liaison)
    meeting = they_meet_on_tuesdays(liaison)
    office.clock.strikes("2026-12-01 10:05")
    liaison = office.at_desk(LIAISON2)
    the_roll_is_called(liaison, meeting)
    an_ask_is_agreed_aloud(liaison, matter)
    the_list_goes_out(office, liaison)
    the_agency_reads_it_and_promises(office)
    office.clock.strikes("2026-12-08 10:00")
    liaison = office.at_desk(LIAISON2)
    last_weeks_asks_come_first(office, liaison)
    office.clock.strikes("2026-12-14 15:00")
    liaison = office.at_desk(LIAISON2)
    one_meeting_is_canceled(liaison)
    office.clock.strikes("2026-12-23 09:00")
    liaison = office.at_desk(LIAISON2)
    what_nobody_wrote_down_counts_as_not_held(liaison)
    a_joint_work_day_clashes(liaison, matter)
    nobody_else_sees_it(office, meeting)


def somebody_calls(liaison: Desk) -> str:
    liaison.open("/issues/new/")
    liaison.press("Look up", {"place_text": PLACE[:-3]})
    call = {"spot": liaison.page.choice("spot", PLACE), "said": "Bags again", "anonymous": "on"}
    issue = take_in(liaison, **call, topic_code="trash")
    return f"W-{issue.split('/')[2]}"


def agencies_get_their_seats(liaison: Desk) -> None:
    for agency, who, email, seat in (
        ("DPW", "Partner at DPW", "", ""),
        ("DPW", "Sam of the yard", "", "yes"),
        ("DOH", "Casey of Health", "casey@city.example", ""),
        ("DOB", "Lee of the plans", "", ""),
    ):
        liaison.open(TEAM)
        given = {"agency": agency, "who": who, "email": email, "alternate": seat}
        liaison.press("Give the seat", {**given, "since_on": "2026-11-30"})
    liaison.page.says("3 agencies", "Sam of the yard", "Name only", "Casey of Health")


def they_meet_on_tuesdays(liaison: Desk) -> str:
    given = {"first_on": "2026-12-01", "starts": "10:00", "place_text": "Room 301"}
    page = liaison.press("Plan it", given)
    page.says("Every Tuesday at 10:00 a.m., 90 minutes", "Next meeting: Tue, Dec 1, 2026")
    page = liaison.follow("Open the next meeting")
    assert "Send the action list" not in page.buttons()
    return page.address


def the_roll_is_called(liaison: Desk, meeting: str) -> None:
    liaison.open(meeting).says("3 of 3 still to call")
    liaison.press("Send the action list", status=422)
    liaison.page.says("Call the roll first: nobody wrote down whether DOB, DOH, DPW came.")
    for words, agency in (("Alternate", DPW), ("Present", DOH), ("Absent", DOB)):
        liaison.open(meeting)
        liaison.press(f"{words} : {agency}")
    liaison.page.says("all called")


def an_ask_is_agreed_aloud(liaison: Desk, matter: str) -> None:
    spoken = {
        "agency": "DPW",
        "wording": CLEAR,
        "owner_name": "Sam of the yard",
        "due_on": "2026-12-07",
        "matter": matter,
    }
    liaison.press("Agreed", {**spoken, "matter": "W-999999"}, status=422)
    liaison.page.says("There is no matter with this number.")
    liaison.press("Agreed", {**spoken, "matter": PLACE.split()[0]}, status=422)
    liaison.page.says("Choose which of these matters it is.")
    meant = {"which": liaison.page.choice("which", f"{matter} ")}
    liaison.press("Agreed", meant).says("The ask was agreed", CLEAR, "No answer yet")
    text = {"text": "The walk is on Friday"}
    liaison.press("Decided", text)
    liaison.press("Parked", {"text": "Who locks the gate"}).says("The walk is on Friday")


def the_list_goes_out(office: Office, liaison: Desk) -> None:
    liaison.press("Send the action list").says("went out", "the same day", "Held")
    sent = office.worker()
    asked = f"desk.dpw@city.example: Asked of {DPW}: {CLEAR}"
    assert sorted(sent) == sorted([asked, *(f"{to}: {SUBJECT}" for to in AT_TABLE)])
    [letter] = [m for m in mail.outbox if m.to[0].endswith("<dpw@city.example>")]
    assert "Agreed for DPW:\n- Clear the alley" in letter.body
    assert "Absent: DOB." in letter.body
    [paper] = letter.attachments
    assert paper[0] == "core-team-ward-2-2026-12-01-v1.pdf"
    assert paper[1].startswith(b"%PDF-")
    liaison.open(liaison.page.address.split("#")[0]).says("3 letters, 3 sent")
    if can_read_paper():
        words = words_on_paper(paper[1], office.folder)
        for part in (CLEAR, "Sam of the yard", "The walk is on Friday", DOB, "Who locks"):
            assert part in words, part


def the_agency_reads_it_and_promises(office: Office) -> None:
    agency = office.at_desk("dpw@city.example")
    agency.open("/calendar/")
    agency.follow("Core team of Ward 2")
    event = agency.page.address
    agency.open(event.replace("/calendar/", "/teams/meetings/") + "list/")
    agency.page.says("New asks, agreed at the table", CLEAR, "Sam of the yard", "Dec 7, 2026")
    agency.follow(CLEAR)
    agency.press("Accept", {"promised_on": "2026-12-07"})


def last_weeks_asks_come_first(office: Office, liaison: Desk) -> None:
    liaison.open(TEAM)
    page = liaison.follow("Open the next meeting")
    assert CLEAR in page.section("2. Last week's asks").words
    page.says("Late by 1 day")
    why = f"Note why : {CLEAR}"
    liaison.press(why, {"text": "The truck broke"}).says("The truck broke")
    for agency in (DPW, DOH, DOB):
        liaison.press(f"Present : {agency}")
    liaison.press("Send the action list").says("Held")
    liaison.follow("Action list").says("Late by 1 day. The truck broke", "None were agreed.")
    office.worker()


def one_meeting_is_canceled(liaison: Desk) -> None:
    liaison.open(TEAM)
    liaison.follow("Open the next meeting")
    liaison.press("Cancel it", {"reason": ""}, status=422)
    liaison.press("Cancel it", {"reason": "Snow"}).says("This meeting was canceled.", "Snow")


def what_nobody_wrote_down_counts_as_not_held(liaison: Desk) -> None:
    page = liaison.open(TEAM)
    page.says("2 of 4", "1 canceled, 1 of which nobody wrote down whether it was held", "Snow")
    page.says("Nobody wrote down whether it was held", "definition 1")


def a_joint_work_day_clashes(liaison: Desk, matter: str) -> None:
    liaison.open("/calendar/new/")
    day: dict[str, Any] = {
        "title": "Clear it together",
        "on": "2026-12-29",
        "starts": "09:00",
        "ends": "12:00",
        "matter": matter,
    }
    liaison.press("See what else they have", day, status=422)
    liaison.page.says("Choose the agencies that work together that day.")
    day["agencies"] = ["DPW", "DOH"]
    liaison.press("See what else they have", day)
    liaison.page.says("2 things in the way", "Core team of Ward 2", "Room 301")
    liaison.press("Plan it all the same", day)
    liaison.page.says("2 agencies have something else that day.", "The run of the day")
    liaison.open("/calendar/?week=2026-12-28").says("2 events", "Clear it together")


def nobody_else_sees_it(office: Office, meeting: str) -> None:
    other = office.at_desk(LIAISON7)
    for path in (TEAM, meeting, f"{meeting}list/"):
        other.open(path, status=404)
    other.open("/calendar/?week=2026-12-28").silent_about("Clear it together")
