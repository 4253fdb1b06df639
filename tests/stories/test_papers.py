"""Papers for one's pocket: a memo before, a note after, and Word files that look like ours."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

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
from wardroom.jobs.routines import draft_weekly_reports

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PLACE = planted("2", "problem building").address
BOARD_UP = "Board up the house"
STEPS = (("DOB", BOARD_UP, "2026-12-01"), ("DPW", "Clear the alley", "2026-12-18"))
TEAM = "/teams/2/"


def test_papers_of_a_week(office: Office) -> None:
    location = a_location_waits_for_agencies(office)
    memo = a_memo_before_the_visit(office, location)
    note = a_note_after_the_meeting(office, location)
    the_office_hands_in_its_own_template(office)
    a_former_template_is_put_back(office)
    nobody_else_reads_them(office, memo, note)


def a_location_waits_for_agencies(office: Office) -> str:
    office.shell("detect")
    office.clock.strikes("2026-11-18 14:00")
    liaison = office.at_desk(LIAISON2)
    candidate_at(liaison, PLACE)
    location = designate(liaison, "Two agencies, and it comes back", next_on="2026-12-14")
    liaison.open(location)
    liaison.follow("Write the work plan")
    liaison.press("Adopt the plan and send the asks", {**plan_with(STEPS), "target": "4"})
    office.worker()
    return location


def a_memo_before_the_visit(office: Office, location: str) -> str:
    office.clock.strikes("2026-12-03 09:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open(location)
    memo = liaison.follow("Briefing memo").address
    late = f"DOB: an answer, and a day for “{BOARD_UP}”, 2 days late."
    liaison.page.says("What to ask for", late, "Nobody has looked yet.")
    same_on_paper(office, liaison, late)
    liaison.follow("Open the matter").says(PLACE)
    return memo


def a_note_after_the_meeting(office: Office, location: str) -> str:
    office.clock.strikes("2026-12-08 10:05")
    liaison = office.at_desk(LIAISON2)
    liaison.open(TEAM)
    seat = {"agency": "DOB", "who": "Lee of the plans", "email": "", "alternate": ""}
    liaison.press("Give the seat", {**seat, "since_on": "2026-11-30"})
    liaison.open(TEAM)
    liaison.press("Plan it", {"first_on": "2026-12-08", "starts": "10:00", "place_text": "301"})
    liaison.follow("Open the next meeting")
    meeting = liaison.page.address
    liaison.press("Present : Department of Buildings")
    liaison.open(meeting)
    liaison.press("Decided", {"text": "The walk is on Friday"})
    spoken = {"agency": "DOB", "wording": "Bring the file", "owner_name": "Lee of the plans"}
    matter = f"W-{location.split('/')[2]}"
    liaison.press("Agreed", {**spoken, "due_on": "2026-12-11", "matter": matter})
    note = liaison.follow("After-action note").address
    liaison.page.says(
        "DOB: Lee of the plans", "The walk is on Friday", "Bring the file", "Dec 11, 2026"
    )
    same_on_paper(office, liaison, "Bring the file", "The walk is on Friday")
    return note


def same_on_paper(office: Office, desk: Desk, *words: str) -> None:
    """The PDF and the Word file of the open sheet say these words too."""
    address = desk.page.address
    name, paper = desk.download("Download PDF")
    assert name.endswith(".pdf")
    if can_read_paper():
        for one in words:
            assert one in words_on_paper(paper, office.folder)
    name, content = desk.download("Download Word")
    file = docx.Document(BytesIO(content))
    cells = [c.text for t in file.tables for row in t.rows for c in row.cells]
    text = " ".join([*(p.text for p in file.paragraphs), *cells])
    assert name.endswith(".docx")
    for one in words:
        assert one in text
    desk.open(address)


def word_file(*lines: str) -> SimpleUploadedFile:
    paper = docx.Document()
    for line in lines:
        paper.add_paragraph(line)
    made = BytesIO()
    paper.save(made)
    return SimpleUploadedFile("office.docx", made.getvalue())


def the_office_hands_in_its_own_template(office: Office) -> None:
    office.clock.strikes("2026-12-10 06:00")
    draft_weekly_reports()
    director = office.at_desk(DIRECTOR)
    director.open("/reports/")
    director.follow("Word template").says("the template that comes with Wardroom")
    wrong = {"file": word_file("The office of {{ mayor }}")}
    director.press("Try it and take it", files=wrong, status=422)
    director.page.says("a name that this report does not have: “mayor”")
    right = {"file": word_file("From the office: {{ title }}")}
    director.press("Try it and take it", files=right)
    director.page.says("was filled with a sample and taken", "Counts now")
    assert "From the office: Ward 2, week 2026-W50" in report_in_word(office)


def a_former_template_is_put_back(office: Office) -> None:
    director = office.at_desk(DIRECTOR)
    director.open("/reports/word/weekly/")
    director.press("Use Wardroom's template again").says("That template counts again.")
    assert "What the numbers mean" in report_in_word(office)
    director.press("Put version 1 back").says("That template counts again.")
    assert "From the office: " in report_in_word(office)


def report_in_word(office: Office) -> str:
    liaison = office.at_desk(LIAISON2)
    liaison.open("/reports/")
    liaison.follow("Ward 2, 2026-W50")
    _, content = liaison.download("Download Word")
    return "\n".join(p.text for p in docx.Document(BytesIO(content)).paragraphs)


def nobody_else_reads_them(office: Office, memo: str, note: str) -> None:
    other = office.at_desk(LIAISON7)
    for path in (memo, note, f"{memo}sheet.pdf", f"{note}sheet.docx"):
        other.open(path, status=404)
    other.open("/reports/word/weekly/", status=403)
    other.open("/reports/").silent_about("Word template")
