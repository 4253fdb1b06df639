"""A Friday: the report is already written; it is finished, signed, rolled up and answered."""

from __future__ import annotations

import pytest

from tests.stories.desk import Desk
from tests.stories.errands import candidate_at, designate, plan_with
from tests.stories.office import (
    DIRECTOR,
    LIAISON2,
    LIAISON7,
    Office,
    can_read_paper,
    planted,
    words_on_paper,
)
from wardroom.jobs.routines import (
    draft_weekly_reports,
    draft_weekly_roll_up,
    rebuild_signed_reports,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PLACE = planted("2", "problem building").address
WEEK = "2026-W50"
STEPS = (
    ("DOB", "Board up the house", "2026-12-01"),
    ("DOH", "Bait the yard", "2026-12-02"),
    ("DPW", "Clear the alley", "2026-12-18"),
)
SUMMARY = "The house still stands open. Two agencies owe us an answer."
ANSWER = "I call the head of DOB on Monday."


def test_a_friday(office: Office) -> None:
    a_location_waits_for_agencies(office)
    thursdays_draft_is_there(office)
    report = the_liaison_finishes_and_signs(office)
    roll_up = the_director_reads_the_roll_up(office)
    the_director_answers(office, roll_up)
    the_liaison_finds_the_answer(office, report)
    a_correction_gives_its_reason(office, report)
    a_year_later_every_number_is_the_same(office, report)
    nobody_else_sees_it(office, report, roll_up)


def a_location_waits_for_agencies(office: Office) -> None:
    office.shell("detect")
    office.clock.strikes("2026-11-18 14:00")
    liaison = office.at_desk(LIAISON2)
    candidate_at(liaison, PLACE)
    location = designate(liaison, "Three agencies, and it comes back", next_on="2026-12-14")
    liaison.open(location)
    liaison.follow("Write the work plan")
    liaison.press("Adopt the plan and send the asks", {**plan_with(STEPS), "target": "4"})
    office.worker()


def thursdays_draft_is_there(office: Office) -> None:
    office.clock.strikes("2026-12-10 06:00")
    assert draft_weekly_reports() == 8
    liaison = office.at_desk(LIAISON2)
    liaison.open("/day/").says(
        f"Weekly report of Ward 2, {WEEK}", "Your weekly report is drafted: finish and sign it"
    )


def the_liaison_finishes_and_signs(office: Office) -> str:
    """Open it from the list, untick, reword, write; count again what changed overnight, sign."""
    office.clock.strikes("2026-12-11 11:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open("/day/")
    page = liaison.follow(f"Weekly report of Ward 2, {WEEK}")
    ticks = [b.attrs for b in page.root.all("input") if b.attrs.get("type") == "checkbox"]
    names = [t["name"] for t in ticks if "name" in t]
    needs = [name.removeprefix("in-") for name in names if name.startswith("in-ask-")]
    assert len(needs) == 2
    page.says("DOB has not answered: Board up the house", "9 days past its date.")
    given = {"summary": SUMMARY, needs[0]: "DOB is silent about the house: a word at the top?"}
    wordless = {**given, needs[0]: "  "}
    liaison.press("Save and sign", wordless, untick=[f"in-{needs[1]}"], status=422)
    liaison.page.says("Write what it says, or untick it to leave it out.", SUMMARY)
    liaison.press("Save and sign", given, status=422)
    liaison.page.says("Things changed since this was drafted, so it was not signed.", SUMMARY)
    report = liaison.press("Save and count again", given).address
    liaison.page.says("Your words were saved, and the numbers counted again.", SUMMARY)
    liaison.press("Sign")
    liaison.page.says(
        "The report is signed and frozen.",
        SUMMARY,
        "DOB is silent about the house: a word at the top?",
        "What the draft said: 2 lines left out or put in other words",
    )
    liaison.open("/day/").silent_about(f"Weekly report of Ward 2, {WEEK}")
    liaison.open(report)
    every_number_opens(liaison)
    return report


def every_number_opens(desk: Desk) -> None:
    report = desk.page
    figures = report.root.all("dl", of="figures")
    links = [a.attrs["href"] for dl in figures for a in dl.all("a")]
    assert len(links) >= 15
    for link in links:
        desk.open(link)
    desk.open(report.address)


def the_director_reads_the_roll_up(office: Office) -> str:
    office.clock.strikes("2026-12-11 12:30")
    assert draft_weekly_roll_up()
    director = office.at_desk(DIRECTOR)
    director.open("/reports/roll-ups/")
    roll_up = director.follow(f"Roll-up, week {WEEK}").address
    director.page.says(
        "Reports signed 1 of 8",
        "Ward 2: DOB is silent about the house: a word at the top?",
        "Signed",
        "Liaison of Ward 2",
        SUMMARY,
    )
    director.page.silent_about("Ward 2: DOH")
    return roll_up


def the_director_answers(office: Office, roll_up: str) -> None:
    director = office.at_desk(DIRECTOR)
    director.open(roll_up)
    director.press("Answer", {"text": " "}, at="/reply/", status=422)
    director.page.says("Fill in “Your answer”.")
    director.press("Answer", {"text": ANSWER}, at="/reply/")
    director.page.says("Your answer is on the matter and in its owner's list.", ANSWER)
    director.follow("Write")
    director.press("Save and sign", {"summary": "One house, one call."})
    director.page.says("The report is signed and frozen.", ANSWER)


def the_liaison_finds_the_answer(office: Office, report: str) -> None:
    liaison = office.at_desk(LIAISON2)
    liaison.open("/day/").says(f"The director answered: {ANSWER}")
    liaison.open(report).says(ANSWER)
    location = liaison.follow(PLACE).address
    assert any(ANSWER in line for line in liaison.open(location).happened())


def a_correction_gives_its_reason(office: Office, report: str) -> None:
    office.clock.strikes("2026-12-14 09:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open(report)
    reason = "The board-up was asked on another day."
    liaison.press("Open a correction", {"reason": reason})
    liaison.page.says("Correction.", reason, "Version 2")
    second = liaison.page.address
    liaison.press("Sign").says("The report is signed and frozen.")
    liaison.open(report).says("Replaced by a correction", SUMMARY)
    if can_read_paper():
        _, paper = liaison.download("Download PDF")
        assert SUMMARY in words_on_paper(paper, office.folder)
        assert reason not in words_on_paper(paper, office.folder)
    name, word = liaison.download("Download Word")
    assert (name[-5:], word[:2]) == (".docx", b"PK")
    liaison.open(second).says(reason)


def a_year_later_every_number_is_the_same(office: Office, report: str) -> None:
    office.clock.strikes("2027-12-12 05:40")
    assert rebuild_signed_reports() == 3
    liaison = office.at_desk(LIAISON2)
    liaison.open(report).says("Rebuilt from the frozen rows and compared on", "values identical.")
    liaison.press("Rebuild and compare now").says("values are identical.")
    assert "identical" in office.shell("report", "rebuild")


def nobody_else_sees_it(office: Office, report: str, roll_up: str) -> None:
    neighbor = office.at_desk(LIAISON7)
    neighbor.open(report, status=404)
    neighbor.open(roll_up, status=404)
    office.at_desk(LIAISON2).open(roll_up, status=404)
