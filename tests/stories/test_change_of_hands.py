"""The staff is reassigned in one day: the ward remembers, whoever sits at its desk."""

from __future__ import annotations

import pytest

from tests.stories.errands import PLAN, candidate_at, candidates, designate, plan_with
from tests.stories.office import LIAISON2, Office, planted

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PLACE = planted("2").address
WEEK = "2026-W47"
NEW = "second.liaison2@city.example"
STEPS = (("DOB", "Board up the house", "2026-12-04"), ("DPW", "Clear the alley", "2026-12-01"))
REASON = "Fourteen times in a year, three agencies"
WATCH = "The light was mended this week"


def test_staff_is_reassigned_in_one_day(office: Office) -> None:
    location, report = the_former_liaison_works_for_a_week(office)
    the_ward_changes_hands(office)
    the_new_liaison_finds_everything(office, location, report)
    the_former_liaison_reaches_nothing(office, location, report)
    answers_come_to_the_new_liaison(office, location)


def the_former_liaison_works_for_a_week(office: Office) -> tuple[str, str]:
    office.clock.strikes("2026-11-18 14:00")
    office.shell("detect")
    liaison = office.at_desk(LIAISON2)
    liaison.open(candidates(liaison)[1])
    watched = {"verdict": "watch", "reason": WATCH, "look_again_on": "2026-11-23"}
    liaison.press("Save the decision", watched)
    candidate_at(liaison, PLACE)
    location = designate(liaison, REASON, next_on="2026-11-25")
    liaison.follow("Write the work plan")
    liaison.press("Adopt the plan and send the asks", plan_with(STEPS))
    office.worker()

    office.clock.strikes("2026-11-19 09:00")
    buildings = office.at_desk("dob@city.example")
    buildings.follow("Board up the house")
    buildings.press("Accept", {"promised_on": "2026-12-02"})
    assert office.worker() == [f"{LIAISON2}: Department of Buildings accepted: Board up the house"]

    office.clock.strikes("2026-11-20 11:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open(location)
    seen = {"seen_at": "2026-11-20T08:30", "finding": "not_fixed", "rating": "3"}
    liaison.press("Save the check", {**seen, "note": "Rats by the bins"})
    liaison.open("/reports/")
    report = liaison.press("Draft", {"ward": "2", "week": WEEK}).address
    liaison.follow("Write")
    liaison.press("Save", {"summary": "The yard has nobody yet."})
    return location, report


def the_ward_changes_hands(office: Office) -> None:
    office.clock.strikes("2026-11-23 08:00")
    office.hire(NEW, "Second Liaison of Ward 2", "--role", "liaison", "--ward", "2")
    told = office.shell("people", "end", LIAISON2, "--until", "2026-11-22")
    assert "now with Second Liaison of Ward 2" in told
    listed = office.shell("people", "list")
    assert f" {NEW}" in listed
    assert f" {LIAISON2}" not in listed


def the_new_liaison_finds_everything(office: Office, location: str, report: str) -> None:
    office.clock.strikes("2026-11-23 09:00")
    liaison = office.at_desk(NEW)
    liaison.page.says("How things stand", "Asks waiting 1")
    liaison.follow("Locations")
    liaison.follow(PLACE).says(
        PLAN["objective"],
        REASON,
        "Rats by the bins",
        "Seen by Liaison of Ward 2.",
        "Dec 2, 2026",
    )
    told = iter(liaison.page.happened())
    for words in (
        "Liaison of Ward 2 owns it",
        "was adopted with 2 steps",
        "DOB promised 'Board up the house'",
        "Liaison of Ward 2 looked on Friday, November 20, 2026",
        f"Liaison of Ward 2 handed {PLACE} over to Second Liaison of Ward 2",
    ):
        assert any(words in line for line in told), f"“{words}” is not told in its place"

    due_again = candidates(liaison)[0]
    liaison.open(due_again).says("Undecided", WATCH, "Liaison of Ward 2")
    liaison.press("Save the decision", {"verdict": "refuse", "reason": "It stays mended"})
    liaison.open(location)
    liaison.press("Save", {"next_on": "2026-11-30", "next_step": "Ask who owns the yard"})
    liaison.page.says("The next step was saved.", "Ask who owns the yard")
    liaison.open(report).says("The yard has nobody yet.")
    liaison.press("Sign", status=422).says("Counting again keeps what people wrote")
    liaison.press("Sign as it is").says("Signed", "Second Liaison of Ward 2, Nov 23, 2026")
    shown = office.shell("report", "weekly", "--ward", "2", "--week", WEEK)
    assert "signed by Second Liaison of Ward 2" in shown


def the_former_liaison_reaches_nothing(office: Office, location: str, report: str) -> None:
    former = office.at_desk(LIAISON2)
    former.page.says("Nothing waits for you").silent_about(PLACE, "Candidates")
    for shut in (location, f"{location}plan/", report, f"{report}report.pdf"):
        former.open(shut, status=404)
    for shut in ("/candidates/", "/locations/", "/asks/", "/reports/", "/data/"):
        former.open(shut, status=403)
    former.push(f"{location}close/", {"outcome": "resolved"}, status=404)
    former.push("/reports/draft/", {"ward": "2", "week": WEEK}, status=403)


def answers_come_to_the_new_liaison(office: Office, location: str) -> None:
    office.worker()
    works = office.at_desk("dpw@city.example")
    works.follow("Clear the alley")
    works.press("Decline", {"code": "no_budget"})
    assert office.worker() == [f"{NEW}: Department of Public Works declined: Clear the alley"]
    liaison = office.at_desk(NEW)
    liaison.open(location).says("Declined", "DPW declined 'Clear the alley': No budget this year")
