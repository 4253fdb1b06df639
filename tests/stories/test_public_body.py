"""A public body's meeting: from the day that is set, by its clocks, to a record for all."""

from __future__ import annotations

import pytest

from tests.stories.desk import Desk, Page
from tests.stories.office import LIAISON2, LIAISON7, Office, can_read_paper, words_on_paper

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
BODY = {
    "called": "Committee on the Market Square",
    "ward_code": "2",
    "authority": "Mayor's Order 2026-40",
    "cover": "open_meetings",
    "cover_why": "It recommends by motion and roll call",
    "notice_to": "reader@example.org\n",
}
SEATS = ("Chair", "Merchant member", "Tenant member")
MEMBERS = {"Chair": "Ada Stone", "Merchant member": "Ben Reed", "Tenant member": "Cy Marsh"}


def options(desk: Desk, button: str, name: str) -> dict[str, str]:
    """The answers that a form offers, each with its value."""
    chosen = [s for s in desk.page.form_with(button).all("select") if s.attrs["name"] == name]
    return {
        "".join(text.text for text in option.children): option.attrs["value"]
        for select in chosen
        for option in select.all("option")
    }


def roll(desk: Desk, *called: str) -> Page:
    """Call the roll, in the order in which the page has the members."""
    names = [s.attrs["name"] for s in desk.page.form_with("Save the roll").all("select")]
    return desk.press("Save the roll", dict(zip(names, called, strict=True)))


def test_a_public_bodys_meeting_from_its_day_to_its_record(office: Office) -> None:
    body = the_office_takes_on_a_body_and_its_seats(office)
    a_term_that_ends_is_seen_ahead_of_time(office)
    meeting = setting_the_day_starts_the_clocks(office, body)
    moving_it_moves_the_clocks_and_says_why(office, meeting)
    everybody_reads_the_notice_without_signing_in(office, meeting)
    the_roll_decides_whether_it_can_act(office, meeting)
    a_motion_has_its_roll_call(office, meeting)
    the_minutes_are_drafted_and_published(office, meeting)
    the_record_is_published_and_the_meeting_closed(office, meeting)
    another_ward_reads_what_the_public_reads(office, meeting)


def the_office_takes_on_a_body_and_its_seats(office: Office) -> str:
    office.clock.strikes("2026-11-18 14:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open("/calendar/")
    liaison.follow("Public bodies").says("The office staffs no public body here.")
    liaison.follow("Add a public body")
    liaison.press("Take it on", {**BODY, "authority": ""}, status=422).says("Fill in “What it")
    liaison.press("Take it on", {**BODY, "notice_to": "nobody"}, status=422).says(
        "is not an e-mail"
    )
    page = liaison.press("Take it on", BODY).says("Add its seats next.", "Mayor's Order 2026-40")
    for title in SEATS:
        seat = {"title": title, "appointed_by": "Mayor", "term_months": "24", "most_terms": "2"}
        liaison.press("Add a seat", {**seat, "since_on": "2024-12-28"})
    names = options(liaison, "Note an appointment", "seat")
    for title, who in MEMBERS.items():
        term = {"seat": names[title], "who": who, "since_on": "2025-11-01"}
        since = {"since_on": "2024-12-28"} if title == "Tenant member" else {}
        page = liaison.press("Note an appointment", {**term, **since})
    third = {"seat": names["Chair"], "who": "Dee Fox", "since_on": "2026-11-18", "number": "3"}
    liaison.press("Note an appointment", third, status=422).says("for more than 2 terms")
    page.says("until Nov 1, 2027", "2 of 3 voting members, a majority")
    return page.address


def a_term_that_ends_is_seen_ahead_of_time(office: Office) -> None:
    page = office.at_desk(LIAISON2).open("/bodies/")
    page.says("Tenant member", "Within 60 days", "Cy Marsh", "Dec 28, 2026", "3 of 3 filled")


def setting_the_day_starts_the_clocks(office: Office, body: str) -> str:
    liaison = office.at_desk(LIAISON2)
    liaison.open(body)
    day = {"on": "2026-12-01", "starts": "18:00", "ends": "20:00", "place_text": "Market hall"}
    liaison.press("Set a meeting", {**day, "on": "2026-11-02"}, status=422).says("is in the past")
    page = liaison.press("Set a meeting", day).says("The meeting is set, and its clocks run.")
    page.says("Publish the notice and the agenda of the meeting", "Nov 27, 2026")
    page.says("D.C. Code 2-576(1)", "notice no later than the earlier of 48 hours before")
    page.says("Publish the minutes of the meeting", "Dec 4, 2026")
    page.says("Publish the full record of the meeting", "Dec 10, 2026", "D.C. Code 2-578")
    Desk("a visitor").open("/open-meetings/").says("No notice of such a meeting is out.")
    office.clock.strikes("2026-11-26 08:00")
    office.at_desk(LIAISON2).open("/day/").says("Publish the notice and the agenda of the meeting")
    return page.address


def moving_it_moves_the_clocks_and_says_why(office: Office, meeting: str) -> None:
    liaison = office.at_desk(LIAISON2)
    liaison.open(meeting)
    moved = {"starts_at": "2026-12-08T18:00", "ends_at": "2026-12-08T20:00"}
    liaison.press("Move the meeting", moved, status=422).says("Fill in “Why”.")
    page = liaison.press("Move the meeting", {**moved, "reason": "the hall has no heating"})
    page.says("Dec 4, 2026", "Dec 11, 2026", "Dec 17, 2026")
    page.says("Counted anew: the meeting moved to Tuesday, December 8, 2026", "no heating")
    page.says("is due Friday, December 4, 2026 instead of Friday, November 27, 2026")


def everybody_reads_the_notice_without_signing_in(office: Office, meeting: str) -> None:
    office.clock.strikes("2026-12-02 09:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open(meeting)
    liaison.press("Publish the notice", {"agenda": " "}, status=422).says("Fill in “Agenda”.")
    notice = {"agenda": "Call to order\nHours of the market\n", "join_text": "Call 202-555-0100"}
    liaison.press("Publish the notice", notice).says(
        "The notice is on the public page", "Done Dec 2"
    )
    visitor = Desk("a visitor")
    visitor.open("/open-meetings/").says("Committee on the Market Square", "Market hall")
    page = visitor.follow("December 8, 2026, 6:00 p.m.")
    page.says("Hours of the market", "Call 202-555-0100", "None are published yet.")
    page.silent_about("Ada Stone")
    sent = "reader@example.org: Notice: Committee on the Market Square meets Tuesday, December 8"
    assert any(line.startswith(sent) for line in office.worker())
    letter = office.letter("reader@example.org", "Notice: Committee")
    assert "2. Hours of the market" in letter
    assert "/open-meetings/" in letter


def the_roll_decides_whether_it_can_act(office: Office, meeting: str) -> None:
    office.clock.strikes("2026-12-08 18:05")
    liaison = office.at_desk(LIAISON2)
    page = liaison.open(meeting).says("It takes 2 of 3 voting members to act.")
    assert "Save the motion" not in page.buttons()
    page = roll(liaison, "present", "absent", "absent")
    page.says("No quorum: 1 of 3 voting members are here")
    assert "Save the motion" not in page.buttons()
    roll(liaison, "present", "present", "absent").says("Quorum: 2 of 3 voting members are here")


def a_motion_has_its_roll_call(office: Office, meeting: str) -> None:
    liaison = office.at_desk(LIAISON2)
    liaison.open(meeting)
    members = options(liaison, "Save the motion", "mover")
    ada, ben = members["Ada Stone"], members["Ben Reed"]
    motion = {"text": "Open the market until nine", "mover": ada, "seconder": ada}
    liaison.press("Save the motion", motion, status=422).says("Somebody else has to second it.")
    motion |= {"seconder": ben, f"answer_{ada}": "yes"}
    liaison.press("Save the motion", motion, status=422).says("the answer of everybody who is here")
    page = liaison.press("Save the motion", {**motion, f"answer_{ben}": "abstain"})
    page.says("Moved by Ada Stone, seconded by Ben Reed. Ada Stone: Yes; Ben Reed: Abstains")
    closed = {"text": "The lease of the hall", "reason": "b2"}
    page = liaison.press("Write down a closed session", closed)
    page.says("Closed session. The lease of the hall", "2-575(b)(2)")


def the_minutes_are_drafted_and_published(office: Office, meeting: str) -> None:
    office.clock.strikes("2026-12-10 10:00")
    liaison = office.at_desk(LIAISON2)
    (area,) = liaison.open(meeting).form_with("Publish the minutes").all("textarea")
    draft = "".join(line.text for line in area.children)
    assert "Present: Ada Stone, Ben Reed\nAbsent: Cy Marsh" in draft
    assert "Roll call: Yes 1 (Ada Stone); Abstains 1 (Ben Reed). Carried." in draft
    page = liaison.press("Publish the minutes", {}).says("Version 1, published", "Not yet approved")
    page.says("Held", "Publish the record: Dec 17, 2026")
    office.worker()
    visitor = Desk("a visitor")
    public = meeting.replace("/bodies/meetings/", "/open-meetings/")
    visitor.open(public).says("Roll call: Yes 1 (Ada Stone)", "Not yet approved by the body.")
    if can_read_paper():
        paper = words_on_paper(visitor.download("Minutes as a PDF")[1], office.folder)
        assert "Committee on the Market Square" in paper
        assert "Open the market until nine" in paper


def the_record_is_published_and_the_meeting_closed(office: Office, meeting: str) -> None:
    office.clock.strikes("2026-12-15 10:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open(meeting)
    kept = {"recording_at": "https://recordings.example/2026-12-08", "note": "The slides"}
    page = liaison.press("Publish the record", kept).says("Held, and on record since Dec 15, 2026")
    page.says("It is kept until Dec 9, 2031 at least.", "D.C. Law 22-313")
    page = liaison.press("Publish the minutes", {"approved_on": "2026-12-15"})
    page.says("Version 2, published", "Approved Dec 15, 2026.")


def another_ward_reads_what_the_public_reads(office: Office, meeting: str) -> None:
    public = meeting.replace("/bodies/meetings/", "/open-meetings/")
    office.at_desk(LIAISON7).open(meeting, status=404)
    page = office.at_desk(LIAISON7).open(public).says("Approved December 15, 2026.")
    page.says("It is kept until December 9, 2031 at least")
