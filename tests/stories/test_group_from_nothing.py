"""A citizen involvement group from nothing to its first approved minutes."""

from __future__ import annotations

import re

import pytest

from tests.stories.desk import Desk
from tests.stories.office import LIAISON2, LIAISON7, Office

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
NAME = "Neighbors of the Long Alley"
FOUND = {
    "called": NAME,
    "ward_code": "2",
    "purpose": "To keep the alley clean and lit, and to tell the office what works.",
    "who_may_join": "Whoever lives or works on these blocks.",
    "first_on": "2026-12-01",
    "starts": "18:30",
    "repeats": "monthly",
    "place_text": "The library, room B",
}
JOIN = {
    "called": "Ada Quill",
    "email": "ada@neighbors.example",
    "language": "es",
    "agreed": "on",
}


def test_a_group_from_nothing_to_its_first_minutes(office: Office) -> None:
    group = it_is_called_together(office)
    link = a_stranger_asks_to_join(office, group)
    the_liaison_takes_her_in(office, group)
    one_who_types_a_known_address_is_suggested(office, group, link)
    the_first_notice_goes_out(office, group)
    meeting = they_meet(office, group)
    the_minutes_are_approved(office, meeting)
    nobody_else_reads_it(office, group, meeting)
    she_leaves_by_the_link(office, group)


def it_is_called_together(office: Office) -> str:
    liaison = office.at_desk(LIAISON2)
    liaison.open("/people/")
    liaison.follow("Citizen groups").says("No group fits these filters")
    liaison.follow("Call a group together")
    wrong = {**FOUND, "decides": "on"}
    liaison.press("Call it together", wrong, status=422).says("Say on what it decides")
    page = liaison.press("Call it together", {**FOUND, "decides": ""})
    page.says("Version 1, Nov 18, 2026", "so the open meetings law does not seem to cover it")
    page.says("Tue, Dec 1, 2026, 6:30 p.m.", "Tue, Jan 5, 2027", "Vacant", "Nobody joined yet")
    picture = liaison.client.get(f"{page.address}join.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    return page.address


def a_stranger_asks_to_join(office: Office, group: str) -> str:
    page = office.at_desk(LIAISON2).open(group)
    (link,) = set(re.findall(r"/join/[^/\s]+/", page.section("Link to join").words))
    stranger = Desk("")
    stranger.open(link).says(FOUND["purpose"], "may write to me or call me about")
    stranger.press("Ask to join", {**JOIN, "agreed": ""}, status=422)
    stranger.page.says("Say that the office may write or call about this group.")
    stranger.press("Ask to join", {**JOIN, "email": ""}, status=422)
    stranger.page.says("Give an e-mail address or a phone number.")
    stranger.press("Ask to join", JOIN).says("The office has it.")
    stranger.open(link)
    stranger.press("Ask to join", JOIN).says("The office has it.")
    return str(link)


def the_liaison_takes_her_in(office: Office, group: str) -> None:
    liaison = office.at_desk(LIAISON2)
    page = liaison.open(group).says("Nobody joined yet")
    assert len(page.links("Ada Quill")) == 1
    liaison.follow("Ada Quill").says("Nobody in the directory has this name")
    liaison.press("Take in").says("Ada Quill is a member now.", "By e-mail")
    options = list(liaison.page.form_with("Give a role to a member").all("option"))
    (member,) = {o.attrs["value"] for o in options if o.attrs["value"].isdigit()}
    given = {"role": "Chair", "member": member, "since_on": "2026-11-18"}
    page = liaison.press("Give a role to a member", given)
    page.says("Noted who has the role.", "Nov 18, 2027")


def one_who_types_a_known_address_is_suggested(office: Office, group: str, link: str) -> None:
    stranger = Desk("")
    stranger.open(link)
    twin = {**JOIN, "called": "A. Quill"}
    stranger.press("Ask to join", twin).says("The office has it.")
    liaison = office.at_desk(LIAISON2)
    liaison.open(group)
    liaison.follow("A. Quill").says("Ada Quill, the same e-mail")
    as_her = liaison.page.choice("person", "Ada Quill")
    liaison.press("Take in", {"person": as_her}, status=409)
    liaison.page.says("Ada Quill holds this seat.")
    liaison.press("Do not take in", {"reason": "She is a member already"})
    liaison.page.says("A. Quill is not taken in.")


def the_first_notice_goes_out(office: Office, group: str) -> None:
    liaison = office.at_desk(LIAISON2)
    page = liaison.open(group).says("1 of 1 members allowed invitations by e-mail.")
    page = liaison.press("Send a notice").says("The notice goes out in working hours.")
    page.says(f"{NAME} meets on Tuesday, December 1, 2026, 6:30 p.m.")
    office.some_minutes_of_work()
    body = office.letter("ada@neighbors.example", NAME)
    assert "1. Welcome, and who is here" in body
    assert FOUND["purpose"] in body
    assert re.search(r"/leave/\S+/", body)


def they_meet(office: Office, group: str) -> str:
    office.clock.strikes("2026-12-02 09:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open(group)
    page = liaison.follow("Tue, Dec 1, 2026, 6:30 p.m.").says("Welcome, and who is here")
    meeting = page.address
    early = {"approved_on": "2026-12-02", "approved_how": "Nobody objected"}
    assert "Approve the minutes" not in page.buttons()
    liaison.press("It was held").says("Written down: the meeting was held.")
    liaison.press("Approve the minutes", early, status=422).says("Write down first who came.")
    liaison.open(meeting)
    ada = liaison.page.choice("present", "Ada Quill")
    liaison.press("Save who came", {"present": ada, "guests": "A neighbor of Alley Street"})
    liaison.page.says("Present (2): Ada Quill, A neighbor of Alley Street (guest)")
    said = {"position": "3", "text": "The alley light, then the cans."}
    liaison.push(f"{meeting}item/", said, status=302)
    liaison.open(meeting).says(said["text"])
    liaison.press("Write it down", {"text": "We count the cans every Friday"})
    return meeting


def the_minutes_are_approved(office: Office, meeting: str) -> None:
    office.clock.strikes("2027-01-06 09:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open(meeting)
    before = {"approved_on": "2026-11-30", "approved_how": "Read aloud, nobody objected"}
    liaison.press("Approve the minutes", before, status=422).says("cannot be approved before")
    page = liaison.press("Approve the minutes", {**before, "approved_on": "2027-01-05"})
    page.says("Minutes approved on Jan 5, 2027.", "We count the cans every Friday")
    assert "Save who came" not in page.buttons()
    paper = liaison.client.get(f"{meeting}minutes.pdf")
    assert paper.content.startswith(b"%PDF")
    assert paper.headers["Content-Disposition"].endswith('"minutes-2026-12-01.pdf"')


def nobody_else_reads_it(office: Office, group: str, meeting: str) -> None:
    for who in (LIAISON7, "dpw@city.example"):
        office.at_desk(who).open(group, status=404)
        office.at_desk(who).open(meeting, status=404)


def she_leaves_by_the_link(office: Office, group: str) -> None:
    (link,) = re.findall(r"/leave/\S+/", office.letter("ada@neighbors.example", NAME))
    ada = Desk("")
    ada.open(link).says("You leave the group with every role in it")
    ada.press("Leave the group").says(f"You left {NAME}.")
    page = office.at_desk(LIAISON2).open(group)
    page.says("Nobody joined yet", "1 joined and 1 left in 90 days")
